#include "authority/custody.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"

using namespace lexecon;
using authority::Custody;
using authority::Fault;

namespace {

/// A log in which every even entry has sealed content.
struct Log {
  Custody custody;
  std::uint64_t next = 100;
  authority::Ground ground{.has_sealed = [](std::uint64_t seq) { return seq % 2 == 0; }};

  Fault take(const char* event_type, const Json& data) {
    chain::Entry entry;
    entry.event_type = event_type;
    entry.data = data;
    entry.seq = next++;
    entry.actor = "operator:bob";
    return custody.take(entry, Hash{}, ground);
  }
  Fault place(const char* id, const Json& seqs) {
    return take("hold.placed", {{"hold_id", id}, {"seqs", seqs}});
  }
  Fault release(const char* id) { return take("hold.released", {{"hold_id", id}}); }
  Fault erase(const Json& seqs) {
    return take("sealed.erased", {{"legal_basis", "x"}, {"requested_at", "then"}, {"seqs", seqs}});
  }
};

}  // namespace

TEST_SUITE("authority/custody") {
  TEST_CASE("what is held is erased by nobody until its last hold is released") {
    Log log;
    CHECK_FALSE(log.place("one", {2, 4}));
    CHECK_FALSE(log.place("two", {4, 6}));
    CHECK(log.erase({2, 8}) == "entry_2 is under the hold `one`");
    CHECK(log.custody.erased().empty());
    CHECK_FALSE(log.release("one"));
    CHECK_FALSE(log.erase({2, 8}));
    CHECK(log.erase({4}) == "entry_4 is under the hold `two`");
    CHECK_FALSE(log.release("two"));
    CHECK_FALSE(log.erase({4, 6}));
    CHECK(log.custody.erased().size() == 4);
    CHECK(log.custody.erased().at(2) == 104);
  }

  TEST_CASE("an id is for one hold, and a hold is released once") {
    Log log;
    CHECK(log.release("one") == "there is no hold `one`");
    CHECK_FALSE(log.place("one", {2}));
    CHECK(log.place("one", {4}) == "the hold `one` is there a second time");
    CHECK_FALSE(log.release("one"));
    CHECK(log.release("one") == "the hold `one` was released before");
    CHECK(log.place("one", {4}) == "the hold `one` is there a second time");
    REQUIRE(log.custody.find("one") != nullptr);
    CHECK(log.custody.find("one")->released_seq == 103);
    CHECK(log.custody.hold_on(2) == nullptr);
  }

  TEST_CASE("nothing is held or erased that is not there") {
    Log log;
    CHECK(log.place("one", {3}) == "entry_3 has no sealed content");
    CHECK(log.erase({3}) == "entry_3 has no sealed content");
    CHECK_FALSE(log.erase({2}));
    CHECK(log.erase({2}) == "entry_2 was erased before");
    CHECK(log.place("one", {2}) == "entry_2 was erased before");
    CHECK(log.custody.holds().empty());
  }

  TEST_CASE("what the set in force keeps is not erased, and of a list then nothing is") {
    Log log;
    log.ground.kept = [](std::uint64_t seq,
                         const chain::Entry& erasure) -> std::optional<authority::Stays> {
      if (seq != 4) return std::nullopt;
      return authority::Stays{seq, "below_floor", "is kept from " + chain::entry_id(erasure.seq)};
    };
    CHECK(log.erase({2, 4}) == "entry_4 is kept from entry_100");
    CHECK_FALSE(log.erase({2}));
  }

  TEST_CASE("other entries say nothing") {
    Log log;
    CHECK_FALSE(log.take("decision", Json::object()));
    CHECK(log.custody.holds().empty());
  }
}
