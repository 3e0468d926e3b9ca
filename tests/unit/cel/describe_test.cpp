#include "cel/describe.hpp"

#include <doctest/doctest.h>

using namespace lexecon;

TEST_SUITE_BEGIN("cel/describe");

TEST_CASE("a place counts lines and columns from one") {
  const auto place = [](std::string_view source, std::uint32_t at) {
    const auto found = cel::place_of(source, at);
    return std::to_string(found.line) + ":" + std::to_string(found.column);
  };
  CHECK(place("", 0) == "1:1");
  CHECK(place("abc", 2) == "1:3");
  CHECK(place("a\nbc", 1) == "1:2");
  CHECK(place("a\nbc", 2) == "2:1");
  CHECK(place("a\r\n\nbc", 5) == "3:2");
  CHECK(place("a", 99) == "1:2");
}

TEST_CASE("the caret stands below the place, whatever stands before it") {
  CHECK(cel::caret("1 + x", 4) == "1 + x\n    ^");
  CHECK(cel::caret("1 +\n  x + 2\n+ 3", 6) == "  x + 2\n  ^");
  CHECK(cel::caret("1 +", 3) == "1 +\n   ^");
  CHECK(cel::caret("", 0) == "\n^");
  CHECK(cel::caret("'\xE2\x82\xAC' + x", 8) == "'\xE2\x82\xAC' + x\n      ^");
  CHECK(cel::caret("'\x1B' + x", 6) == "'\\u{1b}' + x\n           ^");
}

TEST_CASE("of a long line there is what stands around the place") {
  const std::string source = std::string(200, 'a') + "!" + std::string(200, 'b');
  CHECK(cel::caret(source, 200) ==
        std::string(80, 'a') + "!" + std::string(79, 'b') + "\n" + std::string(80, ' ') + "^");
}

TEST_CASE("an error has the name of its file before its place") {
  const auto error = cel::to_error("a\nb", {2, "expected more"}, "when");
  CHECK(error.where() == "when:2:1");
  CHECK(error.message() == "expected more");
  CHECK(error.code() == ErrorCode::bad_input);
  CHECK(cel::to_error("a\nb", {2, "expected more"}).where() == "2:1");
}

TEST_SUITE_END();
