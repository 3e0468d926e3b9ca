#include <string>

#include "base/error.hpp"
#include "crypto/key_file.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::uint64_t max_key_file = 4'096;

// The key that the node keeps beside its database: the one in force, or an older one that vouches for
// it, since a rotation may have been cut short behind its commit.
class KeyCheck final : public Check {
  void end(Evidence& evidence) override {
    const Path path = evidence.files.ledger_pub();
    if (!evidence.log || !std::filesystem::exists(path)) return;
    saw();
    try {
      const auto own = crypto::parse_public_pem(read_file(path, max_key_file), path.string());
      const LogKeys keys = evidence.keys;
      const auto gap = keys.last_gap();
      const auto sizes = keys.sizes_of(own);
      if (!sizes || (gap && sizes->first <= gap->last_before())) {
        fail(0, "the log is kept with the key " + keys.in_force().key.kid() +
                    ", the node's own is " + own.kid());
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      fail(std::nullopt, "keys/ledger.pub is no public key: " + error.message());
    }
  }
};

// The keys that the caller knows the log by. A key vouches for what it signed and, rotation by
// rotation, for what follows up to the next recovery.
class PinsCheck final : public Check {
  void end(Evidence& evidence) override {
    bool reaches_the_end = false;
    for (const crypto::Pin& pin : evidence.options.pins) {
      saw();
      reaches_the_end = examine(evidence, pin) || reaches_the_end;
    }
    if (evidence.options.pins.empty() || reaches_the_end) return;
    remark(why_not_);
    if (!evidence.undecidable) evidence.undecidable = "key_not_pinned";
  }

  bool examine(Evidence& evidence, const crypto::Pin& pin) {
    const std::optional<LogKeys> keys = evidence.log ? std::optional(evidence.keys) : std::nullopt;
    const auto sizes = keys && (!pin.name || *pin.name == keys->genesis.name)
                           ? keys->sizes_of(pin.key)
                           : std::nullopt;
    if (!sizes) {
      fail(0, "the log is not that of the pinned key " + pin.key.kid() +
                  (pin.name ? " of `" + *pin.name + "`" : ""));
      return false;
    }
    // SECURITY: anybody can name a key in a rotation; only what it signed is its word. Whether the notes
    // verify is for the check of the checkpoints.
    if (!evidence.records.has_checkpoint(*sizes)) {
      why_not_ = "the pinned key " + pin.key.kid() + " has signed nothing yet";
      return false;
    }
    const auto gap = keys->last_gap();
    if (!gap || sizes->first > gap->last_before()) return true;
    why_not_ = "gap: the pinned key " + pin.key.kid() + " does not vouch for the key " +
               gap->next.key.kid() + " of " + chain::entry_id(gap->seq) +
               ", which needs a pin of its own";
    return false;
  }

  std::string why_not_;
};

}  // namespace

NewCheck new_key_check() { return std::make_unique<KeyCheck>(); }
NewCheck new_pins_check() { return std::make_unique<PinsCheck>(); }

}  // namespace lexecon::ledger
