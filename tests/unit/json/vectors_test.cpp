// The public vectors of RFC 8785 and JSONTestSuite, where they lie beside the checkout.
#include <doctest/doctest.h>

#include <bit>
#include <charconv>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "json/scan.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

using test::public_vectors;
using test::slurp;

bool parses(const std::string& text) {
  try {
    (void)json::parse(text);
    return true;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    CHECK_FALSE(error.where().empty());
    return false;
  }
}

std::string without_spaces(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
  return text;
}

/// Our verdict on each case that RFC 8259 leaves to the reader.
const std::map<std::string, bool> verdicts = {
    // Smaller than any double: zero.
    {"i_number_double_huge_neg_exp.json", true},
    {"i_number_real_underflow.json", true},
    // Larger than any double.
    {"i_number_huge_exp.json", false},
    {"i_number_neg_int_huge_exp.json", false},
    {"i_number_pos_double_huge_exp.json", false},
    {"i_number_real_neg_overflow.json", false},
    {"i_number_real_pos_overflow.json", false},
    // Integers beyond +-(2^53-1).
    {"i_number_too_big_neg_int.json", false},
    {"i_number_too_big_pos_int.json", false},
    {"i_number_very_big_negative_int.json", false},
    // Lone surrogates.
    {"i_object_key_lone_2nd_surrogate.json", false},
    {"i_string_1st_surrogate_but_2nd_missing.json", false},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", false},
    {"i_string_incomplete_surrogate_and_escape_valid.json", false},
    {"i_string_incomplete_surrogate_pair.json", false},
    {"i_string_incomplete_surrogates_escape_valid.json", false},
    {"i_string_invalid_lonely_surrogate.json", false},
    {"i_string_invalid_surrogate.json", false},
    {"i_string_inverted_surrogates_U+1D11E.json", false},
    {"i_string_lone_second_surrogate.json", false},
    // Not UTF-8.
    {"i_string_UTF-8_invalid_sequence.json", false},
    {"i_string_UTF8_surrogate_U+D800.json", false},
    {"i_string_invalid_utf-8.json", false},
    {"i_string_iso_latin_1.json", false},
    {"i_string_lone_utf8_continuation_byte.json", false},
    {"i_string_not_in_unicode_range.json", false},
    {"i_string_overlong_sequence_2_bytes.json", false},
    {"i_string_overlong_sequence_6_bytes.json", false},
    {"i_string_overlong_sequence_6_bytes_null.json", false},
    {"i_string_truncated-utf-8.json", false},
    // UTF-16, and byte-order marks.
    {"i_string_UTF-16LE_with_BOM.json", false},
    {"i_string_utf16BE_no_BOM.json", false},
    {"i_string_utf16LE_no_BOM.json", false},
    {"i_structure_UTF-8_BOM_empty_object.json", false},
    // Deeper than 64.
    {"i_structure_500_nested_arrays.json", false},
};

/// RFC 8259 lets these pass; I-JSON and RFC 8785 do not: equal members.
const std::map<std::string, bool> stricter = {
    {"y_object_duplicated_key.json", false},
    {"y_object_duplicated_key_and_value.json", false},
};

bool expected_verdict(const std::string& name) {
  if (name.front() != 'i') return name.front() == 'y' && !stricter.contains(name);
  REQUIRE_MESSAGE(verdicts.contains(name), name);
  return verdicts.at(name);
}

TEST_SUITE("json/vectors") {
  TEST_CASE("JSONTestSuite gives the written verdict on every case") {
    CHECK(verdicts.size() == 35);
    const auto folder = public_vectors("json-test-suite");
    if (!folder) return;
    std::map<char, int> count;
    for (const auto& file : std::filesystem::directory_iterator(*folder)) {
      const std::string name = file.path().filename().string();
      if (file.path().extension() != ".json") continue;
      CAPTURE(name);
      const std::string text = slurp(file.path());
      CHECK(parses(text) == expected_verdict(name));
      if (!parses(text)) CHECK_FALSE(json::is_canonical(text));
      ++count[name.front()];
    }
    CHECK(count['y'] > 0);
    CHECK(count['n'] > 0);
    CHECK(count['i'] > 0);
    std::cout << "json-test-suite: " << count['y'] << " y, " << count['n'] << " n, " << count['i']
              << " i\n";
  }

  TEST_CASE("the test data of RFC 8785 comes out byte for byte") {
    const auto folder = public_vectors("jcs-rfc8785/testdata");
    if (!folder) return;
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(*folder / "input")) {
      const std::string name = file.path().stem().string();
      CAPTURE(name);
      const std::string expected = slurp(*folder / "output" / (name + ".json"));
      const std::string written = json::canonical(json::parse(slurp(file.path())));
      CHECK(written == expected);
      CHECK(to_hex(written) == without_spaces(slurp(*folder / "outhex" / (name + ".txt"))));
      CHECK_NOTHROW((void)json::parse_canonical(expected));
      CHECK(json::is_canonical(expected));
      ++count;
    }
    CHECK(count == 6);
    std::cout << "jcs-rfc8785: " << count << " files\n";
  }

  TEST_CASE("the numbers of RFC 8785 come out digit for digit") {
    const auto path = public_vectors("jcs-rfc8785/es6testfile-10000.txt");
    if (!path) return;
    std::istringstream lines(slurp(*path));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      const auto comma = line.find(',');
      std::uint64_t bits = 0;
      std::from_chars(line.data(), line.data() + comma, bits, 16);
      const std::string expected = line.substr(comma + 1);
      const std::string written = json::number_text(std::bit_cast<double>(bits));
      if (written != expected) CHECK(written == expected);
    }
    CHECK(count == 10'000);
    std::cout << "jcs-rfc8785: " << count << " numbers\n";
  }
}

}  // namespace
}  // namespace lexecon
