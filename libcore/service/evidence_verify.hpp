// Whether evidence is what was added: its entry, its sealed content, its file, and what else lies there.
//
// Shapes   what is not as it should be is an answer; only what keeps from looking is an error
// Errors   Error{bad_input}, Error{not_found} for an id; Error{io}
// Source   lexecon-evidence-verify(1)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "json/fwd.hpp"
#include "oversight/evidence_files.hpp"
#include "service/node.hpp"

namespace lexecon::service {

enum class EvidenceStatus : std::uint8_t { pass, fail, erased };

struct EvidenceFinding {
  std::uint64_t seq = 0;
  std::optional<std::string> evidence_id;  // nothing when its entry cannot be read
  EvidenceStatus status = EvidenceStatus::pass;
  std::string detail;  // of a failure
};

enum class EvidenceVerdict : std::uint8_t { valid, invalid, nothing_to_check };

struct EvidenceVerification {
  std::vector<EvidenceFinding> evidence;
  std::vector<oversight::Stray> strays;

  [[nodiscard]] std::uint64_t count(EvidenceStatus status) const;
  [[nodiscard]] EvidenceVerdict verdict() const;
};

/// All evidence and its folder, or with `ids` these alone.
[[nodiscard]] EvidenceVerification verify_evidence(const Node& node,
                                                   std::span<const std::string> ids);
[[nodiscard]] Json to_json(const EvidenceVerification& verification);

}  // namespace lexecon::service
