#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decision/active_set.hpp"
#include "decision/judge.hpp"
#include "json/canonical.hpp"
#include "json/slices.hpp"
#include "policy/graph.hpp"
#include "reporting/facts.hpp"
#include "reporting/sections.hpp"
#include "service/decisions.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;
using service::Decision;

/// Of the reported part of the log; Error{not_found} where it has no such decision.
Decision decision_of(const Ground& ground) {
  const auto& id = ground.wish.decision;
  if (!id) throw Error(ErrorCode::bad_input, "expected the decision to explain", "--decision");
  const auto seq = service::require_decision(ground.database, *id);
  if (seq >= ground.checkpoint.tree_size) {
    throw Error(ErrorCode::not_found,
                "`" + *id + "` is behind the size of the log that is reported on", "--size");
  }
  return service::read_decision(ground.database, seq);
}

std::string said(const Json& data, const char* member) {
  const auto& value = data.at(member);
  return value.is_null() ? "not given" : value.get<std::string>();
}

std::string plainly(std::string_view outcome) {
  if (outcome == "approved"sv) return "it was allowed";
  if (outcome == "denied"sv) return "it was refused";
  if (outcome == "escalated"sv) return "it was neither allowed nor refused: a person was to answer";
  return "it was allowed on conditions that had to be met first";
}

/// Who asked for what, and what the answer was.
class WhatWasDecided final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& /*book*/) override {
    const auto decision = decision_of(ground);
    const Json& data = decision.data;
    const auto seq = *decision.seq;
    auto section = new_section("decided", "What was asked, and what was decided");
    section["text"] = {"On " + to_text_seconds(decision.at) + " " + said(data, "actor") +
                           " asked to do " + said(data, "action") +
                           (data.at("resource").is_null() ? "" : " on " + said(data, "resource")) +
                           ". The program answered " + said(data, "outcome") + ": " +
                           plainly(said(data, "outcome")) + ".",
                       "The reason as it was recorded: " + said(data, "reasoning") + "."};
    for (const auto* member : {"decision_id", "tenant", "tool", "model", "prompt", "reason_code"}) {
      add_fact(section, member, said(data, member), seq);
    }
    if (ground.wish.sealed) add_request(section, ground, seq);
    return section;
  }

 private:
  static void add_request(Json& section, const Ground& ground, std::uint64_t seq) {
    const auto request = service::sealed_request(ground.database, seq);
    if (!request) {
      add_fact(section, "request", "erased", seq);
      return;
    }
    for (const auto* member : {"intent", "context", "parameters"}) {
      const auto found = request->canonical.find(member);
      if (found == request->canonical.end()) continue;
      add_fact(section, member,
               found->is_string() ? found->get<std::string>() : json::canonical(*found), seq);
    }
  }
};

/// The rules that decided, in the words of the set that was in force; and whether they say so again.
class RulesThatDecided final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& /*book*/) override {
    const auto decision = decision_of(ground);
    const Json& policy = decision.data.at("policy");
    auto section = new_section("rules", "By which rules");
    section["text"].push_back(
        "Whether it may go on was decided by rules that people wrote and put in force. What the AI "
        "system itself worked out before it asked is in this ledger only as far as the request "
        "says "
        "it. Below is each rule that decided, with the justification that it carried then.");
    add_again(section, ground, decision);
    const auto set = service::set_that_judged(ground.database, decision.data, *decision.seq);
    auto table = new_table({"rule", "what it does", "justification"});
    for (const auto& id : policy.at("matched")) {
      add_rule(table, id.get<std::string>(), set ? &*set : nullptr, *decision.seq);
    }
    add_fact(section, "Rules that decided", policy.at("matched_count").dump(), *decision.seq);
    for (const auto& unmet : policy.at("unmet")) {
      add_fact(section, "Requirement not met", unmet.get<std::string>(), *decision.seq);
    }
    if (table.at("rows").empty()) {
      section["text"].push_back("No rule decided: what no rule permits is refused.");
    } else {
      section["table"] = std::move(table);
    }
    return section;
  }

 private:
  static void add_rule(Json& table, const std::string& id, const decision::ActiveSet* set,
                       std::uint64_t seq) {
    if (set != nullptr) {
      for (const auto& relation : set->policies.graph().relations) {
        if (relation.id != id) continue;
        add_row(table,
                {id, std::string(policy::to_string(relation.type)),
                 relation.justification.empty() ? "none given" : relation.justification},
                seq);
        return;
      }
    }
    add_row(table, {id, "not a rule of the set", "-"}, seq);
  }

  static void add_again(Json& section, const Ground& ground, const Decision& decision) {
    const auto label = "The decision judged again from what was recorded"sv;
    if (!service::sealed_request(ground.database, *decision.seq)) {
      add_fact(section, label, "its request was erased, so nobody can", *decision.seq);
      return;
    }
    if (said(decision.data, "engine") != decision::engine) {
      add_fact(section, label, "it was judged by an engine that this program does not have",
               *decision.seq);
      return;
    }
    const auto again = service::rejudge(ground.database, *decision.seq);
    const bool is_same =
        again.outcome == decision.outcome && again.reasoning == said(decision.data, "reasoning");
    if (!is_same) {
      throw Error(ErrorCode::integrity, "the decision comes out differently when judged again",
                  chain::entry_id(*decision.seq), "run lexecon ledger verify --deep");
    }
    add_fact(section, label, "the same outcome for the same reason", *decision.seq);
  }
};

