#include "oversight/decisions.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <utility>
#include <vector>

#include "json/json.hpp"
#include "ledger/append.hpp"
#include "oversight/apply.hpp"
#include "oversight/escalations.hpp"
#include "store/schema.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

struct Shelf {
  test::TempFolder folder;
  store::Database database{folder / "ledger.db", store::OpenMode::create};

  Shelf() {
    store::Transaction transaction(database, store::Transaction::Kind::write);
    store::migrate(database);
    transaction.commit();
  }

  void apply(std::uint64_t seq, const std::string& type, Json data, std::int64_t second = 0) {
    chain::Entry entry;
    entry.seq = seq;
    entry.event_type = type;
    entry.actor = "actor:agent:a";
    entry.data = std::move(data);
    entry.origin = "example.org/log";
    entry.salt = std::string(32, '0');
    entry.timestamp = Timestamp{second * 1'000'000};
    const auto bytes = chain::to_bytes(entry);
    ledger::insert_entry(database, {entry, bytes, chain::entry_hash(bytes), std::nullopt});
    oversight::apply(database, entry);
  }

  [[nodiscard]] std::vector<std::uint64_t> seqs(const oversight::DecisionFilter& filter) {
    std::vector<std::uint64_t> found;
    oversight::each_decision(database, filter, [&](std::uint64_t seq) { found.push_back(seq); });
    return found;
  }
};

Json decided(const std::string& id, const std::string& actor, const std::string& outcome) {
  return {{"decision_id", id},
          {"actor", actor},
          {"action", "action:read"},
          {"outcome", outcome},
          {"via", "cli"},
          {"policy", {{"hash", nullptr}}},
          {"reason_code", "x"},
          {"model", nullptr},
          {"usage", nullptr},
          {"tenant", nullptr},
          {"idempotency_key", nullptr},
          {"resource", nullptr},
          {"request_id", nullptr},
          {"tool", nullptr},
          {"risk", nullptr}};
}

using Seqs = std::vector<std::uint64_t>;

}  // namespace

