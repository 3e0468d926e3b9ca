#include "crypto/ed25519.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;
using test::unhex;

TEST_SUITE("crypto/ed25519") {
  TEST_CASE("every wycheproof case of Ed25519 verifies or not as published") {
    const auto path = test::public_vectors("ed25519-wycheproof/ed25519_test.json");
    if (!path) return;
    const Json file = test::load_json(*path);
    int valid = 0;
    int invalid = 0;
    for (const Json& group : file.at("testGroups")) {
      const auto key = crypto::public_key(unhex(group.at("publicKey").at("pk")));
      for (const Json& item : group.at("tests")) {
        CAPTURE(item.at("tcId").get<int>());
        const bool expected = text(item.at("result")) == "valid";
        CHECK(crypto::verify(key, unhex(item.at("msg")), unhex(item.at("sig"))) == expected);
        ++(expected ? valid : invalid);
      }
    }
    CHECK(valid + invalid == file.at("numberOfTests").get<int>());
    std::cout << "ed25519-wycheproof: " << valid << " valid, " << invalid << " invalid\n";
  }

  TEST_CASE("our own vectors: the key of a seed, its kid and its signatures") {
    const Json file = test::load_json(test::data_file("keys/keys.json"));
    const auto key = crypto::SecretKey::from_seed(unhex(file.at("seed")));
    CHECK(to_hex(key.public_key().view()) == text(file.at("public_key")));
    CHECK(key.public_key().kid() == text(file.at("kid")));
    CHECK(to_hex(key.seed()) == text(file.at("seed")));
    for (const Json& item : file.at("signatures")) {
      CHECK(to_hex(key.sign(unhex(item.at("message")))) == text(item.at("signature")));
      CHECK(
          crypto::verify(key.public_key(), unhex(item.at("message")), unhex(item.at("signature"))));
    }
  }

  TEST_CASE("a key that is not canonical, of small order or off the curve is refused") {
    const Json file = test::load_json(test::data_file("keys/weak.json"));
    for (const Json& item : file.at("refused")) {
      CAPTURE(text(item.at("why")));
      CHECK_THROWS_AS(static_cast<void>(crypto::public_key(unhex(item.at("key")))), Error);
    }
    for (const Json& key : file.at("mixed_order_accepted")) {
      CHECK(to_hex(crypto::public_key(unhex(key)).view()) == text(key));
    }
    std::cout << "keys: " << file.at("refused").size() << " weak keys refused\n";
  }

  TEST_CASE("a key or a seed of another length is refused") {
    for (const std::size_t length : {0U, 31U, 33U, 64U}) {
      CHECK_THROWS_AS(static_cast<void>(crypto::public_key(std::string(length, 'a'))), Error);
      CHECK_THROWS_AS(static_cast<void>(crypto::SecretKey::from_seed(std::string(length, 'a'))),
                      Error);
    }
  }

  TEST_CASE("no bit of a message, a signature or a key can be changed") {
    auto entropy = test::seeded_entropy(7);
    const auto key = crypto::SecretKey::generate(entropy);
    const std::string message = "a message of some length";
    const std::string signature = key.sign(message);
    REQUIRE(crypto::verify(key.public_key(), message, signature));
    const auto flipped = [](std::string bytes, std::size_t bit) {
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
      return bytes;
    };
    for (std::size_t bit = 0; bit < 8 * message.size(); ++bit) {
      CHECK_FALSE(crypto::verify(key.public_key(), flipped(message, bit), signature));
    }
    for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
      CHECK_FALSE(crypto::verify(key.public_key(), message, flipped(signature, bit)));
    }
    const std::string raw(key.public_key().view());
    for (std::size_t bit = 0; bit < 8 * raw.size(); ++bit) {
      crypto::PublicKey other;
      const std::string bytes = flipped(raw, bit);
      std::copy(bytes.begin(), bytes.end(), other.bytes.begin());
      CHECK_FALSE(crypto::verify(other, message, signature));
    }
    for (const std::size_t length : {0U, 63U, 65U}) {
      std::string resized = signature;
      resized.resize(length);
      CHECK_FALSE(crypto::verify(key.public_key(), message, resized));
    }
  }

  TEST_CASE("a key that was moved from holds no secret any more") {
    auto entropy = test::seeded_entropy(8);
    auto first = crypto::SecretKey::generate(entropy);
    const std::string seed(first.seed());
    auto second = std::move(first);
    CHECK(second.seed() == seed);
    // NOLINTNEXTLINE(bugprone-use-after-move): what is left is what is tested
    CHECK(first.seed() == std::string(32, '\0'));
    auto third = crypto::SecretKey::generate(entropy);
    third = std::move(second);
    CHECK(third.seed() == seed);
    // NOLINTNEXTLINE(bugprone-use-after-move)
    CHECK(second.seed() == std::string(32, '\0'));
  }
}
