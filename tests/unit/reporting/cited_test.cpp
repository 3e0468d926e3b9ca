#include "reporting/cited.hpp"

#include <doctest/doctest.h>

namespace lexecon::reporting {
namespace {

TEST_SUITE("reporting/cited") {
  TEST_CASE("provisions are read as lawyers write them") {
    const auto all =
        citations("Arts. 14(4)(e) and 26(5) AI Act; Article 4a, after Art. 5(1)(ba) and the rest");
    REQUIRE(all.size() == 4);
    CHECK(all[0] == Citation{"14", "4(e)"});
    CHECK(all[1] == Citation{"26", "5"});
    CHECK(all[2] == Citation{"4a", ""});
    CHECK(all[3] == Citation{"5", "1(ba)"});
  }

  TEST_CASE("what names no article names none") {
    for (const auto* text : {"", "After the two verifications below", "Artificial 26(5)", "Art.",
                             "Art. x", "part. 26(5)", "No rule of the Act", "Arts. and 5"}) {
      CAPTURE(text);
      CHECK(citations(text).empty());
    }
  }

  TEST_CASE("a citation that never ends is read to its end") {
    CHECK(citations("Art. 26(5").size() == 1);
    CHECK(citations("Art. 14(4)(e").front() == Citation{"14", "4(e)"});
  }

  TEST_CASE("a paragraph is named by itself, by its article, and by what stands below it") {
    CHECK(cites("Art. 26(5)", "26", "5"));
    CHECK(cites("Art. 26(5)", "26", "5 first sent."));
    CHECK(cites("Art. 26", "26", "11"));
    CHECK(cites("Art. 14(4)", "14", "4(e)"));
    CHECK(cites("Art. 26(2)(a)", "26", "2"));
    CHECK_FALSE(cites("Art. 26(5)", "26", "6"));
    CHECK_FALSE(cites("Art. 26(1)", "26", "11"));
    CHECK_FALSE(cites("Art. 26(11)", "26", "1"));
    CHECK_FALSE(cites("Art. 5(1)(b)", "5", "1(ba)"));
    CHECK_FALSE(cites("Art. 6(5)", "26", "5"));
  }
}

}  // namespace
}  // namespace lexecon::reporting
