#include "compliance/statements.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"

using namespace lexecon;
using compliance::Statements;
using compliance::StatementSort;

namespace {

class Log {
 public:
  Statements said;

  std::optional<std::string> add(const std::string& event_type, Json data) {
    chain::Entry entry;
    entry.event_type = event_type;
    entry.seq = ++seq_;
    entry.timestamp = *parse_time("2026-05-01T10:00:00Z");
    data["approval"] = {{"operator", "carol"}, {"role", "compliance_officer"}};
    entry.data = std::move(data);
    return said.take(entry);
  }
  std::uint64_t declare(const std::string& item, const Json& system, const Json& kind,
                        const Json& expires_on = nullptr) {
    CHECK_FALSE(add("compliance.declared", {{"evidence_id", nullptr},
                                            {"expires_on", expires_on},
                                            {"item", item},
                                            {"kind", kind},
                                            {"rulebook", "eu_ai_act"},
                                            {"rulebook_sha256", std::string(64, 'a')},
                                            {"system", system}}));
    return seq_;
  }
  std::optional<std::string> withdraw(std::uint64_t statement) {
    return add("compliance.withdrawn", {{"reason", "wrong"}, {"statement", statement}});
  }
  [[nodiscard]] std::optional<std::uint64_t> newest(
      std::optional<std::string_view> system, std::string_view item,
      std::optional<std::string_view> kind = {}) const {
    const auto* const found = said.newest(StatementSort::declared, system, "eu_ai_act", item, kind);
    return found == nullptr ? std::nullopt : std::optional(found->seq);
  }

 private:
  std::uint64_t seq_ = 0;
};

}  // namespace

TEST_SUITE("compliance/statements") {
  TEST_CASE("the newest of a system, an item and a kind is in force") {
    Log log;
    const auto first = log.declare("aia-26.2", "triage", nullptr);
    const auto second = log.declare("aia-26.2", "triage", nullptr);
    const auto of_kind = log.declare("aia-26.2", "triage", "fria");
    const auto other = log.declare("aia-26.2", "other", nullptr);
    const auto of_node = log.declare("aia-26.2", nullptr, nullptr);
    CHECK(log.newest("triage", "aia-26.2") == second);
    CHECK(log.newest("triage", "aia-26.2", "fria") == of_kind);
    CHECK(log.newest("other", "aia-26.2") == other);
    CHECK(log.newest(std::nullopt, "aia-26.2") == of_node);
    CHECK_FALSE(log.newest("triage", "aia-26.1"));
    CHECK_FALSE(log.newest("nobody", "aia-26.2"));
    CHECK(log.said.newest(StatementSort::assessed, "triage", "eu_ai_act", "aia-26.2") == nullptr);
    CHECK(log.said.newest(StatementSort::declared, "triage", "gdpr", "aia-26.2") == nullptr);
    CHECK(log.said.all().size() == 4);
    CHECK(log.said.all().front()->seq == second);
    CHECK_FALSE(log.withdraw(second));
    CHECK(log.newest("triage", "aia-26.2") == first);
    CHECK(log.said.all().front()->seq == first);
    CHECK(log.said.withdrawn_by(second) == of_node + 1);
    CHECK(log.said.find(second) != nullptr);
  }

  TEST_CASE("what is not there, or was withdrawn, cannot be withdrawn") {
    Log log;
    const auto seq = log.declare("aia-26.2", "triage", nullptr);
    CHECK(log.withdraw(seq + 9));
    CHECK_FALSE(log.add("decision", Json::object()));
    CHECK(log.withdraw(seq + 2));
    CHECK_FALSE(log.withdraw(seq));
    CHECK(log.withdraw(seq));
    CHECK(log.said.all().empty());
  }

  TEST_CASE("every member is told, and an expired statement is still found") {
    Log log;
    const Json who{{"item", "CC6.1"},
                   {"rulebook", "soc2"},
                   {"rulebook_sha256", std::string(64, 'b')},
                   {"system", nullptr}};
    Json assessed = who;
    assessed.update({{"expires_on", "2027-01-01"},
                     {"from", "2026-01-01"},
                     {"satisfied", false},
                     {"to", "2026-03-31"}});
    CHECK_FALSE(log.add("compliance.assessed", assessed));
    Json remediated = who;
    remediated.update({{"due", "2026-06-30"}, {"owner", "operator:bob"}, {"state", "open"}});
    CHECK_FALSE(log.add("compliance.remediated", remediated));
    const auto* said = log.said.newest(StatementSort::assessed, {}, "soc2", "CC6.1");
    REQUIRE(said != nullptr);
    CHECK(said->by == "carol");
    CHECK(said->role == "compliance_officer");
    CHECK(said->satisfied == false);
    CHECK(said->from == Date{2026, 1, 1});
    CHECK(said->to == Date{2026, 3, 31});
    CHECK(said->rulebook_sha256 == std::string(64, 'b'));
    CHECK_FALSE(compliance::is_expired(*said, {2026, 12, 31}));
    CHECK(compliance::is_expired(*said, {2027, 1, 1}));
    said = log.said.newest(StatementSort::remediated, {}, "soc2", "CC6.1");
    REQUIRE(said != nullptr);
    CHECK(said->owner == "operator:bob");
    CHECK(said->due == Date{2026, 6, 30});
    CHECK(said->state == "open");
    CHECK_FALSE(said->expires_on);
    CHECK(to_string(said->sort) == "remediated");
  }
}
