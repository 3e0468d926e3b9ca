// The power goes at every change that a command makes to its disk, and whatever was not synced is lost,
// kept in another order or torn: the command is on record whole or not at all.
#include "unit/store/power_loss.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <functional>
#include <iostream>

#include "ledger/head.hpp"
#include "ledger/verify.hpp"
#include "office.hpp"
#include "people.hpp"
#include "service/act.hpp"
#include "service/activate.hpp"
#include "service/bench.hpp"
#include "service/erasure.hpp"
#include "service/tokens.hpp"

namespace lexecon {
namespace {

using ledger::Verdict;
using test::Change;
using test::Disk;
using test::FaultyVfs;
using test::Loss;
using test::Office;

constexpr std::array losses{Loss::dropped, Loss::reordered, Loss::torn};

ledger::Verification verify(const Office& office, const Path& state_home, bool deep) {
  ledger::VerifyOptions options;
  options.state_home = state_home;
  if (deep) options.project = service::project;
  return ledger::verify(office.node().files, options);
}

// The files that a transaction changes: database, journal, head.note and the user's copy of it.
class Files {
 public:
  explicit Files(Office& office)
      : database_(office.node().files.database().string()),
        journal_(database_ + "-journal"),
        head_(office.node().files.head_note()),
        copy_(ledger::user_head(office.session().write.state_home, office.node().origin)) {}

  [[nodiscard]] Disk database() const {
    Disk disk{{database_, test::slurp(database_)}};
    if (std::filesystem::exists(journal_)) disk[journal_] = test::slurp(journal_);
    return disk;
  }
  [[nodiscard]] std::string head() const { return test::slurp(head_); }

  void put(const Disk& disk) const {
    for (const auto& path : {database_, journal_}) {
      const auto found = disk.find(path);
      if (found == disk.end())
        std::filesystem::remove(path);
      else
        fill(path, found->second);
    }
  }
  /// The node's note is replaced before the user's copy; what a writer left beside it is half a note.
  void put_heads(const std::string& node, const std::string& copy) const {
    fill(head_, node);
    fill(copy_, copy);
    fill(head_.string() + ".new.1", node.substr(0, node.size() / 2));
  }

