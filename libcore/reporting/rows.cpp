#include "reporting/rows.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "chain/entry.hpp"

namespace lexecon::reporting {
namespace {

using compliance::Demand;
using compliance::EvidenceFinding;
using compliance::KindFinding;
using compliance::Record;
using compliance::Statement;

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }
Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json or_null(const std::optional<Date>& date) { return date ? Json(to_text(*date)) : Json(); }

std::string person(const Statement& statement) { return "operator:" + statement.by; }

Json to_json(const compliance::Applicability& applicability) {
  return {{"state", to_string(applicability.state)},
          {"from", or_null(applicability.from)},
          {"formal", or_null(applicability.formal)},
          {"reason", applicability.reason},
          {"basis", or_null(applicability.basis)}};
}

Json declaration_of(const Statement* statement) {
  if (statement == nullptr) return {};
  return {{"entry_id", chain::entry_id(statement->seq)},
          {"by", person(*statement)},
          {"at", to_text(statement->at)},
          {"expires_on", or_null(statement->expires_on)},
          {"evidence_id", or_null(statement->evidence_id)}};
}

Json to_json(const KindFinding& finding, Book& book) {
  const auto& kind = *finding.kind;
  const bool is_document = finding.state == compliance::EvidenceState::external;
  const auto what = is_document ? "documents linked as " + kind.id : kind.id + ": " + kind.meaning;
  return {
      {"kind", kind.id},
      {"meaning", kind.meaning},
      {"state", to_string(finding.state)},
      {"evidence", finding.entries == nullptr ? Json() : Json(book.add(*finding.entries, what))},
      {"statement", declaration_of(finding.statement)},
      {"detail", or_null(finding.detail)}};
}

/// Each entry counts once, whatever kinds it is of.
std::uint64_t entries_in(const EvidenceFinding& evidence) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const auto& each : evidence.kinds) {
    if (each.entries == nullptr) continue;
    ranges.insert(ranges.end(), each.entries->ranges.begin(), each.entries->ranges.end());
  }
  if (evidence.documents != nullptr) {
    const auto& more = evidence.documents->ranges;
    ranges.insert(ranges.end(), more.begin(), more.end());
  }
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t count = 0;
  std::uint64_t next = 0;
  for (const auto& [first, last] : ranges) {
    const auto from = std::max(first, next);
    if (last + 1 <= from) continue;
    count += last + 1 - from;
    next = last + 1;
  }
  return count;
}

Json to_json(const EvidenceFinding& evidence, Book& book) {
  auto kinds = Json::array();
  for (const auto& each : evidence.kinds) kinds.push_back(to_json(each, book));
  return {{"state", to_string(evidence.state)},
          {"count", entries_in(evidence)},
          {"kinds", std::move(kinds)},
          {"documents", evidence.documents == nullptr
                            ? Json()
                            : Json(book.add(*evidence.documents, "documents linked to it"))},
          {"declaration", declaration_of(evidence.declaration)},
          {"lacks", evidence.lacks}};
}

Json to_json(const Statement* conclusion, const Date& on) {
  if (conclusion == nullptr) return {};
  return {{"satisfied", conclusion->satisfied.value_or(false)},
          {"by", person(*conclusion)},
          {"role", conclusion->role},
          {"at", to_text(conclusion->at)},
          {"period", {{"from", or_null(conclusion->from)}, {"to", or_null(conclusion->to)}}},
          {"expires_on", or_null(conclusion->expires_on)},
          {"expired", is_expired(*conclusion, on)},
          {"entry_id", chain::entry_id(conclusion->seq)},
          {"rulebook_sha256", conclusion->rulebook_sha256}};
}

Json to_json(const std::optional<compliance::Gap>& gap) {
  if (!gap) return {};
  const auto* const plan = gap->remediation;
  return {{"missing", gap->missing},
          {"action", gap->action},
          {"owner", plan == nullptr ? Json() : or_null(plan->owner)},
          {"due", or_null(gap->due)},
          {"state", plan == nullptr ? Json() : or_null(plan->state)},
          {"entry_id", plan == nullptr ? Json() : Json(chain::entry_id(plan->seq))}};
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> known) {
  return std::find(known.begin(), known.end(), text) != known.end();
}

/// "6" of "6", "5" of "5 third sent."
std::string_view number_of(std::string_view paragraph) {
  return paragraph.substr(0, paragraph.find_first_not_of("0123456789"));
}

bool binds_deployer(const Demand& demand) {
  return demand.roles.empty() ||
         std::any_of(demand.roles.begin(), demand.roles.end(), [](const std::string& role) {
           return role == "deployer" || role == "any_operator";
         });
}

/// Whether a demand of the AI Act, or of its Annex IV, is what a kind of report is about.
bool is_about(Kind kind, const Demand& demand) {
  const std::string_view article = demand.article;
  const auto number = number_of(demand.paragraph);
  switch (kind) {
    case Kind::ai_act:
    case Kind::executive:
    case Kind::article_11:
    case Kind::framework:
      return true;
    case Kind::article_12:
      return is_one_of(article, {"12", "18", "19"}) || (article == "26" && number == "6");
    case Kind::article_14:
      return article == "14" || (article == "26" && is_one_of(number, {"1", "2"}));
    case Kind::article_26:
      // Arts. 72(2) and 73(1) bind the provider; what goes into them comes from the deployer.
      if (article == "72") return number == "2";
      if (article == "73") return number == "1";
      if (article == "49") return number == "3";
      return is_one_of(article, {"4", "26", "27", "50", "86"}) && binds_deployer(demand);
    case Kind::article_73:
      return article == "73" || (article == "26" && number == "5");
    case Kind::article_86:
      return article == "86";
  }
  throw Error(ErrorCode::internal, "a report of no kind");
}

