#include "crypto/hash.hpp"

#include <doctest/doctest.h>

#include "support/support.hpp"

using namespace lexecon;

TEST_SUITE("crypto/hash") {
  // FIPS 180-4, the examples of NIST.
  constexpr std::string_view abc =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  constexpr std::string_view empty =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  constexpr std::string_view million =
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

  TEST_CASE("SHA-256 gives the published digests") {
    CHECK(crypto::sha256("abc").hex() == abc);
    CHECK(crypto::sha256("").hex() == empty);
    CHECK(crypto::sha256(std::string(1'000'000, 'a')).hex() == million);
  }

  TEST_CASE("SHA-512 gives the published digests") {
    CHECK(to_hex(crypto::sha512("abc")) ==
          "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    CHECK(to_hex(crypto::sha512("")) ==
          "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
          "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
  }

  TEST_CASE("parts and pieces give the digest of the whole") {
    CHECK(crypto::sha256({"a", "", "bc"}).hex() == abc);
    CHECK(crypto::sha256({}).hex() == empty);
    test::Random random(1);
    const std::string whole = random.text(5000, "abcdef");
    for (int round = 0; round < 50; ++round) {
      crypto::Sha256 digest;
      std::string_view rest = whole;
      while (!rest.empty()) {
        const auto step = static_cast<std::size_t>(random.between(0, 200));
        digest.update(rest.substr(0, step));
        rest.remove_prefix(std::min(step, rest.size()));
      }
      CHECK(digest.finish() == crypto::sha256(whole));
    }
  }

  TEST_CASE("a running digest can be moved") {
    crypto::Sha256 first;
    first.update("ab");
    crypto::Sha256 second = std::move(first);
    second.update("c");
    CHECK(second.finish().hex() == abc);
  }
}
