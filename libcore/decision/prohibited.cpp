#include "decision/prohibited.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "decision/prohibited_text.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"

namespace lexecon::decision {
namespace {

constexpr auto sealed_members = std::to_array<const char*>({"intent", "context", "parameters"});

std::optional<Prohibited> prohibited_in_value(const Json& value) {
  if (value.is_string()) return prohibited_in(value.get_ref<const std::string&>());
  if (value.is_number_integer()) return prohibited_in(std::to_string(value.get<std::int64_t>()));
  if (!value.is_object()) return std::nullopt;
  for (const auto& [name, ignored] : value.items()) {
    if (const auto kind = prohibited_in(name)) return kind;
  }
  return std::nullopt;
}

std::optional<ProhibitedFinding> find_below(const Json& value, const std::string& pointer) {
  if (const auto kind = prohibited_in_value(value)) return ProhibitedFinding{*kind, pointer};
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (auto found = find_below(value[i], pointer + "/" + std::to_string(i))) return found;
    }
  }
  if (!value.is_object()) return std::nullopt;
  for (const auto& [name, item] : value.items()) {
    if (auto found = find_below(item, pointer + "/" + json::pointer_token(name))) return found;
  }
  return std::nullopt;
}

void redact(Json& value) {
  if (const auto kind = prohibited_in_value(value)) {
    value = value.is_object() ? Json{{marker_of(*kind), true}} : Json(marker_of(*kind));
    return;
  }
  if (!value.is_structured()) return;
  for (auto& item : value) redact(item);
}

/// Whatever stands in a text of the request stands in its bytes too, between quotes, of which no shape
/// is made, unless something is escaped there, or is to be read as an escape.
bool may_be_prohibited(const Request& request) {
  const auto& text = request.text;
  return text.empty() || text.find('\\') != std::string::npos ||
         text.find('%') != std::string::npos || prohibited_in(text);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// With %2F and its like read as what they stand for.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const auto low = high < 0 ? -1 : hex_digit(text[i + 2]);
    out += low < 0 ? text[i] : static_cast<char>(16 * high + low);
    if (low >= 0) i += 2;
  }
  return out;
}

}  // namespace

std::optional<ProhibitedFinding> prohibited_in_sealed(const Request& request) {
  for (const auto* name : sealed_members) {
    const auto member = request.canonical.find(name);
    if (member == request.canonical.end()) continue;
    if (auto found = find_below(*member, "/" + std::string(name))) return found;
  }
  return std::nullopt;
}

Screened screen(Request request, OnProhibited setting) {
  if (!may_be_prohibited(request)) return {std::move(request), std::nullopt, false};
  refuse_prohibited(request);
  auto found = setting == OnProhibited::allow ? std::nullopt : prohibited_in_sealed(request);
  const bool is_denied = found && setting == OnProhibited::deny;
  if (is_denied) request = redacted(request);
  return {std::move(request), std::move(found), is_denied};
}

// SECURITY: an entry is for ever, and a recorded denial would keep the very secret that it denies.
void refuse_prohibited(const Request& request) {
  for (const auto& [name, value] : request.canonical.items()) {
    if (std::find(sealed_members.begin(), sealed_members.end(), name) != sealed_members.end()) {
      continue;
    }
    const auto& items = value.is_array() ? value : Json::array({value});
    for (const auto& item : items) {
      if (!item.is_string()) continue;
      const auto kind = prohibited_in(unescaped(item.get_ref<const std::string&>()));
      if (!kind) continue;
      throw Error(ErrorCode::bad_input,
                  "prohibited content (" + std::string(to_string(*kind)) +
                      ") in a member that is kept for ever",
                  "/" + name, "nothing was recorded; take it out of the request");
    }
  }
}

Request redacted(const Request& request) {
  auto document = request.canonical;
  for (const auto* name : sealed_members) {
    const auto member = document.find(name);
    if (member != document.end()) redact(*member);
  }
  return parse_request(document);
}

}  // namespace lexecon::decision