Json count_states(const Json& rows, const char* axis, std::initializer_list<const char*> states) {
  auto out = Json::object();
  for (const auto* state : states) out[state] = 0;
  for (const auto& row : rows) {
    auto& count = out.at(row.at(axis).at("state").get<std::string>());
    count = count.get<std::uint64_t>() + 1;
  }
  return out;
}

/// How many rows are so on both axes.
Json count_both(const Json& rows, const Json& applicability, const Json& evidence) {
  auto out = Json::object();
  for (const auto& one : applicability.items()) {
    for (const auto& other : evidence.items()) out[one.key()][other.key()] = 0;
  }
  for (const auto& row : rows) {
    auto& count = out.at(row.at("applicability").at("state").get<std::string>())
                      .at(row.at("evidence").at("state").get<std::string>());
    count = count.get<std::uint64_t>() + 1;
  }
  return out;
}

/// What a build may fail on: of what binds now, or may.
Json count_binding(const Json& rows) {
  std::uint64_t gaps = 0;
  std::uint64_t stale = 0;
  for (const auto& row : rows) {
    const auto& state = row.at("applicability").at("state");
    if (row.at("gap").is_null() || (state != "applies" && state != "disputed")) continue;
    ++gaps;
    if (row.at("evidence").at("state") == "stale") ++stale;
  }
  return {{"gaps", gaps}, {"stale", stale}};
}

Json count_conclusions(const Json& rows) {
  std::uint64_t satisfied = 0;
  std::uint64_t not_satisfied = 0;
  for (const auto& row : rows) {
    const auto& conclusion = row.at("conclusion");
    if (conclusion.is_null() || conclusion.at("expired").get<bool>()) continue;
    ++(conclusion.at("satisfied").get<bool>() ? satisfied : not_satisfied);
  }
  return {{"satisfied", satisfied},
          {"not_satisfied", not_satisfied},
          {"none", rows.size() - satisfied - not_satisfied}};
}

}  // namespace

const compliance::Rulebook& rulebook_of(const Wish& wish) {
  if (wish.kind == Kind::article_11) return compliance::rulebook("annex_iv");
  if (wish.kind != Kind::framework) return compliance::rulebook("eu_ai_act");
  if (!wish.framework) {
    throw Error(ErrorCode::bad_input, "expected a framework, seen none", "--framework",
                "lexecon compliance frameworks lists them");
  }
  const auto& rulebook = compliance::rulebook(*wish.framework);
  if (rulebook.versions.empty()) return rulebook;
  throw Error(ErrorCode::not_found, "`" + *wish.framework + "` is a law, not a framework",
              "--framework", "lexecon compliance frameworks lists them");
}

std::vector<const Demand*> demands_of(Kind kind, const compliance::Rulebook& rulebook) {
  std::vector<const Demand*> out;
  for (const auto& demand : rulebook.demands) {
    if (is_about(kind, demand)) out.push_back(&demand);
  }
  return out;
}

Json row_of(const Demand& demand, const compliance::Profile* profile, const Record& record,
            const Date& as_of, Book& book) {
  const auto& rulebook = record.rulebook;
  const bool is_law = !rulebook.versions.empty();
  const auto applicability = is_law
                                 ? applicability_of(demand, *profile, rulebook, as_of)
                                 : applicability_of_control(rulebook, exclusion_of(demand, record));
  const auto evidence = evidence_of(demand, record);
  const auto version = rulebook.version_on(as_of);
  const auto note = evidence.note.empty() ? demand.note : std::optional(evidence.note);
  return {{"id", demand.id},
          {"rulebook", rulebook.id},
          {"reference", demand.reference},
          {"title", demand.title},
          {"duty", or_null(duty_in(rulebook, demand, version))},
          {"reach", to_string(demand.reach)},
          {"strength", or_null(demand.strength)},
          {"roles", demand.roles},
          {"applicability", to_json(applicability)},
          {"evidence", to_json(evidence, book)},
          {"conclusion", to_json(conclusion_of(demand, record), record.to)},
          {"gap", to_json(gap_of(demand, applicability, evidence, record))},
          {"retention", or_null(demand.retention)},
          {"deadline", or_null(demand.deadline)},
          {"penalty_tier", or_null(demand.penalty_tier)},
          {"amended", or_null(demand.amended)},
          {"oscal_control", or_null(demand.oscal_control)},
          {"condition", or_null(demand.condition)},
          {"note", or_null(note)}};
}

Json summary_of(const Json& rows, const compliance::Rulebook& rulebook) {
  std::uint64_t gaps = 0;
  std::uint64_t evidenced = 0;
  for (const auto& row : rows) {
    const auto& state = row.at("evidence").at("state");
    if (!row.at("gap").is_null()) {
      ++gaps;
    } else if (state == "present" || state == "external") {
      ++evidenced;
    }
  }
  auto coverage = Json();
  if (rulebook.versions.empty()) {
    coverage = {
        {"evidenced", evidenced}, {"of", rows.size()}, {"denominator", rulebook.denominator}};
  }
  auto applicability = count_states(
      rows, "applicability", {"applies", "not_yet", "not_applicable", "disputed", "unknown"});
  auto evidence = count_states(rows, "evidence",
                               {"present", "partial", "none", "declared", "external", "stale"});
  auto both = count_both(rows, applicability, evidence);
  return {{"rows", rows.size()},
          {"applicability", std::move(applicability)},
          {"evidence", std::move(evidence)},
          {"matrix", std::move(both)},
          {"conclusions", count_conclusions(rows)},
          {"gaps", gaps},
          {"binding", count_binding(rows)},
          {"coverage", std::move(coverage)}};
}

}  // namespace lexecon::reporting