 private:
  static void fill(const Path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  std::string database_;
  std::string journal_;
  Path head_;
  Path copy_;
};

struct Command {
  std::string name;
  std::function<void(Office&, const std::string& token)> run;
  std::function<void(Office&)> before = {};
  bool tidies_up = false;  // changes the disk once more when all of it is on record
};

std::vector<decision::Request> requests() {
  std::vector<decision::Request> parsed;
  for (const auto& each : {test::reading(), test::paying(), test::dropping(), test::shipping()}) {
    parsed.push_back(decision::parse_request(each));
  }
  return parsed;
}

// What stands before in the ledger: every kind of decision. Returns the token of one.
std::string work(Office& office) {
  for (const auto& each : {test::paying(), test::dropping()}) {
    office.pass(1);
    static_cast<void>(office.decide(each));
  }
  office.pass(1);
  return office.decide(test::reading()).token.value();
}

std::vector<Command> commands() {
  Json large = test::reading();
  large["parameters"] = {{"text", std::string(9'000, 'x')}};
  return {
      {"decide, approved",
       [](Office& o, const std::string&) { static_cast<void>(o.decide(test::reading())); }},
      {"decide, escalated",
       [](Office& o, const std::string&) { static_cast<void>(o.decide(test::paying())); }},
      {"decide, large",
       [large](Office& o, const std::string&) { static_cast<void>(o.decide(large)); }},
      {"decide --batch",
       [](Office& o, const std::string&) {
         const auto parsed = requests();
         service::Bench(o.node().files, {}, o.session())
             .decide_each(parsed,
                          [&](const auto& answers) { CHECK(answers.size() == parsed.size()); });
       }},
      {"policy activate",
       [](Office& o, const std::string&) {
         o.write("risk.yaml", "threshold: 70\n");
         CHECK(service::activate(o.node(), std::nullopt, {}, o.session()).changed);
       }},
      {"token revoke",
       [](Office& o, const std::string& token) {
         service::RevokeTarget target;
         target.token = token;
         CHECK(service::revoke_tokens(o.node(), target, "lost", o.session()).revoked.size() == 1);
       }},
      {"privacy erase",
       [](Office& o, const std::string&) {
         const service::Erasure erasure{
             .seqs = {o.entries() - 1}, .legal_basis = "gdpr:17", .requested_at = o.session().now};
         const auto by = test::person("alice").signatory();
         CHECK_FALSE(service::erase(o.node(), erasure, by, o.session()).unfinished);
       },
       [](Office& o) { test::add_operator(o, test::person("alice"), authority::Role::admin); },
       true},
  };
}

// One command of one office, and the disk before, during and after it.
struct Run {
  Run(const Command& command, FaultyVfs& vfs) {
    if (command.before) command.before(office);
    const std::string token = work(office);
    before = files.database();
    head_before = files.head();
    bodies_before = office.bodies();
    vfs.record([this] { published_early = published_early || files.head() != head_before; });
    command.run(office, token);
    changes = vfs.recorded();
    bodies_after = office.bodies();
    head_after = files.head();
  }

  Office office;
  Files files{office};
  Disk before;
  std::string head_before;
  std::string head_after;
  std::vector<std::string> bodies_before;
  std::vector<std::string> bodies_after;
  std::vector<Change> changes;
  bool published_early = false;
};

std::string integrity(const Office& office) {
  auto database = service::open_ledger(office.node());
  auto statement = database.prepare("PRAGMA integrity_check");
  REQUIRE(statement.step());
  return statement.text(0);
}

// The node is whole, holds the command whole or not at all, and goes on.
bool check_whole(Run& run, bool goes_on) {
  const auto found = verify(run.office, run.office.session().write.state_home, goes_on);
  CHECK(found.verdict == Verdict::valid);
  CHECK_FALSE(found.first_bad_seq);
  CHECK(integrity(run.office) == "ok");
  const auto bodies = run.office.bodies();
  const bool recorded = bodies == run.bodies_after;
  CHECK((recorded || bodies == run.bodies_before));
  if (goes_on) {
    static_cast<void>(run.office.decide(test::dropping()));
    CHECK(run.office.verified() == "valid");
    CHECK(run.office.entries() == bodies.size() + 1);
  }
  return recorded;
}

struct Tally {
  int losses = 0;
  int recorded = 0;
  int recoveries = 0;
};

void lose_power_everywhere(Run& run, std::uint64_t seed, Tally& tally) {
  test::Random random(seed);
  for (std::size_t at = 0; at < run.changes.size(); ++at) {
    for (const Loss loss : losses) {
      CAPTURE(at);
      CAPTURE(static_cast<int>(loss));
      run.files.put(after_power_loss(run.before, run.changes, at, loss, random));
      run.files.put_heads(run.head_before, run.head_before);
      tally.recorded += check_whole(run, random.chance(10)) ? 1 : 0;
      ++tally.losses;
    }
  }
  // Every call has returned: the commit holds, whichever of the heads were replaced.
  for (const Loss loss : losses) {
    for (const auto& [node, copy] :
         {std::pair(run.head_before, run.head_before), std::pair(run.head_after, run.head_before),
          std::pair(run.head_after, run.head_after)}) {
      CAPTURE(static_cast<int>(loss));
      run.files.put(after_power_loss(run.before, run.changes, run.changes.size(), loss, random));
      run.files.put_heads(node, copy);
      CHECK(check_whole(run, random.chance(50)));
      ++tally.losses;
      ++tally.recorded;
    }
  }
}

// The power goes again while the first open after it rolls the journal back.
void lose_power_twice(Run& run, FaultyVfs& vfs, std::uint64_t seed, Tally& tally) {
  constexpr int least = 10;  // before the journal is whole, there is nothing to roll back
  test::Random random(seed);
  for (int sample = 0; sample < 4 || (tally.recoveries <= least && sample < 64); ++sample) {
    const auto at = static_cast<std::size_t>(
        random.between(0, static_cast<std::int64_t>(run.changes.size()) - 1));
    const Disk first = after_power_loss(run.before, run.changes, at,
                                        losses[static_cast<std::size_t>(sample) % 3], random);
    run.files.put(first);
    run.files.put_heads(run.head_before, run.head_before);
    vfs.record();
    CHECK(verify(run.office, {}, false).verdict == Verdict::valid);
    const auto recovery = vfs.recorded();
    for (std::size_t again = 0; again <= recovery.size(); ++again) {
      CAPTURE(at);
      CAPTURE(again);
      run.files.put(
          after_power_loss(first, recovery, again, losses[(at + again) % losses.size()], random));
      run.files.put_heads(run.head_before, run.head_before);
      check_whole(run, random.chance(10));
      ++tally.recoveries;
    }
  }
}

}  // namespace

TEST_SUITE("service/power_loss") {
  TEST_CASE("the power goes at any change of a command: all of it or nothing") {
    FaultyVfs vfs;
    for (const Command& command : commands()) {
      CAPTURE(command.name);
      Tally tally;
      std::size_t changes = 0;
      for (int round = 0; round < test::rounds(); ++round) {
        const std::uint64_t seed = test::first_seed() + static_cast<std::uint64_t>(round);
        CAPTURE(seed);
        Run run(command, vfs);
        CHECK(run.published_early == command.tidies_up);
        CHECK(run.bodies_after.size() > run.bodies_before.size());
        changes = run.changes.size();
        lose_power_everywhere(run, seed, tally);
        lose_power_twice(run, vfs, seed, tally);
      }
      CHECK(tally.losses >= 60);
      CHECK(tally.recorded < tally.losses);
      CHECK(tally.recoveries > 10);
      std::cout << command.name << ": power lost at " << changes << " changes, " << tally.losses
                << " ways (" << tally.recorded << " on record), and " << tally.recoveries
                << " ways in recovery; seeds from " << test::first_seed() << "\n";
    }
  }

  // The folder takes its name last: before that there is no node.
  TEST_CASE("a node that init puts in place is whole, whatever the power leaves of its files") {
    FaultyVfs vfs;
    vfs.record();
    Office office;
    auto changes = vfs.recorded();
    REQUIRE(changes.size() > 10);
    const std::string made = Path(changes.front().path).parent_path().string();
    CHECK(made != office.made().folder.string());
    const Files files(office);
    const std::string journal = made + "/ledger.db-journal";
    for (Change& change : changes) {
      change.path = change.path == journal ? office.node().files.database().string() + "-journal"
                                           : office.node().files.database().string();
    }
    // init makes the file itself, empty and synced, before SQLite opens it.
    const Disk before{{office.node().files.database().string(), ""}};
    test::Random random(test::first_seed());
    for (const Loss loss : losses) {
      files.put(after_power_loss(before, changes, changes.size(), loss, random));
      CHECK(verify(office, {}, true).verdict == Verdict::valid);
      CHECK(office.entries() == 3);
    }
  }
}

}  // namespace lexecon
