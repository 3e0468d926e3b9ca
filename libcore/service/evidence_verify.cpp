#include "service/evidence_verify.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "oversight/evidence.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

class Verifier {
 public:
  Verifier(store::Database& database, Path folder)
      : database_(database), folder_(std::move(folder)) {}

  EvidenceFinding verify(std::uint64_t seq) {
    EvidenceFinding finding{.seq = seq, .evidence_id = {}, .status = {}, .detail = {}};
    try {
      look(finding);
    } catch (const Error& error) {
      // Only what was altered is an answer; a disk that fails is none.
      if (error.code() != ErrorCode::integrity) throw;
      finding.status = EvidenceStatus::fail;
      finding.detail = error.message();
    }
    return finding;
  }

  [[nodiscard]] bool is_named(const Hash& sha256) const { return named_.contains(sha256); }

 private:
  void look(EvidenceFinding& finding) {
    const auto stored = ledger::read_entry(database_, finding.seq);
    if (!stored || stored->entry.event_type != "evidence.added") {
      throw Error(ErrorCode::integrity, "its entry is another one");
    }
    finding.evidence_id = stored->entry.data.at("evidence_id").get<std::string>();
    const auto file = oversight::file_of(database_, stored->entry);
    if (!file) {
      finding.status = EvidenceStatus::erased;
      return;
    }
    named_.insert(file->sha256);
    finding.detail = fault_of(*file);
    if (!finding.detail.empty()) finding.status = EvidenceStatus::fail;
  }

  // However many entries name a file, it is read once.
  const std::string& fault_of(const oversight::EvidenceFile& file) {
    const auto [known, is_new] = faults_.try_emplace({file.sha256, file.size});
    if (!is_new) return known->second;
    try {
      oversight::read_evidence(folder_, file.sha256, file.size, [](std::string_view) {});
    } catch (const Error& error) {
      if (error.code() != ErrorCode::integrity) throw;
      known->second = error.message();
    }
    return known->second;
  }

  store::Database& database_;
  Path folder_;
  std::set<Hash> named_;
  std::map<std::pair<Hash, std::uint64_t>, std::string> faults_;
};

std::uint64_t require_seq(store::Database& database, const std::string& id) {
  if (!id.starts_with("evd_")) {
    throw Error(ErrorCode::bad_input, "expected the id of evidence, `evd_…`, got `" + id + "`");
  }
  if (const auto seq = oversight::find_evidence(database, id)) return *seq;
  unknown_id(id);
}

std::vector<std::uint64_t> seqs_of(store::Database& database, std::span<const std::string> ids) {
  if (ids.empty()) return oversight::all_evidence(database);
  std::vector<std::uint64_t> seqs;
  for (const auto& id : ids) seqs.push_back(require_seq(database, id));
  return seqs;
}

std::string_view to_string(EvidenceStatus status) {
  switch (status) {
    case EvidenceStatus::pass:
      return "pass";
    case EvidenceStatus::fail:
      return "fail";
    case EvidenceStatus::erased:
      return "erased";
  }
  return {};
}

std::string_view to_string(EvidenceVerdict verdict) {
  switch (verdict) {
    case EvidenceVerdict::valid:
      return "valid";
    case EvidenceVerdict::invalid:
      return "invalid";
    case EvidenceVerdict::nothing_to_check:
      return "nothing_to_check";
  }
  return {};
}

}  // namespace

std::uint64_t EvidenceVerification::count(EvidenceStatus status) const {
  return static_cast<std::uint64_t>(
      std::count_if(evidence.begin(), evidence.end(),
                    [status](const auto& each) { return each.status == status; }));
}

EvidenceVerdict EvidenceVerification::verdict() const {
  const bool is_clean =
      std::all_of(strays.begin(), strays.end(), [](const auto& each) { return each.harmless; });
  if (!is_clean || count(EvidenceStatus::fail) > 0) return EvidenceVerdict::invalid;
  return evidence.empty() ? EvidenceVerdict::nothing_to_check : EvidenceVerdict::valid;
}

EvidenceVerification verify_evidence(const Node& node, std::span<const std::string> ids) {
  const Path folder = node.files.evidence();
  // The folder first: a file that an entry of this snapshot names was there before it.
  const auto found = ids.empty() ? oversight::scan_evidence(folder) : oversight::FoundFiles();
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  Verifier verifier(database, folder);
  EvidenceVerification verification{.evidence = {}, .strays = found.strays};
  for (const auto seq : seqs_of(database, ids)) {
    verification.evidence.push_back(verifier.verify(seq));
  }
  for (const auto& sha256 : found.files) {
    if (verifier.is_named(sha256)) continue;
    const auto path = oversight::evidence_path(folder.filename(), sha256);
    verification.strays.push_back({path.string(), "named by no evidence", true});
  }
  return verification;
}

Json to_json(const EvidenceVerification& verification) {
  Json evidence = Json::array();
  for (const auto& each : verification.evidence) {
    evidence.push_back({{"evidence_id", each.evidence_id ? Json(*each.evidence_id) : Json()},
                        {"ledger_entry_id", chain::entry_id(each.seq)},
                        {"status", to_string(each.status)},
                        {"detail", each.detail}});
  }
  Json strays = Json::array();
  for (const auto& each : verification.strays) {
    strays.push_back({{"path", each.path}, {"what", each.what}, {"harmless", each.harmless}});
  }
  return {{"schema", "lexecon.evidence_verification/1"},
          {"verdict", to_string(verification.verdict())},
          {"verified", verification.count(EvidenceStatus::pass)},
          {"failed", verification.count(EvidenceStatus::fail)},
          {"erased", verification.count(EvidenceStatus::erased)},
          {"evidence", std::move(evidence)},
          {"strays", std::move(strays)}};
}

}  // namespace lexecon::service
