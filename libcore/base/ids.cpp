#include "base/ids.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/octets.hpp"

namespace lexecon {
namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t time_digits = 10;
constexpr std::size_t ulid_digits = 26;
constexpr std::size_t random_bytes = 10;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_any_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// 1 to `longest` characters, the first a lower-case letter or digit, the rest also of `more`.
bool is_name(std::string_view text, std::size_t longest, std::string_view more) {
  if (text.empty() || text.size() > longest) return false;
  if (!is_lower(text.front()) && !is_digit(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [more](char c) { return is_lower(c) || is_digit(c) || is_any_of(c, more); });
}

std::string time_part(Timestamp at) {
  auto millis = static_cast<std::uint64_t>(at.micros / 1000);
  std::string out(time_digits, '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, millis /= 32) {
    *digit = crockford[millis % 32];
  }
  return out;
}

std::string random_part(std::string_view bytes) {
  std::string out;
  std::uint32_t pending = 0;
  std::uint32_t bits = 0;
  for (const char c : bytes) {
    pending = (pending << 8U | static_cast<unsigned char>(c)) & 0xFFFFU;
    for (bits += 8; bits >= 5; bits -= 5) out += crockford[pending >> (bits - 5) & 31U];
  }
  return out;
}

/// The next larger text of the same length; false when every digit was the last.
bool increment(std::string& ulid, std::size_t first) {
  for (std::size_t i = ulid.size(); i > first; --i) {
    const std::size_t value = crockford.find(ulid[i - 1]);
    if (value + 1 < crockford.size()) {
      ulid[i - 1] = crockford[value + 1];
      return true;
    }
    ulid[i - 1] = crockford.front();
  }
  return false;
}

}  // namespace

std::string UlidMaker::next(Timestamp at, Entropy& entropy) {
  constexpr std::int64_t micros_of_48_bits = (std::int64_t{1} << 48) * 1000;
  if (at.micros < 0 || at.micros >= micros_of_48_bits) {
    throw Error(ErrorCode::internal, "an identifier needs a time between 1970 and 10889");
  }
  const std::string time = time_part(at);
  // INVARIANT: ids of one object only grow, so a clock that stood or went back keeps the last time.
  if (last_.empty() || time > last_.substr(0, time_digits)) {
    last_ = time + random_part(entropy.bytes(random_bytes));
    return last_;
  }
  std::string following = last_;
  if (!increment(following, time_digits)) {
    throw Error(ErrorCode::internal, "no identifier is left in this millisecond");
  }
  last_ = std::move(following);
  return last_;
}

bool is_ulid(std::string_view text) {
  if (text.size() != ulid_digits || text.front() < '0' || text.front() > '7') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_any_of(c, crockford); });
}

bool is_prefixed_ulid(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) && is_ulid(text.substr(prefix.size()));
}

bool is_node_id(std::string_view text) { return is_name(text, 64, "._-"); }
bool is_origin(std::string_view text) { return is_name(text, 200, "._/-"); }
bool is_code(std::string_view text) { return is_name(text, 128, "_.:-"); }

bool is_free_identifier(std::string_view text) {
  return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_upper(c) || is_lower(c) || is_digit(c) || is_any_of(c, "._:@/+-");
  });
}

bool is_version_id(std::string_view text) {
  const auto sign = text.rfind('@');
  return is_free_identifier(text) && sign != std::string_view::npos && sign != 0 &&
         sign + 1 != text.size();
}

bool is_event_type(std::string_view text) {
  bool in_word = false;
  for (const char c : text) {
    if (c == '.' && !in_word) return false;
    if (c != '.' && c != '_' && !is_lower(c)) return false;
    in_word = c != '.';
  }
  return in_word;
}

bool is_audience(std::string_view text) {
  return !text.empty() && text.size() <= 255 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '!' && c <= '~'; });
}

bool is_hex(std::string_view text, std::size_t length) {
  if (text.size() != length) return false;
  std::uint64_t wrong = 0;
  for (; text.size() >= 8; text.remove_prefix(8)) wrong |= not_hex(eight_octets(text.data()));
  if (wrong != 0) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace lexecon
