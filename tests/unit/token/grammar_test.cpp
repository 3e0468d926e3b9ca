// What each key of a node signs: no signature can be shown as one of another kind.
#include <doctest/doctest.h>

#include <functional>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "support/vectors.hpp"
#include "token/token.hpp"

using namespace lexecon;
using test::text;

namespace {

struct Grammar {
  std::string name;
  std::function<bool(const std::string&)> fits;  // may these bytes be a signed message of this kind
  std::string example;
};

bool is_lower_hex(const std::string& bytes) {
  return bytes.size() == 64 && from_hex(bytes).has_value();
}

/// A newline stands in a note before any space.
bool fits_note(const std::string& bytes) {
  const std::size_t newline = bytes.find('\n');
  return newline != std::string::npos && newline < bytes.find(' ') && bytes.ends_with('\n') &&
         static_cast<unsigned char>(bytes.front()) >= 0x20 && bytes.front() != '{';
}

/// Lines of 64 hex digits, two spaces and a path.
bool fits_tagmanifest(const std::string& bytes) {
  return bytes.size() > 66 && is_lower_hex(bytes.substr(0, 64)) && bytes.substr(64, 2) == "  ";
}

bool fits_receipt(const std::string& bytes) { return bytes.starts_with('{'); }

/// Minisign signs the BLAKE2b-512 digest of a file.
bool fits_minisign(const std::string& bytes) { return bytes.size() == 64; }

/// A count of four pieces in eight bytes, then the length of `v4.public.`
bool fits_token(const std::string& bytes) {
  return bytes.starts_with(std::string("\4\0\0\0\0\0\0\0\12\0\0\0\0\0\0\0v4.public.", 26)) &&
         bytes.ends_with(std::string("\15\0\0\0\0\0\0\0lexecon-cap/1", 21));
}

std::vector<Grammar> grammars() {
  const Json notes = test::load_json(test::data_file("note/notes.json"));
  const Json tokens = test::load_json(test::data_file("token/tokens.json"));
  const std::string note = chain::parse_note(text(notes.at("checkpoint").at("note"))).text;
  const std::string message = text(tokens.at("tokens").at(0).at("message"));
  return {
      {"note", fits_note, note},
      {"tagmanifest", fits_tagmanifest, std::string(64, 'a') + "  bagit.txt\n"},
      {"receipt", fits_receipt, R"({"action_ref":"dec_1"})"},
      {"minisign", fits_minisign, std::string(64, '\x80')},
      {"token", fits_token, token::pre_authentication(message, {}, "lexecon-cap/1")},
  };
}

}  // namespace

TEST_SUITE("token/grammar") {
  TEST_CASE("a message of one kind has the grammar of no other kind") {
    const auto all = grammars();
    for (const auto& one : all) {
      for (const auto& other : all) {
        CAPTURE(one.name);
        CAPTURE(other.name);
        CHECK(one.fits(other.example) == (one.name == other.name));
      }
    }
  }

  TEST_CASE("every token that can be minted begins with the same bytes, none of them a note's") {
    for (const std::string message : {"a\n1\nb\n", "{}", "v4.public."}) {
      const std::string bytes = token::pre_authentication(message, {}, "lexecon-cap/1");
      CHECK(fits_token(bytes));
      // A note holds no control character but newlines, a receipt is canonical JSON.
      CHECK(bytes.front() == '\4');
      CHECK_FALSE(fits_note(bytes));
      CHECK_FALSE(fits_tagmanifest(bytes));
      CHECK_FALSE(fits_receipt(bytes));
      CHECK(bytes.size() > 64);
    }
  }

  TEST_CASE("a checkpoint of any origin has the grammar of a note") {
    auto entropy = test::seeded_entropy(61);
    const auto key = crypto::SecretKey::generate(entropy);
    for (std::size_t length = 1; length <= 200; ++length) {
      chain::Checkpoint checkpoint{std::string(length, 'a'), 1, {}};
      const std::string bytes = chain::checkpoint_text(checkpoint);
      CHECK(fits_note(bytes));
      CHECK_FALSE(fits_tagmanifest(bytes));
      CHECK_FALSE(fits_receipt(bytes));
      CHECK_FALSE(fits_token(bytes));
      CHECK_THROWS_AS(
          static_cast<void>(token::from_paseto(chain::sign_checkpoint(checkpoint, key))), Error);
    }
  }
}
