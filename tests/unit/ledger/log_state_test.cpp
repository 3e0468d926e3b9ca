#include "ledger/log_state.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "chain/entry.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/gathered.hpp"

using namespace lexecon;
using ledger::Naming;
using ledger::WideId;

namespace {

std::string hex(std::uint64_t number) {
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[number >> static_cast<unsigned>(shift) & 15U];
  }
  return out;
}

std::string jti(const WideId& id) { return "tok_" + hex(id.high) + hex(id.low); }

/// Another id that cannot be told from `id` by its fingerprint.
WideId twin(const WideId& id) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
  const std::uint64_t low = id.low + 1;
  return {id.high ^ (id.low * factor) ^ (low * factor), low};
}

/// Entries as a ledger would hold them, taken in as they are added.
class Log {
 public:
  Log() { add("key.added", {{"kid", kid}}); }

  ledger::Fault add(const std::string& event_type, const Json& data) {
    chain::Entry entry;
    entry.actor = "node:n";
    entry.data = data;
    entry.event_type = event_type;
    entry.origin = "example.org/log";
    entry.salt = std::string(32, '0');
    entry.seq = bodies_.size();
    entry.timestamp = Timestamp{1'767'225'600'000'000};
    bodies_.push_back(chain::to_bytes(entry));
    return state_.take(*ledger::read_bytes(bodies_.back()).view, entry.seq);
  }

  void issue(const std::string& decision, const WideId& token, char hash) {
    CHECK_FALSE(add("token.issued", {{"decision_id", decision},
                                     {"token",
                                      {{"exp", "2026-02-01T00:00:00Z"},
                                       {"jti", jti(token)},
                                       {"kid", kid},
                                       {"token_hash", std::string(64, hash)},
                                       {"uses", 2}}}}));
  }

  void decide(const std::string& id) {
    CHECK_FALSE(add("decision", {{"decision_id", id}, {"outcome", "approved"}}));
  }

  void use(const WideId& token, char hash, int use) {
    CHECK_FALSE(add("token.used",
                    {{"jti", jti(token)}, {"token_hash", std::string(64, hash)}, {"use", use}}));
  }

  std::optional<ledger::LogState::Finding> finish() {
    return state_.finish([&](std::uint64_t seq) { return std::optional(bodies_.at(seq)); });
  }

 private:
  const std::string kid = std::string(16, 'a');
  authority::People people_;
  ledger::LogState state_{people_};
  std::vector<std::string> bodies_;
};

const std::string first = "dec_01JNX8A0000000000000000001";   // NOLINT(cert-err58-cpp)
const std::string second = "dec_01JNX8A0000000000000000002";  // NOLINT(cert-err58-cpp)
constexpr WideId token{0x0123456789ABCDEF, 42};

}  // namespace

TEST_SUITE("ledger/log_state") {
  TEST_CASE(
      "an id is told when it was not opened once, or was followed, with all its seqs in order") {
    std::mt19937_64 random(7);
    for (int round = 0; round < 20; ++round) {
      ledger::Gathered gathered;
      struct Story {
        std::vector<std::uint64_t> seqs;
        int openings = 0;
        bool is_followed = false;
      };
      std::map<WideId, Story> stories;
      std::uint64_t seq = round % 2 == 0 ? 0 : (std::uint64_t{1} << 38U) - 4'000;
      for (int i = 0; i < 1'000; ++i, seq += 1 + random() % 3) {
        const WideId id{random() % 400, 5};
        const auto naming = static_cast<Naming>(random() % 3);
        gathered.add(id, seq, naming);
        Story& story = stories[id];
        story.seqs.push_back(seq);
        if (naming == Naming::opens) ++story.openings;
        if (naming == Naming::follows) story.is_followed = true;
      }
      std::set<std::vector<std::uint64_t>> expected;
      for (const auto& [id, story] : stories) {
        if (story.openings != 1 || story.is_followed) expected.insert(story.seqs);
      }
      std::set<std::vector<std::uint64_t>> told;
      gathered.each_open([&](auto seqs) { told.emplace(seqs.begin(), seqs.end()); });
      CHECK(told == expected);
    }
  }

  TEST_CASE("of very many ids that were opened once only those that say more are told") {
    ledger::Gathered gathered;
    constexpr std::uint64_t ids = 20'000;
    for (std::uint64_t seq = 0; seq < ids; ++seq) gathered.add({seq, 7}, seq, Naming::opens);
    gathered.add({11, 7}, ids, Naming::opens);
    gathered.add({12, 7}, ids + 1, Naming::expected);
    gathered.add({13, 7}, ids + 2, Naming::follows);
    gathered.add({ids, 7}, ids + 3, Naming::follows);
    gathered.add({ids + 1, 7}, ids + 4, Naming::expected);
    std::set<std::vector<std::uint64_t>> told;
    gathered.each_open([&](auto seqs) { told.emplace(seqs.begin(), seqs.end()); });
    const std::set<std::vector<std::uint64_t>> expected{
        {11, ids}, {13, ids + 2}, {ids + 3}, {ids + 4}};
    CHECK(told == expected);
  }

  TEST_CASE("tokens that share a fingerprint are told apart by their entries") {
    const WideId other = twin(token);
    REQUIRE(ledger::fingerprint(token) == ledger::fingerprint(other));
    REQUIRE(token != other);
    Log log;
    for (const auto& id : {first, second}) log.decide(id);
    log.issue(first, token, '1');
    log.issue(second, other, '2');
    log.use(other, '2', 1);
    log.use(token, '1', 1);
    log.use(token, '1', 2);
    CHECK_FALSE(log.finish());
  }

  TEST_CASE("the use of one that only shares the fingerprint of one that was issued is found") {
    Log log;
    log.decide(first);
    log.issue(first, token, '1');
    log.use(twin(token), '1', 1);
    const auto found = log.finish();
    REQUIRE(found);
    CHECK(found->seq == 3);
    CHECK(found->fault == "the token `" + jti(twin(token)) + "` was never issued");
  }

  TEST_CASE("of several faults the first entry is named") {
    Log log;
    log.decide(first);
    log.decide(second);
    log.issue(first, token, '1');
    log.use(token, '1', 2);
    log.decide(second);
    const auto found = log.finish();
    REQUIRE(found);
    CHECK(found->seq == 4);
    CHECK(found->fault == "use 2 of the token `" + jti(token) + "` follows use 0");
  }
}
