#include "json/edit.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/parse.hpp"

namespace lexecon::json {
namespace {

using Place = std::vector<std::string>;

constexpr std::size_t indent = 2;

/// One member or element, as offsets: `begin` is where its name begins, when it has one.
struct Item {
  std::string name;
  std::size_t begin = 0;
  std::size_t value = 0;
  std::size_t end = 0;
};

/// Steps over a text that parse() took, so that nothing here has to be checked again.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) { static_cast<void>(parse(text, "text")); }

  /// The items of the object or array that begins at `at`.
  [[nodiscard]] std::vector<Item> items(std::size_t at) const {
    std::vector<Item> out;
    const bool is_object = text_.at(at) == '{';
    for (at = skip_space(at + 1); text_.at(at) != '}' && text_.at(at) != ']';) {
      Item item{.name = std::to_string(out.size()), .begin = at, .value = at};
      if (is_object) {
        const auto end = skip_value(at);
        item.name = parse(text_.substr(at, end - at)).get<std::string>();
        item.value = skip_space(skip_space(end) + 1);
      }
      item.end = skip_value(item.value);
      at = skip_space(item.end);
      if (text_.at(at) == ',') at = skip_space(at + 1);
      out.push_back(std::move(item));
    }
    return out;
  }

  [[nodiscard]] std::size_t find(const Place& place) const {
    auto at = skip_space(0);
    for (const auto& token : place) {
      if (text_.at(at) != '{' && text_.at(at) != '[') fail(place);
      const auto here = items(at);
      const auto found = std::find_if(here.begin(), here.end(),
                                      [&](const Item& item) { return item.name == token; });
      if (found == here.end()) fail(place);
      at = found->value;
    }
    return at;
  }

  [[noreturn]] static void fail(const Place& place) {
    throw Error(ErrorCode::bad_input, "there is nothing at that place", "/" + join(place, "/"));
  }

  [[nodiscard]] std::size_t skip_value(std::size_t at) const {
    std::size_t depth = 0;
    do {
      const char c = text_.at(at);
      if (c == '"') {
        at = skip_string(at);
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at;
      } else if (c == '}' || c == ']') {
        --depth;
        ++at;
      } else if (depth == 0) {
        return std::min(text_.find_first_of(" \t\r\n,]}:", at), text_.size());
      } else {
        ++at;
      }
    } while (depth > 0);
    return at;
  }

 private:
  [[nodiscard]] std::size_t skip_space(std::size_t at) const {
    return std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
  }

  [[nodiscard]] std::size_t skip_string(std::size_t at) const {
    for (++at; text_.at(at) != '"'; ++at) {
      if (text_.at(at) == '\\') ++at;
    }
    return at + 1;
  }

  std::string_view text_;
};

std::string lines_of(const Json& value, std::size_t depth) {
  std::string out;
  for (const char c : value.dump(static_cast<int>(indent))) {
    out += c;
    if (c == '\n') out.append(depth * indent, ' ');
  }
  return out;
}

std::string margin(std::size_t depth) { return "\n" + std::string(depth * indent, ' '); }

/// `what`, which stands `depth` deep, put at the beginning or the end of the container at `at`.
std::string put(std::string_view text, std::size_t at, const std::string& what, std::size_t depth,
                bool at_the_end) {
  const Walker walker(text);
  const auto items = walker.items(at);
  std::string out(text);
  if (items.empty()) {
    const auto end = walker.skip_value(at);
    out.replace(at + 1, end - at - 2, margin(depth) + what + margin(depth - 1));
  } else if (at_the_end) {
    out.insert(items.back().end, "," + margin(depth) + what);
  } else {
    out.insert(items.front().begin, what + "," + margin(depth));
  }
  return out;
}

/// Whether the text says what was meant: the offsets are trusted no further than this.
std::string confirmed(std::string changed, const Json& meant) {
  if (parse(changed, "text") == meant) return changed;
  throw Error(ErrorCode::internal, "a change of a JSON text went wrong, nothing was written");
}

Json& value_at(Json& document, const Place& place) {
  Json* at = &document;
  for (const auto& token : place) {
    at = at->is_array() ? &at->at(static_cast<std::size_t>(parse_integer(token).value()))
                        : &at->at(token);
  }
  return *at;
}

}  // namespace

std::string with_member(std::string_view text, const Place& place, const std::string& name,
                        const Json& value) {
  const auto at = Walker(text).find(place);
  if (text.at(at) != '{') Walker::fail(place);
  auto meant = parse(text, "text");
  value_at(meant, place)[name] = value;
  const auto depth = place.size() + 1;
  return confirmed(put(text, at, Json(name).dump() + ": " + lines_of(value, depth), depth, false),
                   meant);
}

std::string with_element(std::string_view text, const Place& place, const Json& value) {
  const auto at = Walker(text).find(place);
  if (text.at(at) != '[') Walker::fail(place);
  auto meant = parse(text, "text");
  value_at(meant, place).push_back(value);
  const auto depth = place.size() + 1;
  return confirmed(put(text, at, lines_of(value, depth), depth, true), meant);
}

std::string without(std::string_view text, const Place& place) {
  const Walker walker(text);
  const Place above(place.begin(), place.end() - 1);
  const auto at = walker.find(above);
  static_cast<void>(walker.find(place));
  const auto items = walker.items(at);
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const Item& item) { return item.name == place.back(); });
  auto meant = parse(text, "text");
  auto& container = value_at(meant, above);
  if (container.is_array()) {
    container.erase(static_cast<std::size_t>(found - items.begin()));
  } else {
    container.erase(place.back());
  }
  std::string out(text);
  if (items.size() == 1) {
    out.erase(at + 1, walker.skip_value(at) - at - 2);
  } else if (found + 1 == items.end()) {
    out.erase((found - 1)->end, found->end - (found - 1)->end);
  } else {
    // From its begin to the next one's: what stands before it, a line end and blanks, stays.
    out.erase(found->begin, (found + 1)->begin - found->begin);
  }
  return confirmed(std::move(out), meant);
}

}  // namespace lexecon::json
