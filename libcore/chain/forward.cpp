#include "chain/forward.hpp"

#include <array>
#include <bit>
#include <cstring>

#include "chain/term.hpp"
#include "json/parse.hpp"

namespace lexecon::chain {
namespace {

constexpr bool is_among(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

constexpr std::uint16_t alphabets_of(unsigned byte) {
  const char c = static_cast<char>(byte);
  // A quote and a backslash never stand for themselves; what is not ASCII is left to others.
  if (byte < 0x20 || byte > 0x7E || c == '"' || c == '\\') return 0;
  const bool lower = c >= 'a' && c <= 'z';
  const bool upper = c >= 'A' && c <= 'Z';
  const bool digit = c >= '0' && c <= '9';
  unsigned out = every_alphabet;
  if (digit || lower || is_among(c, "._-")) out |= node_alphabet;
  if (digit || lower || is_among(c, "._/-")) out |= origin_alphabet;
  if (digit || lower || is_among(c, "_.:-")) out |= code_alphabet;
  if (digit || lower || upper || is_among(c, "._:@/+-")) out |= free_alphabet;
  if (digit || lower || upper || is_among(c, "._:@/+%-")) out |= term_alphabet;
  if (lower || is_among(c, "_.")) out |= event_alphabet;
  if (digit || lower || upper || c == '_') out |= requirement_alphabet;
  if (digit || (upper && !is_among(c, "ILOU"))) out |= crockford_alphabet;
  if (c != ' ') out |= visible_alphabet;
  return static_cast<std::uint16_t>(out);
}

constexpr auto alphabet_table = [] {
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) table[byte] = alphabets_of(byte);
  return table;
}();

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Of the parts between '/' or ':' none is empty, and none begins with a dot.
bool has_plain_parts(std::string_view path) {
  bool begins = true;
  for (const char c : path) {
    const bool separates = c == '/' || c == ':';
    if (begins && (separates || c == '.')) return false;
    begins = separates;
  }
  return !begins;
}

using Sixteen [[gnu::vector_size(16)]] = signed char;

/// How many of the next sixteen bytes stand for themselves, up to the first that does not.
unsigned plain_among_sixteen(const char* at) {
  Sixteen bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  // What is not ASCII is negative.
  const auto marked = (bytes < ' ') | (bytes == '"') | (bytes == '\\') | (bytes == 0x7F);
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &marked, sizeof halves);
  const auto plain_in = [](std::uint64_t half) {
    const int bits = std::endian::native == std::endian::little ? std::countr_zero(half)
                                                                : std::countl_zero(half);
    return static_cast<unsigned>(bits) / 8;
  };
  return halves[0] != 0 ? plain_in(halves[0]) : 8 + plain_in(halves[1]);
}

bool starts_as_name(std::string_view text) {
  return (text.front() >= 'a' && text.front() <= 'z') || is_digit(text.front());
}

}  // namespace

unsigned Word::alphabets() const {
  unsigned all = ~0U;
  for (const char c : text) all &= alphabet_table[static_cast<unsigned char>(c)];
  return all;
}

bool Word::is_hex_behind(std::string_view prefix, std::size_t digits) const {
  return text.starts_with(prefix) && lexecon::is_hex(text.substr(prefix.size()), digits);
}

bool Word::is_node_id() const {
  return is(node_alphabet) && !text.empty() && text.size() <= 64 && starts_as_name(text);
}

bool Word::is_origin() const {
  return is(origin_alphabet) && !text.empty() && text.size() <= 200 && starts_as_name(text);
}

bool Word::is_code() const {
  return is(code_alphabet) && !text.empty() && text.size() <= 128 && starts_as_name(text);
}

bool Word::is_free_identifier() const {
  return is(free_alphabet) && !text.empty() && text.size() <= 128;
}

