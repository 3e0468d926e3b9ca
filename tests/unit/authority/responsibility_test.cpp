#include "authority/responsibility.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "json/json.hpp"
#include "support/sshsig.hpp"

using namespace lexecon;
using authority::Assignment;
using authority::assignment_fault;

namespace {

Timestamp at(const char* text) { return parse_time(text).value(); }

const Timestamp now = at("2028-02-29T12:00:00Z");  // NOLINT(cert-err58-cpp)

chain::Entry entry_of(std::uint64_t seq, const char* event_type, Json data) {
  chain::Entry entry;
  entry.seq = seq;
  entry.event_type = event_type;
  entry.data = std::move(data);
  return entry;
}

/// alice from entry 1 on; bob from entry 2 to entry 5.
authority::Operators people() {
  authority::Operators out;
  const auto add = [&](std::uint64_t seq, const char* name, bool is_hardware) {
    const Json data{{"actors", Json::array()},
                    {"operator", name},
                    {"public_key", test::ssh_signer(is_hardware).text()},
                    {"role", "admin"}};
    CHECK_FALSE(out.take(entry_of(seq, "operator.added", data), {}));
  };
  add(1, "alice", false);
  add(2, "bob", true);
  CHECK_FALSE(
      out.take(entry_of(5, "operator.revoked", {{"operator", "bob"}, {"reason", "left"}}), {}));
  return out;
}

Assignment plain() {
  return {.id = "rsp_01JNX8A0000000000000000001",
          .decision_id = "dec_01JNX8A0000000000000000001",
          .responsible = "operator:alice",
          .maker = "human_operator",
          .level = "full"};
}

Assignment delegated(std::vector<std::string> from) {
  auto out = plain();
  out.maker = "delegated";
  out.delegated_from = std::move(from);
  return out;
}

Assignment liable(const std::string& responsible, std::optional<std::string> signed_by) {
  auto out = plain();
  out.responsible = responsible;
  out.liability_accepted = true;
  out.signed_by = std::move(signed_by);
  return out;
}

Assignment answering(const std::string& responsible) {
  auto out = plain();
  out.responsible = responsible;
  return out;
}

Assignment due(Timestamp review) {
  auto out = plain();
  out.review_due = review;
  return out;
}

}  // namespace

TEST_SUITE("authority/responsibility") {
  TEST_CASE("an assignment is its data and who signed it, and comes back the same") {
    auto full = delegated({"actor:human_executive:eve", "operator:bob"});
    full.confidence = 0;
    full.liability_accepted = true;
    full.review_due = now;
    for (const auto& each : {plain(), full}) {
      auto data = authority::to_data(each);
      auto read = authority::assignment_in(entry_of(9, "responsibility.assigned", data));
      CHECK(authority::to_data(read) == data);
      CHECK_FALSE(read.signed_by);
      data["approval"] = {{"operator", "alice"}};
      read = authority::assignment_in(entry_of(9, "responsibility.assigned", data));
      CHECK(read.signed_by == "alice");
    }
    CHECK(authority::to_data(full).at("confidence") == 0);
    CHECK(authority::to_data(plain()).at("confidence").is_null());
  }

  TEST_CASE("who answers is an operator in force at that entry, or an actor") {
    const auto operators = people();
    CHECK_FALSE(assignment_fault(answering("operator:alice"), now, operators));
    CHECK_FALSE(assignment_fault(answering("actor:ai_agent:x"), now, operators));
    CHECK_FALSE(assignment_fault(answering("operator:bob"), now, operators, 5));
    CHECK(assignment_fault(answering("operator:bob"), now, operators, 6));
    CHECK(assignment_fault(answering("operator:alice"), now, operators, 1));
    for (const char* who :
         {"operator:", "operator:nobody", "alice", "actor:", "node:office", "actor:a b"}) {
      CAPTURE(who);
      CHECK(assignment_fault(answering(who), now, operators));
    }
  }

  TEST_CASE("a chain goes with the maker delegated alone, and names nobody twice") {
    const auto operators = people();
    CHECK_FALSE(assignment_fault(delegated({"actor:human:ceo"}), now, operators));
    // bob left since; that he delegated stays so.
    CHECK_FALSE(assignment_fault(delegated({"actor:human:ceo", "operator:bob"}), now, operators));
    CHECK(assignment_fault(delegated({"operator:bob"}), now, operators, 2));
    CHECK(assignment_fault(delegated({}), now, operators));
    CHECK(assignment_fault(delegated({"operator:alice"}), now, operators));
    CHECK(assignment_fault(delegated({"actor:a", "actor:b", "actor:a"}), now, operators));
    CHECK(assignment_fault(delegated({"operator:nobody"}), now, operators));
    CHECK(assignment_fault(delegated({"the boss"}), now, operators));
    for (const char* maker : {"ai_system", "human_operator", "human_supervisor", "human_executive",
                              "emergency_override"}) {
      auto other = delegated({"actor:human:ceo"});
      other.maker = maker;
      CHECK(assignment_fault(other, now, operators));
      other.delegated_from.clear();
      CHECK_FALSE(assignment_fault(other, now, operators));
    }
  }

  TEST_CASE("a review is due after the entry, be it by the least there is") {
    const auto operators = people();
    CHECK_FALSE(assignment_fault(due({now.micros + 1}), now, operators));
    CHECK(assignment_fault(due(now), now, operators));
    CHECK(assignment_fault(due({now.micros - 1}), now, operators));
    // A year from the leap day ends on the last day of that month.
    const auto next_year = now + parse_span("1y").value();
    CHECK(next_year == at("2029-02-28T12:00:00Z"));
    CHECK_FALSE(assignment_fault(due(next_year), now, operators));
    CHECK(assignment_fault(due(next_year), next_year, operators));
  }

  TEST_CASE("liability is accepted by who answers, by his own signature, and by nobody else") {
    const auto operators = people();
    CHECK_FALSE(assignment_fault(liable("operator:alice", "alice"), now, operators));
    CHECK(assignment_fault(liable("operator:alice", std::nullopt), now, operators));
    CHECK(assignment_fault(liable("operator:alice", "bob"), now, operators));
    CHECK(assignment_fault(liable("actor:human:alice", "alice"), now, operators));
    CHECK(assignment_fault(liable("actor:human:alice", std::nullopt), now, operators));
    auto for_another = plain();
    for_another.signed_by = "bob";
    CHECK_FALSE(assignment_fault(for_another, now, operators));
  }

  TEST_CASE("an operator is a person, and an actor whose id says so") {
    for (const char* who : {"operator:alice", "actor:human", "actor:human:a", "actor:human_user:a"})
      CHECK(authority::is_person(who));
    for (const char* who : {"actor:humanoid", "actor:ai_agent:human", "actor:x"})
      CHECK_FALSE(authority::is_person(who));
  }
}
