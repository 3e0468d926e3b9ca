#include "decision/prohibited_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace lexecon::decision {
namespace {

constexpr std::array<std::string_view, 4> kinds{"private_key", "capability_token", "cloud_key",
                                                "card_number"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alnum(char c) { return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z'); }
bool is_upper_or_digit(char c) { return is_upper(c) || is_digit(c); }
bool is_base64(char c) { return is_alnum(c) || c == '+' || c == '/' || c == '='; }
bool is_word(char c) { return is_alnum(c) || c == '_'; }
bool is_url_safe(char c) { return is_word(c) || c == '-'; }
bool is_label(char c) { return is_upper_or_digit(c) || c == ' '; }

/// A known beginning, then `least` bytes of an alphabet. `begins_word`: no letter or digit before it.
struct Shape {
  std::string_view prefix;
  std::size_t least;
  bool (*fits)(char);
  bool begins_word;
};

constexpr auto key_shapes = std::to_array<Shape>({
    {"PuTTY-User-Key-File-", 1, is_digit, true},
    {"AGE-SECRET-KEY-1", 20, is_upper_or_digit, true},
});
constexpr auto token_shapes = std::to_array<Shape>({{"cap_", 40, is_url_safe, true}});
constexpr auto cloud_shapes = std::to_array<Shape>({
    {"AKIA", 16, is_upper_or_digit, true},
    {"ASIA", 16, is_upper_or_digit, true},
    {"AIza", 35, is_url_safe, true},
    {"AccountKey=", 40, is_base64, false},
    {"SharedAccessKey=", 40, is_base64, false},
    {"ghp_", 36, is_alnum, true},
    {"gho_", 36, is_alnum, true},
    {"ghu_", 36, is_alnum, true},
    {"ghs_", 36, is_alnum, true},
    {"ghr_", 36, is_alnum, true},
    {"github_pat_", 22, is_word, true},
    {"xoxa-", 10, is_url_safe, true},
    {"xoxb-", 10, is_url_safe, true},
    {"xoxe-", 10, is_url_safe, true},
    {"xoxo-", 10, is_url_safe, true},
    {"xoxp-", 10, is_url_safe, true},
    {"xoxr-", 10, is_url_safe, true},
    {"xoxs-", 10, is_url_safe, true},
});

constexpr std::string_view marker_begin = "[prohibited ";
constexpr std::string_view armour_begin = "-----BEGIN ";

template <class Visit>
constexpr void each_prefix(const Visit& visit) {
  visit(marker_begin);
  visit(armour_begin);
  for (const auto& shape : key_shapes) visit(shape.prefix);
  for (const auto& shape : token_shapes) visit(shape.prefix);
  for (const auto& shape : cloud_shapes) visit(shape.prefix);
}

/// The bytes that what is looked for may begin with, digits among them, and those that a prefix goes on
/// with.
struct Beginnings {
  std::array<bool, 256> first{};
  std::array<bool, 256> second{};
};
constexpr auto beginnings = [] {
  Beginnings out;
  each_prefix([&out](std::string_view prefix) {
    out.first.at(static_cast<unsigned char>(prefix[0])) = true;
    out.second.at(static_cast<unsigned char>(prefix[1])) = true;
  });
  for (const char digit : std::string_view("0123456789")) {
    out.first.at(static_cast<unsigned char>(digit)) = true;
  }
  return out;
}();

bool begins_with_prefix(std::string_view text) {
  if (text.size() < 2 || !beginnings.second[static_cast<unsigned char>(text[1])]) return false;
  bool found = false;
  each_prefix([&](std::string_view prefix) { found = found || text.starts_with(prefix); });
  return found;
}

bool stands_at(std::string_view text, std::size_t at, const Shape& shape) {
  if (shape.begins_word && at > 0 && is_alnum(text[at - 1])) return false;
  const auto begin = at + shape.prefix.size();
  if (text.size() - begin < shape.least) return false;
  const auto body = text.substr(begin, shape.least);
  return std::all_of(body.begin(), body.end(), shape.fits);
}

template <std::size_t size>
bool holds_any(std::string_view text, const std::array<Shape, size>& shapes) {
  return std::any_of(shapes.begin(), shapes.end(), [&](const Shape& shape) {
    for (auto at = text.find(shape.prefix); at != std::string_view::npos;
         at = text.find(shape.prefix, at + 1)) {
      if (stands_at(text, at, shape)) return true;
    }
    return false;
  });
}

/// `-----BEGIN <label>PRIVATE KEY`, as every PEM and PGP private key begins.
bool holds_armour(std::string_view text) {
  constexpr std::string_view name = "PRIVATE KEY";
  constexpr std::size_t longest_label = 64;
  for (auto at = text.find(armour_begin); at != std::string_view::npos;
       at = text.find(armour_begin, at + 1)) {
    const auto label = text.substr(at + armour_begin.size(), longest_label + name.size());
    const auto end = std::find_if_not(label.begin(), label.end(), is_label);
    const auto line = label.substr(0, static_cast<std::size_t>(end - label.begin()));
    if (line.find(name) != std::string_view::npos) return true;
  }
  return false;
}

/// Whether digits begin as the cards of some issuer do, and have that many.
bool is_issued(std::string_view digits) {
  const auto first = [&](std::size_t count) {
    int value = 0;
    for (const char c : digits.substr(0, count)) value = 10 * value + (c - '0');
    return value;
  };
  const auto size = digits.size();
  const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
  if (digits.front() == '4') return size == 13 || size == 16 || size == 19;
  if (within(first(2), 51, 55) || within(first(4), 2221, 2720)) return size == 16;
  if (first(2) == 34 || first(2) == 37) return size == 15;
  if (within(first(3), 300, 305) || first(2) == 36 || within(first(2), 38, 39)) {
    return size >= 14;
  }
  if (within(first(4), 3528, 3589)) return size >= 16;
  // Maestro, Discover, UnionPay, and what is issued beside them.
  return first(2) == 50 || within(first(2), 56, 69);
}

bool passes_luhn(std::string_view digits) {
  int sum = 0;
  bool is_doubled = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    const int value = (*digit - '0') * (is_doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
    is_doubled = !is_doubled;
  }
  return sum % 10 == 0;
}

/// Whether the digits from `at` on, with a single space or dash between groups, are a card number that
/// ends with a group. At most 37 bytes are looked at.
bool card_begins(std::string_view text, std::size_t at) {
  constexpr std::size_t least = 13;
  constexpr std::size_t most = 19;
  std::array<char, most> digits{};
  std::size_t size = 0;
  for (std::size_t i = at; i < text.size() && size < most; ++i) {
    if (!is_digit(text[i])) {
      const bool joins =
          (text[i] == ' ' || text[i] == '-') && i + 1 < text.size() && is_digit(text[i + 1]);
      if (!joins) return false;
      continue;
    }
    digits.at(size++) = text[i];
    const bool ends = i + 1 == text.size() || (!is_word(text[i + 1]));
    const std::string_view number(digits.data(), size);
    if (ends && size >= least && is_issued(number) && passes_luhn(number)) return true;
  }
  return false;
}

/// A number begins where neither a word nor a fraction goes on.
bool card_stands_at(std::string_view text, std::size_t at) {
  const bool goes_on = at > 0 && (is_word(text[at - 1]) || text[at - 1] == '.');
  return is_digit(text[at]) && !goes_on && card_begins(text, at);
}

bool holds_card(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (card_stands_at(text, at)) return true;
  }
  return false;
}

/// In one pass whether anything may be found: nearly always nothing is.
bool may_hold(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!beginnings.first[static_cast<unsigned char>(text[at])]) continue;
    if (card_stands_at(text, at) || begins_with_prefix(text.substr(at))) return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(Prohibited kind) { return kinds.at(static_cast<std::size_t>(kind)); }

std::string marker_of(Prohibited kind) {
  return std::string(marker_begin) + std::string(to_string(kind)) + "]";
}

std::optional<Prohibited> prohibited_in(std::string_view text) {
  if (!may_hold(text)) return std::nullopt;
  if (text.find(marker_begin) != std::string_view::npos) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const auto kind = static_cast<Prohibited>(i);
      if (text.find(marker_of(kind)) != std::string_view::npos) return kind;
    }
  }
  if (holds_armour(text) || holds_any(text, key_shapes)) return Prohibited::private_key;
  if (holds_any(text, token_shapes)) return Prohibited::capability_token;
  if (holds_any(text, cloud_shapes)) return Prohibited::cloud_key;
  if (holds_card(text)) return Prohibited::card_number;
  return std::nullopt;
}

}  // namespace lexecon::decision
