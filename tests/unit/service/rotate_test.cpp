#include "service/rotate.hpp"

#include "ledger/verify.hpp"
#include "office.hpp"
#include "people.hpp"
#include "registry/keys.hpp"
#include "service/act.hpp"
#include "service/bench.hpp"
#include "service/node_keys.hpp"
#include "service/status.hpp"
#include "service/tokens.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;
using test::slurp;

void put(const Path& path, const std::string& bytes) {
  replace_file(path, bytes, Access::private_to_owner);
}

struct Files {
  explicit Files(const service::KeyPlace& place)
      : secret(slurp(place.secret)), published(slurp(place.published)) {}
  std::string secret;
  std::string published;
};

std::size_t key_files(const Office& office) {
  std::size_t count = 0;
  for (const auto& each : std::filesystem::directory_iterator(office.node().files.keys())) {
    count += each.is_regular_file() ? 1U : 0U;
  }
  return count;
}

std::vector<std::string> problems(Office& office) {
  std::vector<std::string> found;
  const auto node = service::open_node(office.made().folder);
  for (const auto& each : service::status(node, office.session().write.state_home).problems) {
    found.push_back(each.code + ": " + each.message);
  }
  return found;
}

service::Rotated rotate(Office& office, const std::string& purpose) {
  office.pass(1);
  return purpose == "ledger"
             ? service::rotate_ledger_key(office.node(), "scheduled", {}, office.session())
             : service::rotate_token_key(office.node(), "scheduled", {}, office.session());
}

service::KeyPlace place_of(const Office& office, const std::string& purpose) {
  return purpose == "ledger" ? service::ledger_place(office.node().files)
                             : service::token_place(office.node().files);
}

/// The moments of a rotation at which a process may end, as they leave the files behind the commit.
enum class Moment { committed, published, overwritten, renamed };

void leave_at(Moment moment, const service::KeyPlace& place, const Files& before,
              const std::string& kid) {
  const Files after(place);
  if (moment == Moment::renamed) return;
  put(place.secret.string() + "." + kid, after.secret);
  put(place.secret,
      moment == Moment::overwritten ? std::string(before.secret.size(), '\0') : before.secret);
  if (moment == Moment::committed) put(place.published, before.published);
}

}  // namespace

