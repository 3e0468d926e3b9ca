#include "authority/exports.hpp"

#include "json/json.hpp"

namespace lexecon::authority {
namespace {

std::uint64_t request_of(const chain::Entry& entry) {
  return entry.data.at("request").get<std::uint64_t>();
}

/// Empty when nobody signed.
std::string signer_of(const chain::Entry& entry) {
  const auto approval = entry.data.find("approval");
  return approval == entry.data.end() ? std::string() : approval->at("operator").get<std::string>();
}

}  // namespace

bool demands_approval(decision::ExportApproval setting, bool discloses) {
  switch (setting) {
    case decision::ExportApproval::none:
      return false;
    case decision::ExportApproval::sealed:
      return discloses;
    case decision::ExportApproval::all:
      return true;
  }
  return true;
}

Fault Exports::take(const chain::Entry& entry, decision::ExportApproval setting,
                    bool one_suffices) {
  if (entry.event_type == "export.approved") return approve(entry, one_suffices);
  if (entry.event_type == "export.sealed") return make(entry, setting);
  if (entry.event_type == "export.requested") {
    open_.emplace(entry.seq, ExportRequest{.discloses = entry.data.at("disclosure") == "sealed",
                                           .requester = signer_of(entry),
                                           .approver = std::nullopt});
  }
  return std::nullopt;
}

const ExportRequest* Exports::open(std::uint64_t seq) const {
  const auto found = open_.find(seq);
  return found == open_.end() ? nullptr : &found->second;
}

Fault Exports::approve(const chain::Entry& entry, bool one_suffices) {
  const auto seq = request_of(entry);
  const auto found = open_.find(seq);
  if (found == open_.end()) return chain::entry_id(seq) + " asks for no package that is to be made";
  auto& request = found->second;
  const auto approver = signer_of(entry);
  if (request.approver) {
    return "`" + *request.approver + "` approved " + chain::entry_id(seq) + " already";
  }
  if (request.requester.empty()) {
    return "nobody signed " + chain::entry_id(seq) +
           ", so that nobody is known to be a second person";
  }
  if (request.requester == approver && !one_suffices) {
    return "`" + approver + "` asked for it, and nobody approves what he asked for";
  }
  request.approver = approver;
  return std::nullopt;
}

Fault Exports::make(const chain::Entry& entry, decision::ExportApproval setting) {
  const auto seq = request_of(entry);
  const auto found = open_.find(seq);
  if (found == open_.end()) return "it tells of a package that nobody asked for";
  if (demands_approval(setting, found->second.discloses) && !found->second.approver) {
    return "no second person approved " + chain::entry_id(seq) + ", as exports.approval wants it";
  }
  open_.erase(found);
  return std::nullopt;
}

}  // namespace lexecon::authority
