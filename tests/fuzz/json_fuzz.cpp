#include <optional>
#include <string>

#include "base/error.hpp"
#include "fuzz/targets.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "json/scan.hpp"

namespace {

/// The value when `bytes` are canonical, by the parser and the writer.
std::optional<lexecon::Json> canonical_value(std::string_view bytes) {
  try {
    return lexecon::json::parse_canonical(bytes);
  } catch (const lexecon::Error&) {
    return std::nullopt;
  }
}

bool is_plain(const lexecon::Json& value) {
  try {
    lexecon::json::require_plain(value);
    return true;
  } catch (const lexecon::Error&) {
    return false;
  }
}

}  // namespace

void lexecon::fuzz::json(std::string_view bytes) {
  const auto known = canonical_value(bytes);
  require(json::is_canonical(bytes) == known.has_value(), "the scanner and the parser disagree");
  require(json::is_plain_canonical(bytes) == (known && is_plain(*known)),
          "the scanner and require_plain disagree");
  const auto value = json::parse(bytes);
  const auto text = json::canonical(value);
  require(json::canonical(json::parse(text)) == text, "canonical text is not stable");
  require(json::is_canonical(text), "the scanner refuses what the writer wrote");
  require(json::canonical(json::normalised(value)) == text, "normalising changed the value");
}
