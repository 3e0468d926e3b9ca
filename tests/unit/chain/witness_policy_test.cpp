#include "chain/witness_policy.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "support/support.hpp"

using namespace lexecon;

namespace {

constexpr Timestamp noon{1'800'000'000'000'000};

/// A log and six witnesses, X1 to X3 and Y1 to Y3.
struct World {
  Entropy entropy = test::seeded_entropy(41);
  crypto::SecretKey log_key = crypto::SecretKey::generate(entropy);
  crypto::Identity log{"example.org/log", log_key.public_key()};
  std::vector<crypto::SecretKey> keys;
  std::vector<std::string> vkeys;

  World() {
    for (int i = 0; i < 6; ++i) {
      keys.push_back(crypto::SecretKey::generate(entropy));
      vkeys.push_back(vkey(keys.back().public_key()));
    }
  }

  static std::string vkey(const crypto::PublicKey& key) {
    return crypto::vkey(chain::witness_of(key), crypto::KeyType::witness);
  }

  [[nodiscard]] std::string lines() const {
    return "witness X1 " + vkeys[0] + "\nwitness X2 " + vkeys[1] + "\nwitness X3 " + vkeys[2] +
           "\nwitness Y1 " + vkeys[3] + "\nwitness Y2 " + vkeys[4] + "\nwitness Y3 " + vkeys[5] +
           "\n";
  }

  /// The checkpoint of `example.org/log` with the cosignatures of these.
  [[nodiscard]] chain::Note note(const std::vector<std::size_t>& signers) const {
    auto out = chain::parse_note(chain::sign_checkpoint({log.name, 5, {}}, log_key));
    for (const std::size_t at : signers) {
      out = chain::cosign(std::move(out), chain::witness_of(keys[at].public_key()), keys[at], noon);
    }
    return out;
  }

  [[nodiscard]] bool holds(const std::string& policy,
                           const std::vector<std::size_t>& signers) const {
    return chain::witnessed(note(signers), chain::parse_witness_policy(policy),
                            std::span(&log.key, 1))
        .is_quorum;
  }
};

/// Where the policy is refused; nothing when it is read.
std::optional<std::string> refused_at(const std::string& policy) {
  try {
    static_cast<void>(chain::parse_witness_policy(policy, "p"));
    return std::nullopt;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return error.where();
  }
}

}  // namespace

TEST_SUITE("chain/witness_policy") {
  TEST_CASE("the policy of the specification holds for two of the one and one of the other") {
    const World world;
    const std::string policy = "log " + crypto::vkey(world.log) +
                               " https://log.example/\n\n# ours\n" + world.lines() +
                               "group X-witnesses 2 X1 X2 X3\n \tgroup\tY-witnesses any Y1 Y2 Y3\n"
                               "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y";
    // Every subset of the six.
    for (std::size_t mask = 0; mask < 64; ++mask) {
      std::vector<std::size_t> signers;
      for (std::size_t at = 0; at < 6; ++at) {
        if ((mask >> at & 1U) != 0) signers.push_back(at);
      }
      CAPTURE(mask);
      const auto of_x = (mask & 1U) + (mask >> 1U & 1U) + (mask >> 2U & 1U);
      CHECK(world.holds(policy, signers) == (of_x >= 2 && mask >> 3U != 0));
    }
  }

  TEST_CASE("a quorum may be one witness, or none, which nothing reaches") {
    const World world;
    CHECK(world.holds(world.lines() + "quorum X2\n", {1}));
    CHECK_FALSE(world.holds(world.lines() + "quorum X2\n", {0, 2, 3, 4, 5}));
    const auto none = chain::parse_witness_policy(world.lines() + "quorum none\n");
    CHECK_FALSE(none.quorum);
    CHECK_FALSE(chain::witnessed(world.note({0, 1}), none, {}).is_quorum);
  }

  TEST_CASE("who cosigned, and when, is said in the order of the policy") {
    const World world;
    const auto policy = chain::parse_witness_policy(world.lines() + "group g 2 X1 Y1\nquorum g\n");
    const auto found = chain::witnessed(world.note({3, 0}), policy, {});
    CHECK(to_text(found) ==
          "2 of 6 witnesses, a quorum: X1 2027-01-15T08:00:00Z, Y1 2027-01-15T08:00:00Z");
    CHECK(to_text(chain::witnessed(world.note({}), policy, {})) == "0 of 6 witnesses, no quorum");
  }

  TEST_CASE("nobody is counted twice: each key, each name and each member stands once") {
    const World world;
    const auto& key = world.vkeys[0];
    crypto::Identity renamed = chain::witness_of(world.keys[0].public_key());
    renamed.name = "example.org/other";
    const auto other = crypto::vkey(renamed, crypto::KeyType::witness);
    CHECK(refused_at("witness a " + key + "\nwitness b " + key + "\n") == "p:2");
    CHECK(refused_at("witness a " + key + "\nwitness b " + other + "\n") == "p:2");
    CHECK(refused_at("witness a " + key + "\nwitness a " + world.vkeys[1] + "\n") == "p:2");
    CHECK(refused_at(world.lines() + "group g 2 X1 X1\nquorum g\n") == "p:7");
    CHECK(refused_at(world.lines() + "group g any X1 X2\ngroup h all g X1\nquorum h\n") == "p:8");
    CHECK(refused_at(world.lines() + "group g any X1\ngroup g any X2\nquorum g\n") == "p:8");
  }

  TEST_CASE("what is no policy is refused at its line") {
    const World world;
    const auto log = crypto::vkey(world.log);
    for (const auto& [policy, where] : std::vector<std::pair<std::string, std::string>>{
             {"", "p:1"},
             {"# nothing\n", "p:1"},
             {world.lines(), "p:6"},
             {"quorum a\n", "p:1"},
             {"quorum none\nquorum none\n", "p:2"},
             {"quorum none none\n", "p:1"},
             {"quorum\n", "p:1"},
             {"Quorum none\n", "p:1"},
             {"quorum none\r\n", "p:1"},
             {"quorum none # none\n", "p:1"},
             {"quorum none\x01\n", "p:1"},
             {"witness none " + world.vkeys[0] + "\n", "p:1"},
             {"witness a\n", "p:1"},
             {"witness a " + world.vkeys[0] + " url more\n", "p:1"},
             {"witness a " + log + "\n", "p:1"},
             {"log " + world.vkeys[0] + "\n", "p:1"},
             {"log " + log + "\nlog " + log + "\n", "p:2"},
             {world.lines() + "group g 0 X1\nquorum g\n", "p:7"},
             {world.lines() + "group g 2 X1\nquorum g\n", "p:7"},
             {world.lines() + "group g 01 X1\nquorum g\n", "p:7"},
             {world.lines() + "group g any\nquorum g\n", "p:7"},
             {world.lines() + "group g any none\nquorum g\n", "p:7"},
             {world.lines() + "group g any g\nquorum g\n", "p:7"},
             {"group g any X1\n" + world.lines() + "quorum g\n", "p:1"},
         }) {
      CAPTURE(policy);
      CHECK(refused_at(policy) == where);
    }
    const std::string long_line(65'536, '#');
    CHECK_FALSE(refused_at(long_line.substr(13) + "\nquorum none\n"));
    CHECK(refused_at(long_line.substr(12) + "\nquorum none\n") == "p");
  }

  TEST_CASE(
      "a witness with a key of the log, and a note of a log that is not listed, are refused") {
    const World world;
    const auto policy =
        chain::parse_witness_policy("witness w " + World::vkey(world.log.key) + "\nquorum w\n");
    auto note = world.note({});
    note = chain::cosign(std::move(note), chain::witness_of(world.log.key), world.log_key, noon);
    CHECK(chain::witnessed(note, policy, {}).is_quorum);  // nobody said whose key that is
    CHECK_THROWS_AS(static_cast<void>(chain::witnessed(note, policy, std::span(&world.log.key, 1))),
                    Error);

    const crypto::Identity other{"example.org/other", world.keys[5].public_key()};
    const auto listed = [&](const crypto::Identity& log) {
      return "log " + crypto::vkey(log) + "\n" + world.lines() + "quorum X1\n";
    };
    CHECK(world.holds(listed(world.log), {0}));
    CHECK_THROWS_AS(static_cast<void>(world.holds(listed(other), {0})), Error);
    // Signed by it under its own name, which is not that of the checkpoint.
    auto by_other = world.note({0});
    auto line = chain::parse_note(chain::sign_note(by_other.text, other.name, world.keys[5]));
    by_other.lines.push_back(line.lines.front());
    CHECK_THROWS_AS(static_cast<void>(
                        chain::witnessed(by_other, chain::parse_witness_policy(listed(other)), {})),
                    Error);
  }

  TEST_CASE("a bad cosignature by a known witness rejects the note whatever the others signed") {
    const World world;
    auto note = world.note({0, 1, 2});
    ++note.lines.back().signature[20];
    const auto policy = chain::parse_witness_policy(world.lines() + "quorum X1\n");
    CHECK_THROWS_AS(static_cast<void>(chain::witnessed(note, policy, {})), Error);
  }
}
