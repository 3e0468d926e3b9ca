// Memory that runs out at any request of the store: an Error and a whole ledger, never a crash.
#include <doctest/doctest.h>

#include <functional>
#include <iostream>
#include <string>

#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/node.hpp"
#include "unit/store/faulty_memory.hpp"

using namespace lexecon;
using ledger::Verdict;
using test::FaultyMemory;
using test::Node;

namespace {

ledger::Verification verify(const Node& node) {
  return ledger::verify(
      node.files,
      {.state_home = node.options.state_home, .pins = {}, .older_notes = {}, .skip = {}});
}

// Runs out at every `step`-th request, one more each time until the action needs no more of them.
int run_out(FaultyMemory& memory, int step, bool sticky, const std::function<void()>& action,
            const std::function<void(bool answered)>& after) {
  int runs = 0;
  for (int n = 1; n < 200'000; n += step) {
    CAPTURE(n);
    memory.fail_at(n, sticky);
    bool answered = false;
    try {
      action();
      answered = true;
    } catch (const Error& error) {
      CAPTURE(error.message());
      CHECK(error.code() == ErrorCode::io);
    }
    const bool was_triggered = memory.was_triggered();
    memory.fail_at(0, false);
    after(answered);
    if (!was_triggered) {
      CHECK(answered);
      return runs;
    }
    ++runs;
  }
  FAIL("it never ended");
  return runs;
}

}  // namespace

TEST_SUITE("ledger/memory") {
  TEST_CASE("memory that runs out in an append leaves a whole ledger") {
    FaultyMemory memory;
    Node node;
    node.create();
    std::uint64_t before = 1;
    for (const bool sticky : {false, true}) {
      CAPTURE(sticky);
      const int runs = run_out(
          memory, test::rounds() > 1 ? 1 : 3, sticky,
          [&] {
            node.write({Node::sealed_draft(std::string(6'000, 's')), Node::plain_draft("p")});
          },
          [&](bool answered) {
            store::Database database(node.files.database(), store::OpenMode::read_only);
            const auto size = ledger::size(database);
            CHECK((size == before + 2 || (size == before && !answered)));
            before = size;
          });
      CHECK(runs > 50);
      std::cout << "append, memory runs out " << (sticky ? "for good: " : "once: ") << runs
                << " places\n";
    }
    CHECK(verify(node).verdict == Verdict::valid);
  }

  TEST_CASE("a verifier that runs out of memory has no verdict, or the right one") {
    FaultyMemory memory;
    Node node;
    node.create();
    for (int i = 0; i < 3; ++i) node.write({Node::sealed_draft(std::string(5'000, 'x'))});
    for (const bool sticky : {false, true}) {
      CAPTURE(sticky);
      const int runs = run_out(
          memory, test::rounds() > 1 ? 1 : 3, sticky,
          [&] { CHECK(verify(node).verdict == Verdict::valid); }, [](bool) {});
      CHECK(runs > 50);
      std::cout << "verify, memory runs out " << (sticky ? "for good: " : "once: ") << runs
                << " places\n";
    }
  }
}