TEST_SUITE("service/rotate") {
  TEST_CASE("the ledger key is rotated: the next decision is signed by the new one") {
    Office office;
    const auto before = Files(service::ledger_place(office.node().files));
    const auto rotated = rotate(office, "ledger");
    CHECK(rotated.removed == std::vector{office.node().keys.genesis.key.kid()});
    CHECK(rotated.seq == 3);
    CHECK(Files(service::ledger_place(office.node().files)).secret != before.secret);
    CHECK(key_files(office) == 4);
    CHECK_NOTHROW((void)chain::open_checkpoint(rotated.note, office.node().keys.genesis));
    const auto decided = office.decide(test::reading());
    CHECK(decided.checkpoint->tree_size == 5);
    CHECK(service::open_node(office.made().folder).keys.in_force() == rotated.key);
    CHECK(office.verified() == "valid");
    CHECK(problems(office).empty());
  }

  TEST_CASE("the token key is rotated: old tokens are refused, new ones are taken") {
    Office office;
    const auto old = office.decide(test::reading());
    const auto rotated = rotate(office, "token");
    CHECK(rotated.tokens_refused == 1);
    CHECK(rotated.removed == std::vector{office.made().token_kid});
    const auto fresh = office.decide(test::reading());
    const token::Presented read{.audience = {},
                                .action = "action:read",
                                .tool = {},
                                .resource = "resource:db:sales",
                                .data_classes = {},
                                .params_hash = {}};
    const auto check = [&](const service::Decision& decision) {
      return service::verify_token(office.node(), *decision.token, read, office.session());
    };
    CHECK(check(old).refusal == token::Refusal::unknown_key);
    CHECK_FALSE(check(fresh).refusal);
    CHECK(office.verified() == "valid");
    CHECK(problems(office).empty());
  }

  TEST_CASE("a rotation that ended at any moment behind its commit is finished by the next act") {
    for (const std::string purpose : {"ledger", "token"}) {
      for (const auto moment :
           {Moment::committed, Moment::published, Moment::overwritten, Moment::renamed}) {
        CAPTURE(purpose);
        CAPTURE(static_cast<int>(moment));
        Office office;
        const auto place = place_of(office, purpose);
        const Files before(place);
        const auto rotated = rotate(office, purpose);
        const Files after(place);
        leave_at(moment, place, before, rotated.key.key.kid());
        CHECK(office.verified() == "valid");
        CHECK(problems(office).empty());
        CHECK(office.decide(test::reading()).token.has_value());
        CHECK(key_files(office) == 4);
        CHECK(Files(place).secret == after.secret);
        CHECK(Files(place).published == after.published);
        CHECK(office.verified() == "valid");
      }
    }
  }

  TEST_CASE("a rotation that ended before its commit is undone by the next act") {
    for (const std::string purpose : {"ledger", "token"}) {
      CAPTURE(purpose);
      Office office;
      const auto place = place_of(office, purpose);
      const Files before(place);
      const auto next = crypto::SecretKey::generate(office.session().entropy);
      service::put_beside(place, next.public_key(), crypto::secret_pem(next));
      CHECK(problems(office).empty());
      CHECK(office.decide(test::reading()).token.has_value());
      CHECK(key_files(office) == 4);
      CHECK(Files(place).secret == before.secret);
      CHECK(rotate(office, purpose).removed.size() == 1);
      CHECK(office.verified() == "valid");
    }
  }

  TEST_CASE("a process that holds the keys goes on after another one rotated them") {
    Office office;
    service::DecideOptions options;
    service::Bench bench(office.node().files, options, office.session());
    const auto request = decision::parse_request(test::reading());
    (void)bench.decide(std::span(&request, 1));
    for (const std::string purpose : {"ledger", "token", "ledger"}) {
      (void)rotate(office, purpose);
      const auto decided = bench.decide(std::span(&request, 1));
      CHECK(decided.front().token.has_value());
    }
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("a rotated key keeps its passphrase, and a wrong one rotates nothing") {
    Office office;
    auto passphrase = std::string("correct");
    office.session().passphrase = [&] { return passphrase; };
    for (const std::string purpose : {"ledger", "token"}) {
      const auto place = place_of(office, purpose);
      const auto key = crypto::load_secret_key(place.secret, {});
      put(place.secret, crypto::encrypted_pem(key, passphrase, office.session().entropy,
                                              {.operations = 1, .memory_kib = 64}));
    }
    for (const std::string purpose : {"ledger", "token"}) {
      CAPTURE(purpose);
      const auto before = office.entries();
      passphrase = "wrong";
      CHECK(code_of([&] { (void)rotate(office, purpose); }) == ErrorCode::not_permitted);
      CHECK(office.entries() == before);
      CHECK(key_files(office) == 4);
      passphrase = "correct";
      (void)rotate(office, purpose);
      CHECK(crypto::is_encrypted(slurp(place_of(office, purpose).secret)));
    }
    CHECK(office.decide(test::reading()).token.has_value());
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("what rotates nothing: a reason in words, a closed log") {
    Office office;
    const auto refused = [&](const std::string& reason) {
      return code_of(
          [&] { (void)service::rotate_ledger_key(office.node(), reason, {}, office.session()); });
    };
    CHECK(refused("it was stolen") == ErrorCode::usage);
    {
      service::Act act(office.node(), office.session());
      act.append({.event_type = "log.closed",
                  .actor = "node:office",
                  .data = {{"reason", "done"}},
                  .sealed = std::nullopt});
      (void)act.commit();
    }
    CHECK(refused("scheduled").has_value());
    CHECK(office.entries() == 4);
    CHECK(key_files(office) == 4);
  }

  TEST_CASE("operators sign: an officer the key of the ledger, an admin that of the tokens") {
    Office office;
    const auto alice = test::person("alice");
    const auto bob = test::person("bob");
    const auto carol = test::person("carol");
    test::add_operator(office, alice, authority::Role::admin);
    test::add_operator(office, bob, authority::Role::compliance_officer);
    test::add_operator(office, carol, authority::Role::auditor);
    const auto ledger = [&](const std::optional<service::Signatory>& signatory) {
      return code_of([&] {
        (void)service::rotate_ledger_key(office.node(), "scheduled", signatory, office.session());
      });
    };
    const auto token = [&](const std::optional<service::Signatory>& signatory) {
      return code_of([&] {
        (void)service::rotate_token_key(office.node(), "scheduled", signatory, office.session());
      });
    };
    const Files before(service::ledger_place(office.node().files));
    CHECK(ledger({}) == ErrorCode::not_permitted);
    CHECK(token({}) == ErrorCode::not_permitted);
    CHECK(office.entries() == 6);
    CHECK(ledger(carol.signatory()) == ErrorCode::not_permitted);
    CHECK(token(bob.signatory()) == ErrorCode::not_permitted);
    CHECK(office.entries() == 8);
    CHECK(key_files(office) == 4);
    CHECK(Files(service::ledger_place(office.node().files)).secret == before.secret);
    CHECK_FALSE(ledger(bob.signatory()));
    CHECK_FALSE(token(alice.signatory()));
    CHECK(office.entries() == 11);
    CHECK(key_files(office) == 4);
    CHECK(office.decide(test::reading()).token.has_value());
    CHECK(office.verified() == "valid");
    CHECK(problems(office).empty());
  }

  TEST_CASE("a token key that came into force while somebody signed stays") {
    Office office;
    const auto alice = test::person("alice");
    test::add_operator(office, alice, authority::Role::admin);
    auto hesitant = alice.signatory();
    hesitant.sign = [&](std::string_view message, const std::string& /*public_key*/) {
      (void)service::rotate_token_key(office.node(), "scheduled", alice.signatory(),
                                      office.session());
      return alice.sign(message);
    };
    const auto late = [&] {
      (void)service::rotate_token_key(office.node(), "scheduled", hesitant, office.session());
    };
    CHECK(code_of(late) == ErrorCode::busy);
    CHECK(office.entries() == 6);
    CHECK(key_files(office) == 4);
    CHECK(office.decide(test::reading()).token.has_value());
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("a private key that is a link is told from one that others can read") {
    Office office;
    const auto path = office.node().files.ledger_key();
    const auto target = path.string() + ".elsewhere";
    std::filesystem::rename(path, target);
    std::filesystem::create_symlink(target, path);
    try {
      (void)service::open_node(office.made().folder);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::not_permitted);
      CHECK(error.message().find("symbolic link") != std::string::npos);
    }
  }
}

}  // namespace lexecon
