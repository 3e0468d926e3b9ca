#include "base/real_path.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("base/real_path");

namespace lexecon {
namespace {

namespace fs = std::filesystem;

/// real/inner, with links: to_real, to_nothing, loop, up (in real/inner, to ..).
struct Links {
  test::TempFolder folder;
  Path top = fs::canonical(folder.path());

  Links() {
    fs::create_directories(top / "real/inner");
    fs::create_directory_symlink("real", top / "to_real");
    fs::create_symlink(top / "not/there", top / "to_nothing");
    fs::create_symlink("loop", top / "loop");
    fs::create_directory_symlink("..", top / "real/inner/up");
    fs::create_directory_symlink("/proc/self", top / "to_self");
  }
};

ErrorCode code_of(const Path& path) {
  try {
    static_cast<void>(real_path(path));
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("no error for " << path);
  return ErrorCode::internal;
}

TEST_CASE("what exists is resolved, the rest stands as it is written") {
  const Links links;
  const auto& top = links.top;
  CHECK(real_path("/") == "/");
  CHECK(real_path(top / "real/inner") == top / "real/inner");
  CHECK(real_path(top / "to_real/inner") == top / "real/inner");
  CHECK(real_path(top / "to_real/new/file") == top / "real/new/file");
  CHECK(real_path(top / "real/inner/up/inner/up") == top / "real");
  CHECK(real_path(top.string() + "//real/./inner/") == top / "real/inner");
  CHECK(real_path(top / "real/../real/x") == top / "real/x");
  CHECK(real_path(top / "gone/../real") == top / "real");
  CHECK(real_path("/../../x-not-there") == "/x-not-there");
}

TEST_CASE("a link to nothing leads where a file would be created through it") {
  const Links links;
  CHECK(real_path(links.top / "to_nothing") == links.top / "not/there");
  CHECK(real_path(links.top / "to_nothing/below") == links.top / "not/there/below");
}

TEST_CASE("a path that two readers understand differently is refused") {
  const Links links;
  // The kernel ends in the parent of `real`, a reader of the text in `real/inner`.
  CHECK(code_of(links.top / "real/inner/up/../x") == ErrorCode::bad_input);
  CHECK(code_of(links.top / "loop") == ErrorCode::bad_input);
  CHECK(code_of("relative") == ErrorCode::bad_input);
  CHECK(code_of(std::string("/a\0b", 4)) == ErrorCode::bad_input);
}

TEST_CASE("links below /proc mean another place to each process and are not followed") {
  const Links links;
  CHECK(real_path("/proc/self/root/etc") == "/proc/self/root/etc");
  CHECK(real_path("/proc/self/cwd") == "/proc/self/cwd");
  CHECK(real_path(links.top / "to_self/cwd/x") == "/proc/self/cwd/x");
  CHECK(real_path("/proc/../etc") == real_path("/etc"));
}

}  // namespace
}  // namespace lexecon

TEST_SUITE_END();
