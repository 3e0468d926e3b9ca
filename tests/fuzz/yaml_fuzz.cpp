#include <string>

#include "fuzz/targets.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/node.hpp"
#include "json/parse.hpp"

void lexecon::fuzz::yaml(std::string_view bytes) {
  const auto value = json::to_json(json::read_document(bytes, "fuzz.yaml"));
  const auto text = json::canonical(value);
  // JSON is YAML: what was read once is read again, unless it is a lone scalar.
  if (text.front() == '{') {
    require(json::canonical(json::to_json(json::read_document(text, "fuzz.json"))) == text,
            "a document changed on the way through JSON");
  }
}
