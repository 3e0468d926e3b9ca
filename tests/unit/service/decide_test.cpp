#include "service/decide.hpp"

#include "json/canonical.hpp"
#include "ledger/reader.hpp"
#include "office.hpp"
#include "oversight/escalations.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/standing.hpp"
#include "service/tokens.hpp"
#include "store/schema.hpp"

namespace lexecon {
namespace {

using policy::Outcome;
using service::Decision;
using test::code_of;
using test::Office;

Json keyed(Json request, const std::string& key) {
  request["idempotency_key"] = key;
  return request;
}

std::vector<std::string> tables_of(store::Database& database) {
  return test::projections_of(database);
}

}  // namespace

TEST_SUITE("service/decide") {
  TEST_CASE("an approval is recorded with its token before it is answered") {
    Office office;
    const auto decision = office.decide(test::reading());
    CHECK(decision.outcome == Outcome::approved);
    REQUIRE(decision.token);
    CHECK(decision.token->starts_with("cap_"));
    CHECK(office.entries() == 4);
    CHECK(decision.seq == 3);
    CHECK(decision.checkpoint->tree_size == 4);
    CHECK(decision.data.at("token").at("token_hash") == token::token_hash(*decision.token).hex());
    CHECK(decision.data.at("owners") == Json{"actor:human:olga"});
    CHECK(office.bodies().back().find(*decision.token) == std::string::npos);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("each outcome is recorded, and only an approval has a token") {
    Office office;
    const auto denied = office.decide(test::dropping());
    CHECK(denied.outcome == Outcome::denied);
    CHECK_FALSE(denied.token);
    CHECK(denied.data.at("policy").at("matched").front() == "nobody-drops");
    const auto conditional = office.decide(test::shipping());
    CHECK(conditional.outcome == Outcome::conditional);
    CHECK_FALSE(conditional.token);
    CHECK(service::to_json(conditional, false).at("conditions") == Json{"ticket"});
    CHECK_FALSE(conditional.escalation_id);
    CHECK(office.entries() == 5);
  }

  TEST_CASE("an escalation is opened in the transaction of its decision") {
    Office office;
    const auto decision = office.decide(test::paying());
    CHECK(decision.outcome == Outcome::escalated);
    CHECK_FALSE(decision.token);
    REQUIRE(decision.escalation_id);
    CHECK(office.entries() == 5);
    CHECK(decision.checkpoint->tree_size == 5);
    const auto opened = Json::parse(office.bodies().back());
    CHECK(opened.at("event_type") == "escalation.created");
    CHECK(opened.at("data").at("priority") == "medium");
    CHECK(opened.at("data").at("reasons") == Json{"requirement_escalated"});
    CHECK(opened.at("data").at("escalation_id") == *decision.escalation_id);
    const auto id = decision.data.at("decision_id").get<std::string>();
    CHECK(service::show_decision(office.node(), id, false).escalation_id == decision.escalation_id);
    CHECK(service::standing(office.node(), id, office.session().now).waiting);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("a high risk escalates with a priority of its level") {
    Office office;
    auto request = test::reading();
    request["risk"] = {{"security", 95}};
    const auto decision = office.decide(request);
    CHECK(decision.outcome == Outcome::escalated);
    CHECK(decision.data.at("reason_code") == "risk_threshold");
    CHECK(Json::parse(office.bodies().back()).at("data").at("priority") == "critical");
  }

  TEST_CASE("the document has the members of lexecon.decision/1 and no others") {
    Office office;
    const auto decision = office.decide(test::reading());
    const auto document = service::to_json(decision, false);
    std::vector<std::string> names;
    for (const auto& [name, value] : document.items()) names.push_back(name);
    CHECK(names == std::vector<std::string>{"action",
                                            "actor",
                                            "capability_token",
                                            "checkpoint",
                                            "conditions",
                                            "decision_id",
                                            "entry_hash",
                                            "escalation_id",
                                            "held_by",
                                            "ledger_entry_id",
                                            "outcome",
                                            "policy",
                                            "reason_code",
                                            "reasoning",
                                            "reasons",
                                            "recorded",
                                            "replayed",
                                            "request_id",
                                            "resource",
                                            "risk",
                                            "risk_level",
                                            "schema",
                                            "seq",
                                            "timestamp",
                                            "token"});
    CHECK(service::to_json(decision, true).contains("trace"));
  }

  TEST_CASE("the sealed content of a decision is its canonical request") {
    Office office;
    auto request = test::reading();
    request["context"] = {{"why", "because"}};
    const auto decision = office.decide(request);
    auto database = service::open_ledger(office.node());
    const auto sealed = service::sealed_request(database, *decision.seq);
    REQUIRE(sealed);
    CHECK(json::canonical(sealed->canonical) ==
          json::canonical(decision::parse_request(request).canonical));
  }

  TEST_CASE("a decision on record judges the same again") {
    Office office;
    for (const auto& request :
         {test::reading(), test::dropping(), test::paying(), test::shipping()}) {
      const auto decision = office.decide(request);
      auto database = service::open_ledger(office.node());
      const auto verdict = service::rejudge(database, *decision.seq);
      CHECK(verdict.outcome == decision.outcome);
      CHECK(policy::to_string(verdict.reason) == decision.data.at("reason_code"));
      CHECK(Json(verdict.matched) == decision.data.at("policy").at("matched"));
    }
  }

  TEST_CASE("a dry run judges and writes nothing, without any key") {
    Office office;
    const auto before = office.entries();
    std::filesystem::remove(office.node().files.ledger_key());
    std::filesystem::remove(office.node().files.token_key());
    const auto decision = service::dry_run(office.node(), decision::parse_request(test::reading()),
                                           {}, office.session());
    CHECK(decision.outcome == Outcome::approved);
    CHECK_FALSE(decision.token);
    const auto document = service::to_json(decision, true);
    CHECK(document.at("recorded") == false);
    CHECK(document.at("decision_id").is_null());
    CHECK(document.at("capability_token").is_null());
    CHECK(document.at("checkpoint").is_null());
    CHECK_FALSE(document.at("trace").empty());
    CHECK(office.entries() == before);
    CHECK(code_of([&] { (void)office.decide(test::reading()); }) == ErrorCode::configuration);
    CHECK(office.entries() == before);
  }

  TEST_CASE("the same key and request give the recorded decision and its token bit for bit") {
    Office office;
    const auto first = office.decide(keyed(test::reading(), "k1"));
    office.pass(60);
    const auto again = office.decide(keyed(test::reading(), "k1"));
    CHECK(again.replayed);
    CHECK(again.data == first.data);
    CHECK(again.entry_hash == first.entry_hash);
    CHECK(again.token == first.token);
    CHECK(office.entries() == 4);
    CHECK_FALSE(again.trace.empty());
  }

  TEST_CASE(
      "another request under a used key is refused, and other actors have keys of their own") {
    Office office;
    const auto first = office.decide(keyed(test::reading(), "k1"));
    auto other = keyed(test::reading(), "k1");
    other["intent"] = "something else";
    CHECK(code_of([&] { (void)office.decide(other); }) == ErrorCode::bad_input);
    CHECK(office.entries() == 4);
    auto actor = keyed(test::reading(), "k1");
    actor["actor"] = "agent:other";
    CHECK_FALSE(office.decide(actor).replayed);
    auto tenant = keyed(test::reading(), "k1");
    tenant["tenant"] = "acme";
    CHECK_FALSE(office.decide(tenant).replayed);
    CHECK(office.decide(tenant).replayed);
    CHECK(office.entries() == 6);
  }

  TEST_CASE("a replay has no token once it expired, was used or was revoked") {
    Office office;
    const auto expired = office.decide(keyed(test::reading(), "expired"));
    const auto used = office.decide(keyed(test::reading(), "used"));
    const auto revoked = office.decide(keyed(test::reading(), "revoked"));
    const token::Presented presented{.audience = {},
                                     .action = "action:read",
                                     .tool = std::nullopt,
                                     .resource = "resource:db:sales",
                                     .data_classes = {},
                                     .params_hash = std::nullopt};
    CHECK_FALSE(
        service::verify_token(office.node(), *used.token, presented, office.session()).refusal);
    (void)service::revoke_tokens(office.node(), {std::nullopt, std::nullopt, revoked.token}, "test",
                                 office.session());
    CHECK(office.decide(keyed(test::reading(), "expired")).token == expired.token);
    CHECK_FALSE(office.decide(keyed(test::reading(), "used")).token);
    CHECK_FALSE(office.decide(keyed(test::reading(), "revoked")).token);
    office.pass(300);
    CHECK_FALSE(office.decide(keyed(test::reading(), "expired")).token);
  }

  TEST_CASE("several requests are recorded under one checkpoint or not at all") {
    Office office;
    std::vector<decision::Request> requests{decision::parse_request(test::reading()),
                                            decision::parse_request(test::dropping())};
    const auto decisions = service::decide_all(office.node().files, requests,
                                               {.via = "hook:pre-receive"}, office.session());
    REQUIRE(decisions.size() == 2);
    CHECK(decisions[0].checkpoint->tree_size == 5);
    CHECK(decisions[1].checkpoint->tree_size == 5);
    CHECK(decisions[1].data.at("via") == "hook:pre-receive");
    CHECK(decisions[0].data.at("decision_id") < decisions[1].data.at("decision_id"));
    const auto first = office.decide(keyed(test::reading(), "taken"));
    requests.push_back(decision::parse_request(keyed(test::shipping(), "taken")));
    CHECK(code_of([&] {
            (void)service::decide_all(office.node().files, requests, {}, office.session());
          }) == ErrorCode::bad_input);
    CHECK(office.entries() == 6);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("a life over a day and an audience that no token may have are usage errors") {
    Office office;
    for (const std::int64_t life : {std::int64_t{0}, std::int64_t{86'401}}) {
      CHECK(code_of([&] { (void)office.decide(test::reading(), {.life_seconds = life}); }) ==
            ErrorCode::usage);
    }
    CHECK(code_of([&] { (void)office.decide(test::reading(), {.audience = "a b"}); }) ==
          ErrorCode::usage);
    const auto decision =
        office.decide(test::reading(), {.life_seconds = 86'400, .audience = "deployer"});
    CHECK(decision.data.at("token").at("aud") == "deployer");
    CHECK(decision.data.at("token").at("exp") == "2026-01-02T00:00:00Z");
  }

  TEST_CASE("a private key of another node, or one that others can read, decides nothing") {
    Office office;
    const Office other(2);
    const auto ours = test::slurp(office.node().files.token_key());
    const auto put = [&](const Path& path, const std::string& bytes) {
      replace_file(path, bytes, Access::private_to_owner);
    };
    put(office.node().files.token_key(), test::slurp(other.node().files.token_key()));
    CHECK(code_of([&] { (void)office.decide(test::reading()); }) == ErrorCode::integrity);
    put(office.node().files.token_key(), ours);
    const auto ledger_key = test::slurp(office.node().files.ledger_key());
    put(office.node().files.ledger_key(), test::slurp(other.node().files.ledger_key()));
    CHECK(code_of([&] { (void)office.decide(test::reading()); }) == ErrorCode::integrity);
    put(office.node().files.ledger_key(), ledger_key);
    std::filesystem::permissions(office.node().files.token_key(), std::filesystem::perms(0644));
    CHECK(code_of([&] { (void)office.decide(test::reading()); }) == ErrorCode::not_permitted);
    CHECK(code_of([&] { (void)service::open_node(office.node().files.folder); }) ==
          ErrorCode::not_permitted);
    CHECK(office.entries() == 3);
  }

  TEST_CASE("whatever random byte fails to come, the node is as before") {
    Office office;
    int left = 0;
    auto source = test::seeded_entropy(9);
    const auto before = office.projections();
    auto& session = office.session();
    session.entropy = Entropy([&](std::span<std::uint8_t> out) {
      if (left-- == 0) throw Error(ErrorCode::io, "no random bytes");
      source.fill(out);
    });
    int failures = 0;
    for (int n = 0;; ++n) {
      REQUIRE(n < 100);
      left = n;
      try {
        (void)office.decide(test::paying());
        break;
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::io);
        ++failures;
      }
      CAPTURE(n);
      CHECK(office.entries() == 3);
      CHECK(office.projections() == before);
      CHECK(office.verified() == "valid");
    }
    CHECK(failures >= 4);
    CHECK(office.entries() == 5);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("no value from context, intent or parameters stands in an entry, in 1000 requests") {
    const std::uint64_t seed = 20260101;
    CAPTURE(seed);
    Office office;
    test::Random random(seed);
    std::vector<std::string> secrets;
    const auto secret = [&] {
      secrets.push_back(random.text(12, "abcdefghijkmnpqrstuvwxyz"));
      return secrets.back();
    };
    const std::vector<Json> shapes{test::reading(), test::dropping(), test::paying(),
                                   test::shipping()};
    std::vector<decision::Request> requests;
    for (int i = 0; i < 1000; ++i) {
      auto request = random.pick(shapes);
      request["intent"] = "to " + secret();
      request["context"] = {{secret(), secret()}, {"nested", {{"list", {secret(), 1.5}}}}};
      if (random.chance(70)) request["parameters"] = {{secret(), {{"deep", secret()}}}};
      if (random.chance(50)) request["risk"] = {{"privacy", random.between(0, 100)}};
      if (random.chance(30)) request["data_classes"] = {"pii"};
      if (random.chance(30)) request["declared_risk"] = random.between(1, 5);
      requests.push_back(decision::parse_request(request));
    }
    const auto decisions = service::decide_all(office.node().files, requests, {}, office.session());
    REQUIRE(decisions.size() == 1000);
    std::string all;
    for (const auto& body : office.bodies()) all += body + "\n";
    std::size_t leaked = 0;
    for (const auto& each : secrets) {
      if (all.find(each) != std::string::npos) ++leaked;
    }
    CHECK(secrets.size() > 3000);
    CHECK(leaked == 0);
    // The test would see a leak: it finds the values where they may stand.
    auto database = service::open_ledger(office.node());
    const auto sealed = service::sealed_request(database, *decisions.front().seq);
    CHECK(json::canonical(sealed->canonical).find(secrets.front()) != std::string::npos);
  }

  TEST_CASE("replaying every entry into a fresh database gives the same rows") {
    Office office;
    const auto used = office.decide(keyed(test::reading(), "k1"));
    (void)office.decide(test::paying());
    (void)office.decide(test::shipping());
    const auto without = office.decide(test::reading(), {.with_token = false});
    (void)service::issue_token(office.node(), without.data.at("decision_id"), std::nullopt,
                               std::nullopt, office.session());
    token::Presented presented{.audience = {},
                               .action = "action:read",
                               .tool = std::nullopt,
                               .resource = "resource:db:sales",
                               .data_classes = {},
                               .params_hash = std::nullopt};
    (void)service::verify_token(office.node(), *used.token, presented, office.session());
    (void)service::verify_token(office.node(), *used.token, presented, office.session());
    (void)service::revoke_tokens(office.node(), {without.data.at("decision_id"), {}, {}}, "test",
                                 office.session());
    const test::TempFolder folder;
    store::Database fresh(folder / "fresh.db", store::OpenMode::create);
    {
      store::Transaction transaction(fresh, store::Transaction::Kind::write);
      store::migrate(fresh);
      auto database = service::open_ledger(office.node());
      ledger::each_entry(database, {}, [&fresh](const ledger::StoredEntry& each) {
        service::project(fresh, each.entry);
      });
      transaction.commit();
    }
    const auto rows = tables_of(fresh);
    CHECK(rows.size() == 9);
    CHECK(rows == office.projections());
  }
}

}  // namespace lexecon
