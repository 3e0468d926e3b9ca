#include "package/tar.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/shell.hpp"
#include "support/support.hpp"

using namespace lexecon;

namespace {

constexpr Timestamp at{1'700'000'000'000'000};

std::string member(const std::string& name, const std::string& bytes) {
  return package::tar_header(name, bytes.size(), at) + bytes + package::tar_padding(bytes.size());
}

bool fits(const std::string& name, std::uint64_t size = 0) {
  try {
    return package::tar_header(name, size, at).size() == package::tar_block;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return false;
  }
}

}  // namespace

TEST_SUITE("package/tar") {
  TEST_CASE("a header is what the format says, byte by byte") {
    const auto header = package::tar_header("top/file", 8, at);
    REQUIRE(header.size() == 512);
    CHECK(header.substr(0, 9) == std::string("top/file\0", 9));
    CHECK(header.substr(100, 24) == std::string("0000644\0000000000\0000000000\0", 24));
    CHECK(header.substr(124, 12) == std::string("00000000010\0", 12));
    CHECK(header.substr(136, 12) == std::string("14524770400\0", 12));
    CHECK(header[156] == '0');
    CHECK(header.substr(257, 8) == std::string("ustar\00000", 8));
    CHECK(package::tar_header("top/", 0, at).substr(100, 8) == std::string("0000755\0", 8));
    CHECK(package::tar_header("top/", 0, at)[156] == '5');
  }

  TEST_CASE("members are padded to whole blocks") {
    for (const std::size_t size : {0U, 1U, 511U, 512U, 513U, 1024U}) {
      CHECK((size + package::tar_padding(size).size()) % 512 == 0);
      CHECK(package::tar_padding(size).size() < 512);
    }
  }

  TEST_CASE("tar reads it: names at every length, sizes, modes and times") {
    if (!test::has_program("tar")) return;
    const test::TempFolder folder;
    std::string archive = member("top/", "");
    std::string expected = "top/\n";
    const std::string deep = "top/" + std::string(70, 'd') + "/" + std::string(60, 'e') + "/";
    for (const std::string& name :
         {std::string("top/a"), "top/" + std::string(96, 'b'), "top/" + std::string(97, 'c'), deep,
          deep + std::string(100, 'f')}) {
      archive += member(name, name.ends_with('/') ? "" : name);
      expected += name + "\n";
    }
    archive += std::string(package::tar_end_bytes, '\0');
    write_new_file(folder / "a.tar", archive, Access::as_umask);
    const auto listed = test::run("tar tf " + test::word(folder / "a.tar"));
    CHECK(listed.status == 0);
    CHECK(listed.output == expected);
    const auto read = test::run("tar xOf " + test::word(folder / "a.tar") + " top/a");
    CHECK(read.output == "top/a");
    const auto told = test::run("TZ=UTC tar tvf " + test::word(folder / "a.tar") + " top/a");
    CHECK(told.output.starts_with("-rw-r--r-- 0/0               5 2023-11-14 22:13 top/a"));
  }

  TEST_CASE("what a header cannot say is refused") {
    CHECK(fits("top/" + std::string(100, 'a')));
    CHECK_FALSE(fits("top/" + std::string(101, 'a')));
    CHECK(fits(std::string(155, 'a') + "/" + std::string(100, 'b')));
    CHECK_FALSE(fits(std::string(156, 'a') + "/" + std::string(100, 'b')));
    CHECK_FALSE(fits(std::string(101, 'a')));
    CHECK(fits("a", (std::uint64_t{1} << 33U) - 1));
    CHECK_FALSE(fits("a", std::uint64_t{1} << 33U));
  }
}
