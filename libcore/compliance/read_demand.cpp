#include <algorithm>
#include <array>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "compliance/rulebook_fields.hpp"
#include "compliance/rulebook_parts.hpp"

namespace lexecon::compliance {
namespace {

constexpr auto roles = std::to_array<std::string_view>({
    "provider",
    "deployer",
    "authorised_representative",
    "importer",
    "distributor",
    "gpai_provider",
    "product_manufacturer",
    "third_party",
});
constexpr auto scopes = std::to_array<std::string_view>({
    "high_risk",
    "annex_i",
    "annex_iii",
    "annex_iii_1",
    "annex_iii_1_6_7",
    "annex_iii_1a",
    "annex_iii_1a_law_enforcement",
    "annex_iii_2",
    "annex_iii_2_8",
    "financial_institution",
    "fria_deployers",
    "gpai",
    "gpai_systemic",
    "prohibited_practice",
    "public_body",
    "transparency",
});

constexpr auto reaches = std::to_array<std::string_view>({"evidences", "supports", "external"});
constexpr auto strengths = std::to_array<std::string_view>({"strong", "partial", "weak"});

/// "1(a)" as "(1)(a)", "9-10" as "(9)-(10)", "5 first sent." as "(5) first sent."
std::string cited(const std::string& paragraph) {
  const auto end = std::min(paragraph.find_first_of("( -"), paragraph.size());
  const auto rest = paragraph.substr(end);
  const auto first = "(" + paragraph.substr(0, end) + ")";
  return rest.starts_with('-') ? first + "-(" + rest.substr(1) + ")" : first + rest;
}

std::string reference_of(const Demand& demand, std::optional<std::string> given) {
  if (given) return *given;
  if (demand.article.empty()) return demand.id;
  const auto article = "Art. " + demand.article;
  return demand.paragraph.empty() ? article : article + cited(demand.paragraph);
}

/// Every text of the list is one of the names.
std::vector<std::string> words(json::NodeReader& reader, std::string_view key, Names names) {
  auto out = lines(reader, key);
  const std::vector<std::string> known(names.begin(), names.end());
  for (const auto& word : out) {
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    const auto near = did_you_mean(word, known);
    reader.fail(
        reader.get({key}).mark,
        "expected " + join(known, ", ") + " in " + std::string(key) + ", found `" + word + "`",
        near ? "did you mean `" + *near + "`?" : std::string());
  }
  return out;
}

std::vector<std::string> read_kind_ids(json::NodeReader& reader, const DemandGround& ground) {
  auto out = lines(reader, "kinds");
  for (const auto& id : out) {
    if (std::any_of(ground.kinds.begin(), ground.kinds.end(),
                    [&](const EvidenceKind& kind) { return kind.id == id; })) {
      continue;
    }
    std::vector<std::string> known;
    for (const auto& kind : ground.kinds) known.push_back(kind.id);
    const auto near = did_you_mean(id, known);
    reader.fail(reader.get({"kinds"}).mark, "expected a kind of evidence, found `" + id + "`",
                near ? "did you mean `" + *near + "`?" : std::string());
  }
  return out;
}

const EvidenceKind& kind_of(const DemandGround& ground, const std::string& id) {
  return *std::find_if(ground.kinds.begin(), ground.kinds.end(),
                       [&](const EvidenceKind& kind) { return kind.id == id; });
}

Reach read_reach(json::NodeReader& reader, const DemandGround& ground,
                 const std::vector<std::string>& kinds) {
  const auto& value = reader.get({"reach"});
  const auto word = one_of(reader, "reach", reaches);
  if (word == "external") return Reach::external;
  if (word == "supports") return Reach::supports;
  const bool is_shown = std::any_of(kinds.begin(), kinds.end(), [&](const std::string& id) {
    return !kind_of(ground, id).matches.empty();
  });
  if (!is_shown) {
    reader.fail(value.mark, "expected `supports`: no entry by itself is of any of these kinds");
  }
  return Reach::evidences;
}

std::optional<std::string> read_tier(json::NodeReader& reader, const DemandGround& ground) {
  auto tier = optional_line(reader, "penalty_tier");
  if (!tier) return tier;
  const auto id = tier->substr(0, tier->find(' '));
  if (std::none_of(ground.penalties.begin(), ground.penalties.end(),
                   [&](const Penalty& penalty) { return penalty.id == id; })) {
    reader.fail(reader.get({"penalty_tier"}).mark,
                "expected one of `penalties`, found `" + id + "`");
  }
  return tier;
}

/// A duty by law: what it asks, of whom, and from when.
void read_duty(json::NodeReader& reader, const DemandGround& ground, Demand& out) {
  out.article = line(reader, "article");
  out.paragraph = optional_line(reader, "paragraph").value_or("");
  out.duty = line(reader, "duty");
  out.formerly = optional_line(reader, "formerly");
  out.roles = words(reader, "roles", roles);
  out.scope = one_of(reader, "scope", scopes);
  out.reach = read_reach(reader, ground, out.kinds);
  const auto& name = reader.get({"dates"});
  const auto found = ground.dates.find(reader.as_text(name, "dates"));
  if (found == ground.dates.end()) {
    reader.fail(name.mark,
                "expected one of the classes of dates, found `" + printable(name.text) + "`");
  }
  out.dates = found->second;
  out.retention = optional_line(reader, "retention");
  out.deadline = optional_line(reader, "deadline");
  out.penalty_tier = read_tier(reader, ground);
  out.amended = optional_line(reader, "amended");
  out.oscal_control = optional_line(reader, "oscal_control");
  out.condition = optional_line(reader, "condition");
  out.fields = lines(reader, "fields");
  out.source = optional_line(reader, "source");
}

/// A control of a framework, of which a ledger shows something, or nothing.
void read_control(json::NodeReader& reader, Demand& out) {
  out.strength = one_of(reader, "strength", strengths);
  if (out.strength.empty() != out.kinds.empty()) {
    reader.fail(reader.node().mark, "expected `strength` and `kinds`, or neither");
  }
  out.reach = out.strength.empty() ? Reach::external : Reach::supports;
}

}  // namespace

Demand read_demand(const json::Node& node, const DemandGround& ground) {
  json::NodeReader reader(node, ground.file);
  Demand out;
  const auto& id = reader.get({"id"});
  out.id = reader.as_text(id, "id");
  if (!is_free_identifier(out.id)) {
    reader.fail(id.mark, "expected an identifier, found `" + printable(out.id) + "`",
                "letters, digits and `._:@/+-`, so that entries can name it");
  }
  out.title = line(reader, "title");
  out.kinds = read_kind_ids(reader, ground);
  if (ground.versions == 0) {
    read_control(reader, out);
  } else {
    read_duty(reader, ground, out);
  }
  out.reference = reference_of(out, optional_line(reader, "reference"));
  out.note = optional_line(reader, "note");
  reader.finish();
  return out;
}

}  // namespace lexecon::compliance
