#include "base/text.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.hpp"
#include "base/utf8.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

/// What sh writes when it runs `script`.
std::string from_shell(const std::string& script) {
  const test::TempFolder folder;
  const std::string input = folder / "script";
  const std::string output = folder / "output";
  write_new_file(input, script, Access::private_to_owner);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (out >= 0 && ::dup2(out, STDOUT_FILENO) >= 0) {
      ::execl("/bin/sh", "sh", input.c_str(), nullptr);
    }
    ::_exit(127);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  return test::slurp(output);
}

std::string utf8(char32_t point) {
  std::string out;
  append_utf8(out, point);
  return out;
}

TEST_SUITE("base/text") {
  TEST_CASE("join and split are inverse") {
    const std::vector<std::string> parts = {"", "a", "", "b c", ""};
    CHECK(join(parts, ",") == ",a,,b c,");
    CHECK(split(",a,,b c,", ',') == parts);
    CHECK(split("", ',') == std::vector<std::string>{""});
    CHECK(join({}, ",").empty());
  }

  TEST_CASE("what a terminal acts upon is shown as a number") {
    CHECK(printable("plain text, \xC3\xA9 \xF0\x9F\x98\x80") ==
          "plain text, \xC3\xA9 \xF0\x9F\x98\x80");
    CHECK(printable("\x1B[31m\n\r\t") == "\\u{1b}[31m\\u{a}\\u{d}\\u{9}");
    CHECK(printable(std::string("\0", 1)) == "\\u{0}");
    CHECK(printable("\x7F\xC2\x9B") == "\\u{7f}\\u{9b}");
    CHECK(printable("\xFF\xC0\x80 \xED\xA0\x80") == "\\xff\\xc0\\x80 \\xed\\xa0\\x80");
    CHECK(printable("\xE2\x80") == "\\xe2\\x80");
    for (const char32_t point :
         {0x200BU, 0x200CU, 0x200DU, 0x200EU, 0x200FU, 0x2028U, 0x2029U, 0x202AU, 0x202BU, 0x202CU,
          0x202DU, 0x202EU, 0x2066U, 0x2067U, 0x2068U, 0x2069U, 0xFEFFU, 0x85U,   0x80U,   0x9FU}) {
      CAPTURE(static_cast<std::uint32_t>(point));
      CHECK(printable(utf8(point)).starts_with("\\u{"));
    }
    for (const char32_t point :
         {0x20U, 0x7EU, 0xA0U, 0x200AU, 0x2010U, 0x2030U, 0x3000U, 0x1F600U}) {
      CHECK(printable(utf8(point)) == utf8(point));
    }
  }

  TEST_CASE("no byte string gets a control byte through") {
    auto entropy = test::seeded_entropy(4);
    for (int i = 0; i < 500; ++i) {
      const std::string shown = printable(entropy.bytes(64));
      REQUIRE(find_bad_utf8(shown) == std::string::npos);
      for (const char c : shown) REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
      REQUIRE(printable(shown) == shown);
    }
  }

  TEST_CASE("a shell reads a quoted word back as it was") {
    CHECK(shell_quote("plain-word_1.2:/@%+,") == "plain-word_1.2:/@%+,");
    CHECK(shell_quote("") == "''");
    CHECK(shell_quote("a b") == "'a b'");
    CHECK(shell_quote("it's") == "'it'\\''s'");
    CHECK(shell_quote("~root") == "'~root'");
    CHECK(shell_quote("a=b") == "'a=b'");
    test::Random random(5);
    std::string any;
    for (int c = 1; c < 256; ++c) any += static_cast<char>(c);
    for (int round = 0; round < 10; ++round) {
      std::string command = "printf '%s\\0'";
      std::string expected;
      for (int i = 0; i < 100; ++i) {
        const std::string word = random.text(static_cast<std::size_t>(random.between(0, 20)), any);
        command += " " + shell_quote(word);
        expected += word + '\0';
      }
      REQUIRE(from_shell(command) == expected);
    }
  }

  TEST_CASE("a slip finds its word, another word does not") {
    const std::vector<std::string> known = {"verify", "export", "decide", "ledger", "policy", "id"};
    const std::vector<std::pair<std::string, std::string>> slips = {
        {"verfy", "verify"},  {"verifyy", "verify"}, {"evrify", "verify"}, {"vreify", "verify"},
        {"exprot", "export"}, {"desside", "decide"}, {"legder", "ledger"}, {"plicy", "policy"}};
    for (const auto& row : slips) {
      const auto& typed = row.first;
      const auto& meant = row.second;
      CAPTURE(typed);
      CHECK(did_you_mean(typed, known) == meant);
    }
    for (const auto* typed : {"", "x", "ix", "xport2x", "status", "verification", "lex"}) {
      CAPTURE(typed);
      CHECK_FALSE(did_you_mean(typed, known));
    }
    CHECK_FALSE(did_you_mean("verify", {}));
    CHECK_FALSE(did_you_mean(std::string(100'000, 'a'), std::vector{std::string(100'001, 'a')}));
  }

  TEST_CASE("an integer is written in one way only") {
    CHECK(parse_integer("0") == 0);
    CHECK(parse_integer("-1") == -1);
    CHECK(parse_integer("9223372036854775807") == INT64_MAX);
    CHECK(parse_integer("-9223372036854775808") == INT64_MIN);
    for (const auto* text :
         {"", "-", "+1", "-0", "00", "01", "-01", " 1", "1 ", "1.0", "1e3", "0x1", "1_000",
          "9223372036854775808", "-9223372036854775809", "\xd9\xa1"}) {
      CAPTURE(text);
      CHECK_FALSE(parse_integer(text));
    }
  }
}

TEST_SUITE("base/utf8") {
  TEST_CASE("every character comes back and every surrogate is refused") {
    for (char32_t point = 0; point <= 0x10FFFF; ++point) {
      const std::string bytes = utf8(point);
      const auto read = utf8_at(bytes, 0);
      const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
      if (surrogate != !read) REQUIRE(surrogate == !read);
      if (read && (read->point != point || read->length != bytes.size())) {
        REQUIRE(read->point == point);
      }
    }
    CHECK_FALSE(utf8_at("\xF4\x90\x80\x80", 0));
  }

  TEST_CASE("the first bad byte is found") {
    CHECK(find_bad_utf8("ok \xE2\x82\xAC") == std::string::npos);
    for (const auto* text : {"ab\x80", "ab\xC0\xAF", "ab\xC1\xBF", "ab\xE0\x80\xAF", "ab\xE2\x82",
                             "ab\xF0\x80\x80\x80", "ab\xF5\x80\x80\x80", "ab\xFE", "ab\xFF",
                             "ab\xED\xBF\xBF", "ab\xC3(", "ab\xE2\x28\xA1"}) {
      CAPTURE(text);
      CHECK(find_bad_utf8(text) == 2);
    }
  }
}

}  // namespace
}  // namespace lexecon
