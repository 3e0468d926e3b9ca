#include "service/metrics.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "office.hpp"
#include "service/operators.hpp"
#include "service/stops.hpp"
#include "service/tokens.hpp"
#include "support/sshsig.hpp"

namespace lexecon {
namespace {

using test::Office;

bool is_name(const std::string& text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

/// Where the labels that begin at `at` end, behind their brace; npos when they are none.
std::size_t end_of_labels(const std::string& line, std::size_t at) {
  do {
    const auto equals = line.find("=\"", at + 1);
    if (equals == std::string::npos || !is_name(line.substr(at + 1, equals - at - 1))) {
      return std::string::npos;
    }
    for (at = equals + 2; at < line.size() && line[at] != '"'; ++at) {
      if (line[at] == '\\' && std::string("\\\"n").find(line[++at]) == std::string::npos) {
        return std::string::npos;
      }
    }
    ++at;
  } while (at < line.size() && line[at] == ',');
  return at < line.size() && line[at] == '}' ? at + 1 : std::string::npos;
}

/// Sample by sample, from the text: what a reader of the format 0.0.4 must find, and nothing else.
std::map<std::string, std::int64_t> read(const std::string& text) {
  std::map<std::string, std::int64_t> out;
  std::set<std::string> helped;
  std::string type;
  std::string last;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    if (line.starts_with("# HELP ")) {
      last = line.substr(7, line.find(' ', 7) - 7);
      CHECK(is_name(last));
      CHECK(helped.insert(last).second);  // once, and before all of its samples
      type.clear();
      continue;
    }
    if (line.starts_with("# TYPE ")) {
      type = line == "# TYPE " + last + " counter" ? "counter" : "gauge";
      CHECK(line == "# TYPE " + last + " " + type);
      continue;
    }
    const auto brace = line.find('{');
    const auto end = brace == std::string::npos ? line.find(' ') : end_of_labels(line, brace);
    REQUIRE(end < line.size());
    REQUIRE(line[end] == ' ');
    CHECK(line.substr(0, std::min(brace, end)) == last);
    CHECK((type == "counter") == last.ends_with("_total"));
    const auto value = parse_integer(line.substr(end + 1));
    REQUIRE(value);
    CHECK(out.emplace(line.substr(0, end), *value).second);
  }
  CHECK(text.ends_with("\n"));
  return out;
}

std::map<std::string, std::int64_t> metrics_of(Office& office) {
  return read(
      service::to_prometheus(service::metrics(office.node(), office.session().now, "0.1.0")));
}

std::int64_t sum(const std::map<std::string, std::int64_t>& all, const std::string& name) {
  std::int64_t out = 0;
  for (const auto& [key, value] : all) {
    if (key.starts_with(name + "{")) out += value;
  }
  return out;
}

}  // namespace

TEST_SUITE("service/metrics") {
  TEST_CASE("a fresh node has every series, at nothing") {
    Office office;
    const auto all = metrics_of(office);
    CHECK(all.at(R"(lexecon_decisions_total{outcome="approved"})") == 0);
    CHECK(all.at(R"(lexecon_escalations_open{priority="critical"})") == 0);
    CHECK(all.at(R"(lexecon_operators{role="admin"})") == 0);
    CHECK(all.at("lexecon_escalation_oldest_seconds") == 0);
    CHECK(all.at("lexecon_ledger_entries") == 3);
    CHECK(all.at("lexecon_last_entry_timestamp_seconds") == 1'767'225'600);
    CHECK(all.at("lexecon_policy_activated_timestamp_seconds") == 1'767'225'600);
    CHECK(all.at("lexecon_ledger_size_bytes") > 4'096);
    CHECK(sum(all, "lexecon_info") == 1);
  }

  TEST_CASE("each number is what happened") {
    Office office;
    const auto given = office.decide(test::reading());
    (void)office.decide(test::dropping());
    (void)office.decide(test::shipping());
    (void)office.decide(test::paying());
    auto risky = test::reading();
    risky["risk"] = {{"security", 70}};
    (void)office.decide(risky, {.with_token = false});
    const token::Presented presented{.audience = {},
                                     .action = "action:read",
                                     .tool = std::nullopt,
                                     .resource = "resource:db:sales",
                                     .data_classes = {},
                                     .params_hash = std::nullopt};
    for (int i = 0; i < 2; ++i) {
      (void)service::verify_token(office.node(), *given.token, presented, office.session());
    }
    (void)service::add_operator(office.node(),
                                {.id = "alice",
                                 .public_key = test::ssh_signer(false).text(),
                                 .role = authority::Role::admin,
                                 .actors = {}},
                                std::nullopt, office.session());
    (void)service::stop_agents(office.node(), {"actor", "actor:x", "incident", {}}, std::nullopt,
                               office.session());
    office.pass(100);
    auto all = metrics_of(office);
    CHECK(all.at(R"(lexecon_decisions_total{outcome="approved"})") == 2);
    CHECK(all.at(R"(lexecon_decisions_total{outcome="denied"})") == 1);
    CHECK(all.at(R"(lexecon_decisions_total{outcome="conditional"})") == 1);
    CHECK(all.at(R"(lexecon_decisions_total{outcome="escalated"})") == 1);
    CHECK(all.at(R"(lexecon_decisions_by_risk_total{level="high"})") == 1);
    CHECK(sum(all, "lexecon_decisions_by_risk_total") == 5);
    CHECK(all.at("lexecon_tokens_issued_total") == 1);
    CHECK(all.at("lexecon_token_uses_total") == 1);
    CHECK(all.at("lexecon_tokens_refused_total") == 1);
    CHECK(all.at(R"(lexecon_escalations_open{priority="medium"})") == 1);
    CHECK(all.at("lexecon_escalation_oldest_seconds") == 100);
    CHECK(all.at("lexecon_escalations_overdue") == 0);
    CHECK(all.at(R"(lexecon_operators{role="admin"})") == 1);
    CHECK(all.at("lexecon_stops_in_force") == 1);
    CHECK(all.at("lexecon_ledger_entries") == static_cast<std::int64_t>(office.entries()));
    office.pass(24 * 3'600 - 101);
    CHECK(metrics_of(office).at("lexecon_escalations_overdue") == 0);
    office.pass(1);  // of medium priority: a day
    CHECK(metrics_of(office).at("lexecon_escalations_overdue") == 1);
  }

  TEST_CASE("a label value that would end its line or its quotes is escaped") {
    const std::vector<service::Metric> one{
        {"lexecon_info", false, "Help.", {{{{"node", "a\"b\\c\nd"}}, 1}}}};
    const auto text = service::to_prometheus(one);
    CHECK(text ==
          "# HELP lexecon_info Help.\n# TYPE lexecon_info gauge\n"
          "lexecon_info{node=\"a\\\"b\\\\c\\nd\"} 1\n");
    CHECK(read(text).size() == 1);
  }

  TEST_CASE("it reads alone: the ledger stays as it was") {
    Office office;
    const auto before = test::slurp(office.node().files.database());
    (void)metrics_of(office);
    CHECK(test::slurp(office.node().files.database()) == before);
  }
}

}  // namespace lexecon
