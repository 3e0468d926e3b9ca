#include "package/names.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace lexecon;

TEST_SUITE("package/names") {
  TEST_CASE("payload names are plain, relative and below data/") {
    for (const char* good : {"data/a", "data/ledger/rotations/7", "data/A-z_0.9", "data/..a",
                             "data/a..", "data/..."}) {
      CAPTURE(good);
      CHECK(package::is_payload_name(good));
    }
    for (const char* wrong :
         {"",        "data",      "data/",    "/data/a",  "data//a",   "data/a/",       "data/.",
          "data/..", "data/../a", "data/./a", "data/a b", "data/a\\b", "data/\xc3\xa4", "data/a\n",
          "Data/a",  "other/a",   "data/a:b", "data/~",   "data/%2e",  "C:data/a"}) {
      CAPTURE(wrong);
      CHECK_FALSE(package::is_payload_name(wrong));
    }
    CHECK_FALSE(package::is_payload_name(std::string("data/a\0b", 8)));
  }

  TEST_CASE("a name ends at 200 bytes, and at 16 folders") {
    const std::string longest = "data/" + std::string(195, 'a');
    CHECK(package::is_payload_name(longest));
    CHECK_FALSE(package::is_payload_name(longest + "a"));
    std::string deep = "data/";
    for (int folder = 1; folder < 16; ++folder) deep += "f/";
    CHECK(package::is_payload_name(deep + "a"));
    CHECK_FALSE(package::is_payload_name(deep + "f/a"));
  }

  TEST_CASE("no two names are one on another file system, and none is a file and a folder") {
    const auto fault = [](const std::vector<std::string>& names) {
      return package::fault_of_names(names).value_or("");
    };
    CHECK(fault({"data/a", "data/b", "data/c/d", "data/c/e"}).empty());
    CHECK(fault({"data/a", "data/ab", "data/a.b"}).empty());
    CHECK(fault({"data/a", "data/a"}) == "`data/a` is there twice, but for its case");
    CHECK(fault({"data/a", "data/A"}) == "`data/A` is there twice, but for its case");
    CHECK(fault({"data/a/b", "data/a"}) == "`data/a` is a file and a folder");
    CHECK(fault({"data/x/a/b", "data/x/A"}) == "`data/x/a` is a file and a folder");
    CHECK(fault({"data/../a"}) == "`data/../a` is no name of a payload file");
    CHECK(fault({}).empty());
  }

  TEST_CASE("export ids have 16 digits of hex") {
    CHECK(package::is_export_id("exp_0123456789abcdef"));
    for (const char* wrong : {"", "exp_", "exp_0123456789abcde", "exp_0123456789abcdefa",
                              "exp_0123456789ABCDEF", "0123456789abcdef", "xxp_0123456789abcdef"}) {
      CHECK_FALSE(package::is_export_id(wrong));
    }
  }
}
