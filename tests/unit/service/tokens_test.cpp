#include "service/tokens.hpp"

#include "json/parse.hpp"
#include "office.hpp"
#include "service/activate.hpp"
#include "service/mint.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;
using token::Refusal;

constexpr const char* tool = "psql";

/// A request with every claim that a token can carry.
Json whole_request() {
  auto request = test::reading();
  request["tool"] = tool;
  request["data_classes"] = {"pii", "sales"};
  request["parameters"] = {{"table", "orders"}, {"rows", 10}};
  return request;
}

token::Presented whole_presented(const decision::Request& request) {
  return {.audience = {},
          .action = request.action,
          .tool = request.tool,
          .resource = request.resource,
          .data_classes = request.data_classes,
          .params_hash = decision::params_hash(request)};
}

struct Held {
  Office office;
  decision::Request request = decision::parse_request(whole_request());
  service::Decision decision = office.decide(whole_request());
  std::string text = decision.token.value();
  token::Presented presented = whole_presented(request);

  service::TokenCheck verify() {
    return service::verify_token(office.node(), text, presented, office.session());
  }
  [[nodiscard]] service::TokenCheck peek() {
    return service::peek_token(office.node(), text, presented, office.session().now);
  }
  /// Both say no for that reason; only verify records it.
  void refuses(Refusal refusal) {
    const auto before = office.entries();
    CHECK(peek().refusal == refusal);
    CHECK(office.entries() == before);
    const auto check = verify();
    CHECK(check.refusal == refusal);
    CHECK(check.authentic);
    REQUIRE(check.seq);
    CHECK(office.entries() == before + 1);
    const auto entry = json::parse(office.bodies().back());
    CHECK(entry.at("event_type") == "token.refused");
    CHECK(entry.at("data") == Json{{"jti", check.claims->jti},
                                   {"reason", token::to_string(refusal)},
                                   {"token_hash", token::token_hash(text).hex()}});
    CHECK(office.verified() == "valid");
  }
};

}  // namespace

