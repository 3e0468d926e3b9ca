#include "chain/entry.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "support/shell.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;

namespace {

Json entries() { return test::load_json(test::data_file("entries/entries.json")); }

chain::Entry some_entry() {
  chain::Entry out;
  out.actor = "operator:alice";
  out.data = {{"n", 1}, {"list", {"a", "b"}}};
  out.event_type = "something.else";
  out.origin = "example.com/log";
  out.previous_hash = chain::entry_hash("the entry before");
  out.salt = std::string(32, 'a');
  out.seq = 7;
  out.timestamp = entry_time("2026-03-01T10:00:00.000001Z").value();
  return out;
}

/// The entry, or nothing when the bytes are none.
std::optional<chain::Entry> read(const std::string& bytes) {
  try {
    return chain::parse_entry(bytes);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool can_be_written(const chain::Entry& entry) {
  try {
    static_cast<void>(chain::to_bytes(entry));
    return true;
  } catch (const Error&) {
    return false;
  }
}

Json nested(std::size_t depth) {
  Json out = Json::object();
  for (std::size_t i = 1; i < depth; ++i) out = Json{{"d", std::move(out)}};
  return out;
}

}  // namespace

TEST_SUITE("chain/entry") {
  TEST_CASE("our own vectors: entries are read, written again, linked and hashed") {
    const Json file = entries();
    Hash previous;
    for (const Json& item : file.at("entries")) {
      const std::string bytes = text(item.at("bytes"));
      const auto entry = chain::parse_entry(bytes);
      CHECK(chain::to_bytes(entry) == bytes);
      CHECK(entry.previous_hash == previous);
      CHECK(chain::entry_hash(bytes) == test::hash(item.at("entry_hash")));
      CHECK(chain::leaf_hash(bytes) == test::hash(item.at("leaf_hash")));
      CHECK(chain::check_event(entry.event_type, entry.data, entry.seq) ==
            (entry.event_type != "something.else"));
      previous = chain::entry_hash(bytes);
    }
  }

  TEST_CASE("our own vectors: bytes that are no entry are refused") {
    const Json file = entries();
    for (const Json& item : file.at("refused")) {
      CAPTURE(text(item.at("why")));
      CHECK_FALSE(read(text(item.at("bytes"))));
    }
    std::cout << "entries: " << file.at("entries").size() << " read, " << file.at("refused").size()
              << " refused\n";
  }

  TEST_CASE("every byte flipped gives no entry, or one with another hash") {
    const Json file = entries();
    for (const Json& item : file.at("entries")) {
      const std::string bytes = text(item.at("bytes"));
      const Hash hash = chain::entry_hash(bytes);
      for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        std::string other = bytes;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        const auto entry = read(other);
        if (!entry) continue;
        // What still parses says what was flipped: nothing else is written as these bytes.
        REQUIRE(chain::entry_hash(other) != hash);
        REQUIRE(chain::to_bytes(*entry) == other);
      }
      for (std::size_t length = 0; length < bytes.size(); ++length) {
        REQUIRE_FALSE(read(bytes.substr(0, length)));
      }
    }
  }

  TEST_CASE("an entry is at most 65,535 bytes") {
    auto entry = some_entry();
    entry.data = {{"x", ""}};
    const std::size_t around = chain::to_bytes(entry).size();
    entry.data["x"] = std::string(chain::max_entry_bytes - around, 'x');
    CHECK(chain::parse_entry(chain::to_bytes(entry)).data == entry.data);
    entry.data["x"] = std::string(chain::max_entry_bytes - around + 1, 'x');
    CHECK_FALSE(can_be_written(entry));
  }

  TEST_CASE("what could not be read again is never written") {
    CHECK(can_be_written(some_entry()));
    const auto with = [](auto change) {
      auto entry = some_entry();
      change(entry);
      const bool written = can_be_written(entry);
      if (written) CHECK(read(chain::to_bytes(entry)));
      return written;
    };
    using chain::Entry;
    CHECK_FALSE(with([](Entry& e) { e.actor = "alice"; }));
    CHECK_FALSE(with([](Entry& e) { e.actor = "node:"; }));
    CHECK_FALSE(with([](Entry& e) { e.actor = "node:" + std::string(65, 'a'); }));
    CHECK(with([](Entry& e) { e.actor = "node:" + std::string(64, 'a'); }));
    CHECK(with([](Entry& e) { e.actor = "actor:ai_agent:support"; }));
    CHECK(with([](Entry& e) { e.actor = "actor:" + std::string(249, 'a'); }));
    CHECK_FALSE(with([](Entry& e) { e.actor = "actor:" + std::string(250, 'a'); }));
    CHECK_FALSE(with([](Entry& e) { e.actor = "actor:"; }));
    CHECK_FALSE(with([](Entry& e) { e.actor = "actor:a b"; }));
    CHECK_FALSE(with([](Entry& e) { e.data = Json::array(); }));
    CHECK_FALSE(with([](Entry& e) { e.data = {{"x", 0.5}}; }));
    CHECK_FALSE(with([](Entry& e) { e.data = {{"x", std::string("\0", 1)}}; }));
    CHECK_FALSE(with([](Entry& e) { e.data = {{"x", "\xFF"}}; }));
    CHECK_FALSE(with([](Entry& e) { e.data = {{"x", std::int64_t{1} << 53}}; }));
    CHECK(with([](Entry& e) { e.data = nested(63); }));
    CHECK_FALSE(with([](Entry& e) { e.data = nested(64); }));
    CHECK_FALSE(with([](Entry& e) { e.event_type = "Genesis"; }));
    CHECK_FALSE(with([](Entry& e) { e.origin = "a b"; }));
    CHECK_FALSE(with([](Entry& e) { e.salt = ""; }));
    CHECK_FALSE(with([](Entry& e) { e.seq = 0; }));
    CHECK(with([](Entry& e) {
      e.seq = 0;
      e.previous_hash = {};
    }));
    CHECK(with([](Entry& e) { e.seq = (std::uint64_t{1} << 53) - 1; }));
    CHECK_FALSE(with([](Entry& e) { e.seq = std::uint64_t{1} << 53; }));
    CHECK_FALSE(with([](Entry& e) { e.timestamp.micros = -1; }));
    CHECK_FALSE(with([](Entry& e) { e.timestamp.micros = INT64_MAX; }));
  }

  TEST_CASE("ids of entries") {
    CHECK(chain::entry_id(0) == "genesis");
    CHECK(chain::entry_id(12) == "entry_12");
    CHECK(chain::seq_of("genesis") == 0);
    CHECK(chain::seq_of("entry_12") == 12);
    for (const char* bad : {"", "entry_", "entry_0", "entry_01", "entry_-1", "entry_1x", "Entry_1",
                            "entry_9007199254740992", "entry_18446744073709551616"}) {
      CAPTURE(bad);
      CHECK_FALSE(chain::seq_of(bad));
    }
  }

  TEST_CASE("sha256sum alone gives the hash of an entry") {
    if (!test::has_program("sha256sum")) return;
    test::TempFolder folder;
    const std::string bytes = chain::to_bytes(some_entry());
    write_new_file(folder / "line", bytes, Access::as_umask);
    CHECK(test::run("sha256sum < " + test::word(folder / "line")).output ==
          chain::entry_hash(bytes).hex() + "  -\n");
  }
}
