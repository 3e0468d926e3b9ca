#include <string>

#include "base/error.hpp"
#include "crypto/key_file.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::uint64_t max_key_file = 4'096;

// The key that the node keeps beside its database.
class KeyCheck final : public Check {
  void end(Evidence& evidence) override {
    const Path path = evidence.files.ledger_pub();
    if (!evidence.log || !std::filesystem::exists(path)) return;
    saw();
    try {
      const auto own = crypto::parse_public_pem(read_file(path, max_key_file), path.string());
      if (own != evidence.log->key) {
        fail(0, "the log is kept with the key " + evidence.log->key.kid() + ", the node's own is " +
                    own.kid());
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      fail(std::nullopt, "keys/ledger.pub is no public key: " + error.message());
    }
  }
};

// The keys that the caller knows the log by.
class PinsCheck final : public Check {
  void end(Evidence& evidence) override {
    for (const crypto::Pin& pin : evidence.options.pins) {
      saw();
      const bool is_ours = evidence.log && pin.key == evidence.log->key &&
                           (!pin.name || *pin.name == evidence.log->name);
      if (!is_ours) {
        fail(0, "the log is not that of the pinned key " + pin.key.kid() +
                    (pin.name ? " of `" + *pin.name + "`" : ""));
      }
    }
  }
};

}  // namespace

NewCheck new_key_check() { return std::make_unique<KeyCheck>(); }
NewCheck new_pins_check() { return std::make_unique<PinsCheck>(); }

}  // namespace lexecon::ledger
