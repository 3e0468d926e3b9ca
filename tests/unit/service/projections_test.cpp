// One statement without a key must not change an answer: tables that differ from the entries are refused.
#include "office.hpp"
#include "registry/keys.hpp"
#include "registry/sets.hpp"
#include "service/activate.hpp"
#include "service/decisions.hpp"
#include "service/draft.hpp"
#include "service/sets.hpp"
#include "service/standing.hpp"
#include "service/tokens.hpp"
#include "service/verify.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;

constexpr auto integrity = ErrorCode::integrity;
constexpr const char* stricter =
    "policy_id: pol_extra_v1\nrelations:\n"
    "  - {id: nobody-reads, type: forbids, action: action:read, justification: test}\n";

void sql(const Office& office, const std::string& statement) {
  store::Database database(office.node().files.database(), store::OpenMode::read_write);
  database.execute(statement);
}

ledger::Verification deep(Office& office) {
  return service::verify_ledger(
      office.node().files,
      {.state_home = office.session().write.state_home, .pins = {}, .older_notes = {}, .skip = {}},
      service::Depth::all);
}

Json keyed(Json request, const std::string& key) {
  request["idempotency_key"] = key;
  return request;
}

std::string id_of(const service::Decision& decision) {
  return decision.data.at("decision_id").get<std::string>();
}

const token::Presented as_reading{.audience = {},
                                  .action = "action:read",
                                  .tool = std::nullopt,
                                  .resource = "resource:db:sales",
                                  .data_classes = {},
                                  .params_hash = std::nullopt};

/// `action` is an integrity error, and leaves the ledger as it was.
void refuses(Office& office, const std::function<void()>& action) {
  const auto before = office.bodies();
  CHECK(code_of(action) == integrity);
  CHECK(office.bodies() == before);
}

struct Spender {
  Office office;
  service::Decision decision = office.decide(test::reading());
  std::string text = decision.token.value();

  [[nodiscard]] service::TokenCheck verify() {
    return service::verify_token(office.node(), text, as_reading, office.session());
  }
  void revoke() {
    (void)service::revoke_tokens(office.node(), {std::nullopt, std::nullopt, text}, "test",
                                 office.session());
  }
  /// No answer about the token is given any more.
  void refuses_all() {
    refuses(office, [&] { (void)verify(); });
    refuses(office, [&] {
      (void)service::peek_token(office.node(), text, as_reading, office.session().now);
    });
    refuses(office, [&] { revoke(); });
  }
  [[nodiscard]] std::size_t listed() const {
    std::size_t count = 0;
    service::each_token(office.node(), {}, [&](const auto&) { ++count; });
    return count;
  }
};

}  // namespace