/// What weighed in the score.
class MainFactors final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& /*book*/) override {
    const auto decision = decision_of(ground);
    const Json& risk = decision.data.at("risk");
    auto section = new_section("factors", "The main factors");
    if (risk.is_null()) {
      section["text"].push_back(
          "No risk was scored: the rules above decided by who asked, for what, and on what.");
      return section;
    }
    section["text"].push_back(
        "Risk is a number from 0 to 100, worked out from what the request declared by weights "
        "that people set.");
    add_fact(section, "Risk", risk.at("score").dump() + " of 100, " + said(risk, "level"),
             *decision.seq);
    for (const auto& factor : risk.at("factors")) {
      add_fact(section, "Factor", factor.get<std::string>(), *decision.seq);
    }
    auto table = new_table({"dimension", "declared, 0 to 100"});
    for (const auto& [name, value] : risk.at("dimensions").items()) {
      add_row(table, {name, value.dump()}, *decision.seq);
    }
    section["table"] = std::move(table);
    return section;
  }
};

/// What the machine did, and what people did.
class PeopleAndMachine final : public Section {
 public:
  explicit PeopleAndMachine(std::optional<std::string> decision)
      : named_(decision ? "\"" + *decision + "\"" : std::string()) {}

  void see(const Seen& seen) override {
    if (named_.empty() || seen.bytes.find(named_) == std::string_view::npos) return;
    const auto type = seen.entry.event_type;
    const bool is_of_people = type == "escalation.resolved"sv || type == "decision.confirmed"sv ||
                              type == "override.created"sv || type == "oversight.intervened"sv ||
                              type == "responsibility.assigned"sv;
    const bool is_of_machine = type == "decision"sv || type == "escalation.created"sv ||
                               type == "token.issued"sv || type == "limit.tripped"sv;
    if (!is_of_people && !is_of_machine && type != "evidence.linked"sv) return;
    // Without a signature anybody who runs the program may have said that a person did it.
    const bool is_signed = json::slice(seen.data, "approval").starts_with('{');
    const auto whose = !is_of_people ? "machine"sv : is_signed ? "people"sv : "nobody signed"sv;
    acts_.push_back({seen.entry.seq, whose, act_of(seen)});
  }

  [[nodiscard]] Json tell(const Ground& ground, Book& /*book*/) override {
    const auto decision = decision_of(ground);
    const Json& recorded = decision.data.at("responsibility");
    auto section = new_section("roles", "What the machine did, and what people did");
    const bool any_people = std::any_of(acts_.begin(), acts_.end(),
                                        [](const Act& act) { return act.whose == "people"sv; });
    section["text"] = {
        "The request came from " + said(decision.data, "actor") +
            ". The program recorded the maker as " + said(recorded, "maker") +
            " and responsibility as " + said(recorded, "level") + ".",
        any_people
            ? "What people signed about this decision is listed below, with the entry that says so."
            : "No act that a person signed about this decision is on record."};
    auto table = new_table({"when", "what", "by", "people or machine"});
    for (const auto& act : acts_) {
      if (act.seq >= ground.checkpoint.tree_size) continue;
      add_row(table, {act.cells.at(0), act.cells.at(1), act.cells.at(2), std::string(act.whose)},
              act.seq);
    }
    section["table"] = std::move(table);
    return section;
  }

 private:
  struct Act {
    std::uint64_t seq = 0;
    std::string_view whose;  // of people, of the machine, or nobody signed it
    std::vector<std::string> cells;
  };

  static std::vector<std::string> act_of(const Seen& seen) {
    auto what = std::string(seen.entry.event_type);
    for (const auto member : {"outcome"sv, "new_outcome"sv, "requirement"sv, "type"sv}) {
      if (const auto text = text_of(seen, member); !text.empty()) what += ", " + std::string(text);
    }
    if (seen.entry.event_type == "responsibility.assigned"sv) {
      what += ", " + std::string(text_of(seen, "responsible"));
    }
    return {std::string(seen.entry.time_text), std::move(what), std::string(seen.entry.actor)};
  }

  std::string named_;  // in quotes, as entries have it
  std::vector<Act> acts_;
};

/// What somebody can do who does not agree.
class HowToContest final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& /*book*/) override {
    const auto decision = decision_of(ground);
    const auto id = said(decision.data, "decision_id");
    auto section = new_section("contest", "If you do not agree");
    section["text"] = {
        "Article 86 of Regulation (EU) 2024/1689 lets a person who is affected by a decision that "
        "a "
        "deployer took on the basis of the output of certain high-risk systems, and who considers "
        "that it "
        "harms health, safety or fundamental rights, obtain clear and meaningful explanations of "
        "the role of the "
        "system and of the main elements of the decision. Whether it applies to this decision is "
        "not "
        "for this report to say.",
        "Name this decision: " + id +
            ". A person can put another outcome in its place, signed and "
            "with a justification; what was recorded stays beside it.",
        "Anybody with the receipt of this decision and the key of the log can check that it is the "
        "recorded one, without trusting who sent it."};
    section["to_complete"].push_back({{"item", "article-86.contact"},
                                      {"title", "Whom to turn to, and until when"},
                                      {"fields", {"name", "address", "time limit"}},
                                      {"by", "deployer"}});
    return section;
  }
};

}  // namespace

std::unique_ptr<Section> what_was_decided() { return std::make_unique<WhatWasDecided>(); }
std::unique_ptr<Section> rules_that_decided() { return std::make_unique<RulesThatDecided>(); }
std::unique_ptr<Section> main_factors() { return std::make_unique<MainFactors>(); }
std::unique_ptr<Section> people_and_machine(const Wish& wish) {
  return std::make_unique<PeopleAndMachine>(wish.decision);
}
std::unique_ptr<Section> how_to_contest() { return std::make_unique<HowToContest>(); }

}  // namespace lexecon::reporting
