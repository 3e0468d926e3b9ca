#include <algorithm>
#include <set>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "compliance/rulebook.hpp"
#include "compliance/rulebook_fields.hpp"
#include "compliance/rulebook_parts.hpp"
#include "crypto/hash.hpp"

namespace lexecon::compliance {
namespace {

/// Which rulebook this is, and where it comes from.
void read_head(json::NodeReader& reader, Rulebook& out) {
  const auto& schema = reader.get({"schema"});
  if (reader.as_text(schema, "schema") != "lexecon.rulebook/1") {
    reader.fail(schema.mark, "expected the schema lexecon.rulebook/1");
  }
  const auto& id = reader.get({"id"});
  out.id = reader.as_text(id, "id");
  if (!is_node_id(out.id)) {
    reader.fail(id.mark, "expected an id, found `" + printable(out.id) + "`");
  }
  out.name = line(reader, "name");
  out.version = to_text(day(reader, "version"));
  out.edition = line(reader, "edition");
  out.checked_on = to_text(day(reader, "checked_on"));
  out.licence = line(reader, "licence");
  static_cast<void>(reader.get({"sources"}));
  out.sources = lines(reader, "sources");
  out.denominator = optional_line(reader, "denominator").value_or("");
}

DateClasses read_law(json::NodeReader& reader, const std::string& file, Rulebook& out) {
  const auto* law = reader.find("law");
  if (law == nullptr) return {};
  out.versions = read_versions(reader, *law, file);
  if (const auto* penalties = reader.find("penalties")) {
    out.penalties = read_penalties(*penalties, file);
  }
  return read_date_classes(reader.get({"dates"}), file, out.versions.size());
}

void read_demands(const json::NodeReader& reader, const json::Node& list,
                  const DemandGround& ground, Rulebook& out) {
  std::set<std::string, std::less<>> ids;
  for (const auto& item : reader.as_list(list, "demands")) {
    out.demands.push_back(read_demand(item, ground));
    const auto& id = out.demands.back().id;
    if (!ids.insert(id).second) reader.fail(item.mark, "expected the id `" + id + "` once");
  }
  if (out.demands.empty()) reader.fail(list.mark, "expected a demand");
}

/// Kinds that no demand names are of no use to whoever reads this rulebook.
std::vector<EvidenceKind> named(std::span<const EvidenceKind> kinds,
                                const std::vector<Demand>& demands) {
  std::set<std::string_view> ids;
  for (const auto& demand : demands) ids.insert(demand.kinds.begin(), demand.kinds.end());
  std::vector<EvidenceKind> out;
  std::copy_if(kinds.begin(), kinds.end(), std::back_inserter(out),
               [&](const EvidenceKind& kind) { return ids.count(kind.id) != 0; });
  return out;
}

/// The file's own kinds and the shared ones, ascending.
std::vector<EvidenceKind> all_kinds(json::NodeReader& reader, const std::string& file,
                                    std::span<const EvidenceKind> shared) {
  std::vector<EvidenceKind> out(shared.begin(), shared.end());
  const auto* node = reader.find("kinds");
  if (node == nullptr) return out;
  for (auto& own : read_kinds(*node, file)) {
    const auto place = std::lower_bound(
        out.begin(), out.end(), own.id,
        [](const EvidenceKind& kind, const std::string& id) { return kind.id < id; });
    if (place != out.end() && place->id == own.id) {
      reader.fail(node->mark, "expected the kind `" + own.id + "` once: it is a shared one");
    }
    out.insert(place, std::move(own));
  }
  return out;
}

}  // namespace

Rulebook read_rulebook(std::string_view bytes, const std::string& name,
                       std::span<const EvidenceKind> shared) {
  const auto document = json::read_document(bytes, name);
  json::NodeReader reader(document, name);
  Rulebook out;
  out.digest = crypto::sha256(bytes);
  read_head(reader, out);
  const auto dates = read_law(reader, name, out);
  out.kinds = all_kinds(reader, name, shared);
  if (const auto* demands = reader.find("demands")) {
    read_demands(reader, *demands, {name, out.versions.size(), out.kinds, dates, out.penalties},
                 out);
    out.kinds = named(out.kinds, out.demands);
  } else if (reader.find("kinds") == nullptr) {
    reader.fail(document.mark, "expected `demands`, or `kinds` alone");
  }
  reader.finish();
  return out;
}

}  // namespace lexecon::compliance