TEST_SUITE("service/projections") {
  TEST_CASE("the verifier finds every table that differs from the entries, and where") {
    struct Change {
      const char* sql;
      std::uint64_t seq;
    };
    for (const auto& [change, seq] :
         std::vector<Change>{{"DELETE FROM policy_sets", 2},
                             {"UPDATE policy_sets SET mode = 'permissive'", 2},
                             {"UPDATE token_keys SET removed_seq = 3", 1},
                             {"UPDATE tokens SET used = 0", 3},
                             {"DELETE FROM tokens", 3},
                             {"UPDATE decisions SET idempotency_key = NULL", 3},
                             {"UPDATE decisions SET escalation_id = NULL", 5},
                             {"DELETE FROM decisions WHERE seq = 5", 5},
                             {"UPDATE escalations SET state = 'resolved', outcome = 'approved'", 6},
                             {"INSERT INTO token_keys VALUES (4, 'x', 'y', NULL)", 4}}) {
      CAPTURE(change);
      Office office;
      const auto decision = office.decide(keyed(test::reading(), "k1"));
      (void)service::verify_token(office.node(), *decision.token, as_reading, office.session());
      (void)office.decide(test::paying());
      CHECK(deep(office).verdict == ledger::Verdict::valid);
      sql(office, change);
      const auto found = deep(office);
      CHECK(found.verdict == ledger::Verdict::invalid);
      CHECK(found.first_bad_seq.value_or(0) == seq);
    }
  }

  TEST_CASE("an older set does not come back when the row of the newest is gone") {
    Office office;
    office.write("policies/extra.yaml", stricter);
    (void)service::activate(office.node(), std::nullopt, {}, office.session());
    CHECK(office.decide(test::reading()).outcome == policy::Outcome::denied);
    sql(office, "DELETE FROM policy_sets WHERE seq = (SELECT max(seq) FROM policy_sets)");
    refuses(office, [&] { (void)office.decide(test::reading()); });
    refuses(office, [&] {
      (void)service::dry_run(office.node(), decision::parse_request(test::reading()), {},
                             office.session());
    });
    refuses(office, [&] { (void)service::list_sets(office.node()); });
    refuses(office, [&] { (void)service::find_set(office.node(), std::nullopt); });
    refuses(office, [&] { (void)service::rollback(office.node(), {}, {}, office.session()); });
  }

  TEST_CASE("without any row of a set neither a decision nor an activation is recorded") {
    Office office;
    sql(office, "DELETE FROM policy_sets");
    refuses(office, [&] { (void)office.decide(test::reading()); });
    office.write("policies/extra.yaml", stricter);
    refuses(office, [&] { (void)service::activate(office.node(), {}, {}, office.session()); });
    refuses(office, [&] { (void)service::find_set(office.node(), office.made().policy_hash); });
  }

  TEST_CASE("a set that nobody activated is refused") {
    Office office;
    (void)office.decide(test::reading());
    sql(office,
        "INSERT INTO policy_sets SELECT 3, policy_hash, NULL, mode, four_eyes, files, actor, "
        "timestamp FROM policy_sets");
    refuses(office, [&] { (void)office.decide(test::reading()); });
    refuses(office, [&] { (void)service::list_sets(office.node()); });
  }

  TEST_CASE("other bytes under the digest of a policy file are found before the activation") {
    Office office;
    office.write("policies/extra.yaml", stricter);
    const auto digest = decision::digests(service::read_draft(office.node().files))[1].sha256;
    sql(office, "INSERT INTO policy_files VALUES (x'" + digest.hex() + "', x'00')");
    refuses(office, [&] { (void)service::activate(office.node(), {}, {}, office.session()); });
  }

  TEST_CASE("a spent token stays spent when its row says otherwise") {
    Spender spender;
    CHECK_FALSE(spender.verify().refusal);
    CHECK(spender.verify().refusal == token::Refusal::used_up);
    CHECK(spender.listed() == 1);
    sql(spender.office, "UPDATE tokens SET used = 0");
    spender.refuses_all();
    refuses(spender.office, [&] { (void)spender.listed(); });
  }

  TEST_CASE("a revoked token stays revoked when its row says otherwise") {
    Spender spender;
    spender.revoke();
    CHECK(spender.listed() == 1);
    sql(spender.office, "UPDATE tokens SET revoked_seq = NULL");
    spender.refuses_all();
    sql(spender.office, "UPDATE tokens SET revoked_reason = NULL");
    spender.refuses_all();
    refuses(spender.office, [&] { (void)spender.listed(); });
  }

  TEST_CASE("no column of a token is believed") {
    for (const auto* change :
         {"jti = 'tok_' || hex(randomblob(16))", "aud = 'other'", "uses = 9", "used = 1",
          "revoked_seq = 2", "exp = '2027-01-01T00:00:00Z'", "iat = '2027-01-01T00:00:00Z'",
          "kid = 'other'", "token_hash = zeroblob(32)", "seq = 2"}) {
      CAPTURE(change);
      Spender spender;
      sql(spender.office, std::string("UPDATE tokens SET ") + change);
      refuses(spender.office, [&] { (void)spender.verify(); });
      refuses(spender.office, [&] { (void)spender.listed(); });
    }
  }

  TEST_CASE("a token without its row is neither issued again nor unknown") {
    Spender spender;
    sql(spender.office, "DELETE FROM tokens");
    refuses(spender.office, [&] { (void)spender.verify(); });
    CHECK(code_of([&] {
      (void)service::issue_token(spender.office.node(), id_of(spender.decision), {}, {},
                                 spender.office.session());
    }));
    Office later;
    const auto decision = later.decide(test::reading(), {.with_token = false});
    (void)service::issue_token(later.node(), id_of(decision), {}, {}, later.session());
    sql(later, "DELETE FROM tokens");
    const auto before = later.bodies();
    CHECK(code_of([&] {
            (void)service::issue_token(later.node(), id_of(decision), {}, {}, later.session());
          }) == ErrorCode::not_permitted);
    CHECK(later.bodies() == before);
  }

  TEST_CASE("a token key is in force when the entries say so") {
    for (const auto* change : {"DELETE FROM token_keys", "UPDATE token_keys SET removed_seq = 2",
                               "UPDATE token_keys SET seq = 2"}) {
      CAPTURE(change);
      Spender spender;
      sql(spender.office, change);
      refuses(spender.office, [&] { (void)spender.verify(); });
      refuses(spender.office, [&] { (void)spender.office.decide(test::reading()); });
      auto database = service::open_ledger(spender.office.node());
      CHECK(code_of([&] { (void)registry::token_keys(database); }) == integrity);
    }
  }

  TEST_CASE("a removed token key does not come back") {
    Spender spender;
    {
      service::Act act(spender.office.node(), spender.office.session());
      act.append({.event_type = "key.removed",
                  .actor = "node:office",
                  .data = {{"kid", spender.office.made().token_kid}, {"reason", "test"}},
                  .sealed = std::nullopt});
      (void)act.commit();
    }
    CHECK(spender.verify().refusal == token::Refusal::unknown_key);
    sql(spender.office, "UPDATE token_keys SET removed_seq = NULL");
    refuses(spender.office, [&] { (void)spender.verify(); });
    refuses(spender.office, [&] { (void)spender.office.decide(test::reading()); });
  }

  TEST_CASE("nobody is told of an approval that no entry records") {
    for (const auto* change :
         {"UPDATE escalations SET outcome = 'approved', state = 'resolved'",
          "UPDATE escalations SET outcome = 'approved', state = 'resolved', resolved_seq = 4",
          "UPDATE escalations SET outcome = 'approved'",
          "UPDATE escalations SET state = 'resolved'", "UPDATE escalations SET priority = 'low'",
          "UPDATE escalations SET seq = 2", "DELETE FROM escalations"}) {
      CAPTURE(change);
      Office office;
      const auto id = id_of(office.decide(test::paying()));
      CHECK(service::standing(office.node(), id, office.session().now).waiting);
      sql(office, change);
      // Told by entries: a row may stop the answer, and never makes it another one.
      try {
        CHECK(service::standing(office.node(), id, office.session().now).waiting);
      } catch (const Error& error) {
        CHECK(error.code() == integrity);
      }
    }
  }

  TEST_CASE("a resolution that nobody signed answers nobody, whatever its row says") {
    Office office;
    const auto escalated = office.decide(test::paying());
    const auto id = id_of(escalated);
    {
      service::Act act(office.node(), office.session());
      act.append({.event_type = "escalation.resolved",
                  .actor = "node:office",
                  .data = {{"decision_id", id},
                           {"escalation_id", *escalated.escalation_id},
                           {"expires_at", to_text(act.at())},
                           {"outcome", "denied"}},
                  .sealed = std::nullopt});
      (void)act.commit();
    }
    CHECK(service::standing(office.node(), id, office.session().now).waiting);
    for (const auto* change : {"outcome = 'approved'", "outcome = NULL, state = 'pending'"}) {
      sql(office, std::string("UPDATE escalations SET ") + change);
      CHECK(service::standing(office.node(), id, office.session().now).waiting);
    }
  }

  TEST_CASE("a decision is not taken for another one") {
    Office office;
    const auto approved = id_of(office.decide(test::reading()));
    const auto denied = id_of(office.decide(test::dropping()));
    sql(office, "DELETE FROM decisions WHERE decision_id = '" + approved + "'");
    sql(office, "UPDATE decisions SET decision_id = '" + approved + "'");
    refuses(office,
            [&] { (void)service::standing(office.node(), approved, office.session().now); });
    refuses(office, [&] { (void)service::show_decision(office.node(), denied, false); });
  }

  TEST_CASE("a retry is not decided twice when the newest decision's row is gone or altered") {
    for (const auto* change :
         {"DELETE FROM decisions", "UPDATE decisions SET idempotency_key = NULL",
          "UPDATE decisions SET idempotency_key = 'other'", "UPDATE decisions SET tenant = 'acme'",
          "UPDATE decisions SET actor = 'actor:agent:other'"}) {
      CAPTURE(change);
      Office office;
      (void)office.decide(keyed(test::reading(), "k1"));
      sql(office, change);
      refuses(office, [&] { (void)office.decide(keyed(test::reading(), "k1")); });
    }
  }

  TEST_CASE("a key does not lead to another's decision") {
    Office office;
    (void)office.decide(keyed(test::reading(), "k1"));
    (void)office.decide(keyed(test::reading(), "k2"));
    sql(office, "UPDATE decisions SET idempotency_key = 'k3' WHERE idempotency_key = 'k1'");
    refuses(office, [&] { (void)office.decide(keyed(test::reading(), "k3")); });
  }

  TEST_CASE("a list shows no decision that its row alone puts there") {
    Office office;
    (void)office.decide(test::dropping());
    sql(office, "UPDATE decisions SET outcome = 'approved'");
    oversight::DecisionFilter approved;
    approved.outcome = "approved";
    refuses(office, [&] {
      service::each_decision(office.node(), approved, [](const service::Decision&) {});
    });
  }
}

}  // namespace lexecon
