#include "json/json.hpp"
#include "service/evidence.hpp"

namespace lexecon::service {
namespace {

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json file_of(const Evidence& evidence) {
  if (!evidence.file) return nullptr;
  const auto& file = *evidence.file;
  return {{"sha256", file.sha256.hex()},
          {"size", file.size},
          {"media_type", file.media_type},
          {"name", or_null(file.name)},
          {"description", or_null(file.description)},
          {"retention", file.retention}};
}

Json links_of(const Evidence& evidence) {
  Json links = Json::array();
  for (const auto& link : evidence.links) {
    links.push_back({{"decision_id", or_null(link.decision_id)},
                     {"control", or_null(link.control)},
                     {"timestamp", to_text(link.at)},
                     {"ledger_entry_id", chain::entry_id(link.seq)}});
  }
  return links;
}

}  // namespace

Json to_json(const Evidence& evidence) {
  const auto& data = evidence.entry.data;
  return {{"schema", "lexecon.evidence/1"},
          {"evidence_id", data.value("evidence_id", Json())},
          {"type", evidence.type},
          {"source", evidence.has_file() ? "file" : "entry"},
          {"decision_id", data.value("decision_id", Json())},
          {"policy_hash", data.value("policy_hash", Json())},
          {"file", file_of(evidence)},
          {"erased", evidence.has_file() && !evidence.file},
          {"links", links_of(evidence)},
          {"actor", evidence.entry.actor},
          {"timestamp", to_text(evidence.entry.timestamp)},
          {"seq", evidence.entry.seq},
          {"ledger_entry_id", chain::entry_id(evidence.entry.seq)},
          {"entry_hash", evidence.entry_hash.hex()}};
}

}  // namespace lexecon::service
