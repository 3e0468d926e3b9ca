#include "ledger/sealed_request.hpp"

#include "json/json.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::size_t value_at = 83;  // {"salt":"<64 hex>","value":

/// Where the text that begins at `start` ends: behind its closing quote.
std::size_t end_of_text(std::string_view json, std::size_t start) {
  std::size_t at = start + 1;
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2U : 1U;
  return at + 1;
}

/// Where the value that begins at `start` ends, in canonical JSON.
std::size_t end_of_value(std::string_view json, std::size_t start) {
  std::size_t depth = 0;
  for (std::size_t at = start; at < json.size();) {
    const char c = json[at];
    if (depth == 0 && at != start && (c == ',' || c == '}')) return at;
    if (c == '"') {
      at = end_of_text(json, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at;
  }
  return json.size();
}

/// The canonical text of a member of a canonical object; nothing when it is absent.
std::optional<std::string_view> member(std::string_view object, std::string_view name) {
  const std::string wanted = '"' + std::string(name) + '"';
  for (std::size_t at = 1; at < object.size() && object[at] == '"';) {
    const std::size_t colon = end_of_text(object, at);
    const std::size_t end = end_of_value(object, colon + 1);
    if (object.substr(at, colon - at) == wanted) {
      return object.substr(colon + 1, end - colon - 1);
    }
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> request_fault(std::string_view bytes, const Json& decision) {
  const std::string_view request = bytes.substr(value_at, bytes.size() - value_at - 1);
  if (!request.starts_with('{')) return "is no request";
  for (const std::string_view name : {"actor", "action", "resource"}) {
    const auto sealed = member(request, name);
    const auto stated = decision.find(name);
    if (stated == decision.end()) continue;  // for the check of events to say
    const bool is_text = stated->is_string();
    // A term needs no escape, so its canonical text is the term in quotes.
    const std::string wanted = is_text ? '"' + stated->get<std::string>() + '"' : std::string();
    if (is_text ? sealed != wanted : sealed.has_value()) {
      return "has another " + std::string(name) + " than the decision";
    }
  }
  return std::nullopt;
}

}  // namespace lexecon::ledger
