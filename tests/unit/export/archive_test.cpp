#include "export/archive.hpp"

#include <algorithm>

#include "chain/merkle.hpp"
#include "ledger/archive.hpp"
#include "ledger/prove.hpp"
#include "oversight/decisions.hpp"
#include "service/answers.hpp"
#include "service/backup.hpp"
#include "service/rebuild.hpp"
#include "unit/export/desk.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Desk;
using test::files_of;
using Seqs = std::vector<std::uint64_t>;

constexpr std::int64_t day = 86'400;

/// Everything but an act that has to be signed once more.
exporting::ArchiveOptions options_of(Desk& desk, const std::string& name) {
  exporting::ArchiveOptions out;
  out.path = desk.folder / name;
  out.before = desk.office().session().now;
  out.generated_at = desk.office().session().now;
  out.generator = "lexecon/0";
  return out;
}

exporting::Archive archive(Desk& desk, const std::string& name) {
  desk.office().pass(1);
  return exporting::archive(desk.node(), options_of(desk, name), desk.bureau.by("bob"),
                            desk.office().session());
}

Seqs gone(Desk& desk) {
  auto database = service::open_ledger(desk.node());
  auto rows = database.prepare("SELECT seq FROM archived ORDER BY seq");
  Seqs out;
  while (rows.step()) out.push_back(static_cast<std::uint64_t>(rows.integer(0)));
  return out;
}

std::vector<std::string> rebuilt(Desk& desk) {
  std::vector<std::string> changed;
  for (const auto& table :
       service::rebuild(desk.node().files, desk.office().session().write).tables) {
    if (table.changed) changed.push_back(table.name);
  }
  return changed;
}

/// The verdict, and the first entry that is bad.
std::pair<std::string, std::optional<std::uint64_t>> verified(Desk& desk) {
  ledger::VerifyOptions options;
  options.state_home = desk.office().session().write.state_home;
  const auto found = service::verify_ledger(desk.node().files, options, service::Depth::all);
  return {std::string(to_string(found.verdict)), found.first_bad_seq};
}

/// A desk with four approved decisions that are a day old, the first at the seq that is returned.
std::uint64_t decide_four(Desk& desk) {
  const auto first = desk.decide();
  for (int more = 0; more < 3; ++more) desk.decide();
  desk.office().pass(day);
  return first;
}

}  // namespace

