#include <string>

#include "fuzz/targets.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

void lexecon::fuzz::json(std::string_view bytes) {
  const auto value = json::parse(bytes);
  const auto text = json::canonical(value);
  require(json::canonical(json::parse(text)) == text, "canonical text is not stable");
  require(json::canonical(json::normalised(value)) == text, "normalising changed the value");
}
