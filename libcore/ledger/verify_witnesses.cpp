#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "chain/witness_policy.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

std::vector<crypto::PublicKey> all_keys(const LogKeys& keys) {
  std::vector<crypto::PublicKey> out{keys.genesis.key};
  for (const Rotation& rotation : keys.rotations) out.push_back(rotation.next.key);
  return out;
}

// Whether the checkpoints kept elsewhere are this log's is for the check of older notes; here, who vouched
// for each of them.
class WitnessesCheck final : public Check {
  void end(Evidence& evidence) override {
    const auto& policy = evidence.options.witnesses;
    if (!policy) return;
    if (!policy->quorum) return remark("the policy asks for no witness");
    if (evidence.options.older_notes.empty()) {
      return fail(std::nullopt, "there is no checkpoint that witnesses could have cosigned");
    }
    const auto keys = all_keys(evidence.keys);
    for (const std::string& note : evidence.options.older_notes) {
      saw();
      examine(note, *policy, keys);
    }
  }

  void examine(const std::string& bytes, const chain::WitnessPolicy& policy,
               const std::vector<crypto::PublicKey>& keys) {
    try {
      const chain::Note note = chain::parse_note(bytes);
      const auto witnessed = chain::witnessed(note, policy, keys);
      const std::string said = "of " + std::to_string(chain::parse_checkpoint(note).tree_size) +
                               " entries: " + to_text(witnessed);
      if (!witnessed.is_quorum) return fail(std::nullopt, said);
      said_ += (said_.empty() ? "" : "; ") + said;
      remark(said_);
    } catch (const Error& error) {
      fail(std::nullopt, error.message());
    }
  }

  std::string said_;
};

}  // namespace

NewCheck new_witnesses_check() { return std::make_unique<WitnessesCheck>(); }

}  // namespace lexecon::ledger
