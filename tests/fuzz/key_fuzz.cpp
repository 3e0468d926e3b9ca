#include "crypto/identity.hpp"
#include "crypto/key_file.hpp"
#include "fuzz/targets.hpp"

void lexecon::fuzz::key(std::string_view bytes) {
  const auto pin = crypto::parse_pin(bytes);
  require(crypto::parse_public_pem(crypto::public_pem(pin.key)) == pin.key,
          "a key changed on the way through PEM");
  if (pin.name) {
    const crypto::Identity identity{*pin.name, pin.key};
    require(crypto::parse_vkey(crypto::vkey(identity)) == identity, "a vkey is not stable");
  }
}
