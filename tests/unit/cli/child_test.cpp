#include "child.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include "held_signals.hpp"
#include "support/support.hpp"

using namespace lexecon;
using namespace std::chrono_literals;

namespace {

cli::Ended shell(const std::string& script, std::chrono::milliseconds patience = 10s,
                 bool is_interactive = false) {
  return cli::run_child({"/bin/sh", {"-c", script}, {"PATH=/usr/bin:/bin"}, is_interactive},
                        patience);
}

}  // namespace

TEST_SUITE("cli/child") {
  TEST_CASE("a child has no input, its own environment, and its answer is read") {
    const auto ended = shell("cat; echo said; echo unheard >&2; env | grep -vc '^P'; exit 3");
    CHECK(ended.output == "said\n0\n");
    CHECK(ended.exit_status == 3);
  }

  TEST_CASE("an interactive child has our standard input") {
    const auto* const same =
        "test \"$(readlink /proc/$PPID/fd/0)\" = \"$(readlink /proc/$$/fd/0)\"";
    CHECK(shell(same, 10s, true).exit_status == 0);
    CHECK(shell("readlink /proc/$$/fd/0").output == "/dev/null\n");
  }

  TEST_CASE("a child that takes too long is asked to end, and may put things in order") {
    const test::TempFolder folder;
    const auto file = folder / "ended";
    const auto ended =
        shell("trap 'echo ended >" + file.string() + "; exit 0' TERM; while :; do sleep 0.01; done",
              200ms);
    CHECK_FALSE(ended.exit_status);
    CHECK(test::slurp(file) == "ended\n");
  }

  TEST_CASE("a child that does not end is killed") {
    const auto begun = std::chrono::steady_clock::now();
    CHECK_FALSE(shell("trap '' TERM; while :; do sleep 0.1; done", 50ms).exit_status);
    CHECK(std::chrono::steady_clock::now() - begun < 8s);
  }

  TEST_CASE("signals that we hold back end a child all the same") {
    const cli::HeldSignals held{SIGINT, SIGTERM};
    CHECK_FALSE(shell("kill -TERM $$; exit 0").exit_status);
  }
}
