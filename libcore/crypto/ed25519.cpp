#include "crypto/ed25519.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/sodium.hpp"

namespace lexecon::crypto {
namespace {

using Point = std::array<std::uint8_t, crypto_core_ed25519_BYTES>;

/// Whether the 255 bits of y are below the prime 2^255-19.
bool is_canonical(const Point& point) {
  const std::uint8_t top = point[31] & 0x7FU;
  const bool all_ones = top == 0x7FU && std::all_of(point.begin() + 1, point.begin() + 31,
                                                    [](std::uint8_t byte) { return byte == 0xFF; });
  return !all_ones || point[0] < 0xED;
}

/// The y of the eight points whose order divides 8, little-endian: every x that goes with one is weak.
/// Source: computed with integers from the curve of RFC 8032, 5.1; tests/data/keys/weak.json has the points.
constexpr std::array<std::string_view, 5> weak{
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

bool is_of_small_order(Point point) {
  point[31] &= 0x7FU;  // the sign of x
  const std::string y = to_hex({reinterpret_cast<const char*>(point.data()), point.size()});
  return std::find(weak.begin(), weak.end(), y) != weak.end();
}

/// An addition decodes what it adds, and fails for what is no point. It costs a fifth of a verification,
/// and a log names one key again and again: the last that was found good is not decoded twice.
bool is_on_curve(const Point& point) {
  thread_local std::optional<Point> good;
  if (good == point) return true;
  Point doubled;
  if (crypto_core_ed25519_add(doubled.data(), point.data(), point.data()) != 0) return false;
  good = point;
  return true;
}

}  // namespace

void use_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw Error(ErrorCode::internal, "libsodium could not be initialised");
}

std::string PublicKey::kid() const { return sha256(view()).hex().substr(0, 16); }

PublicKey public_key(std::string_view raw, const std::string& where) {
  use_sodium();
  PublicKey out;
  if (raw.size() != out.bytes.size()) {
    throw Error(ErrorCode::bad_input,
                "expected a public key of 32 bytes, got " + std::to_string(raw.size()), where);
  }
  std::copy(raw.begin(), raw.end(), out.bytes.begin());
  // SECURITY: under a key of small order one signature fits every message. A key with a torsion
  // part is accepted, as crypto_sign_verify_detached does: crypto_core_ed25519_is_valid_point is
  // stricter, and two verifiers must never differ.
  if (!is_canonical(out.bytes) || is_of_small_order(out.bytes) || !is_on_curve(out.bytes)) {
    throw Error(ErrorCode::bad_input,
                "expected an Ed25519 public key that is canonical and not of small order", where);
  }
  return out;
}

SecretKey SecretKey::generate(Entropy& entropy) {
  std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed{};
  entropy.fill(seed);
  SecretKey out = from_seed({reinterpret_cast<const char*>(seed.data()), seed.size()});
  sodium_memzero(seed.data(), seed.size());
  return out;
}

SecretKey SecretKey::from_seed(std::string_view seed) {
  use_sodium();
  if (seed.size() != crypto_sign_SEEDBYTES) {
    throw Error(ErrorCode::bad_input, "expected a seed of 32 bytes");
  }
  SecretKey out;
  crypto_sign_seed_keypair(out.public_.bytes.data(), out.secret_.data(), octets(seed));
  return out;
}

SecretKey::~SecretKey() { sodium_memzero(secret_.data(), secret_.size()); }

SecretKey::SecretKey(SecretKey&& other) noexcept : secret_(other.secret_), public_(other.public_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    secret_ = other.secret_;
    public_ = other.public_;
    sodium_memzero(other.secret_.data(), other.secret_.size());
  }
  return *this;
}

std::string SecretKey::sign(std::string_view message) const {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, octets(message), message.size(), secret_.data());
  return {signature.begin(), signature.end()};
}

std::string_view SecretKey::seed() const {
  return {reinterpret_cast<const char*>(secret_.data()), crypto_sign_SEEDBYTES};
}

bool verify(const PublicKey& key, std::string_view message, std::string_view signature) {
  use_sodium();
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(octets(signature), octets(message), message.size(),
                                     key.bytes.data()) == 0;
}

}  // namespace lexecon::crypto
