#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <thread>

#include "base/error.hpp"
#include "base/files.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

TEST_SUITE("base/lock") {
  TEST_CASE("a second holder waits, then hears who holds the lock") {
    const test::TempFolder folder;
    const FileLock held(folder / "lock", 0ms);
    for (const auto patience : {0ms, 60ms}) {
      const auto start = steady_clock::now();
      try {
        const FileLock second(folder / "lock", patience);
        FAIL("the lock was given twice");
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::busy);
        CHECK(std::string(error.what()).find("process " + std::to_string(::getpid())) !=
              std::string::npos);
      }
      const auto waited = steady_clock::now() - start;
      CHECK(waited >= patience);
      CHECK(waited < patience + 1500ms);
    }
  }

  TEST_CASE("a lock ends with its object, and moves with it") {
    const test::TempFolder folder;
    std::optional<FileLock> first(std::in_place, folder / "lock", 0ms);
    {
      const FileLock moved(std::move(*first));
      first.reset();
      CHECK_THROWS_AS(FileLock(folder / "lock", 0ms), Error);
    }
    const FileLock again(folder / "lock", 0ms);
  }

  TEST_CASE("whoever waits gets the lock once it is free") {
    const test::TempFolder folder;
    std::optional<FileLock> held(std::in_place, folder / "lock", 0ms);
    std::thread releaser([&held] {
      std::this_thread::sleep_for(50ms);
      held.reset();
    });
    CHECK_NOTHROW(FileLock(folder / "lock", 10s));
    releaser.join();
  }

  TEST_CASE("the lock of a killed process is free at once") {
    const test::TempFolder folder;
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const FileLock held(folder / "lock", 0ms);
      (void)!::write(ready[1], "x", 1);
      ::pause();
      ::_exit(0);
    }
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    CHECK_THROWS_AS(FileLock(folder / "lock", 0ms), Error);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    CHECK_NOTHROW(FileLock(folder / "lock", 0ms));
  }

  TEST_CASE("a lock file that is a link or cannot be made is refused") {
    const test::TempFolder folder;
    std::filesystem::create_symlink(folder / "target", folder / "link");
    CHECK_THROWS_AS(FileLock(folder / "link", 0ms), Error);
    CHECK_FALSE(std::filesystem::exists(folder / "target"));
    CHECK_THROWS_AS(FileLock(folder / "no/such", 0ms), Error);
  }

  TEST_CASE("file systems of the network are known by their type") {
    for (const std::int64_t type :
         {std::int64_t{0x6969}, std::int64_t{0x517B}, std::int64_t{0xFF534D42},
          std::int64_t{0xFE534D42}, std::int64_t{0x01021997}, std::int64_t{0x65735546},
          std::int64_t{0x00C36400}, std::int64_t{0x5346414F}, std::int64_t{0x6B414653},
          std::int64_t{0x73757245}, std::int64_t{0x01161970}, std::int64_t{0x7461636F},
          std::int64_t{0x0BD00BD0}}) {
      CAPTURE(type);
      CHECK(is_network_type(type));
    }
    // CIFS as a signed 32-bit number, as some kernels report it
    CHECK(is_network_type(static_cast<std::int32_t>(0xFF534D42U)));
    for (const std::int64_t type : {0xEF53, 0x58465342, 0x01021994, 0x794C7630, 0x2FC12FC1, 0}) {
      CHECK_FALSE(is_network_type(type));
    }
    CHECK_FALSE(is_network_filesystem("/proc"));
    CHECK_THROWS_AS((void)is_network_filesystem("/no/such/folder"), Error);
  }
}

}  // namespace
}  // namespace lexecon