TEST_SUITE("service/tokens") {
  TEST_CASE("a token is good for one use, and the use is on record before the answer") {
    Held held;
    const auto peeked = held.peek();
    CHECK_FALSE(peeked.refusal);
    CHECK(peeked.uses_left == 1);
    CHECK(held.office.entries() == 4);
    const auto check = held.verify();
    CHECK_FALSE(check.refusal);
    CHECK(check.use == 1);
    CHECK(check.uses_left == 0);
    const auto entry = json::parse(held.office.bodies().back());
    CHECK(entry.at("event_type") == "token.used");
    CHECK(entry.at("data").at("use") == 1);
    CHECK(service::to_json(check).at("valid") == true);
    held.refuses(Refusal::used_up);
  }

  TEST_CASE("a token for something else is refused, claim by claim") {
    const auto with = [](const std::function<void(token::Presented&)>& change, Refusal refusal) {
      Held held;
      change(held.presented);
      held.refuses(refusal);
      held.presented = whole_presented(held.request);
      CHECK_FALSE(held.verify().refusal);  // a refusal spends nothing
    };
    with([](auto& p) { p.audience = "elsewhere"; }, Refusal::wrong_audience);
    with([](auto& p) { p.action = "action:drop"; }, Refusal::wrong_action);
    with([](auto& p) { p.tool = "mysql"; }, Refusal::wrong_tool);
    with([](auto& p) { p.resource = "resource:db:other"; }, Refusal::wrong_resource);
    with([](auto& p) { p.data_classes = {"data:pii"}; }, Refusal::wrong_data_classes);
    with([](auto& p) { p.params_hash = std::string(64, '0'); }, Refusal::wrong_parameters);
  }

  TEST_CASE("a claim that the token carries must be given, and none may be made up") {
    const auto without = [](const std::function<void(token::Presented&)>& change) {
      Held held;
      change(held.presented);
      CHECK(code_of([&] { (void)held.verify(); }) == ErrorCode::usage);
      CHECK(code_of([&] { (void)held.peek(); }) == ErrorCode::usage);
      CHECK(held.office.entries() == 4);
    };
    without([](auto& p) { p.tool.reset(); });
    without([](auto& p) { p.resource.reset(); });
    without([](auto& p) { p.data_classes.clear(); });
    without([](auto& p) { p.params_hash.reset(); });
    Office office;
    const auto decision = office.decide(test::reading());
    auto presented = whole_presented(decision::parse_request(test::reading()));
    presented.tool = tool;
    CHECK(service::peek_token(office.node(), *decision.token, presented, office.session().now)
              .refusal == Refusal::wrong_tool);
  }

  TEST_CASE("a token lives for five minutes, also when the clock goes back") {
    Held held;
    held.office.pass(299);
    CHECK_FALSE(held.peek().refusal);
    held.office.pass(1);
    held.refuses(Refusal::expired);
    held.office.pass(-30);
    held.refuses(Refusal::expired);
  }

  TEST_CASE("a revoked token is refused and revoked once") {
    Held held;
    const auto id = held.decision.data.at("decision_id").get<std::string>();
    const auto revoke = [&](const service::RevokeTarget& target) {
      return service::revoke_tokens(held.office.node(), target, "lost", held.office.session());
    };
    CHECK(revoke({id, {}, {}}).revoked.size() == 1);
    const auto entries = held.office.entries();
    CHECK(revoke({{}, held.decision.data.at("token").at("jti"), {}}).already.size() == 1);
    CHECK(revoke({{}, {}, held.text}).already.size() == 1);
    CHECK(held.office.entries() == entries);
    held.refuses(Refusal::revoked);
    CHECK(code_of([&] {
            (void)revoke({{}, "tok_" + std::string(32, '0'), {}});
          }) == ErrorCode::not_found);
    CHECK(code_of([&] {
            (void)service::revoke_tokens(held.office.node(), {id, {}, {}}, "Not A Code",
                                         held.office.session());
          }) == ErrorCode::usage);
  }

  TEST_CASE("a token of a set no longer in force is refused until that set is back") {
    Held held;
    held.office.write("risk.yaml", "threshold: 70\n");
    (void)service::activate(held.office.node(), {}, {}, held.office.session());
    held.refuses(Refusal::policy_changed);
    (void)service::rollback(held.office.node(), {}, {}, held.office.session());
    CHECK_FALSE(held.verify().refusal);
  }

  TEST_CASE("a token that our key signed and the ledger does not know is refused") {
    Held held;
    const auto key = service::load_token_key(held.office.node(), {});
    auto claims = token::parse(held.text).claims;
    claims.uses = 1000;
    held.text = token::mint(claims, key);
    held.refuses(Refusal::not_issued);
    claims.issuer = "another.log";
    held.text = token::mint(claims, key);
    held.refuses(Refusal::wrong_issuer);
  }

  TEST_CASE("what no key of ours signed is refused and not recorded") {
    Held held;
    const auto whole = held.text;
    const auto attempt = [&](const std::string& text, Refusal refusal) {
      held.text = text;
      const auto check = held.verify();
      CHECK(check.refusal == refusal);
      CHECK_FALSE(check.authentic);
      CHECK_FALSE(check.seq);
      CHECK(held.peek().refusal == refusal);
      CHECK(held.office.entries() == 4);
    };
    attempt("", Refusal::malformed);
    attempt("cap_", Refusal::malformed);
    attempt(whole + "\n", Refusal::malformed);
    attempt(std::string(5000, 'a'), Refusal::malformed);
    auto claims = token::parse(whole).claims;
    Entropy entropy = test::seeded_entropy(77);
    const auto stranger = crypto::SecretKey::generate(entropy);
    auto forged = token::parse(whole);
    forged.signature =
        stranger.sign(token::pre_authentication(forged.message, "", "lexecon-cap/1"));
    attempt(token::to_text(forged), Refusal::bad_signature);
    claims.kid = stranger.public_key().kid();
    attempt(token::mint(claims, stranger), Refusal::unknown_key);
    int flips = 0;
    for (std::size_t i = 0; i < whole.size(); i += 7) {
      auto flipped = whole;
      flipped[i] = flipped[i] == 'A' ? 'B' : 'A';
      if (flipped == whole) continue;
      held.text = flipped;
      const auto check = held.verify();
      CHECK(check.refusal);
      CHECK_FALSE(check.authentic);
      ++flips;
    }
    CHECK(flips > 100);
    CHECK(held.office.entries() == 4);
    held.text = whole;
    CHECK_FALSE(held.verify().refusal);
  }

  TEST_CASE("offline a token is checked as far as its key goes") {
    Held held;
    held.presented.audience = held.office.node().origin;
    const auto key = service::load_token_key(held.office.node(), {});
    const crypto::Pin pin{held.office.node().origin, key.public_key()};
    const auto now = held.office.session().now;
    const auto check = service::check_token_offline(held.text, pin, held.presented, now);
    CHECK_FALSE(check.refusal);
    CHECK(check.not_checked ==
          std::vector<std::string>{"policy", "issued", "revoked", "stops", "uses"});
    const crypto::Pin elsewhere{"another.log", key.public_key()};
    CHECK(service::check_token_offline(held.text, elsewhere, held.presented, now).refusal ==
          Refusal::wrong_issuer);
    const crypto::Pin ledger{std::nullopt, held.office.node().keys.genesis.key};
    CHECK(service::check_token_offline(held.text, ledger, held.presented, now).refusal ==
          Refusal::unknown_key);
    CHECK(service::check_token_offline(held.text, pin, held.presented, {now.micros + 300'000'000})
              .refusal == Refusal::expired);
    held.presented.action = "action:drop";
    CHECK(service::check_token_offline(held.text, pin, held.presented, now).refusal ==
          Refusal::wrong_action);
  }

  TEST_CASE("an approval without a token is worth one, judged again as things stand") {
    Office office;
    const auto issue = [&](const service::Decision& decision) {
      return service::issue_token(office.node(), decision.data.at("decision_id"), "deployer", 60,
                                  office.session());
    };
    const auto approved = office.decide(test::reading(), {.with_token = false});
    CHECK_FALSE(approved.token);
    const auto issued = issue(approved);
    CHECK(issued.claims.audience == "deployer");
    auto presented = whole_presented(decision::parse_request(test::reading()));
    presented.audience = "deployer";
    CHECK_FALSE(
        service::verify_token(office.node(), issued.token, presented, office.session()).refusal);
    CHECK(code_of([&] { (void)issue(approved); }) == ErrorCode::not_permitted);
    CHECK(code_of([&] { (void)issue(office.decide(test::reading())); }) ==
          ErrorCode::not_permitted);
    for (const auto& request : {test::dropping(), test::paying(), test::shipping()}) {
      const auto decision = office.decide(request);
      CHECK(code_of([&] { (void)issue(decision); }) == ErrorCode::not_permitted);
    }
    const auto late = office.decide(test::reading(), {.with_token = false});
    office.pass(24 * 60 * 60);
    CHECK(code_of([&] { (void)issue(late); }) == ErrorCode::not_permitted);
    const auto forbidden = office.decide(test::reading(), {.with_token = false});
    office.write("policies/extra.yaml",
                 "policy_id: pol_extra_v1\nrelations:\n"
                 "  - {id: stop, type: forbids, action: action:read, justification: test}\n");
    (void)service::activate(office.node(), {}, {}, office.session());
    CHECK(code_of([&] { (void)issue(forbidden); }) == ErrorCode::not_permitted);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("a token that would be too long is not made and its decision not recorded") {
    Office office;
    auto request = test::reading();
    for (int i = 0; i < 32; ++i) {
      request["data_classes"].push_back(std::string(200, 'a') + std::to_string(i));
    }
    CHECK(code_of([&] { (void)office.decide(request); }) == ErrorCode::bad_input);
    CHECK(office.entries() == 3);
    CHECK(office.decide(request, {.with_token = false}).outcome == policy::Outcome::approved);
  }

  TEST_CASE("the list filters and shows where each token stands") {
    Held held;
    held.office.pass(10);
    const auto second = held.office.decide(test::reading());
    (void)service::revoke_tokens(held.office.node(), {{}, {}, *second.token}, "lost",
                                 held.office.session());
    const auto list = [&](const registry::TokenFilter& filter) {
      std::vector<std::string> states;
      service::each_token(held.office.node(), filter, [&](const registry::TokenRow& row) {
        states.push_back(service::to_json(row, held.office.session().now).at("state"));
      });
      return states;
    };
    using States = std::vector<std::string>;
    CHECK(list({}) == States{"active", "revoked"});
    registry::TokenFilter filter;
    filter.reverse = true;
    CHECK(list(filter) == States{"revoked", "active"});
    filter.limit = 1;
    CHECK(list(filter) == States{"revoked"});
    filter = {};
    filter.decision_id = held.decision.data.at("decision_id").get<std::string>();
    CHECK(list(filter) == States{"active"});
    filter = {};
    filter.from = held.office.session().now;
    CHECK(list(filter) == States{"revoked"});
    filter = {};
    filter.actor = "actor:nobody";
    CHECK(list(filter).empty());
    CHECK_FALSE(held.verify().refusal);
    CHECK(list({}) == States{"used_up", "revoked"});
  }
}

}  // namespace lexecon