TEST_SUITE("oversight/decisions") {
  TEST_CASE("decisions are found by id, and listed by what they hold") {
    Shelf shelf;
    auto first = decided("dec_1", "actor:a", "approved");
    first["tenant"] = "acme";
    shelf.apply(3, "decision", first, 100);
    shelf.apply(4, "decision", decided("dec_2", "actor:b", "denied"), 200);
    shelf.apply(6, "decision", decided("dec_3", "actor:a", "denied"), 300);
    CHECK(oversight::find_decision(shelf.database, "dec_2") == 4);
    CHECK_FALSE(oversight::find_decision(shelf.database, "dec_4"));
    CHECK(shelf.seqs({}) == Seqs{3, 4, 6});
    oversight::DecisionFilter filter;
    filter.reverse = true;
    filter.limit = 2;
    CHECK(shelf.seqs(filter) == Seqs{6, 4});
    filter = {};
    filter.actor = "actor:a";
    filter.outcome = "denied";
    CHECK(shelf.seqs(filter) == Seqs{6});
    filter = {};
    filter.tenant = "acme";
    CHECK(shelf.seqs(filter) == Seqs{3});
    filter = {};
    filter.from = Timestamp{200'000'000};
    CHECK(shelf.seqs(filter) == Seqs{4, 6});
    filter.to = Timestamp{300'000'000};
    CHECK(shelf.seqs(filter) == Seqs{4});
  }

  TEST_CASE("the first decision from a moment on is found wherever it stands") {
    Shelf shelf;
    const auto first_from = [&](std::int64_t second) {
      return oversight::first_from(shelf.database, Timestamp{second * 1'000'000});
    };
    CHECK_FALSE(first_from(0));
    const std::vector<std::pair<std::uint64_t, std::int64_t>> made{
        {3, 10}, {4, 10}, {9, 20}, {10, 20}, {11, 20}, {500, 30}, {501, 40}};
    for (const auto& [seq, second] : made) {
      shelf.apply(seq, "decision", decided("dec_" + std::to_string(seq), "actor:a", "denied"),
                  second);
    }
    for (std::int64_t second = 9; second <= 41; ++second) {
      std::optional<std::uint64_t> expected;
      for (const auto& [seq, at] : made) {
        if (at >= second && !expected) expected = seq;
      }
      CAPTURE(second);
      CHECK(first_from(second) == expected);
    }
  }

  TEST_CASE("an idempotency key belongs to one tenant and actor") {
    Shelf shelf;
    auto plain = decided("dec_1", "actor:a", "approved");
    plain["idempotency_key"] = "k";
    shelf.apply(3, "decision", plain);
    auto tenant = decided("dec_2", "actor:a", "approved");
    tenant["idempotency_key"] = "k";
    tenant["tenant"] = "acme";
    shelf.apply(4, "decision", tenant);
    CHECK(oversight::find_repeat(shelf.database, std::nullopt, "actor:a", "k") == 3);
    CHECK(oversight::find_repeat(shelf.database, "acme", "actor:a", "k") == 4);
    CHECK_FALSE(oversight::find_repeat(shelf.database, "other", "actor:a", "k"));
    CHECK_FALSE(oversight::find_repeat(shelf.database, std::nullopt, "actor:b", "k"));
    CHECK_FALSE(oversight::find_repeat(shelf.database, std::nullopt, "actor:a", "l"));
  }

  TEST_CASE("an escalation is open until it is resolved") {
    Shelf shelf;
    shelf.apply(3, "decision", decided("dec_1", "actor:a", "escalated"));
    const Json link{{"decision_id", "dec_1"}, {"escalation_id", "esc_dec_1_00000000"}};
    auto created = link;
    created["priority"] = "high";
    created["reasons"] = {"risk_threshold"};
    shelf.apply(4, "escalation.created", created);
    CHECK(oversight::count_open_escalations(shelf.database) == 1);
    using enum authority::EscalationState;
    const auto standing = [&] {
      return oversight::escalation_on_record(shelf.database, "esc_dec_1_00000000")->standing;
    };
    CHECK(oversight::escalation_of(shelf.database, "dec_1")->seq == 4);
    CHECK(standing().state == pending);
    shelf.apply(5, "escalation.acknowledged", link);
    CHECK(standing().state == in_progress);
    auto answered = link;
    answered["outcome"] = "approved";
    answered["expires_at"] = "2026-01-02T00:00:00.000000Z";
    shelf.apply(6, "escalation.resolved", answered);
    CHECK(standing().state == resolved);
    CHECK(standing().outcome == "approved");
    CHECK(standing().priority == decision::Priority::high);
    CHECK_FALSE(oversight::escalation_on_record(shelf.database, "esc_dec_1_00000001"));
    CHECK(oversight::count_open_escalations(shelf.database) == 0);
    CHECK_FALSE(oversight::escalation_of(shelf.database, "dec_2"));
  }

  TEST_CASE("an escalation id that is taken is drawn again") {
    Shelf shelf;
    int calls = 0;
    Entropy entropy([&calls](std::span<std::uint8_t> out) {
      const auto value = static_cast<std::uint8_t>(calls++ < 2 ? 0 : 1);
      std::fill(out.begin(), out.end(), value);
    });
    const auto id = oversight::new_escalation_id(shelf.database, "dec_1", entropy);
    CHECK(id == "esc_dec_1_00000000");
    shelf.apply(4, "escalation.created",
                {{"decision_id", "dec_1"},
                 {"escalation_id", id},
                 {"priority", "low"},
                 {"reasons", Json::array()}});
    CHECK(oversight::new_escalation_id(shelf.database, "dec_1", entropy) == "esc_dec_1_01010101");
  }

  TEST_CASE("the priority is the level of the risk, and medium without one") {
    CHECK(oversight::priority_of(risk::Level::unknown) == "medium");
    CHECK(oversight::priority_of(risk::Level::low) == "low");
    CHECK(oversight::priority_of(risk::Level::medium) == "medium");
    CHECK(oversight::priority_of(risk::Level::high) == "high");
    CHECK(oversight::priority_of(risk::Level::critical) == "critical");
  }
}

}  // namespace lexecon