TEST_SUITE("export/archive") {
  TEST_CASE("finished decisions leave the database, and the log verifies as before") {
    Desk desk;
    const auto first = decide_four(desk);
    const auto before = desk.office().bodies();
    const auto done = archive(desk, "first");
    CHECK(done.archived == 4);
    CHECK(done.seq == before.size());
    CHECK(gone(desk) == Seqs{first, first + 1, first + 2, first + 3});
    CHECK(desk.bureau.deep() == "valid");
    CHECK(rebuilt(desk).empty());
    CHECK(desk.bureau.deep() == "valid");
    const auto files = files_of(done.path);
    for (const auto& body : before) {
      CHECK(files.at("data/ledger/entries.jsonl").find(body + "\n") != std::string::npos);
    }
    auto database = service::open_ledger(desk.node());
    CHECK(ledger::archive_of(database, first) == done.export_id);
    CHECK_FALSE(ledger::archive_of(database, 0).has_value());
    for (const char* table : {"decisions", "tokens", "sealed"}) {
      auto rows =
          database.prepare("SELECT count(*) FROM " + std::string(table) + " WHERE seq = ?1");
      rows.bind(1, static_cast<std::int64_t>(first)).step();
      CAPTURE(table);
      CHECK(rows.integer(0) == 0);
    }
    // Its leaf is all that a proof takes.
    const auto proof = ledger::prove_inclusion(database, desk.node().keys, first, std::nullopt);
    const auto tree = chain::parse_checkpoint(chain::parse_note(proof.checkpoint));
    CHECK(chain::verify_inclusion(chain::leaf_hash(before[first]), first, tree.tree_size,
                                  proof.hashes, tree.root));
    const auto found = service::verify_ledger(desk.node().files, {}, service::Depth::entries);
    REQUIRE(found.archives.size() == 1);
    CHECK(found.archives[0].entries == 4);
    CHECK(found.archives[0].export_id == done.export_id);
    CHECK(found.archives[0].seq == done.seq);
  }

  TEST_CASE("the node goes on: it decides, exports what is left, and archives again") {
    Desk desk;
    decide_four(desk);
    (void)archive(desk, "first");
    desk.decide();
    desk.office().pass(day);
    const auto exported = desk.make(desk.options("export"));
    CHECK(exported.manifest.contents.withheld_entries == 4);
    CHECK(exported.manifest.contents.decisions == 1);
    CHECK_FALSE(package::is_whole(exported.manifest));
    const auto second = archive(desk, "second");
    CHECK(second.archived == 1);
    CHECK(gone(desk).size() == 5);
    CHECK(archive(desk, "third").archived == 0);
    CHECK_FALSE(std::filesystem::exists(desk.folder / "third"));
    CHECK(desk.bureau.deep() == "valid");
    CHECK(rebuilt(desk).empty());
    const auto copy = service::backup(desk.node(), desk.folder / "copy", {});
    CHECK(copy.head.tree_size == desk.office().entries());
  }

  TEST_CASE("what is open, named or held stays, with its whole story") {
    Desk desk;
    auto& bureau = desk.bureau;
    const auto token = bureau.decide(test::reading());
    const auto escalated = bureau.decide(test::paying());
    const auto overridden = bureau.decide(test::dropping());
    (void)bureau.make(test::Bureau::of(overridden));
    const auto held = desk.decide();
    desk.append("hold.placed", {{"hold_id", "h-1"}, {"seqs", {held}}});
    const auto answered = bureau.decide(test::paying());
    desk.office().pass(1);
    (void)service::resolve(desk.node(), answered, "denied", {}, bureau.by("bob"),
                           desk.office().session());
    // Its token is alive, so nothing of it leaves yet.
    const auto entries = desk.office().entries();
    desk.office().pass(100);
    (void)bureau.decide(test::dropping());
    CHECK(archive(desk, "early").archived == 4);  // the answered one, and the last
    desk.office().pass(2 * day);
    CHECK(archive(desk, "late").archived == 1);  // the one whose token has expired
    auto database = service::open_ledger(desk.node());
    CHECK_FALSE(oversight::find_decision(database, token).has_value());
    CHECK_FALSE(oversight::find_decision(database, answered).has_value());
    CHECK(oversight::find_decision(database, escalated).has_value());
    CHECK(oversight::find_decision(database, overridden).has_value());
    CHECK(ledger::read_entry(database, held).has_value());
    CHECK(entries < desk.office().entries());
    CHECK(desk.bureau.deep() == "valid");
    CHECK(rebuilt(desk).empty());
  }

  TEST_CASE("usage is counted on from what is left") {
    Desk desk;
    const auto with_usage = [](Json request) {
      request["usage"] = {{"input_tokens", 10}, {"output_tokens", 5}, {"cost_micros", 7}};
      return request;
    };
    (void)desk.bureau.decide(with_usage(test::reading()));
    (void)desk.bureau.decide(with_usage(test::paying()));  // waits for a person, and stays
    desk.office().pass(day);
    CHECK(archive(desk, "first").archived == 1);
    CHECK(desk.bureau.deep() == "valid");
    CHECK(rebuilt(desk).empty());
    (void)desk.bureau.decide(with_usage(test::reading()));
    CHECK(desk.bureau.deep() == "valid");
    CHECK(rebuilt(desk).empty());
  }

  TEST_CASE("an idempotency key of an archived decision is free again") {
    Desk desk;
    auto request = test::reading();
    request["idempotency_key"] = "once";
    const auto first = desk.bureau.decide(request);
    desk.office().pass(day);
    CHECK(desk.bureau.decide(request) == first);
    desk.office().pass(day);
    CHECK(archive(desk, "package").archived > 0);
    CHECK(desk.bureau.decide(request) != first);
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("it takes an officer's signature, and without one nothing is left") {
    Desk desk;
    decide_four(desk);
    const auto options = options_of(desk, "package");
    CHECK(code_of([&] {
            (void)exporting::archive(desk.node(), options, std::nullopt, desk.office().session());
          }) == ErrorCode::not_permitted);
    CHECK(code_of([&] {
            (void)exporting::archive(desk.node(), options, desk.bureau.by("vic"),
                                     desk.office().session());
          }) == ErrorCode::not_permitted);
    CHECK(gone(desk).empty());
    CHECK(std::filesystem::is_empty(desk.folder.path()));
    write_new_file(options.path, "mine", Access::as_umask);
    CHECK(code_of([&] { (void)archive(desk, "package"); }) == ErrorCode::cannot_create);
    CHECK(test::slurp(options.path) == "mine");
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("what comes to be held while the package is made is not archived") {
    Desk desk;
    const auto first = decide_four(desk);
    auto options = options_of(desk, "package");
    bool done = false;
    options.clock = [&] {
      if (!std::exchange(done, true))
        desk.append("hold.placed", {{"hold_id", "h-1"}, {"seqs", {first}}});
      return desk.office().session().now;
    };
    CHECK(code_of([&] {
            (void)exporting::archive(desk.node(), options, desk.bureau.by("bob"),
                                     desk.office().session());
          }) == ErrorCode::busy);
    CHECK(gone(desk).empty());
    CHECK(std::filesystem::is_empty(desk.folder.path()));
    CHECK(archive(desk, "package").archived == 3);
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("whatever is changed in what is left of an archive is found, at its entry") {
    struct Change {
      std::string statement;
      std::uint64_t first_bad;  // counted from the first archived entry
    };
    const std::vector<Change> changes{
        {"UPDATE archived SET leaf = zeroblob(32) WHERE seq = %0", 0},
        {"UPDATE archived SET leaf = zeroblob(32) WHERE seq = %2", 2},
        {"UPDATE archived SET entry_hash = zeroblob(32) WHERE seq = %1", 0},
        {"UPDATE archived SET entry_hash = zeroblob(32) WHERE seq = %3", 3},
        {"DELETE FROM archived WHERE seq = %1", 1},
        {"UPDATE archived SET archive_seq = 1 WHERE seq = %2", 2},
        {"UPDATE archived SET archive_seq = 1", 0},
        {"INSERT INTO archived SELECT %4, entry_hash, leaf, archive_seq FROM archived WHERE seq = "
         "%3",
         4},
        {"INSERT INTO entries SELECT %1, event_type, actor, timestamp, entry_hash, body FROM "
         "entries "
         "WHERE seq = 1",
         1},
        {"INSERT INTO sealed VALUES(%1, x'00')", 1},
    };
    for (const auto& [statement, offset] : changes) {
      CAPTURE(statement);
      Desk desk;
      const auto first = decide_four(desk);
      (void)archive(desk, "package");
      auto spelt = statement;
      for (auto at = spelt.find('%'); at != std::string::npos; at = spelt.find('%')) {
        const auto seq = first + static_cast<std::uint64_t>(spelt[at + 1] - '0');
        spelt.replace(at, 2, std::to_string(seq));
      }
      desk.sql(spelt);
      const auto [verdict, bad] = verified(desk);
      CHECK(verdict == "invalid");
      CHECK(bad == first + offset);
    }
  }
}

}  // namespace lexecon
