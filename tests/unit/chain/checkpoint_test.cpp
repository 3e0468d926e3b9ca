#include "chain/checkpoint.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;
using test::unhex;

namespace {

Json notes() { return test::load_json(test::data_file("note/notes.json")); }

crypto::SecretKey test_key() {
  return crypto::SecretKey::from_seed(
      unhex(test::load_json(test::data_file("keys/keys.json")).at("seed")));
}

chain::Checkpoint test_checkpoint() {
  const Json file = notes();
  const Json& item = file.at("checkpoint");
  return {text(item.at("origin")), item.at("tree_size").get<std::uint64_t>(),
          test::hash(item.at("root"))};
}

std::optional<ErrorCode> refusal(const std::string& note, const crypto::Identity& log) {
  try {
    static_cast<void>(chain::open_checkpoint(note, log));
    return std::nullopt;
  } catch (const Error& error) {
    return error.code();
  }
}

}  // namespace

TEST_SUITE("chain/checkpoint") {
  TEST_CASE("our own vectors: a checkpoint is signed and opened byte for byte") {
    const Json file = notes();
    const auto log = crypto::parse_vkey(text(file.at("vkey")));
    const std::string note = text(file.at("checkpoint").at("note"));
    CHECK(chain::sign_checkpoint(test_checkpoint(), test_key()) == note);
    CHECK(chain::open_checkpoint(note, log) == test_checkpoint());
    CHECK(chain::open_checkpoint(text(file.at("cosigned")), log) == test_checkpoint());
  }

  TEST_CASE("only a note whose first line is by the log opens") {
    const Json file = notes();
    const auto log = crypto::parse_vkey(text(file.at("vkey")));
    const auto witness = crypto::parse_vkey(text(file.at("other_vkey")));
    const std::string note = text(file.at("checkpoint").at("note"));
    CHECK(refusal(text(file.at("witness_first")), log) == ErrorCode::integrity);
    CHECK(refusal(text(file.at("other_only")), log) == ErrorCode::integrity);
    CHECK(refusal(text(file.at("bad_signature")), log) == ErrorCode::integrity);
    CHECK(refusal(text(file.at("cosigned")), witness) == ErrorCode::integrity);
    CHECK(refusal(text(file.at("twice")), log) == ErrorCode::bad_input);
    CHECK(refusal(note, {log.name, witness.key}) == ErrorCode::integrity);
    CHECK(refusal(note, {"example.com/other", log.key}) == ErrorCode::integrity);
    // Signed by the right key, but in the name of another log.
    auto foreign = test_checkpoint();
    foreign.origin = "example.com/other";
    CHECK(refusal(chain::sign_note(chain::checkpoint_text(foreign), log.name, test_key()), log) ==
          ErrorCode::integrity);
  }

  TEST_CASE("a text of another shape is refused, however well it is signed") {
    const Json file = notes();
    for (const Json& item : file.at("bad_checkpoints")) {
      CAPTURE(text(item.at("why")));
      const std::string body = text(item.at("text"));
      const std::string name = crypto::parse_vkey(text(file.at("vkey"))).name;
      const auto note = chain::parse_note(chain::sign_note(body, name, test_key()));
      CHECK_THROWS_AS(static_cast<void>(chain::parse_checkpoint(note)), Error);
    }
  }

  TEST_CASE("an origin under the reserved prefix is the one derived from the key") {
    const auto key = test_key().public_key();
    const std::string derived = test_checkpoint().origin;
    CHECK(chain::derived_origin(key) == derived);
    CHECK(chain::is_origin_of(derived, key));
    CHECK(chain::is_origin_of("acme/log-1", key));
    CHECK_FALSE(chain::is_origin_of("lexecon.internal/log/", key));
    CHECK_FALSE(chain::is_origin_of(derived + "0", key));
    CHECK_FALSE(chain::is_origin_of("lexecon.internal/log/" + std::string(32, '0'), key));
    CHECK_FALSE(chain::is_origin_of("Acme", key));
    CHECK_FALSE(chain::is_origin_of("", key));
  }

  TEST_CASE("a name that is no origin is never signed") {
    auto checkpoint = test_checkpoint();
    for (const std::string origin : {"", "A", "a b", "a\n1", "a+b"}) {
      checkpoint.origin = origin;
      CHECK_THROWS_AS(static_cast<void>(chain::sign_checkpoint(checkpoint, test_key())), Error);
    }
  }
}
