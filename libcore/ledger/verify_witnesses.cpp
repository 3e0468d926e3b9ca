#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/witness_policy.hpp"
#include "chain/witness_shapes.hpp"
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

// What a node vouched for as a witness never went back, and never has two roots at one size.
class CosignedCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.whole == nullptr || seen.whole->event_type != chain::witness_cosigned) return;
    saw();
    const auto head = head_in(*seen.whole);
    if (!head) return;
    const auto& next = head->checkpoint;
    const auto [last, is_first] = last_.try_emplace(next.origin, next);
    if (!is_first && next.tree_size < last->second.tree_size) {
      fail(seen.row.seq, "fewer entries of `" + next.origin + "` were cosigned than before");
    } else if (!is_first && next.tree_size == last->second.tree_size &&
               next.root != last->second.root) {
      fail(seen.row.seq, "two roots of `" + next.origin + "` were cosigned at one size");
    }
    last->second = next;
  }

  // Of another shape, or not signed: that is for the check of events to say.
  static std::optional<chain::CosignedHead> head_in(const chain::Entry& entry) {
    try {
      if (!chain::check_entry(entry)) return std::nullopt;
      return chain::parse_cosigned_head(entry.data);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  std::map<std::string, chain::Checkpoint> last_;  // by log
};

}  // namespace

NewCheck new_witnesses_check() { return std::make_unique<WitnessesCheck>(); }
NewCheck new_cosigned_check() { return std::make_unique<CosignedCheck>(); }

}  // namespace lexecon::ledger
