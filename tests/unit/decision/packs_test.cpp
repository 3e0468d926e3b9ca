// The policy packs load, and give the verdicts that their READMEs promise.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "decision/judge.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "policy/graph.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("decision/packs");

namespace lexecon::decision {
namespace {

constexpr std::array packs{"minimal", "enterprise", "coding_agent", "eu_ai_act_deployer",
                           "gdpr",    "healthcare", "financial"};

Path folder_of(const std::string& pack) { return test::source_folder() / "policies" / pack; }

std::vector<SetFile> files_of(const std::string& pack) {
  const auto folder = folder_of(pack);
  std::vector<SetFile> files{{"node.yaml", test::slurp(folder / "node.yaml")},
                             {"risk.yaml", test::slurp(folder / "risk.yaml")}};
  for (const auto& entry : std::filesystem::directory_iterator(folder / "policies")) {
    if (!entry.is_regular_file()) continue;
    files.push_back({"policies/" + entry.path().filename().string(), test::slurp(entry.path())});
  }
  return files;
}

/// The options of `lexecon decide`, or the document that stands between braces.
Json document_of(const std::string& cell) {
  const auto brace = cell.find('{');
  if (brace != std::string::npos) {
    return json::parse(cell.substr(brace, cell.rfind('}') - brace + 1));
  }
  std::istringstream words(cell.substr(1, cell.rfind('`') - 1));
  auto out = Json::object();
  std::string option;
  std::string value;
  while (words >> option >> value) {
    if (option == "--data-class") {
      out["data_classes"].push_back(value);
    } else {
      out[option.substr(2)] = value;
    }
  }
  return out;
}

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

struct Example {
  Json request;
  std::string outcome;
  std::string reason;
};

std::vector<Example> examples_of(const std::string& pack) {
  std::istringstream readme(test::slurp(folder_of(pack) / "README.md"));
  std::vector<Example> out;
  std::string line;
  while (std::getline(readme, line)) {
    if (!line.starts_with("| `--")) continue;
    std::vector<std::string> cells;
    std::istringstream row(line.substr(1));
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(trimmed(cell));
    REQUIRE(cells.size() == 3);
    out.push_back({document_of(cells[0]), cells[1], cells[2]});
  }
  return out;
}

TEST_CASE("every example of a pack's README gets the verdict that stands there") {
  for (const auto& [pack, count] : {std::pair{"minimal", 8},
                                    {"enterprise", 19},
                                    {"coding_agent", 12},
                                    {"eu_ai_act_deployer", 9},
                                    {"gdpr", 8},
                                    {"healthcare", 9},
                                    {"financial", 10}}) {
    CAPTURE(pack);
    const auto set = load_set(files_of(pack));
    const auto examples = examples_of(pack);
    CHECK(examples.size() == static_cast<std::size_t>(count));
    for (const auto& example : examples) {
      CAPTURE(example.request.dump());
      const auto verdict = judge(parse_request(example.request), &set, {}, {});
      CHECK(policy::to_string(verdict.outcome) == example.outcome);
      CHECK(policy::to_string(verdict.reason) == example.reason);
    }
  }
}

TEST_CASE("two operators, not one, release to production") {
  const auto set = load_set(files_of("enterprise"));
  const auto request = parse_request(json::parse(
      R"({"actor":"ai_agent:deployer","action":"deploy","resource":"env:production/shop"})"));
  Facts facts;
  facts.approvals = {{"ann", "dual_authorization", 1}};
  CHECK(judge(request, &set, facts, {}).outcome == policy::Outcome::escalated);
  facts.approvals.push_back({"ben", "dual_authorization", 2});
  const auto verdict = judge(request, &set, facts, {});
  CHECK(verdict.outcome == policy::Outcome::approved);
  CHECK(verdict.owners == std::vector<std::string>{"actor:human:alice"});
}

TEST_CASE("a pack says why: every relation has an id and a justification") {
  for (const auto* pack : packs) {
    const auto set = load_set(files_of(pack));
    for (const auto& relation : set.policies.graph().relations) {
      CAPTURE(relation.id);
      CHECK_FALSE(relation.justification.empty());
      const auto colon = relation.id.find(':');
      CHECK((colon == std::string::npos || relation.id.starts_with("constraint:")));
    }
  }
}

TEST_CASE("init finds the id in the first line of node.yaml") {
  for (const auto* pack : packs) {
    CHECK(test::slurp(folder_of(pack) / "node.yaml").starts_with("id: node\n"));
  }
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
