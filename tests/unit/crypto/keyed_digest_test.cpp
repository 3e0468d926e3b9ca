#include "crypto/keyed_digest.hpp"

#include <doctest/doctest.h>

#include "base/bytes.hpp"
#include "base/error.hpp"

using namespace lexecon;

TEST_SUITE("crypto/keyed_digest") {
  const auto seed = [] {
    std::string bytes;
    for (char i = 0; i < 32; ++i) bytes += i;
    return bytes;
  }();

  // Computed with Python's hashlib.blake2b: salt = subkey 1, person = context, then keyed.
  TEST_CASE("the key is derived and the digest made as libsodium's formats say") {
    const auto secret = crypto::SecretKey::from_seed(seed);
    const crypto::DigestKey key(secret, "lexcache");
    constexpr auto abc = "87b2cfc04f33bad1f83429e5e913e00a31e55e3bafe0ab308f76c8929252ee53";
    CHECK(to_hex(key.digest({"abc"})) == abc);
    CHECK(to_hex(key.digest({"a", "", "bc"})) == abc);
    CHECK(to_hex(crypto::DigestKey(secret, "otherkey").digest({})) ==
          "d6a97e4fbf74c874f8176c6a1417b066d150c89636f0e92c03bd8033826c0220");
  }

  TEST_CASE("only the digest of these bytes under this key is confirmed") {
    const auto secret = crypto::SecretKey::from_seed(seed);
    const crypto::DigestKey key(secret, "lexcache");
    const auto digest = key.digest({"abc"});
    CHECK(key.confirms(digest, {"ab", "c"}));
    CHECK_FALSE(key.confirms(digest, {"abd"}));
    CHECK_FALSE(key.confirms(digest + "x", {"abc"}));
    CHECK_FALSE(key.confirms("", {"abc"}));
    CHECK_FALSE(crypto::DigestKey(secret, "otherkey").confirms(digest, {"abc"}));
    const auto other = crypto::SecretKey::from_seed(std::string(32, 'x'));
    CHECK_FALSE(crypto::DigestKey(other, "lexcache").confirms(digest, {"abc"}));
  }

  TEST_CASE("a context has eight bytes") {
    const auto secret = crypto::SecretKey::from_seed(seed);
    CHECK_THROWS_AS(crypto::DigestKey(secret, "short"), Error);
    CHECK_THROWS_AS(crypto::DigestKey(secret, "far too long"), Error);
  }
}
