#include "retention_text.hpp"

#include <utility>
#include <vector>

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> row_of(const std::string& name, const std::string& keep,
                                const std::string& from, const std::string& floor,
                                const std::string& then, const Json& counts) {
  return {name,
          keep,
          from,
          floor,
          then,
          shown(counts, "active"),
          shown(counts, "expiring"),
          shown(counts, "due"),
          shown(counts, "on_hold"),
          shown(counts, "erased")};
}

}  // namespace

std::string retention_text(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"CLASS", "KEEP", "FROM", "FLOOR", "THEN", "ACTIVE", "EXPIRING", "DUE", "ON HOLD", "ERASED"}};
  for (const auto& each : document["classes"]) {
    rows.push_back(row_of(shown(each, "name"), shown(each, "keep"), shown(each, "from"),
                          each["floor"].get<bool>() ? "yes" : "no", shown(each, "then"),
                          each["counts"]));
  }
  rows.push_back(row_of("(no class)", "-", "-", "-", "-", document["without_class"]));
  rows.push_back(row_of("(all)", "-", "-", "-", "-", document["counts"]));
  std::string out = table(rows);
  if (document["archived"] != 0) {
    out += shown(document, "archived") + " entries archived, and what was sealed beside them\n";
  }
  return out;
}

std::string retention_run_text(const Json& document) {
  const Json& erasure = document["erasure"];
  Pairs pairs;
  for (const auto& each : document["classes"]) {
    pairs.emplace_back(erasure.is_null() ? "due" : "erased",
                       shown(each, "contents") + " of " + shown(each, "name"));
  }
  if (document["seqs"].empty()) pairs.emplace_back("due", "nothing");
  if (document["on_hold"] != 0) pairs.emplace_back("on hold", shown(document, "on_hold"));
  if (erasure.is_null()) return facts(pairs);
  for (const auto& each : erasure["entries"]) pairs.emplace_back("entry", shown(each));
  pairs.emplace_back("by", shown(erasure["approval"], "operator"));
  pairs.emplace_back("database", shown(erasure, "bytes_before") + " bytes before, " +
                                     shown(erasure, "bytes_after") + " after");
  if (!erasure["unfinished"].is_null()) {
    pairs.emplace_back("unfinished", shown(erasure, "unfinished"));
  }
  return facts(pairs);
}

}  // namespace lexecon::cli
