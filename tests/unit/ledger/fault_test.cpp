// Disks that fail, fill up and fall short: a transaction is whole or was never there.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>
#include <iostream>
#include <set>
#include <string>

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

ledger::Verification verify(const Node& node) {
  return ledger::verify(
      node.files,
      {.state_home = node.options.state_home, .pins = {}, .older_notes = {}, .skip = {}});
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
    try {
      write(node);
      acknowledged = true;
    } catch (const Error& error) {
      CAPTURE(error.message());
      CHECK((error.code() == ErrorCode::io || error.code() == ErrorCode::busy));
      CHECK_FALSE(error.message().empty());
    }
    const bool was_triggered = vfs.was_triggered();
    vfs.heal();
    const auto verification = verify(node);
    CHECK(verification.verdict == Verdict::valid);
    const std::uint64_t after = entries_of(node);
    CHECK((after == before || after == before + 2));
    if (acknowledged) CHECK(after == before + 2);
    if (!acknowledged && after != before) ++outcome.whole;
    if (!was_triggered) {
      CHECK(acknowledged);
      return outcome;
    }
    ++outcome.faults;
    REQUIRE(n < 500);
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
    for (const int code : {SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ}) {
      int faults = 0;
      for (int n = 1;; ++n) {
        CAPTURE(n);
        vfs.plan({{Operation::read, Operation::open}, n, code, false});
        try {
          CHECK(verify(node).verdict == Verdict::valid);
        } catch (const Error& error) {
          CAPTURE(error.message());
          CHECK(error.code() == ErrorCode::io);
        }
        if (!vfs.was_triggered()) break;
        ++faults;
        REQUIRE(n < 2'000);
      }
      CHECK(faults > 10);
      std::cout << "verify, read fault " << code << ": " << faults << " places\n";
      vfs.heal();
    }
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
