#include "service/passwd.hpp"

#include "office.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;
using test::slurp;

crypto::Passphrase says(const std::string& text) {
  return [text] { return text; };
}

}  // namespace

TEST_SUITE("service/passwd") {
  TEST_CASE("a passphrase is set on both keys, changed and taken away") {
    Office office;
    const auto ledger = service::ledger_place(office.node().files);
    const auto before = slurp(ledger.secret);
    const auto change = [&](const std::optional<crypto::Passphrase>& next) {
      return service::change_passphrase(office.node(), std::nullopt, next, office.session());
    };
    CHECK(change(says("one")).keys == std::vector<std::string>{"ledger", "token"});
    CHECK(service::is_encrypted(ledger));
    CHECK(service::is_encrypted(service::token_place(office.node().files)));
    office.session().passphrase = says("wrong");
    CHECK(code_of([&] { (void)office.decide(test::reading()); }) == ErrorCode::not_permitted);
    CHECK(code_of([&] { (void)change(says("two")); }) == ErrorCode::not_permitted);
    office.session().passphrase = says("one");
    CHECK(office.decide(test::reading()).token.has_value());
    (void)change(says("two"));
    office.session().passphrase = says("two");
    CHECK(office.decide(test::reading()).token.has_value());
    (void)change(std::nullopt);
    CHECK(slurp(ledger.secret) == before);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE(
      "a change that ended between the keys is finished, and one key alone keeps the other's") {
    Office office;
    const auto change = [&](const std::optional<std::string>& key, const crypto::Passphrase& next) {
      return service::change_passphrase(office.node(), key, next, office.session());
    };
    (void)change("ledger", says("one"));
    CHECK(code_of([&] { (void)change("token", says("two")); }) == ErrorCode::not_permitted);
    CHECK_FALSE(service::is_encrypted(service::token_place(office.node().files)));
    // The token key is behind: the same command again.
    office.session().passphrase = says("zero");
    CHECK(change(std::nullopt, says("one")).keys.size() == 2);
    office.session().passphrase = says("one");
    CHECK(office.decide(test::reading()).token.has_value());
  }

  TEST_CASE("while a rotation waits to be finished no passphrase is changed") {
    Office office;
    const auto place = service::ledger_place(office.node().files);
    const auto next = crypto::SecretKey::generate(office.session().entropy);
    service::put_beside(place, next.public_key(), crypto::secret_pem(next));
    CHECK(code_of([&] {
            (void)service::change_passphrase(office.node(), std::nullopt, says("x"),
                                             office.session());
          }) == ErrorCode::configuration);
  }
}

}  // namespace lexecon
