// Disks that fail, fill up and fall short: a transaction is whole or was never there.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>
#include <functional>
#include <iostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"
#include "unit/store/faulty_vfs.hpp"

using namespace lexecon;
using ledger::Verdict;
using test::FaultPlan;
using test::FaultyVfs;
using test::Node;
using test::Operation;

namespace {

const std::vector<Operation> all_writing{Operation::open, Operation::write, Operation::truncate,
                                         Operation::sync, Operation::remove};
const std::vector<Operation> everything{Operation::open,     Operation::read, Operation::write,
                                        Operation::truncate, Operation::sync, Operation::remove,
                                        Operation::size,     Operation::lock, Operation::look_for};

ledger::Verification verify(const Node& node) {
  ledger::VerifyOptions options;
  options.state_home = node.options.state_home;
  options.deep = true;
  return ledger::verify(node.files, options);
}

std::uint64_t entries_of(const Node& node) {
  store::Database database(node.files.database(), store::OpenMode::read_only);
  return ledger::size(database);
}

// One transaction of two entries, one with sealed content.
void write(Node& node) {
  auto writer = node.open();
  writer.append(Node::sealed_draft(std::string(6'000, 's')));
  writer.append(Node::plain_draft("p"));
  writer.commit();
}

struct Outcome {
  int faults = 0;
  int whole = 0;  // committed, though the answer was an Error
};

// Fails each operation in turn until a run needs no more of them.
Outcome fail_everywhere(const FaultPlan& pattern) {
  Outcome outcome;
  FaultyVfs vfs;
  Node node;
  node.create();
  node.write({Node::sealed_draft("before")});
  for (int n = 1;; ++n) {
    CAPTURE(n);
    const std::uint64_t before = entries_of(node);
    FaultPlan plan = pattern;
    plan.fail_at = n;
    vfs.plan(plan);
    bool acknowledged = false;
    ErrorCode told = ErrorCode::io;
    try {
      write(node);
      acknowledged = true;
    } catch (const Error& error) {
      CAPTURE(error.message());
      told = error.code();
      CHECK((told == ErrorCode::io || told == ErrorCode::busy));
      CHECK_FALSE(error.message().empty());
    }
    const bool was_triggered = vfs.was_triggered();
    vfs.heal();
    const auto verification = verify(node);
    CHECK(verification.verdict == Verdict::valid);
    const std::uint64_t after = entries_of(node);
    CHECK((after == before || after == before + 2));
    if (acknowledged) CHECK(after == before + 2);
    if (!acknowledged && after != before) {
      CHECK(told == ErrorCode::io);  // whoever hears that it was busy tries again
      ++outcome.whole;
    }
    if (!was_triggered) {
      CHECK(acknowledged);
      return outcome;
    }
    ++outcome.faults;
    REQUIRE(n < 500);
  }
}

// Ways to look at a ledger; each fails its case when it sees less than there is.
std::vector<std::pair<std::string, std::function<void()>>> uses_of(const Node& node) {
  return {{"verify", [&node] { CHECK(verify(node).verdict == Verdict::valid); }},
          {"opening", [&node] { CHECK(entries_of(node) == 6); }},
          {"reading", [&node] {
             store::Database database(node.files.database(), store::OpenMode::read_only);
             int seen = 0;
             ledger::each_entry(database, {}, [&](const ledger::StoredEntry& stored) {
               CHECK(ledger::read_sealed(database, stored.entry).has_value() ==
                     stored.entry.sealed_hash.has_value());
               ++seen;
             });
             CHECK(seen == 6);
             CHECK(ledger::last_checkpoint(database).has_value());
           }}};
}

// Fails each operation in turn: what is wanted is the truth, or an Error about the disk.
int fail_reading(FaultyVfs& vfs, FaultPlan plan, const std::function<void()>& use) {
  for (plan.fail_at = 1; plan.fail_at < 2'000; ++plan.fail_at) {
    CAPTURE(plan.fail_at);
    vfs.plan(plan);
    try {
      use();
    } catch (const Error& error) {
      CAPTURE(error.message());
      CHECK((error.code() == ErrorCode::io || error.code() == ErrorCode::busy));
    }
    const bool was_triggered = vfs.was_triggered();
    vfs.heal();
    if (!was_triggered) break;
  }
  CHECK(plan.fail_at > 5);
  CHECK(plan.fail_at < 2'000);
  return plan.fail_at - 1;
}

// What an acknowledged transaction wrote, by its bytes; of the last entries of the ledger.
bool holds(const Node& node, const std::vector<ledger::Appended>& written) {
  try {
    store::Database database(node.files.database(), store::OpenMode::read_only);
    for (const auto& each : written) {
      const auto stored = ledger::read_entry(database, each.entry.seq);
      if (!stored || stored->bytes != each.bytes) return false;
      const bool has_sealed = ledger::read_sealed(database, stored->entry).has_value();
      if (has_sealed != each.sealed.has_value()) return false;
    }
    return true;
  } catch (const Error&) {
    return false;
  }
}

// Bytes that a file may have; SIGXFSZ must not end the tests.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    previous_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit lowered = before_;
    lowered.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &lowered);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, previous_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*previous_)(int) = nullptr;
};

}  // namespace

TEST_SUITE("ledger/fault") {
  TEST_CASE("a disk that fails once at any operation leaves a whole ledger") {
    for (const int code : {SQLITE_IOERR_WRITE, SQLITE_FULL}) {
      CAPTURE(code);
      const Outcome outcome = fail_everywhere({all_writing, 0, code, false});
      CHECK(outcome.faults > 15);
      std::cout << "append, one fault: " << outcome.faults << " places, " << outcome.whole
                << " after the commit\n";
    }
  }

  TEST_CASE("a disk that fails from any operation on leaves a whole ledger") {
    const Outcome outcome = fail_everywhere({all_writing, 0, SQLITE_IOERR_FSYNC, true});
    CHECK(outcome.faults > 15);
    std::cout << "append, sticky fault: " << outcome.faults << " places, " << outcome.whole
              << " after the commit\n";
  }

  TEST_CASE("reads, sizes and locks that fail in the middle of an append leave a whole ledger") {
    for (const bool sticky : {false, true}) {
      CAPTURE(sticky);
      const Outcome outcome = fail_everywhere({everything, 0, SQLITE_OK, sticky});
      CHECK(outcome.faults > 40);
      std::cout << "append, any operation, " << (sticky ? "sticky: " : "once: ") << outcome.faults
                << " places, " << outcome.whole << " after the commit\n";
    }
  }

  // What the disk said it has not kept may be gone or not: nobody can tell, so it is not tried again.
  TEST_CASE("a sync that failed is final, and what comes next is asked of the disk anew") {
    FaultyVfs vfs;
    Node node;
    node.create();
    vfs.plan({{Operation::sync}, 1'000, SQLITE_OK, false});
    write(node);
    const int syncs = vfs.count();
    REQUIRE(syncs >= 3);
    for (int i = 0; i < 20; ++i) {
      const int n = i % syncs + 1;
      CAPTURE(n);
      const std::uint64_t before = entries_of(node);
      vfs.plan({{Operation::sync}, n, SQLITE_OK, false});
      CHECK(test::error_of([&] { write(node); }).code() == ErrorCode::io);
      CHECK(vfs.count() <= n + 1);  // the one after it is of the rollback
      vfs.heal();
      CHECK(verify(node).verdict == Verdict::valid);
      CHECK(entries_of(node) == before);
    }
    write(node);
    CHECK(verify(node).verdict == Verdict::valid);
  }

  // The journal is gone and its folder was not synced: the commit may hold or not, so nothing says it does.
  TEST_CASE("a commit whose last sync failed is not acknowledged, and whole or not there") {
    for (const bool sticky : {false, true}) {
      FaultPlan plan{{Operation::remove}, 0, SQLITE_IOERR_DIR_FSYNC, sticky};
      plan.done_all_the_same = true;
      const Outcome outcome = fail_everywhere(plan);
      CHECK(outcome.faults == 1);
      CHECK(outcome.whole == 1);
    }
  }

  // SECURITY: what is acknowledged was read again from the disk, not from the memory that was written.
  TEST_CASE("a disk that alters what it is given gets no row acknowledged that is not there") {
    FaultyVfs vfs;
    Node node;
    node.create();
    node.write({Node::sealed_draft("before")});
    const Path kept = node.folder / "kept";
    test::copy_folder(node.files.folder, kept);
    const int flips = test::rounds() > 1 ? 80 : 12;
    test::Random random(test::first_seed());
    int acknowledged = 0;
    int refused = 0;
    bool was_triggered = true;
    for (int n = 1; was_triggered; ++n) {
      for (int flip = 0; flip < flips; ++flip) {
        CAPTURE(n);
        CAPTURE(flip);
        FaultPlan plan{{Operation::write}, n, SQLITE_IOERR_WRITE, false};
        plan.flips = static_cast<std::size_t>(random.between(0, 1'000'000));
        vfs.plan(plan);
        std::vector<ledger::Appended> written;
        try {
          auto writer = node.open();
          written.push_back(writer.append(Node::sealed_draft(std::string(20'000, 's'))));
          written.push_back(writer.append(Node::plain_draft("p")));
          writer.commit();
        } catch (const Error&) {
          written.clear();
        }
        was_triggered = vfs.was_triggered();
        vfs.heal();
        if (!written.empty()) CHECK(holds(node, written));
        ++(written.empty() ? refused : acknowledged);
        std::filesystem::remove_all(node.files.folder);
        std::filesystem::remove_all(node.options.state_home);
        test::copy_folder(kept, node.files.folder);
      }
      REQUIRE(n < 100);
    }
    CHECK(refused > 20);
    CHECK(acknowledged > 20);  // the bit was of the journal, or of no row
    std::cout << "append, a bit altered by the disk: " << refused << " refused, " << acknowledged
              << " with the rows as they were given\n";
  }

  TEST_CASE("a ledger that could not be created is not there") {
    FaultyVfs vfs;
    int faults = 0;
    for (int n = 1;; ++n) {
      CAPTURE(n);
      Node node;
      vfs.plan({all_writing, n, SQLITE_IOERR_WRITE, true});
      bool created = false;
      try {
        node.create();
        created = true;
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::io);
      }
      const bool was_triggered = vfs.was_triggered();
      vfs.heal();
      if (!was_triggered) {
        CHECK(created);
        break;
      }
      CHECK_FALSE(created);
      CHECK(std::filesystem::is_empty(node.files.folder));
      ++faults;
      REQUIRE(n < 500);
    }
    CHECK(faults > 5);
    std::cout << "create, sticky fault: " << faults << " places\n";
  }

  TEST_CASE("a read that fails or falls short is never called tampering") {
    Node node;
    FaultyVfs vfs;
    node.create();
    for (int i = 0; i < 5; ++i) node.write({Node::sealed_draft(std::string(5'000, 'x'))});
    const std::vector<Operation> reading{Operation::open, Operation::read, Operation::size,
                                         Operation::lock, Operation::look_for};
    for (const auto& [what, use] : uses_of(node)) {
      for (const bool sticky : {false, true}) {
        CAPTURE(what);
        CAPTURE(sticky);
        const int faults = fail_reading(vfs, {reading, 0, SQLITE_OK, sticky}, use);
        std::cout << what << ", read faults, " << (sticky ? "sticky: " : "once: ") << faults
                  << " places\n";
      }
    }
    // It looks like an altered page, and is gone at the second look.
    const int faults = fail_reading(vfs, {{Operation::read}, 0, SQLITE_IOERR_SHORT_READ, false},
                                    uses_of(node).front().second);
    std::cout << "verify, short reads: " << faults << " places\n";
    CHECK(verify(node).verdict == Verdict::valid);
  }

  TEST_CASE("a full disk refuses every append, keeps the ledger readable, and works when emptied") {
    Node node;
    node.create();
    const auto size = std::filesystem::file_size(node.files.database());
    {
      const FileSizeLimit limit(size);
      int refused = 0;
      for (int i = 0; i < 50; ++i) {
        try {
          node.write({Node::sealed_draft(std::string(20'000, 'x'))});
        } catch (const Error& error) {
          CAPTURE(error.message());
          CHECK(error.code() == ErrorCode::io);
          ++refused;
        }
      }
      CHECK(refused == 50);
      CHECK(entries_of(node) == 1);
      CHECK(verify(node).verdict == Verdict::valid);
    }
    node.write({Node::sealed_draft(std::string(20'000, 'x'))});
    CHECK(entries_of(node) == 2);
    CHECK(verify(node).verdict == Verdict::valid);
    std::set<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(node.files.folder)) {
      names.insert(file.path().filename().string());
    }
    CHECK(names == std::set<std::string>{"head.note", "ledger.db", "lock"});
  }

  TEST_CASE("an error between two appends leaves nothing of either") {
    Node node;
    node.create();
    try {
      auto writer = node.open();
      writer.append(Node::plain_draft("one"));
      throw Error(ErrorCode::bad_input, "the second could not be made");
    } catch (const Error&) {
      CHECK(entries_of(node) == 1);
    }
    CHECK(verify(node).verdict == Verdict::valid);
  }

  TEST_CASE("a transaction whose statement failed can only be given up") {
    Node node;
    node.create();
    auto writer = node.open();
    writer.database().execute("PRAGMA max_page_count=1");
    CHECK(test::error_of([&] {
            writer.append(Node::sealed_draft(std::string(100'000, 'x')));
          }).code() == ErrorCode::io);
    CHECK(test::error_of([&] { writer.append(Node::plain_draft("x")); }).code() ==
          ErrorCode::internal);
    CHECK(test::error_of([&] { writer.commit(); }).code() == ErrorCode::internal);
  }
}
