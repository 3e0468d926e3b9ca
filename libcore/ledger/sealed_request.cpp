#include "ledger/sealed_request.hpp"

#include <utility>

#include "chain/forward.hpp"
#include "chain/sealed.hpp"
#include "json/parse.hpp"

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

std::optional<std::string> request_fault(std::string_view bytes, const chain::DataView& decision) {
  const std::string_view request = bytes.substr(value_at, bytes.size() - value_at - 1);
  if (!request.starts_with('{')) return "is no request";
  const auto differs = [&](std::string_view name, std::optional<std::string_view> stated) {
    const auto sealed = member(request, name);
    // A term needs no escape, so its canonical text is the term in quotes.
    return stated ? sealed != '"' + std::string(*stated) + '"' : sealed.has_value();
  };
  // What the decision does not state at all is for the check of events to say.
  for (const auto& [name, stated] :
       {std::pair("action", decision.action), std::pair("actor", decision.actor)}) {
    if (!stated.empty() && differs(name, stated)) {
      return "has another " + std::string(name) + " than the decision";
    }
  }
  if (differs("resource", decision.resource)) return "has another resource than the decision";
  return std::nullopt;
}

bool is_request_of(std::string_view bytes, const chain::DataView& decision) {
  if (bytes.size() > chain::max_sealed_bytes) return false;
  chain::Forward reader(bytes);
  chain::Word salt;
  if (!reader.literal(R"({"salt":)") || !reader.hex(salt, 64) || !reader.literal(R"(,"value":{)")) {
    return false;
  }
  std::size_t stated = 0;
  std::string_view before;
  do {
    chain::Word name;
    chain::Word value;
    if (!reader.text(name) || name.text <= before || !reader.literal(":")) return false;
    before = name.text;
    const bool is_resource = name.text == "resource";
    if (!is_resource && name.text != "action" && name.text != "actor") {
      if (!reader.value(json::max_depth - 2)) return false;
      continue;
    }
    if (is_resource && !decision.resource) return false;
    const auto wanted = is_resource             ? *decision.resource
                        : name.text == "action" ? decision.action
                                                : decision.actor;
    if (!reader.text(value) || value.text != wanted) return false;
    ++stated;
  } while (reader.literal(","));
  return stated == (decision.resource ? 3U : 2U) && reader.literal("}}") && reader.at_end();
}

}  // namespace lexecon::ledger
