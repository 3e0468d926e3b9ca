#include "chain/cosignature.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;

namespace {

constexpr Timestamp noon{1'800'000'000'999'999};

struct Signer {
  crypto::SecretKey key;
  crypto::Identity identity;
};

Signer new_witness(Entropy& entropy) {
  auto key = crypto::SecretKey::generate(entropy);
  auto identity = chain::witness_of(key.public_key());
  return {std::move(key), std::move(identity)};
}

/// A checkpoint of `example.org/log`, signed by a key of its own.
chain::Note checkpoint(Entropy& entropy, std::uint64_t size) {
  const auto key = crypto::SecretKey::generate(entropy);
  return chain::parse_note(chain::sign_checkpoint({"example.org/log", size, {}}, key));
}

/// How many cosigned; nothing when the note is refused as a whole.
std::optional<std::size_t> cosigned(const std::string& bytes,
                                    const std::vector<crypto::Identity>& known) {
  try {
    return chain::verify_cosignatures(chain::parse_note(bytes), known).size();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return std::nullopt;
  }
}

}  // namespace

TEST_SUITE("chain/cosignature") {
  TEST_CASE("the line of a public witness verifies under its published vkey") {
    const Json file = test::load_json(test::data_file("note/cosigned.json"));
    const auto witness = crypto::parse_vkey(text(file.at("vkey")), {}, crypto::KeyType::witness);
    CHECK(crypto::vkey(witness, crypto::KeyType::witness) == text(file.at("vkey")));
    const auto note = chain::parse_note(text(file.at("note")));
    CHECK(chain::to_bytes(note) == text(file.at("note")));
    const auto found = chain::verify_cosignatures(note, std::span(&witness, 1));
    REQUIRE(found.size() == 1);
    CHECK(found[0].witness == witness);
    CHECK(to_text_seconds(found[0].at) == text(file.at("time")));
    // The same key as a log's is another signer, and a log's vkey is no witness's.
    CHECK_THROWS_AS(static_cast<void>(crypto::parse_vkey(text(file.at("vkey")))), Error);
    CHECK_THROWS_AS(
        static_cast<void>(crypto::parse_vkey(crypto::vkey(witness), {}, crypto::KeyType::witness)),
        Error);
    CHECK(chain::verify_note(note, std::span(&witness, 1)).empty());
  }

  TEST_CASE("what is cosigned verifies at its second, and no bit of it can be changed") {
    auto entropy = test::seeded_entropy(31);
    const auto alice = new_witness(entropy);
    const std::string bytes =
        chain::to_bytes(chain::cosign(checkpoint(entropy, 7), alice.identity, alice.key, noon));
    const auto found =
        chain::verify_cosignatures(chain::parse_note(bytes), std::span(&alice.identity, 1));
    REQUIRE(found.size() == 1);
    CHECK(found[0].at == Timestamp{1'800'000'000'000'000});
    const std::size_t gap = bytes.find("\n\n") + 2;
    const std::size_t second_line = bytes.find('\n', gap) + 1;
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
      const bool is_others = bit / 8 >= gap && bit / 8 < second_line;
      std::string other = bytes;
      other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
      CAPTURE(bit);
      // The log's own line is not the witness's to vouch for.
      if (!is_others) CHECK(cosigned(other, {alice.identity}).value_or(0) == 0);
    }
  }

  TEST_CASE("a cosignature moved to another note, or given another time, rejects the note") {
    auto entropy = test::seeded_entropy(32);
    const auto alice = new_witness(entropy);
    const auto signed_note = chain::cosign(checkpoint(entropy, 7), alice.identity, alice.key, noon);
    auto moved = checkpoint(entropy, 8);
    moved.lines.push_back(signed_note.lines.back());
    CHECK_FALSE(cosigned(chain::to_bytes(moved), {alice.identity}));
    auto later = signed_note;
    ++later.lines.back().signature[7];
    CHECK_FALSE(cosigned(chain::to_bytes(later), {alice.identity}));
    // Signed, but at a time that no date has.
    auto never = signed_note;
    for (std::size_t at = 0; at < 8; ++at) never.lines.back().signature[at] = '\x7f';
    CHECK_FALSE(cosigned(chain::to_bytes(never), {alice.identity}));
    auto cut = signed_note;
    cut.lines.back().signature.resize(8);
    CHECK_FALSE(cosigned(chain::to_bytes(cut), {alice.identity}));
  }

  TEST_CASE("a witness signs once: again in the place of before, twice never") {
    auto entropy = test::seeded_entropy(33);
    const auto alice = new_witness(entropy);
    const auto bob = new_witness(entropy);
    auto note = chain::cosign(checkpoint(entropy, 7), alice.identity, alice.key, noon);
    note = chain::cosign(std::move(note), bob.identity, bob.key, noon);
    const auto again =
        chain::cosign(note, alice.identity, alice.key, Timestamp{noon.micros + 5'000'000});
    CHECK(again.lines.size() == 3);
    CHECK(again.lines.back().name == alice.identity.name);
    CHECK(cosigned(chain::to_bytes(again), {alice.identity, bob.identity}) == 2);
    auto twice = note;
    twice.lines.push_back(again.lines.back());
    CHECK_FALSE(cosigned(chain::to_bytes(twice), {alice.identity}));
    CHECK(cosigned(chain::to_bytes(twice), {bob.identity}) == 1);
    CHECK(cosigned(chain::to_bytes(twice), {}) == 0);
  }

  TEST_CASE("fifteen witnesses fit beside the log, and a sixteenth is refused") {
    auto entropy = test::seeded_entropy(34);
    auto note = checkpoint(entropy, 7);
    std::vector<Signer> witnesses;
    for (int i = 0; i < 15; ++i) {
      witnesses.push_back(new_witness(entropy));
      note = chain::cosign(std::move(note), witnesses.back().identity, witnesses.back().key, noon);
    }
    CHECK(chain::parse_note(chain::to_bytes(note)).lines.size() == 16);
    const auto late = new_witness(entropy);
    CHECK_THROWS_AS(static_cast<void>(chain::cosign(note, late.identity, late.key, noon)), Error);
    // One of the fifteen may sign again.
    CHECK(chain::cosign(note, witnesses[3].identity, witnesses[3].key, noon).lines.size() == 16);
    note.lines.push_back(note.lines.back());
    CHECK_FALSE(cosigned(chain::to_bytes(note), {}));
  }
}
