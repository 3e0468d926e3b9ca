#include "evidence_text.hpp"

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void add_given(Pairs& pairs, const std::string& name, const Json& object, const char* member) {
  if (!object[member].is_null()) pairs.emplace_back(name, shown(object, member));
}

std::string use_of(const Json& link) {
  if (link["control"].is_null()) return shown(link, "decision_id");
  if (link["decision_id"].is_null()) return shown(link, "control");
  return shown(link, "control") + " in " + shown(link, "decision_id");
}

/// What it is in one cell: a file's name, or the entry that is evidence itself.
std::string content_of(const Json& document) {
  if (document["erased"].get<bool>()) return "erased";
  if (document["source"] == "entry") return shown(document, "ledger_entry_id");
  return shown(document["file"], "name");
}

}  // namespace

std::string evidence_text(const Json& document) {
  Pairs pairs{{"type", shown(document, "type")}};
  add_given(pairs, "evidence", document, "evidence_id");
  add_given(pairs, "decision", document, "decision_id");
  add_given(pairs, "policy", document, "policy_hash");
  if (const auto& file = document["file"]; !file.is_null()) {
    add_given(pairs, "name", file, "name");
    add_given(pairs, "description", file, "description");
    pairs.emplace_back("media type", shown(file, "media_type"));
    pairs.emplace_back("bytes", shown(file, "size"));
    pairs.emplace_back("sha256", shown(file, "sha256"));
    pairs.emplace_back("retention", shown(file, "retention"));
  }
  if (document["erased"].get<bool>()) pairs.emplace_back("file", "erased");
  for (const auto& link : document["links"]) {
    pairs.emplace_back("for", use_of(link) + ", " + shown(link, "ledger_entry_id"));
  }
  pairs.emplace_back("by", shown(document, "actor"));
  pairs.emplace_back("at", shown(document, "timestamp"));
  pairs.emplace_back("entry", shown(document, "ledger_entry_id"));
  return facts(pairs);
}

std::string evidence_table(const Json& documents) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "TIME", "TYPE", "BYTES", "LINKS", "CONTENT", "EVIDENCE"}};
  for (const auto& each : documents) {
    const auto& file = each["file"];
    rows.push_back({shown(each, "seq"), shown(each, "timestamp"), shown(each, "type"),
                    file.is_null() ? "-" : shown(file, "size"),
                    std::to_string(each["links"].size()), content_of(each),
                    shown(each, "evidence_id")});
  }
  return rows.size() == 1 ? "no evidence\n" : table(rows);
}

}  // namespace lexecon::cli
