#include "chain/note.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;
using test::unhex;

namespace {

/// The names that verify under `vkeys`; nothing when the note is refused as a whole.
std::optional<std::vector<std::string>> signers(const std::string& note,
                                                const std::vector<std::string>& vkeys) {
  std::vector<crypto::Identity> known;
  for (const auto& vkey : vkeys) known.push_back(crypto::parse_vkey(vkey));
  try {
    std::vector<std::string> out;
    for (const auto& signer : chain::verify_note(chain::parse_note(note), known)) {
      out.push_back(signer.name);
    }
    return out;
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool is_note(const std::string& bytes) {
  try {
    static_cast<void>(chain::parse_note(bytes));
    return true;
  } catch (const Error&) {
    return false;
  }
}

Json notes() { return test::load_json(test::data_file("note/notes.json")); }

std::string repeated(const std::string& line, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += line;
  return out;
}

}  // namespace

TEST_SUITE("chain/note") {
  TEST_CASE("published notes verify, malformed ones are refused, others' keys are not enough") {
    const auto path = test::public_vectors("signed-note/signed-note.json");
    if (!path) return;
    const Json file = test::load_json(*path);
    for (const Json& item : file.at("valid")) {
      CAPTURE(text(item.at("name")));
      const auto signer = crypto::parse_vkey(text(item.at("vkey")));
      const auto found = signers(text(item.at("note")), {text(item.at("vkey"))});
      REQUIRE(found);
      CHECK(*found == std::vector{signer.name});
      if (item.contains("seed_hex")) {
        const auto key = crypto::SecretKey::from_seed(unhex(item.at("seed_hex")));
        const auto note = chain::parse_note(text(item.at("note")));
        CHECK(chain::sign_note(note.text, signer.name, key) == text(item.at("note")));
        CHECK(chain::open_checkpoint(text(item.at("note")), signer).tree_size == 10);
      }
    }
    const std::string vkey = text(file.at("valid").at(0).at("vkey"));
    for (const Json& item : file.at("malformed_for_PeterNeumann")) {
      CHECK_FALSE(is_note(unhex(item.at("hex"))));
    }
    for (const Json& item : file.at("reject")) {
      CAPTURE(text(item.at("why")));
      std::string note;
      if (item.contains("note_pattern")) {
        const Json& pattern = item.at("note_pattern");
        note = text(pattern.at("text")) +
               repeated(text(pattern.at("line")), pattern.at("repeat").get<std::size_t>());
      } else {
        note = text(item.at("note"));
      }
      // Refused as a whole, or signed by nobody known: never a signer.
      CHECK(signers(note, {vkey}).value_or(std::vector<std::string>{}).empty());
    }
    std::cout << "signed-note: " << file.at("valid").size() << " valid, "
              << file.at("malformed_for_PeterNeumann").size() << " malformed, "
              << file.at("reject").size() << " rejected\n";
  }

  TEST_CASE("our own vectors: known keys count, unknown ones do not") {
    const Json file = notes();
    const std::string log = text(file.at("vkey"));
    const std::string witness = text(file.at("other_vkey"));
    const std::string log_name = crypto::parse_vkey(log).name;
    const std::string witness_name = crypto::parse_vkey(witness).name;
    using Names = std::vector<std::string>;
    CHECK(signers(text(file.at("cosigned")), {log}) == Names{log_name});
    CHECK(signers(text(file.at("cosigned")), {witness}) == Names{witness_name});
    CHECK(signers(text(file.at("cosigned")), {witness, log}) == Names{log_name, witness_name});
    CHECK(signers(text(file.at("cosigned")), {}) == Names{});
    CHECK(signers(text(file.at("other_only")), {log}) == Names{});
    CHECK(signers(text(file.at("twice")), {witness}) == Names{});
    CHECK_FALSE(signers(text(file.at("twice")), {log}));
    CHECK_FALSE(signers(text(file.at("bad_signature")), {log}));
    CHECK_FALSE(signers(text(file.at("bad_signature")), {witness, log}));
  }

  TEST_CASE("a note holds at most 16 signature lines and 64 KiB") {
    const Json file = notes();
    const std::string note = text(file.at("checkpoint").at("note"));
    const std::string head = note.substr(0, note.rfind("\n\n") + 2);
    const std::string line = note.substr(head.size());
    CHECK(is_note(head + repeated(line, 16)));
    CHECK_FALSE(is_note(head + repeated(line, 17)));
    CHECK_FALSE(is_note(head));
    const std::string body(65'536 - line.size() - 2, 'x');
    CHECK(is_note(body + "\n\n" + line));
    CHECK_FALSE(is_note(body + "x\n\n" + line));
  }

  TEST_CASE("a line has one spelling") {
    const std::string id_and_signature = to_base64("iiiis");
    const std::string dash = "\xE2\x80\x94";
    CHECK(is_note("t\n\n" + dash + " n " + id_and_signature + "\n"));
    for (const std::string& line :
         {dash + " n", dash + "  n " + id_and_signature, dash + " n  " + id_and_signature,
          dash + " n " + id_and_signature + " ", "- n " + id_and_signature,
          dash + " n+m " + id_and_signature, dash + " n " + to_base64("iiii"),
          dash + " n " + id_and_signature.substr(0, 7), dash + " n " + id_and_signature + "\r",
          dash + " n\xC2\xA0m " + id_and_signature, std::string()}) {
      CAPTURE(line);
      CHECK_FALSE(is_note("t\n\n" + line + "\n"));
    }
    CHECK_FALSE(is_note("t\x01\n\n" + dash + " n " + id_and_signature + "\n"));
    CHECK_FALSE(is_note("t\xFF\n\n" + dash + " n " + id_and_signature + "\n"));
  }

  TEST_CASE("what is signed verifies, and no bit of the note can be changed") {
    auto entropy = test::seeded_entropy(21);
    const auto key = crypto::SecretKey::generate(entropy);
    const crypto::Identity signer{"example.com/log", key.public_key()};
    const std::string body = "a text\n\nwith an empty line\n";
    const std::string note = chain::sign_note(body, signer.name, key);
    CHECK(chain::parse_note(note).text == body);
    CHECK(signers(note, {crypto::vkey(signer)}) == std::vector{signer.name});
    for (std::size_t bit = 0; bit < 8 * note.size(); ++bit) {
      std::string other = note;
      other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
      CAPTURE(bit);
      CHECK(signers(other, {crypto::vkey(signer)}).value_or(std::vector<std::string>{}).empty());
    }
    CHECK_THROWS_AS(static_cast<void>(chain::sign_note("no newline", signer.name, key)), Error);
    CHECK_THROWS_AS(static_cast<void>(chain::sign_note("a\tb\n", signer.name, key)), Error);
    CHECK_THROWS_AS(static_cast<void>(chain::sign_note("a\n", "a b", key)), Error);
  }
}