bool Word::is_term(std::string_view prefix) const {
  const unsigned all = alphabets();
  if ((all & term_alphabet) == 0) return false;
  // An escape has rules of its own, and so has a path with two separators in a row or with dots.
  const bool is_bare =
      (all & free_alphabet) != 0 && (prefix != "resource:" || has_plain_parts(text));
  if (!is_bare) return chain::is_term(text, prefix);
  return text.size() > prefix.size() && text.size() <= max_term_bytes && text.starts_with(prefix);
}

bool Word::is_event_type() const {
  return is(event_alphabet) && !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos;
}

bool Word::is_requirement() const {
  return is(requirement_alphabet) && !text.empty() && text.size() <= 100 &&
         !is_digit(text.front()) && text.front() != '_';
}

bool Word::is_decision_id() const {
  constexpr std::string_view prefix = "dec_";
  constexpr std::size_t ulid_digits = 26;
  if (text.size() != prefix.size() + ulid_digits || !text.starts_with(prefix)) return false;
  const std::string_view ulid = text.substr(prefix.size());
  unsigned all = crockford_alphabet;
  for (const char c : ulid) all &= alphabet_table[static_cast<unsigned char>(c)];
  return all != 0 && ulid.front() >= '0' && ulid.front() <= '7';
}

bool Forward::hash(Hash& hash) {
  Word word;
  if (!framed(word, 2 * hash.bytes.size())) return false;
  const auto read = hash_from_hex(word.text);
  if (!read) return false;
  hash = *read;
  return true;
}

bool Forward::text(Word& word) {
  if (at_ == end_ || *at_ != '"') return false;
  const char* const start = ++at_;
  constexpr unsigned block = 16;
  for (unsigned plain = block; plain == block && end_ - at_ >= block; at_ += plain) {
    plain = plain_among_sixteen(at_);
  }
  while (at_ != end_ && alphabet_table[static_cast<unsigned char>(*at_)] != 0) ++at_;
  if (at_ == end_ || *at_ != '"') return false;
  word = {{start, static_cast<std::size_t>(at_ - start)}};
  ++at_;
  return true;
}

bool Forward::integer(std::int64_t& number, std::int64_t low, std::int64_t high) {
  constexpr int most_digits = 16;  // of 2^53-1
  const bool is_negative = at_ != end_ && *at_ == '-';
  const char* const first = at_ + (is_negative ? 1 : 0);
  const char* digit = first;
  std::int64_t out = 0;
  while (digit != end_ && is_digit(*digit) && digit - first < most_digits) {
    out = out * 10 + (*digit++ - '0');
  }
  if (digit == first || (*first == '0' && (digit - first > 1 || is_negative))) return false;
  if (digit != end_ && (is_digit(*digit) || is_among(*digit, ".eE+-"))) return false;
  if (out > json::max_integer) return false;
  number = is_negative ? -out : out;
  at_ = digit;
  return number >= low && number <= high;
}

bool Forward::value(std::size_t depth) {
  if (at_ == end_) return false;
  Word word;
  std::int64_t number = 0;
  switch (*at_) {
    case '"':
      return text(word);
    case '{':
      return depth > 0 && object(depth - 1);
    case '[':
      return depth > 0 && array(depth - 1);
    case 'n':
      return literal("null");
    case 't':
      return literal("true");
    case 'f':
      return literal("false");
    default:
      return integer(number, -json::max_integer, json::max_integer);
  }
}

bool Forward::object(std::size_t depth) {
  if (literal("{}")) return true;
  Word before;
  bool is_first = true;
  ++at_;
  do {
    Word name;
    // Of ASCII, byte order is that of UTF-16.
    if (!text(name) || (!is_first && name.text <= before.text)) return false;
    before = name;
    is_first = false;
    if (!literal(":") || !value(depth)) return false;
  } while (literal(","));
  return literal("}");
}

bool Forward::array(std::size_t depth) {
  if (literal("[]")) return true;
  ++at_;
  do {
    if (!value(depth)) return false;
  } while (literal(","));
  return literal("]");
}

}  // namespace lexecon::chain
