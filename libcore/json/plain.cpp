#include "json/plain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "json/parse.hpp"

namespace lexecon::json {
namespace {

/// Booleans and nulls of YAML 1.1 and 1.2, in lower case; some readers take them in any case.
constexpr std::array<std::string_view, 9> loose_words = {"y",   "n",    "yes",   "no",  "on",
                                                         "off", "true", "false", "null"};
/// The merge key, the default-value key and null of YAML 1.1.
constexpr std::array<std::string_view, 3> loose_signs = {"<<", "=", "~"};
/// Not numbers, but numbers in YAML, with or without a sign, in any case.
constexpr std::array<std::string_view, 2> named_numbers = {".inf", ".nan"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

template <class List>
bool holds(const List& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool only(std::string_view text, std::string_view set) {
  return text.find_first_not_of(set) == std::string_view::npos;
}

/// Removes and returns the leading characters of `set`.
std::string_view eat(std::string_view& text, std::string_view set) {
  const auto used = std::min(text.find_first_not_of(set), text.size());
  const auto eaten = text.substr(0, used);
  text.remove_prefix(used);
  return eaten;
}

std::string_view without_sign(std::string_view text) {
  return text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
}

bool is_based(std::string_view text) {
  return (text.starts_with("0x") && only(text.substr(2), "0123456789abcdef_")) ||
         (text.starts_with("0o") && only(text.substr(2), "01234567_")) ||
         (text.starts_with("0b") && only(text.substr(2), "01_"));
}

/// Digits, underscores and commas, at most one point, an exponent: 010 1_000 1,000 .5 5. 1e3 +1.
bool is_decimal(std::string_view text) {
  constexpr std::string_view digits = "0123456789_,";
  const auto whole = eat(text, digits);
  const bool has_point = text.starts_with('.');
  if (has_point) text.remove_prefix(1);
  const auto fraction = has_point ? eat(text, digits) : std::string_view();
  if (!std::any_of(whole.begin(), whole.end(), is_digit) &&
      !std::any_of(fraction.begin(), fraction.end(), is_digit)) {
    return false;
  }
  if (text.empty()) return true;
  if (!text.starts_with('e')) return false;
  text = without_sign(text.substr(1));
  return !text.empty() && only(text, "0123456789_");
}

/// Base 60 of YAML 1.1: 12:30, 190:20:30.15.
bool is_sexagesimal(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return false;
  if (text.find(':') == std::string_view::npos) return false;
  const auto point = text.find('.');
  if (point != std::string_view::npos && !only(text.substr(point + 1), "0123456789_")) return false;
  return only(text.substr(0, point), "0123456789_:");
}

/// Whether some reader takes `text`, which is in lower case, for a number.
bool may_be_number(std::string_view text) {
  text = without_sign(text);
  return holds(named_numbers, text) || is_based(text) || is_decimal(text) || is_sexagesimal(text);
}

struct Shape {
  bool is_number = false;
  bool is_integer = false;
};

/// JSON's numbers, less those that YAML 1.1 takes for text: 1e3 and 1.0e3 (it wants 1.0e+3).
Shape json_number(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto whole = eat(text, digits);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return {};
  if (text.empty()) return {true, true};
  if (!text.starts_with('.')) return {};
  text.remove_prefix(1);
  if (eat(text, digits).empty()) return {};
  if (text.empty()) return {true, false};
  if (!text.starts_with('e') && !text.starts_with('E')) return {};
  text.remove_prefix(1);
  if (!text.starts_with('-') && !text.starts_with('+')) return {};
  text.remove_prefix(1);
  return {!text.empty() && only(text, digits), false};
}

Node node_of(Node::Kind kind) {
  Node node;
  node.kind = kind;
  return node;
}

std::optional<Node> integer_node(std::string_view text) {
  const auto value = text == "-0" ? 0 : parse_integer(text);
  if (!value || *value > max_integer || *value < -max_integer) return std::nullopt;
  Node node = node_of(Node::Kind::integer);
  node.integer = *value;
  return node;
}

std::optional<Node> double_node(std::string_view text) {
  Node node = node_of(Node::Kind::number);
  const auto read = std::from_chars(text.data(), text.data() + text.size(), node.number);
  // Too small for a double is zero, as in JSON; too large is refused.
  if (read.ec == std::errc::result_out_of_range && text.find("e-") == std::string_view::npos &&
      text.find("E-") == std::string_view::npos) {
    return std::nullopt;
  }
  if (!std::isfinite(node.number)) return std::nullopt;
  return node;
}

}  // namespace

std::optional<Node> plain_scalar(std::string_view text) {
  if (text == "null") return node_of(Node::Kind::null);
  if (text == "true" || text == "false") {
    Node node = node_of(Node::Kind::boolean);
    node.boolean = text == "true";
    return node;
  }
  if (const Shape shape = json_number(text); shape.is_number) {
    return shape.is_integer ? integer_node(text) : double_node(text);
  }
  const std::string word = lowered(text);
  // '@' and '`' are reserved and '%' starts a directive: a strict reader refuses them unquoted.
  if (text.empty() || holds(loose_words, word) || holds(loose_signs, word) || may_be_number(word) ||
      std::string_view("@`%").find(text.front()) != std::string_view::npos) {
    return std::nullopt;
  }
  Node node = node_of(Node::Kind::text);
  node.text = text;
  return node;
}

}  // namespace lexecon::json
