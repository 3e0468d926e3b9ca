// Limits, breakers and budgets over time, and what the verifier says of ledgers that lie about them.
#include "service/meter.hpp"

#include <iostream>

#include "decision/record.hpp"
#include "office.hpp"
#include "service/act.hpp"
#include "service/activate.hpp"
#include "service/sets.hpp"
#include "service/tokens.hpp"
#include "service/verify.hpp"

namespace lexecon {
namespace {

using test::dropping;
using test::paying;
using test::reading;

constexpr const char* calls = "limits: [{name: calls, per: actor, window: 60s, max: 2}]\n";
constexpr const char* fuse =
    "breakers: [{name: fuse, per: actor, window: 1h, failures: 2, open_for: 5m}]\n";
constexpr const char* spend =
    "budgets: [{name: spend, per: tenant, window: month, max_cost_micros: 100}]\n";

Json spending(std::int64_t micros) {
  auto request = reading();
  request["tenant"] = "acme";
  request["usage"] = {{"cost_micros", micros}};
  return request;
}

/// A node with limits, on whose clock a test turns.
struct House : test::Office {
  explicit House(const std::string& settings, std::uint64_t seed = 1) : Office(seed) {
    settle(settings);
  }

  void settle(const std::string& settings) {
    write("node.yaml", "id: office\n" + settings);
    static_cast<void>(service::activate(node(), std::nullopt, {}, session()));
  }
  std::string ask(const Json& request) {
    return decide(request).data.at("reason_code").get<std::string>();
  }
  std::size_t trips() const {
    std::size_t count = 0;
    for (const auto& body : bodies()) {
      if (body.find(R"("event_type":"limit.tripped")") != std::string::npos) ++count;
    }
    return count;
  }
  [[nodiscard]] std::string deep() const {
    const auto found = service::verify_ledger(
        node().files,
        {.state_home = session().write.state_home, .pins = {}, .older_notes = {}, .skip = {}},
        service::Depth::all);
    if (found.verdict == ledger::Verdict::valid) return "valid";
    for (const auto& check : found.checks) {
      if (check.status == ledger::CheckStatus::fail) return check.name + ": " + check.detail;
    }
    return found.cause.value_or("undecidable");
  }
  /// Records what the node's program would not: facts, and entries behind them, of one's own making.
  void forge(const Json& document, const std::function<void(decision::Facts&)>& change,
             const std::vector<Json>& behind = {}) {
    pass(1);
    const auto request = decision::parse_request(document);
    service::Act act(node(), session());
    const auto set = service::load_active(act.database());
    decision::Facts facts;
    service::Meter(act.database(), &*set, act.at()).weigh(request, facts);
    change(facts);
    const auto id = "dec_" + session().ulids.next(act.at(), session().entropy);
    act.append({.event_type = "decision",
                .actor = request.actor,
                .data = decision::decision_data(
                    {.decision_id = id,
                     .at = act.at(),
                     .via = "cli",
                     .request = request,
                     .facts = facts,
                     .verdict = decision::judge(request, &*set, facts, act.at()),
                     .token = std::nullopt}),
                .sealed = request.canonical});
    for (auto data : behind) {
      data["decision_id"] = id;
      act.append({.event_type = "limit.tripped",
                  .actor = "node:office",
                  .data = data,
                  .sealed = std::nullopt});
    }
    (void)act.commit();
  }
};

Json trip(const std::string& until) {
  return {{"allowed", 2},
          {"kind", "limit"},
          {"name", "calls"},
          {"per", "actor"},
          {"subject", "actor:agent:reader"},
          {"until", until},
          {"used", 2}};
}

TEST_SUITE("service/meter") {
  TEST_CASE("the window of a limit slides, and being refused does not extend it") {
    House house(calls);
    CHECK(house.ask(reading()) == "permitted");
    house.pass(30);
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.ask(reading()) == "rate_limited");
    house.pass(29);
    CHECK(house.ask(reading()) == "rate_limited");
    house.pass(1);  // the first is as old as the window
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.ask(reading()) == "rate_limited");
    CHECK(house.trips() == 1);
    house.pass(30);  // and so is what was told
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.ask(reading()) == "rate_limited");
    CHECK(house.trips() == 2);
    CHECK(house.deep() == "valid");
  }

  TEST_CASE("a breaker opens, lets one through, and opens again or closes") {
    House house(fuse);
    CHECK(house.ask(dropping()) == "forbidden");
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.ask(paying()) == "requirement_escalated");
    CHECK(house.trips() == 1);
    house.pass(299);
    CHECK(house.ask(reading()) == "rate_limited");
    house.pass(1);
    CHECK(house.ask(dropping()) == "forbidden");  // the probe fails
    CHECK(house.trips() == 2);
    CHECK(house.ask(reading()) == "rate_limited");
    house.pass(300);
    CHECK(house.ask(reading()) == "permitted");  // the probe succeeds
    CHECK(house.ask(dropping()) == "forbidden");
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.trips() == 2);
    CHECK(house.ask(dropping()) == "forbidden");
    CHECK(house.trips() == 3);
    CHECK(house.deep() == "valid");
  }

  TEST_CASE("a budget is spent to its edge, once in each calendar month") {
    House house(spend);
    CHECK(house.ask(spending(60)) == "permitted");
    CHECK(house.ask(spending(41)) == "budget_exceeded");
    CHECK(house.ask(spending(40)) == "permitted");
    CHECK(house.ask(spending(0)) == "permitted");
    CHECK(house.ask(spending(1)) == "budget_exceeded");
    CHECK(house.trips() == 1);
    house.session().now = *parse_time("2026-01-31T23:59:59.999999Z");
    CHECK(house.ask(spending(1)) == "budget_exceeded");
    house.pass(1);
    CHECK(house.ask(spending(100)) == "permitted");
    CHECK(house.deep() == "valid");
  }

  TEST_CASE("what was decided before a limit was set counts under it, and a stop comes first") {
    House house("");
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.ask(reading()) == "permitted");
    house.settle(calls);
    CHECK(house.ask(reading()) == "rate_limited");
    house.settle("limits: [{name: calls, per: actor, window: 60s, max: 3}]\n");
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.ask(reading()) == "rate_limited");
    house.settle("");
    CHECK(house.ask(reading()) == "permitted");
    CHECK(house.deep() == "valid");
  }

  TEST_CASE("a token issued later stands under the limits of its decision, and is not counted") {
    House house("limits: [{name: calls, per: actor, window: 60s, max: 1}]\n");
    const auto decision = house.decide(reading(), {.with_token = false});
    const auto id = decision.data.at("decision_id").get<std::string>();
    static_cast<void>(
        service::issue_token(house.node(), id, std::nullopt, std::nullopt, house.session()));
    CHECK(house.deep() == "valid");
  }

  TEST_CASE("random nodes with random settings are counted alike by indexes and by entries") {
    for (std::uint64_t seed = test::first_seed(); seed < test::first_seed() + 3; ++seed) {
      CAPTURE(seed);
      test::Random random(seed);
      const auto span = [&] { return std::to_string(random.between(1, 40)) + "s"; };
      const auto per = [&] {
        return random.pick(std::vector<std::string>{"actor", "tenant", "node"});
      };
      const auto settings = [&] {
        std::string out;
        if (random.chance(80)) {
          out += "limits: [{name: a, per: " + per() + ", window: " + span() +
                 ", max: " + std::to_string(random.between(1, 6)) + "}]\n";
        }
        if (random.chance(80)) {
          out += "breakers: [{name: b, per: " + per() + ", window: " + span() +
                 ", failures: " + std::to_string(random.between(1, 4)) + ", open_for: " + span() +
                 "}]\n";
        }
        if (random.chance(80)) {
          out += "budgets: [{name: c, per: " + per() +
                 ", window: " + (random.chance(50) ? span() : "month") +
                 ", max_cost_micros: " + std::to_string(random.between(0, 60)) + "}]\n";
        }
        return out;
      };
      House house(settings(), seed);
      for (int step = 0; step < 60; ++step) {
        if (random.chance(10)) house.settle(settings());
        if (random.chance(60)) house.pass(random.between(0, 12));
        std::vector<decision::Request> requests;
        for (std::int64_t i = random.between(1, 4); i > 0; --i) {
          auto request = random.pick(std::vector<Json>{reading(), dropping(), paying()});
          if (random.chance(30)) request["actor"] = "agent:other";
          if (random.chance(50)) request["tenant"] = random.pick(std::vector<Json>{"t", "u"});
          if (random.chance(50)) request["usage"] = {{"cost_micros", random.between(0, 20)}};
          requests.push_back(decision::parse_request(request));
        }
        static_cast<void>(service::decide_all(house.node().files, requests, {}, house.session()));
      }
      CHECK(house.trips() > 0);
      CHECK(house.deep() == "valid");
    }
  }

  TEST_CASE("a ledger that lies about its limits is found") {
    const auto spent = [](House& house) {
      CHECK(house.ask(reading()) == "permitted");
      CHECK(house.ask(reading()) == "permitted");
    };
    struct Lie {
      const char* sentence;
      std::function<void(House&)> tell;
      const char* found;
    };
    const std::vector<Lie> lies{
        {"overlooked",
         [&](House& house) {
           spent(house);
           house.forge(reading(), [](auto& facts) { facts.guard.reset(); });
         },
         "decided past a limit"},
        {"never full",
         [](House& house) {
           house.forge(reading(),
                       [](auto& facts) { facts.guard = policy::ReasonCode::rate_limited; });
         },
         "denied by a limit that was not full"},
        {"a budget that is not there",
         [](House& house) {
           house.forge(reading(),
                       [](auto& facts) { facts.guard = policy::ReasonCode::budget_exceeded; });
         },
         "denied by a budget"},
        {"counted wrongly",
         [&](House& house) {
           spent(house);
           house.forge(reading(), [](auto& facts) {
             facts.limits.front().used = 1;
             facts.guard.reset();
           });
         },
         "tells its limits otherwise"},
        {"left out",
         [](House& house) { house.forge(reading(), [](auto& facts) { facts.limits.clear(); }); },
         "tells its limits otherwise"},
        {"not told of",
         [&](House& house) {
           spent(house);
           house.forge(reading(), [](auto&) {});
         },
         "before a limit was told of"},
        {"not told of, and more behind it",
         [&](House& house) {
           spent(house);
           house.forge(reading(), [](auto&) {});
           house.settle("");
         },
         "stands where a limit was to be told of"},
        {"told of another time",
         [&](House& house) {
           spent(house);
           house.forge(reading(), [](auto&) {}, {trip("2026-01-02T00:00:00.000000Z")});
         },
         "tells of a limit that was not full"},
        {"told of when it was not full",
         [](House& house) {
           house.forge(reading(), [](auto&) {}, {trip("2026-01-01T00:01:01.000000Z")});
         },
         "tells of a limit that was not full"},
        {"a secret let through",
         [](House& house) {
           auto request = reading();
           request["intent"] = "AKIAIOSFODNN7EXAMPLE";
           house.forge(request, [](auto&) {});
         },
         "decided with prohibited content"},
        {"a secret kept",
         [](House& house) {
           auto request = reading();
           request["intent"] = "AKIAIOSFODNN7EXAMPLE";
           house.forge(request,
                       [](auto& facts) { facts.guard = policy::ReasonCode::prohibited_content; });
         },
         "keeps the prohibited content"},
        {"no secret at all",
         [](House& house) {
           house.forge(reading(),
                       [](auto& facts) { facts.guard = policy::ReasonCode::prohibited_content; });
         },
         "holds none"}};
    for (const auto& lie : lies) {
      CAPTURE(lie.sentence);
      House house(calls);
      lie.tell(house);
      const auto found = house.deep();
      CAPTURE(found);
      CHECK(found.find(lie.found) != std::string::npos);
    }
    std::cout << "verifier limits: " << lies.size() << " ledgers that lie about their guards\n";
  }
}

}  // namespace
}  // namespace lexecon
