#include "decision/set_codec.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "decision/judge.hpp"
#include "json/json.hpp"
#include "policy/graph.hpp"
#include "support/support.hpp"

namespace lexecon::decision {
namespace {

/// A set in which every member of every struct has a value that is not its default.
std::vector<SetFile> full_set() {
  return {{"node.yaml",
           "id: codec\nroles: {four_eyes: single}\ntokens: {ttl: 90s, audience: deployer}\n"
           "hooks: {escalated: ask}\n"
           "escalations: {sla: {low: 1y, critical: 1m}, approval_ttl: 90m, paths: [{level: high,"
           " actions: [\"action:git:*\", \"*\"], roles: [compliance_officer, admin]}, {roles: "
           "[admin]}]}\n"
           "limits: [{name: calls, per: actor, window: 90s, max: 7}]\n"
           "breakers: [{name: fuse, per: tenant, window: 1h, failures: 3, open_for: 5m}]\n"
           "budgets: [{name: spend, per: model, window: month, max_cost_micros: 9}]\n"
           "prohibited: {sealed: warn}\nexports: {approval: sealed}\n"},
          {"policies/first.yaml", R"(policy_id: pol_first_v1
mode: paranoid
effective_from: 2026-01-01T00:00:00Z
effective_until: 2027-01-01T00:00:00.000001Z
terms:
  - {id: actor:team, type: actor}
  - {id: actor:bot, type: actor, member_of: [actor:team], owner: actor:human:olga}
  - {id: resource:db:crm, type: resource, member_of: ["resource:db:all"], contains: [data:customer]}
relations:
  - {id: team-reads, type: permits, subject: actor:team, action: action:*, justification: "für alle"}
  - {type: forbids, action: action:drop, object: "resource:db:all"}
  - {type: requires, action: action:pay, requirement: two_people, approvals: 2, on_unmet: escalate}
)"},
          {"policies/second.yaml", R"(policy_id: pol_second_v1
mode: permissive
terms:
  - {id: actor:bot, type: actor, owner: actor:human:per}
relations:
  - {type: requires, action: action:ship, requirement: ticket, on_unmet: deny}
  - {type: permits, subject: "*", action: action:read, object: "data:*"}
)"},
          {"risk.yaml",
           "weights: {security: 5000, privacy: 1000, compliance: 1000, operational: 1000,"
           " reputational: 1000, financial: 1000}\n"
           "levels: {medium: 10, high: 20, critical: 30}\nthreshold: 40\n"}};
}

std::vector<Request> requests() {
  std::vector<Request> out;
  for (const auto* action : {"read", "drop", "pay", "ship", "other"}) {
    for (const auto* actor : {"bot", "stranger", "team"}) {
      out.push_back(parse_request({{"actor", actor},
                                   {"action", action},
                                   {"resource", "db:crm"},
                                   {"data_classes", {"payroll"}},
                                   {"risk", {{"security", 25}}}}));
      out.push_back(parse_request({{"actor", actor}, {"action", action}}));
    }
  }
  return out;
}

/// How many of the requests get two verdicts.
std::size_t differences(const ActiveSet& one, const ActiveSet& other) {
  std::size_t count = 0;
  for (const std::int64_t at : {1'760'000'000'000'000, 1'780'000'000'000'000}) {
    for (const auto& request : requests()) {
      const auto a = judge(request, &one, {}, Timestamp{at});
      const auto b = judge(request, &other, {}, Timestamp{at});
      const bool same = a.outcome == b.outcome && a.reasons == b.reasons && a.mode == b.mode &&
                        a.matched == b.matched && a.unmet == b.unmet && a.owners == b.owners &&
                        a.policy_hash == b.policy_hash && a.reasoning == b.reasoning &&
                        a.risk.level == b.risk.level &&
                        a.files_not_in_force == b.files_not_in_force;
      if (!same) ++count;
    }
  }
  return count;
}

}  // namespace

TEST_SUITE("decision/set_codec") {
  TEST_CASE("a set that was packed judges as before and packs to the same bytes") {
    const auto set = load_set(full_set());
    const auto bytes = pack_set(set);
    const auto back = unpack_set(bytes);
    CHECK(pack_set(back) == bytes);
    CHECK(back.policy_hash == set.policy_hash);
    CHECK(back.files == set.files);
    CHECK(differences(set, back) == 0);
    CHECK(differences(set, load_set({{{"node.yaml", "id: codec\n"}, {"risk.yaml", "{}"}}})) > 30);
  }

  TEST_CASE("every member comes back") {
    const auto back = unpack_set(pack_set(load_set(full_set())));
    CHECK(back.node.id == "codec");
    CHECK(back.node.four_eyes == FourEyes::single);
    CHECK(back.node.token_life_seconds == 90);
    CHECK(back.node.token_audience == "deployer");
    CHECK(back.node.on_escalation == OnEscalation::ask);
    const auto& escalations = back.node.escalations;
    CHECK(escalations.sla_of(Priority::low) == Span{12, 0});
    CHECK(escalations.sla_of(Priority::critical) == Span{0, 60'000'000});
    CHECK(escalations.approval_life == Span{0, 5'400'000'000});
    REQUIRE(escalations.paths.size() == 2);
    CHECK(escalations.paths[0].level == risk::Level::high);
    CHECK(escalations.paths[0].actions == std::vector<std::string>{"action:git:*", "*"});
    CHECK(escalations.paths[0].roles ==
          std::vector<Answerer>{Answerer::compliance_officer, Answerer::admin});
    CHECK_FALSE(escalations.paths[1].level);
    CHECK(escalations.paths[1].roles == std::vector<Answerer>{Answerer::admin});
    CHECK(back.risk.weights[0] == 5000);
    CHECK(back.risk.first_of_level == std::array<int, 3>{10, 20, 30});
    CHECK(back.risk.escalate_from == 40);
    const auto& graph = back.policies.graph();
    CHECK(graph.mode == policy::Mode::paranoid);
    REQUIRE(graph.files.size() == 2);
    CHECK(graph.files[0].name == "policies/first.yaml");
    CHECK(graph.files[1].policy_id == "pol_second_v1");
    CHECK(graph.files[1].mode == policy::Mode::permissive);
    CHECK(graph.files[0].effective_from == Timestamp{1'767'225'600'000'000});
    CHECK(graph.files[0].effective_until == Timestamp{1'798'761'600'000'001});
    CHECK_FALSE(graph.files[1].effective_from);
    REQUIRE(graph.relations.size() == 5);
    CHECK(graph.relations[0].justification == "für alle");
    CHECK(graph.relations[1].object == "resource:db:all");
    CHECK(graph.relations[2].approvals == 2);
    CHECK(graph.relations[2].requirement == "two_people");
    CHECK(graph.relations[3].on_unmet == policy::Outcome::denied);
    CHECK(graph.relations[4].file == 1);
    CHECK(graph.terms.declared() == 3);
    policy::FilesInForce all;
    all.set();
    CHECK(graph.terms.owners("actor:bot", all) ==
          std::vector<std::string>{"actor:human:olga", "actor:human:per"});
    CHECK(graph.terms.contained("resource:db:crm", all) ==
          std::vector<std::string_view>{"data:customer"});
  }

  TEST_CASE("a set that was cut or grew is refused") {
    const auto bytes = pack_set(load_set(full_set()));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CAPTURE(size);
      CHECK_THROWS_AS((void)unpack_set(std::string_view(bytes).substr(0, size)), Error);
    }
    CHECK_THROWS_AS((void)unpack_set(bytes + '\0'), Error);
  }

  TEST_CASE("a changed bit is refused or another set, and never the same bytes") {
    const auto bytes = pack_set(load_set(full_set()));
    const auto asked = requests().front();
    std::size_t refused = 0;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      CAPTURE(bit);
      auto changed = bytes;
      changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
      try {
        const auto set = unpack_set(changed);
        CHECK(pack_set(set) == changed);
        (void)judge(asked, &set, {}, Timestamp{1'780'000'000'000'000});
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::bad_input);
        ++refused;
      }
    }
    CHECK(refused > bytes.size());
  }
}

}  // namespace lexecon::decision
