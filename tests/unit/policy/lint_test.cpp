#include "policy/lint.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include "support/support.hpp"

TEST_SUITE_BEGIN("policy/lint");

namespace lexecon::policy {
namespace {

using findings::Finding;

Timestamp noon() { return parse_time("2026-06-01T12:00:00Z").value(); }

/// Files with their bytes; the views of SourceFile are of them.
using Files = std::vector<std::pair<std::string, std::string>>;

Linted lint_files(const Files& files, LintFacts facts = {noon(), false}) {
  std::vector<SourceFile> sources;
  for (const auto& [name, bytes] : files) sources.push_back({name, bytes});
  return lint(sources, facts);
}

/// The files of a rule's folder that begin so.
Files fixtures(const std::filesystem::path& folder, const std::string& kind) {
  Files out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory()) continue;  // the tests of a pack
    const auto name = entry.path().filename().string();
    if (name.starts_with(kind)) out.emplace_back("policies/" + name, test::slurp(entry.path()));
  }
  return out;
}

std::vector<Finding> of_rule(const Linted& linted, std::string_view rule) {
  std::vector<Finding> out;
  for (const auto& finding : linted.findings) {
    if (finding.rule == rule) out.push_back(finding);
  }
  return out;
}

std::string shown(const Linted& linted) {
  std::string out;
  for (const auto& finding : linted.findings) {
    out += finding.file + ":" + std::to_string(finding.line) + ":" +
           std::to_string(finding.column) + ": " + finding.message + " [" + finding.rule + "]\n";
  }
  return out;
}

TEST_CASE("each rule finds its bad fixture and nothing in its good one") {
  std::set<std::string> ids;
  for (const auto& rule : lint_rules()) {
    CAPTURE(rule.id);
    const auto folder = test::data_file("lint/" + std::string(rule.id));
    const auto bad = fixtures(folder, "bad");
    const auto good = fixtures(folder, "good");
    REQUIRE_FALSE(bad.empty());
    REQUIRE_FALSE(good.empty());
    const auto found = lint_files(bad);
    const auto none = lint_files(good);
    INFO(shown(found));
    INFO(shown(none));
    CHECK_FALSE(of_rule(found, rule.id).empty());
    CHECK(of_rule(none, rule.id).empty());
    CHECK(of_rule(none, "LX001").empty());
    for (const auto& finding : of_rule(found, rule.id)) {
      CHECK(finding.severity == rule.severity);
      CHECK_FALSE(finding.message.empty());
      CHECK((!finding.hint.empty() || rule.id == "LX001"));
      CHECK(finding.message.find('\n') == std::string::npos);
      CHECK(std::any_of(bad.begin(), bad.end(),
                        [&](const auto& file) { return file.first == finding.file; }));
    }
    CHECK(ids.insert(std::string(rule.id)).second);
  }
  CHECK(ids.size() >= 20);
  std::size_t folders = 0;
  for ([[maybe_unused]] const auto& entry :
       std::filesystem::directory_iterator(test::data_file("lint"))) {
    ++folders;
  }
  CHECK(folders == ids.size());
}

TEST_CASE("the manual lists the rules of the table and no others") {
  const auto page = test::slurp(test::source_folder() / "man/lexecon-lint.7");
  std::size_t at = page.find(".Sh RULES");
  for (const auto& rule : lint_rules()) {
    CAPTURE(rule.id);
    const auto entry = ".It Cm " + std::string(rule.id) + " Pq " +
                       std::string(findings::to_string(rule.severity)) + "\n" +
                       std::string(rule.title) + ".\n";
    at = page.find(entry, at);  // in the order of the table
    REQUIRE(at != std::string::npos);
  }
  std::size_t entries = 0;
  for (at = page.find(".It Cm LX"); at != std::string::npos; at = page.find(".It Cm LX", at + 1)) {
    ++entries;
  }
  CHECK(entries == lint_rules().size());
}

TEST_CASE("every fault of every file is found with its place") {
  const auto found = lint_files({{"policies/a.yaml",
                                  "mode: strickt\n"
                                  "relations:\n"
                                  "  - {type: permit, subject: actor:a, action: action:b}\n"
                                  "  - {type: forbids, action: action:b}\n"
                                  "  - {type: forbids, actoin: action:b}\n"
                                  "terms: [{id: a, type: actor}]\n"
                                  "colour: red\n"},
                                 {"policies/b.yaml", "a: &b c\n"},
                                 {"policies/c.yaml", ""}});
  std::string places;
  for (const auto& each : of_rule(found, "LX001")) {
    places += each.file.substr(each.file.find('/') + 1) + ":" + std::to_string(each.line) + ":" +
              std::to_string(each.column) + " ";
  }
  CHECK(places ==
        "a.yaml:1:7 a.yaml:6:14 a.yaml:3:12 a.yaml:5:21 a.yaml:7:1 b.yaml:1:4 c.yaml:1:1 ");
}

TEST_CASE("what stops the files only together is found, too") {
  const std::string one = "relations:\n  - {id: x, type: forbids, action: action:a}\n";
  const auto found = lint_files({{"policies/a.yaml", one}, {"policies/b.yaml", one}});
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings[0].rule == "LX001");
  CHECK(found.findings[0].file == "policies/b.yaml");
  CHECK(found.findings[0].line == 2);
  CHECK(found.relations == 2);
}

TEST_CASE("no files have no relations and no findings") {
  const auto found = lint_files({});
  CHECK(found.findings.empty());
  CHECK(found.relations == 0);
}

TEST_CASE("the packs of the program have nothing to warn of") {
  for (const auto& pack : std::filesystem::directory_iterator(test::source_folder() / "policies")) {
    if (!is_directory(pack.path() / "policies")) continue;  // the rulebooks, which are no pack
    CAPTURE(pack.path());
    const auto found = lint_files(fixtures(pack.path() / "policies", ""), {noon(), std::nullopt});
    INFO(shown(found));
    CHECK(found.relations > 0);
    CHECK(std::none_of(found.findings.begin(), found.findings.end(), [](const Finding& finding) {
      return finding.severity != findings::Severity::note;
    }));
  }
}

/// Relations of which many overlap: the worst for rules that compare them.
std::string large(std::size_t relations) {
  std::string out = "policy_id: pol_large_v1\nrelations:\n";
  for (std::size_t i = 0; i < relations; ++i) {
    const auto number = std::to_string(i);
    const auto type = i % 3 == 0 ? "forbids" : "permits";
    out += "  - {id: r" + number + ", type: " + type + ", subject: actor:team" +
           std::to_string(i % 50) + ":" + (i % 7 == 0 ? "*" : number) +
           ", action: action:" + (i % 5 == 0 ? "*" : "a" + std::to_string(i % 400)) +
           (i % 4 == 0 ? "" : ", object: data:d" + std::to_string(i % 300)) +
           ", justification: because}\n";
  }
  return out;
}

TEST_CASE("the time grows with the set, not with its square") {
  const auto seconds = [](std::size_t relations) {
    const Files files{{"policies/a.yaml", large(relations)}};
    const auto start = std::chrono::steady_clock::now();
    CHECK(lint_files(files).relations == relations);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const auto small = seconds(500);
  const auto big = seconds(4'000);
  CAPTURE(small);
  CAPTURE(big);
  CHECK(big < 8 * small * 4 + 0.2);  // 32 times for 8 times as many would be a square's half
}

}  // namespace
}  // namespace lexecon::policy

TEST_SUITE_END();
