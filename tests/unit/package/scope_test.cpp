#include "package/scope.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "support/log_lines.hpp"
#include "support/support.hpp"

using namespace lexecon;
using package::Choice;
using package::Filter;
using package::Scope;
using test::log_line;
using test::LogLine;
using Seqs = std::set<std::uint64_t>;

namespace {

std::string ulid(std::size_t number) {
  auto digits = std::to_string(number);
  return "01JNX8A" + std::string(19 - digits.size(), '0') + digits;
}
std::string decision_id(std::size_t number) { return "dec_" + ulid(number); }
std::string jti(std::size_t number) {
  auto digits = std::to_string(number);
  return "tok_" + std::string(32 - digits.size(), '0') + digits;
}
std::string override_id(std::size_t number) { return "ovr_" + decision_id(number) + "_0123abcd"; }
std::string evidence_id(std::size_t number) { return "evd_screenshot_" + jti(number).substr(4); }

/// What a test writes of a decision.
struct Asked {
  const char* tenant = nullptr;
  const char* actor = "actor:agent:a";
  bool has_risk = false;
  std::optional<std::size_t> token = {};
  std::vector<std::size_t> lifted_by = {};
};

class Log {
 public:
  std::uint64_t add(const std::string& event_type, const Json& data,
                    const std::string& actor = "node:n") {
    lines.push_back(log_line(lines.size(), event_type, data, second, actor));
    return lines.size() - 1;
  }
  std::uint64_t decide(std::size_t number, const Asked& asked = {}) {
    Json exceptions = Json::array();
    for (const auto by : asked.lifted_by) {
      exceptions.push_back({{"expires_at", "then"}, {"override_id", override_id(by)}});
    }
    return add("decision",
               {{"actor", asked.actor},
                {"decision_id", decision_id(number)},
                {"facts", {{"approvals", Json::array()}, {"exceptions", exceptions}}},
                {"risk", asked.has_risk ? Json{{"score", 80}} : Json()},
                {"tenant", asked.tenant == nullptr ? Json() : Json(asked.tenant)},
                {"token", asked.token ? Json{{"jti", jti(*asked.token)}} : Json()}},
               asked.actor);
  }
  std::uint64_t about(const std::string& event_type, std::size_t number,
                      const std::string& actor = "node:n") {
    return add(event_type, {{"decision_id", decision_id(number)}}, actor);
  }
  std::vector<LogLine> lines;
  std::int64_t second = 0;
};

Seqs chosen(const std::vector<LogLine>& lines, const Filter& filter) {
  Choice choice(filter);
  for (const auto& line : lines) choice.survey(line.view(), line.bytes);
  choice.settle();
  Seqs out;
  for (const auto& line : lines) {
    if (choice.shows(line.view(), line.bytes)) out.insert(line.entry.seq);
  }
  return out;
}

Filter of(Scope scope) { return {.scope = scope}; }
Timestamp at(std::int64_t second) { return {1'700'000'000'000'000 + second * 1'000'000}; }

// The same rule, told in another way: sets of decisions, grown until nothing is added.
class Oracle {
 public:
  Oracle(const std::vector<LogLine>& lines, const Filter& filter) : lines_(lines), filter_(filter) {
    for (const auto& line : lines_) {
      const auto& token = line.entry.data.value("token", Json());
      if (token.is_object() && line.entry.data.contains("decision_id")) {
        of_token_[token.at("jti")] = line.entry.data.at("decision_id");
      }
    }
  }

  Seqs choose() {
    std::set<std::string> decisions;
    std::set<std::string> evidence;
    for (const auto& line : lines_) {
      const auto decision = story(line.entry);
      if (!decision.empty() && fits(line.entry) && has_tenant(decision)) decisions.insert(decision);
    }
    for (std::size_t before = 0; before != decisions.size();) {
      before = decisions.size();
      for (const auto& line : lines_) {
        if (line.entry.event_type != "decision" || !decisions.contains(story(line.entry))) continue;
        for (const auto& each : line.entry.data.at("facts").at("exceptions")) {
          decisions.insert(each.at("override_id").get<std::string>().substr(4, 30));
        }
      }
    }
    Seqs out;
    for (const auto& line : lines_) {
      const auto& entry = line.entry;
      const auto decision = story(entry);
      const bool shown =
          is_ground(entry.event_type) ||
          (decision.empty() ? !filter_.tenant && fits(entry) : decisions.contains(decision));
      if (!shown) continue;
      out.insert(entry.seq);
      if (entry.event_type == "evidence.linked") evidence.insert(entry.data.at("evidence_id"));
    }
    for (const auto& line : lines_) {
      if (line.entry.event_type == "evidence.added" &&
          evidence.contains(line.entry.data.at("evidence_id"))) {
        out.insert(line.entry.seq);
      }
    }
    return out;
  }

 private:
  static bool is_ground(const std::string& type) {
    static const std::set<std::string> types{
        "genesis",       "policy.activated", "operator.added",    "hold.placed",
        "sealed.erased", "model.approved",   "oversight.stopped", "ledger.archived"};
    return types.contains(type);
  }
  std::string story(const chain::Entry& entry) {
    const auto& data = entry.data;
    if (data.contains("decision_id") && data.at("decision_id").is_string()) {
      return data.at("decision_id");
    }
    if (entry.event_type == "override.enacted") {
      return data.at("override_id").get<std::string>().substr(4, 30);
    }
    if (!data.contains("jti")) return {};
    const auto found = of_token_.find(data.at("jti").get<std::string>());
    return found == of_token_.end() ? std::string() : found->second;
  }
  bool has_tenant(const std::string& decision) {
    if (!filter_.tenant) return true;
    for (const auto& line : lines_) {
      if (line.entry.event_type == "decision" && story(line.entry) == decision &&
          line.entry.data.at("tenant") == *filter_.tenant) {
        return true;
      }
    }
    return false;
  }
  bool fits(const chain::Entry& entry) {
    const auto& type = entry.event_type;
    const auto begins = [&](const char* with) { return type.starts_with(with); };
    if (filter_.from && entry.timestamp < *filter_.from) return false;
    if (filter_.to && !(entry.timestamp < *filter_.to)) return false;
    if (filter_.actor && entry.actor != *filter_.actor) return false;
    switch (filter_.scope) {
      case Scope::all:
        return true;
      case Scope::decisions:
        return type == "decision";
      case Scope::risk:
        return type == "decision" && !entry.data.at("risk").is_null();
      case Scope::escalations:
        return begins("escalation.");
      case Scope::overrides:
        return begins("override.");
      case Scope::evidence:
        return begins("evidence.");
      case Scope::compliance:
        return begins("evidence.") || begins("hold.") || begins("sealed.") || begins("export.") ||
               begins("ledger.") || begins("privacy.");
      case Scope::oversight:
        return begins("escalation.") || begins("override.") || begins("oversight.") ||
               begins("responsibility.") || begins("approval.") || type == "decision.confirmed";
    }
    return false;
  }

  const std::vector<LogLine>& lines_;
  Filter filter_;
  std::map<std::string, std::string> of_token_;
};

/// A log of everything that may belong to something, drawn.
std::vector<LogLine> drawn(std::mt19937_64& draw) {
  static const std::array actors{"actor:agent:a", "actor:agent:b"};
  static const std::array people{"operator:ann", "node:n"};
  static const std::array about{
      "escalation.created",   "escalation.resolved", "override.created", "responsibility.assigned",
      "oversight.intervened", "gate.checked",        "limit.tripped",    "decision.confirmed"};
  static const std::array alone{"policy.activated", "operator.added", "hold.placed",
                                "sealed.erased",    "model.approved", "oversight.stopped",
                                "ledger.archived",  "export.sealed",  "privacy.exported",
                                "approval.refused", "test.unlisted"};
  const auto below = [&](std::size_t size) { return static_cast<std::size_t>(draw() % size); };
  Log log;
  log.add("genesis", Json::object());
  std::size_t decisions = 0;
  for (int i = 0; i < 40; ++i) {
    log.second += static_cast<std::int64_t>(below(3));
    const std::size_t some = below(decisions + 1);
    switch (below(8)) {
      case 0:
      case 1: {
        Asked asked{.tenant = below(2) == 0 ? "north" : nullptr,
                    .actor = actors.at(below(2)),
                    .has_risk = below(2) == 0,
                    .token = below(2) == 0 ? std::optional(decisions) : std::nullopt,
                    .lifted_by = {}};
        if (decisions > 0 && below(3) == 0) asked.lifted_by = {below(decisions)};
        log.decide(decisions++, asked);
        break;
      }
      case 2:
      case 3:
        log.about(about.at(below(about.size())), some, people.at(below(2)));
        break;
      case 4:
        log.add(below(2) == 0 ? "token.used" : "token.refused", {{"jti", jti(some)}});
        break;
      case 5:
        if (below(2) == 0) {
          log.add("evidence.added", {{"evidence_id", evidence_id(below(4))}}, people.at(below(2)));
        } else {
          log.add("evidence.linked",
                  {{"decision_id", below(3) == 0 ? Json() : Json(decision_id(some))},
                   {"evidence_id", evidence_id(below(4))}});
        }
        break;
      case 6:
        log.add("override.enacted", {{"override_id", override_id(some)}});
        break;
      default:
        log.add(alone.at(below(alone.size())), Json::object(), people.at(below(2)));
    }
  }
  return log.lines;
}

}  // namespace

TEST_SUITE("package/scope") {
  TEST_CASE("a decision is shown with its whole story, and what it is judged by always is") {
    Log log;
    const auto genesis = log.add("genesis", Json::object());
    const auto set = log.add("policy.activated", Json::object());
    const auto calm = log.decide(1, {.token = 1});
    const auto risky = log.decide(2, {.has_risk = true, .token = 2});
    const auto opened = log.about("escalation.created", 2);
    const auto used = log.add("token.used", {{"jti", jti(1)}});
    const auto refused = log.add("token.refused", {{"jti", jti(2)}});
    const auto unknown = log.add("token.refused", {{"jti", jti(9)}});
    const auto model = log.add("model.approved", Json::object());
    const Seqs ground{genesis, set, model};
    const auto with = [&](Seqs more) {
      more.insert(ground.begin(), ground.end());
      return more;
    };
    CHECK(chosen(log.lines, {}).size() == log.lines.size());
    CHECK(chosen(log.lines, of(Scope::risk)) == with({risky, opened, refused}));
    CHECK(chosen(log.lines, of(Scope::escalations)) == with({risky, opened, refused}));
    CHECK(chosen(log.lines, of(Scope::decisions)) == with({calm, risky, opened, used, refused}));
    CHECK(chosen(log.lines, of(Scope::overrides)) == ground);
    CHECK(chosen(log.lines, {.to = at(0)}) == ground);
    CHECK_FALSE(chosen(log.lines, {.tenant = "north"}).contains(unknown));
  }

  TEST_CASE("an answer in the time that is asked for brings its decision, of before") {
    Log log;
    const auto decided = log.decide(1);
    log.second = 100;
    const auto other = log.decide(2);
    const auto answer = log.about("escalation.resolved", 1, "operator:ann");
    log.second = 200;
    const auto late = log.about("escalation.breached", 1);
    CHECK(chosen(log.lines, {.from = at(100), .to = at(101)}) ==
          Seqs{decided, other, answer, late});
    CHECK(chosen(log.lines, {.actor = "operator:ann"}) == Seqs{decided, answer, late});
    CHECK(chosen(log.lines, {.to = at(100)}) == Seqs{decided, answer, late});
  }

  TEST_CASE("a tenant sees its own decisions, and no entry that is nobody's") {
    Log log;
    const auto ours = log.decide(1, {.tenant = "north", .token = 1});
    const auto theirs = log.decide(2, {.tenant = "south", .token = 2});
    const auto used = log.add("token.used", {{"jti", jti(1)}});
    const auto theirs_used = log.add("token.used", {{"jti", jti(2)}});
    const auto shared = log.add("evidence.added", {{"evidence_id", evidence_id(1)}});
    const auto apart = log.add("evidence.added", {{"evidence_id", evidence_id(2)}});
    const auto link = log.add("evidence.linked",
                              {{"decision_id", decision_id(1)}, {"evidence_id", evidence_id(1)}});
    const auto their_link = log.add(
        "evidence.linked", {{"decision_id", decision_id(2)}, {"evidence_id", evidence_id(1)}});
    log.add("privacy.exported", Json::object());
    CHECK(chosen(log.lines, {.tenant = "north"}) == Seqs{ours, used, shared, link});
    CHECK(chosen(log.lines, {.tenant = "south"}) == Seqs{theirs, theirs_used, shared, their_link});
    CHECK(chosen(log.lines, {.tenant = "east"}).empty());
    CHECK(chosen(log.lines, {.tenant = "nort"}).empty());
    CHECK(chosen(log.lines, of(Scope::evidence)) ==
          Seqs{ours, theirs, used, theirs_used, shared, apart, link, their_link});
  }

  TEST_CASE("a declaration comes with the evidence that it names") {
    Log log;
    const auto shown = log.add("evidence.added", {{"evidence_id", evidence_id(1)}});
    log.add("evidence.added", {{"evidence_id", evidence_id(2)}});
    log.second = 50;
    const auto declared = log.add("compliance.declared", {{"evidence_id", evidence_id(1)}});
    const auto without = log.add("compliance.declared", {{"evidence_id", nullptr}});
    CHECK(chosen(log.lines, {.from = at(50)}) == Seqs{shown, declared, without});
    CHECK(chosen(log.lines, {.tenant = "north"}).empty());
  }

  TEST_CASE("the override that lifted something comes with its decision, however far back") {
    Log log;
    const auto first = log.decide(1);
    const auto made = log.about("override.created", 1);
    const auto second = log.decide(2, {.lifted_by = {1}});
    const auto enacted = log.add("override.enacted", {{"override_id", override_id(2)}});
    log.second = 50;
    const auto third = log.decide(3, {.lifted_by = {2}});
    const auto unrelated = log.decide(4);
    CHECK(chosen(log.lines, {.from = at(50)}) ==
          Seqs{first, made, second, enacted, third, unrelated});
    CHECK(chosen(log.lines, {.to = at(50)}) == Seqs{first, made, second, enacted});
  }

  TEST_CASE("ids that are none belong to nothing") {
    Log log;
    log.add("decision", {{"decision_id", "dec_8" + ulid(1).substr(1)}, {"risk", nullptr}});
    log.add("token.used", {{"jti", "tok_x"}});
    log.add("token.used", Json::object());
    log.add("evidence.linked", {{"decision_id", 7}, {"evidence_id", nullptr}});
    log.add("override.enacted", {{"override_id", "ovr_dec_"}});
    CHECK(chosen(log.lines, {.actor = "node:n"}).size() == 5);
    CHECK(chosen(log.lines, {.actor = "node:m"}).empty());
  }

  TEST_CASE(
      "drawn logs: it is what another telling of the rule chooses, and of that it chooses all") {
    constexpr std::array scopes{Scope::all,         Scope::decisions, Scope::risk,
                                Scope::escalations, Scope::overrides, Scope::evidence,
                                Scope::compliance,  Scope::oversight};
    std::size_t withheld = 0;
    const auto first = test::first_seed();
    const auto last = first + 40 * static_cast<std::uint64_t>(test::rounds());
    for (auto seed = first; seed < last; ++seed) {
      CAPTURE(seed);
      std::mt19937_64 draw(seed);
      const auto lines = drawn(draw);
      for (const Scope scope : scopes) {
        CAPTURE(package::to_string(scope));
        Filter filter{.scope = scope};
        if (draw() % 3 == 0) filter.from = at(static_cast<std::int64_t>(draw() % 40));
        if (draw() % 3 == 0) filter.to = at(static_cast<std::int64_t>(draw() % 60));
        if (draw() % 3 == 0) filter.tenant = "north";
        if (draw() % 4 == 0) filter.actor = draw() % 2 == 0 ? "actor:agent:a" : "operator:ann";
        const auto shown = chosen(lines, filter);
        CHECK(shown == Oracle(lines, filter).choose());
        std::vector<LogLine> rest;
        for (const auto& line : lines) {
          if (shown.contains(line.entry.seq)) rest.push_back(line);
        }
        CHECK(chosen(rest, filter) == shown);
        withheld += lines.size() - shown.size();
      }
    }
    CHECK(withheld > 1000);
  }

  TEST_CASE("a scope has a name, and other names are none") {
    for (const char* name : {"all", "decisions", "risk", "escalations", "overrides", "evidence",
                             "compliance", "oversight"}) {
      REQUIRE(package::scope_from(name).has_value());
      CHECK(package::to_string(*package::scope_from(name)) == name);
    }
    CHECK_FALSE(package::scope_from("filtered").has_value());
  }
}
