#include "reporting/record.hpp"

#include <algorithm>
#include <utility>

#include "chain/entry.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "service/act.hpp"

namespace lexecon::reporting {
namespace {

Json files_of(const std::vector<ReportFile>& files) {
  Json out = Json::array();
  for (const auto& each : files) {
    out.push_back({{"format", each.format}, {"sha256", crypto::sha256(each.bytes).hex()}});
  }
  std::sort(out.begin(), out.end(), [](const Json& left, const Json& right) {
    return left.at("format") < right.at("format");
  });
  return out;
}

Json rulebooks_of(const Json& header) {
  Json out = Json::array();
  for (const auto& each : header.at("rulebooks")) {
    out.push_back({{"id", each.at("id")}, {"sha256", each.at("sha256")}});
  }
  return out;
}

/// Of a report on a framework alone: the others have their rulebook in their kind.
Json framework_of(const Json& model) {
  const auto& rulebooks = model.at("header").at("rulebooks");
  return model.at("kind") == "framework" && !rulebooks.empty() ? rulebooks.front().at("id")
                                                               : Json();
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json data_of(const MadeReport& made, const std::vector<ReportFile>& files) {
  const auto& model = made.model;
  const auto& header = model.at("header");
  const auto& system = header.at("system");
  return {{"as_of", header.at("as_of")},
          {"decision_id", or_null(made.decision)},
          {"disclosure", header.at("sealed") == true ? "sealed" : "none"},
          {"files", files_of(files)},
          {"framework", framework_of(model)},
          {"from", header.at("period").at("from")},
          {"incident_id", or_null(made.incident)},
          {"kind", model.at("kind")},
          {"rulebooks", rulebooks_of(header)},
          {"system", system.is_null() ? Json() : system.at("id")},
          {"to", header.at("period").at("to")},
          {"tree_size", header.at("ledger").at("tree_size")}};
}

}  // namespace

Json record_report(const service::Node& node, const MadeReport& made,
                   const std::vector<ReportFile>& files,
                   const std::optional<service::Signatory>& signatory, service::Session& session) {
  auto draft = service::prepare(node, {.event_type = "report.made", .data = data_of(made, files)},
                                signatory, session);
  service::Act act(node, session);
  const auto appended = service::append_approved(act, node, std::move(draft));
  (void)act.commit();
  return {{"approval", service::approval_of(appended.entry)},
          {"entry_hash", appended.hash.hex()},
          {"ledger_entry_id", chain::entry_id(appended.entry.seq)},
          {"seq", appended.entry.seq},
          {"timestamp", to_text(appended.entry.timestamp)}};
}

}  // namespace lexecon::reporting
