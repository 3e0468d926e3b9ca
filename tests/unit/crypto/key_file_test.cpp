#include "crypto/key_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "crypto/pem.hpp"
#include "support/shell.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::run;
using test::slurp;
using test::text;
using test::unhex;
using test::word;

namespace {

constexpr std::string_view encrypted_label = "LEXECON ENCRYPTED PRIVATE KEY";
constexpr crypto::Argon2Cost cheap{1, 8};

crypto::SecretKey test_key() {
  return crypto::SecretKey::from_seed(
      unhex(test::load_json(test::data_file("keys/keys.json")).at("seed")));
}

crypto::Passphrase says(const std::string& passphrase) {
  return [passphrase] { return passphrase; };
}

ErrorCode refusal(const std::string& pem, const std::string& passphrase) {
  try {
    static_cast<void>(crypto::parse_secret_pem(pem, says(passphrase)));
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

}  // namespace

TEST_SUITE("crypto/key_file") {
  TEST_CASE("our own vectors: PEM is written and read byte for byte") {
    const auto key = test_key();
    CHECK(crypto::secret_pem(key) == slurp(test::data_file("keys/secret.pem")));
    CHECK(crypto::public_pem(key.public_key()) == slurp(test::data_file("keys/public.pem")));
    CHECK(crypto::parse_public_pem(slurp(test::data_file("keys/public.pem"))) == key.public_key());
    const auto again = crypto::parse_secret_pem(slurp(test::data_file("keys/secret.pem")), {});
    CHECK(again.public_key() == key.public_key());
  }

  TEST_CASE("our own vectors: a key file encrypted elsewhere opens under its passphrase") {
    const auto file = slurp(test::data_file("keys/encrypted.pem"));
    CHECK(crypto::parse_secret_pem(file, says("correct horse")).seed() == test_key().seed());
    CHECK(refusal(file, "correct horsf") == ErrorCode::not_permitted);
    CHECK(refusal(file, "") == ErrorCode::not_permitted);
    CHECK_THROWS_AS(static_cast<void>(crypto::parse_secret_pem(file, {})), Error);
  }

  TEST_CASE("public PEM of paseto's test keys is read") {
    const auto path = test::public_vectors("paseto-v4/v4.json");
    if (!path) return;
    const Json file = test::load_json(*path);
    for (const Json& item : file.at("tests")) {
      if (!item.contains("public-key-pem")) continue;
      const auto key = crypto::parse_public_pem(text(item.at("public-key-pem")) + "\n");
      CHECK(to_hex(key.view()) == text(item.at("public-key")));
      const auto secret = crypto::parse_secret_pem(text(item.at("secret-key-pem")) + "\n", {});
      CHECK(secret.public_key() == key);
    }
  }

  TEST_CASE("what is encrypted opens again, and no bit of it can be changed") {
    auto entropy = test::seeded_entropy(11);
    const auto key = crypto::SecretKey::generate(entropy);
    const std::string pem = crypto::encrypted_pem(key, "a passphrase", entropy, cheap);
    CHECK(crypto::parse_secret_pem(pem, says("a passphrase")).seed() == key.seed());
    const std::string body = crypto::parse_pem(pem, encrypted_label, "");
    REQUIRE(body.size() == 110);
    for (std::size_t bit = 0; bit < 8 * body.size(); ++bit) {
      const std::size_t byte = bit / 8;
      // A larger cost that is still allowed would only take long; every other byte is tried.
      if (byte >= 14 && byte < 22) continue;
      std::string other = body;
      other[byte] = static_cast<char>(other[byte] ^ (1 << (bit % 8)));
      CAPTURE(bit);
      CHECK(refusal(crypto::pem_text(encrypted_label, other), "a passphrase") ==
            ErrorCode::not_permitted);
    }
    CHECK(refusal(crypto::pem_text(encrypted_label, body + "x"), "a passphrase") ==
          ErrorCode::not_permitted);
  }

  TEST_CASE("a cost above the caps is refused before any work") {
    auto entropy = test::seeded_entropy(12);
    const auto key = crypto::SecretKey::generate(entropy);
    const std::string body =
        crypto::parse_pem(crypto::encrypted_pem(key, "p", entropy, cheap), encrypted_label, "");
    const auto with_cost = [&](std::uint32_t operations, std::uint32_t memory) {
      std::string other = body;
      for (std::size_t i = 0; i < 4; ++i) {
        other[14 + i] = static_cast<char>(operations >> (8 * i) & 0xFFU);
        other[18 + i] = static_cast<char>(memory >> (8 * i) & 0xFFU);
      }
      return crypto::pem_text(encrypted_label, other);
    };
    bool asked = false;
    const crypto::Passphrase spy = [&asked] {
      asked = true;
      return std::string("p");
    };
    for (const auto& [operations, memory] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
             {0, 8}, {11, 8}, {0xFFFFFFFF, 8}, {1, 7}, {1, 1'048'577}, {1, 0xFFFFFFFF}}) {
      CAPTURE(operations);
      CAPTURE(memory);
      CHECK_THROWS_AS(
          static_cast<void>(crypto::parse_secret_pem(with_cost(operations, memory), spy)), Error);
    }
    CHECK_FALSE(asked);
    CHECK_THROWS_AS(static_cast<void>(crypto::encrypted_pem(key, "", entropy, cheap)), Error);
    CHECK_THROWS_AS(static_cast<void>(crypto::encrypted_pem(key, "p", entropy, {11, 8})), Error);
  }

  TEST_CASE("a public key, another algorithm or a long file is no private key") {
    CHECK(refusal(slurp(test::data_file("keys/public.pem")), "") == ErrorCode::bad_input);
    CHECK(refusal(std::string(5000, 'x'), "") == ErrorCode::bad_input);
    CHECK(refusal("", "") == ErrorCode::bad_input);
    CHECK(refusal(crypto::pem_text("PRIVATE KEY", std::string(48, 'x')), "") ==
          ErrorCode::bad_input);
    CHECK_THROWS_AS(
        static_cast<void>(crypto::parse_public_pem(slurp(test::data_file("keys/secret.pem")))),
        Error);
    CHECK_THROWS_AS(static_cast<void>(crypto::parse_public_pem(
                        crypto::pem_text("PUBLIC KEY", std::string(44, 'x')))),
                    Error);
  }

  TEST_CASE("a key file that others can read is refused") {
    test::TempFolder folder;
    const Path path = folder / "key";
    write_new_file(path, crypto::secret_pem(test_key()), Access::private_to_owner);
    CHECK(crypto::load_secret_key(path, {}).public_key() == test_key().public_key());
    REQUIRE(chmod(path.c_str(), 0640) == 0);
    CHECK_THROWS_AS(static_cast<void>(crypto::load_secret_key(path, {})), Error);
  }

  TEST_CASE("openssl reads our keys, writes them as we do, and verifies our signatures") {
    if (!test::has_program("openssl")) return;
    test::TempFolder folder;
    auto entropy = test::seeded_entropy(13);
    for (int round = 0; round < 3; ++round) {
      const auto key = crypto::SecretKey::generate(entropy);
      const std::string name = std::to_string(round);
      const Path secret = folder / (name + ".key");
      const Path open = folder / (name + ".pub");
      const Path message = folder / (name + ".txt");
      const Path signature = folder / (name + ".sig");
      write_new_file(secret, crypto::secret_pem(key), Access::private_to_owner);
      write_new_file(open, crypto::public_pem(key.public_key()), Access::as_umask);
      write_new_file(message, "signed by us " + name, Access::as_umask);
      write_new_file(signature, key.sign("signed by us " + name), Access::as_umask);
      CHECK(run("openssl pkey -in " + word(secret)).output == crypto::secret_pem(key));
      CHECK(run("openssl pkey -pubout -in " + word(secret)).output ==
            crypto::public_pem(key.public_key()));
      const std::string verify = "openssl pkeyutl -verify -pubin -inkey " + word(open) +
                                 " -rawin -sigfile " + word(signature) + " -in ";
      CHECK(run(verify + word(message)).status == 0);
      CHECK(run(verify + word(open)).status != 0);
    }
  }

  TEST_CASE("we read a key that openssl made, and verify its signature") {
    if (!test::has_program("openssl")) return;
    test::TempFolder folder;
    const Path secret = folder / "key";
    REQUIRE(run("umask 077; openssl genpkey -algorithm ed25519 -out " + word(secret)).status == 0);
    const auto key = crypto::load_secret_key(secret, {});
    CHECK(crypto::secret_pem(key) == slurp(secret));
    write_new_file(folder / "m", "signed by openssl", Access::as_umask);
    REQUIRE(run("openssl pkeyutl -sign -inkey " + word(secret) + " -rawin -in " +
                word(folder / "m") + " -out " + word(folder / "s"))
                .status == 0);
    CHECK(crypto::verify(key.public_key(), "signed by openssl", slurp(folder / "s")));
  }
}
