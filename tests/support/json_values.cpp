#include "support/json_values.hpp"

#include <bit>
#include <cmath>

#include "base/utf8.hpp"
#include "json/parse.hpp"

namespace lexecon::test {
namespace {

Json random_number(Random& random) {
  switch (random.between(0, 4)) {
    case 0:
      return random.between(-json::max_integer, json::max_integer);
    case 1:
      return random.between(-20, 20);
    case 2:
      return static_cast<double>(random.between(-1000, 1000)) / 8;
    case 3:
      return std::ldexp(static_cast<double>(random.between(-1000, 1000)),
                        static_cast<int>(random.between(-1000, -20)));
    default:
      break;
  }
  for (;;) {
    const double value = std::bit_cast<double>(random.between(INT64_MIN / 2, INT64_MAX / 2) * 2);
    const bool is_text_integer =
        std::abs(value) > static_cast<double>(json::max_integer) && std::abs(value) < 1e21;
    if (std::isfinite(value) && !is_text_integer) return value;
  }
}

}  // namespace

std::string random_text(Random& random) {
  static const std::vector<char32_t> edges = {
      1,     8,     9,      10,     12,     13,     31,     34,     47,      92,      127,     0x80,
      0x7FF, 0x800, 0x2028, 0xD7FF, 0xE000, 0xFB33, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
  std::string out;
  for (auto length = random.between(0, 6); length > 0; --length) {
    if (random.chance(1)) {
      out += '\0';
    } else if (random.chance(30)) {
      append_utf8(out, random.pick(edges));
    } else {
      out += static_cast<char>(random.between('a', 'e'));
    }
  }
  return out;
}

Json random_json(Random& random, int depth) {
  const auto kind = random.between(depth > 0 ? 0 : 4, 9);
  if (kind < 2) {
    Json list = Json::array();
    for (auto i = random.between(0, 4); i > 0; --i) list.push_back(random_json(random, depth - 1));
    return list;
  }
  if (kind < 4) {
    Json object = Json::object();
    for (auto i = random.between(0, 5); i > 0; --i) {
      object[random_text(random)] = random_json(random, depth - 1);
    }
    return object;
  }
  if (kind < 6) return random_text(random);
  if (kind < 8) return random_number(random);
  return kind == 8 ? Json(random.chance(50)) : Json(nullptr);
}

std::string mutated(Random& random, std::string text) {
  static const std::string likely = "{}[]\",:\\0123456789.eE+-untrfalse \n\t\xC3\xA9\xF0\x01";
  const auto spot = [&] {
    return static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(text.size())));
  };
  switch (random.between(0, 3)) {
    case 0:
      return text.insert(spot(), random.text(1, likely));
    case 1:
      return text.erase(spot(), static_cast<std::size_t>(random.between(1, 3)));
    case 2: {
      const auto from = spot();
      return text.insert(spot(), text.substr(from, static_cast<std::size_t>(random.between(1, 8))));
    }
    default:
      break;
  }
  if (!text.empty()) text[spot() % text.size()] = random.text(1, likely).front();
  return text;
}

}  // namespace lexecon::test
