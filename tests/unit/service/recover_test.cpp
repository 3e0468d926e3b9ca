#include "service/recover.hpp"

#include "json/parse.hpp"
#include "ledger/head.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "office.hpp"
#include "people.hpp"
#include "service/act.hpp"
#include "service/node_keys.hpp"
#include "service/rotate.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;
using test::slurp;

void put(const Path& path, const std::string& bytes) {
  replace_file(path, bytes, Access::private_to_owner);
}

const ledger::NodeFiles& files_of(const Office& office) { return office.node().files; }

Path user_head(Office& office) {
  return ledger::user_head(office.session().write.state_home, office.made().origin);
}

service::Recovered recover(Office& office, std::uint64_t size,
                           const std::optional<service::Signatory>& signatory = {}) {
  office.pass(1);
  return service::recover(office.made().folder, size, "the disk was restored", signatory,
                          office.session());
}

ledger::Verification verify(Office& office, std::vector<crypto::Pin> pins = {},
                            std::vector<std::string> notes = {}) {
  return ledger::verify(files_of(office), {.state_home = office.session().write.state_home,
                                           .pins = std::move(pins),
                                           .older_notes = std::move(notes),
                                           .skip = {},
                                           .project = service::project});
}

/// Decides as an office opened now: the keys may have changed.
service::Decision decide(Office& office) {
  office.pass(1);
  const auto node = service::open_node(office.made().folder);
  return service::decide(node.files, decision::parse_request(test::reading()), {},
                         office.session());
}

void expect_recovered(Office& office, const service::Recovered& recovered) {
  const auto found = verify(office);
  CHECK(found.verdict == ledger::Verdict::valid);
  REQUIRE(found.gaps.size() == 1);
  CHECK(found.gaps[0].seq == recovered.seq);
  CHECK(found.gaps[0].lost.tree_size == recovered.lost.tree_size);
  CHECK(decide(office).seq == recovered.seq + 1);
  CHECK(office.verified() == "valid");
  const auto old = verify(office, {{std::nullopt, office.node().keys.genesis.key}});
  CHECK(old.cause == "key_not_pinned");
  CHECK(verify(office, {{std::nullopt, recovered.key.key}}).verdict == ledger::Verdict::valid);
  auto database = service::open_ledger(office.node());
  const auto entry = ledger::read_entry(database, recovered.seq);
  const auto sealed = ledger::read_sealed(database, entry->entry);
  CHECK(sealed->find("the disk was restored") != std::string::npos);
  CHECK(entry->bytes.find("restored") == std::string::npos);
}

}  // namespace

TEST_SUITE("service/recover") {
  TEST_CASE("a valid ledger has nothing to recover") {
    Office office;
    (void)office.decide(test::reading());
    const auto before = slurp(files_of(office).database());
    CHECK(code_of([&] { (void)recover(office, 3); }) == ErrorCode::not_permitted);
    CHECK(slurp(files_of(office).database()) == before);
    std::filesystem::remove(files_of(office).head_note());
    CHECK(code_of([&] {
            (void)service::recover(office.made().folder, 3, "", {}, office.session());
          }) == ErrorCode::usage);
    CHECK(code_of([&] { (void)recover(office, 2); }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)recover(office, 9); }) == ErrorCode::not_found);
    CHECK(slurp(files_of(office).database()) == before);
  }

  TEST_CASE("a database set back: what was lost is named, kept notes of it stay invalid") {
    Office office;
    const auto old = slurp(files_of(office).database());
    (void)office.decide(test::reading());
    (void)office.decide(test::paying());
    const auto lost_note = slurp(files_of(office).head_note());
    put(files_of(office).database(), old);
    CHECK(verify(office).verdict == ledger::Verdict::invalid);
    const auto recovered = recover(office, 3);
    const auto lost = chain::parse_checkpoint(chain::parse_note(lost_note));
    CHECK(recovered.lost.tree_size == lost.tree_size);
    CHECK(recovered.lost.root == lost.root);
    CHECK(slurp(*recovered.aside / "ledger.db") == old);
    CHECK(slurp(*recovered.aside / "head.note") == lost_note);
    CHECK(slurp(files_of(office).head_note()) == recovered.note);
    CHECK(slurp(user_head(office)) == recovered.note);
    expect_recovered(office, recovered);
    CHECK(verify(office, {}, {lost_note}).verdict == ledger::Verdict::invalid);
  }

  TEST_CASE("head.note missing: all entries are accepted, and nothing else was known") {
    Office office;
    (void)office.decide(test::reading());
    std::filesystem::remove(files_of(office).head_note());
    const auto recovered = recover(office, 4);
    CHECK(recovered.lost.tree_size == 4);
    expect_recovered(office, recovered);
  }

  TEST_CASE(
      "a fork: either side may be accepted, where both have a checkpoint or where they part") {
    for (const std::uint64_t size : {std::uint64_t{3}, std::uint64_t{4}}) {
      CAPTURE(size);
      Office office;
      const auto common = slurp(files_of(office).database());
      const auto common_head = slurp(files_of(office).head_note());
      (void)office.decide(test::reading());
      const auto theirs = slurp(files_of(office).head_note());
      put(files_of(office).database(), common);
      put(files_of(office).head_note(), common_head);
      std::filesystem::remove(user_head(office));
      (void)office.decide(test::dropping());
      put(user_head(office), theirs);
      CHECK(verify(office).verdict == ledger::Verdict::invalid);
      const auto recovered = recover(office, size);
      CHECK(recovered.lost.tree_size == 4);
      expect_recovered(office, recovered);
      CHECK(verify(office, {}, {theirs}).verdict == ledger::Verdict::invalid);
    }
  }

  TEST_CASE("entries that cannot be read are left behind, never accepted") {
    Office office;
    (void)office.decide(test::reading());
    (void)office.decide(test::reading());
    {
      store::Database database(files_of(office).database(), store::OpenMode::read_write);
      database.execute("UPDATE entries SET body = zeroblob(100) WHERE seq = 4");
    }
    CHECK(code_of([&] { (void)recover(office, 5); }) == ErrorCode::integrity);
    CHECK(office.entries() == 5);
    expect_recovered(office, recover(office, 4));
  }

  TEST_CASE("what is accepted must be valid by itself, tables aside") {
    Office office;
    (void)office.decide(test::reading());
    (void)office.decide(test::reading());
    std::filesystem::remove(files_of(office).head_note());
    store::Database database(files_of(office).database(), store::OpenMode::read_write);
    SUBCASE("sealed content is gone") {
      database.execute("DELETE FROM sealed WHERE seq = 3");
      CHECK(code_of([&] { (void)recover(office, 5); }) == ErrorCode::integrity);
      CHECK(code_of([&] { (void)recover(office, 4); }) == ErrorCode::integrity);
      expect_recovered(office, recover(office, 3));
    }
    SUBCASE("a table was altered") {
      database.execute("DELETE FROM decisions");
      database.execute("DELETE FROM frontier");
      expect_recovered(office, recover(office, 5));
    }
  }

  TEST_CASE("a lost secret is a reason too, and a recovery can follow a rotation or a recovery") {
    Office office;
    (void)service::rotate_ledger_key(office.node(), "scheduled", {}, office.session());
    (void)decide(office);
    std::filesystem::remove(files_of(office).ledger_key());
    const auto first = recover(office, 5);
    CHECK(verify(office).gaps.size() == 1);
    (void)decide(office);
    std::filesystem::remove(files_of(office).head_note());
    const auto second = recover(office, 7);
    const auto found = verify(office);
    CHECK(found.verdict == ledger::Verdict::valid);
    CHECK(found.gaps.size() == 2);
    CHECK(verify(office, {{std::nullopt, first.key.key}}).cause == "key_not_pinned");
    CHECK(verify(office, {{std::nullopt, second.key.key}}).verdict == ledger::Verdict::valid);
  }

  TEST_CASE(
      "a recovery that ended behind its swap is finished by the same command, not by others") {
    for (const bool heads_are_written : {false, true}) {
      CAPTURE(heads_are_written);
      Office office;
      const auto old = slurp(files_of(office).database());
      const auto secret = slurp(files_of(office).ledger_key());
      (void)office.decide(test::reading());
      const auto lost_note = slurp(files_of(office).head_note());
      put(files_of(office).database(), old);
      const auto recovered = recover(office, 3);
      const auto place = service::ledger_place(files_of(office));
      const auto next = slurp(place.secret);
      put(place.secret.string() + "." + recovered.key.key.kid(), next);
      put(place.secret, secret);
      if (!heads_are_written) {
        put(files_of(office).head_note(), lost_note);
        put(user_head(office), lost_note);
        CHECK(code_of([&] { (void)decide(office); }) == ErrorCode::integrity);
        CHECK(slurp(place.secret) == secret);
      }
      const auto again = recover(office, 3);
      CHECK(again.note == recovered.note);
      CHECK_FALSE(again.aside);
      CHECK(slurp(place.secret) == next);
      expect_recovered(office, recovered);
    }
  }

  TEST_CASE("a log that was closed is not recovered") {
    Office office;
    {
      service::Act act(office.node(), office.session());
      act.append({.event_type = "log.closed",
                  .actor = "node:office",
                  .data = {{"reason", "done"}},
                  .sealed = std::nullopt});
      (void)act.commit();
    }
    std::filesystem::remove(files_of(office).head_note());
    CHECK(code_of([&] { (void)recover(office, 4); }) == ErrorCode::not_permitted);
    CHECK(office.entries() == 4);
  }

  TEST_CASE("the operators of what is accepted sign a recovery, not those of what is given up") {
    Office office;
    const auto alice = test::person("alice");
    const auto bob = test::person("bob");
    const auto carol = test::person("carol");
    test::add_operator(office, alice, authority::Role::admin);
    test::add_operator(office, carol, authority::Role::viewer);
    test::add_operator(office, bob, authority::Role::compliance_officer);
    std::filesystem::remove(files_of(office).head_note());
    const auto before = slurp(files_of(office).database());
    const auto refused = [&](const std::optional<service::Signatory>& signatory) {
      return code_of([&] { (void)recover(office, 5, signatory); });
    };
    CHECK(refused({}) == ErrorCode::not_permitted);
    CHECK(refused(carol.signatory()) == ErrorCode::not_permitted);
    CHECK(refused(bob.signatory()) == ErrorCode::not_found);
    CHECK(slurp(files_of(office).database()) == before);
    CHECK(office.entries() == 6);
    const auto recovered = recover(office, 5, alice.signatory());
    CHECK(recovered.seq == 5);
    expect_recovered(office, recovered);
    const auto entry = json::parse(office.bodies().at(5));
    CHECK(entry.at("actor") == "operator:alice");
    CHECK(entry.at("data").at("approval").at("subject") == office.made().origin);
  }

  TEST_CASE("before the first operator was added a recovery needs none") {
    Office office;
    test::add_operator(office, test::person("alice"), authority::Role::admin);
    std::filesystem::remove(files_of(office).head_note());
    CHECK(code_of([&] { (void)recover(office, 4); }) == ErrorCode::not_permitted);
    expect_recovered(office, recover(office, 3));
  }

  TEST_CASE("random histories: appended to, rotated, set back and recovered, they verify") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      CAPTURE(seed);
      test::Random random(seed);
      Office office(seed);
      std::vector<std::pair<std::uint64_t, std::string>> states;
      std::size_t gaps = 0;
      for (int step = 0; step < 14; ++step) {
        office.pass(1);
        const auto what = random.between(0, 9);
        if (what < 6) {
          (void)decide(office);
        } else if (what < 8) {
          const auto node = service::open_node(office.made().folder);
          (void)(what == 6 ? service::rotate_ledger_key(node, "scheduled", {}, office.session())
                           : service::rotate_token_key(node, "scheduled", {}, office.session()));
        } else if (states.empty()) {
          states.emplace_back(office.entries(), slurp(files_of(office).database()));
        } else {
          const auto [size, bytes] = states.back();
          if (size == office.entries()) continue;
          put(files_of(office).database(), bytes);
          CHECK(verify(office).verdict == ledger::Verdict::invalid);
          CHECK(recover(office, size).seq == size);
          // The token key of the node may have been announced in what was given up.
          const auto node = service::open_node(office.made().folder);
          (void)service::rotate_token_key(node, "recovery", {}, office.session());
          states.clear();
          ++gaps;
        }
        const auto found = verify(office);
        CHECK(found.verdict == ledger::Verdict::valid);
        CHECK(found.gaps.size() == gaps);
      }
    }
  }
}

}  // namespace lexecon
