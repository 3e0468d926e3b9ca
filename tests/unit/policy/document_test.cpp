#include "policy/document.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "base/error.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("policy/document");

namespace lexecon::policy {
namespace {

Document parse(const std::string& bytes) { return parse_document({"policies/a.yaml", bytes}); }

TEST_CASE("every key of the language is read, in both spellings") {
  const auto document = parse(R"(
policy_id: pol_acme_support_v2
name: Customer support agents
version: 2.0.0
mode: paranoid
effective_from: 2026-01-01T00:00:00Z
context: {purpose: string, amount: integer, a: number, b: boolean, c: list, d: map, e: any}
terms:
  - id: actor:ai_agent:support
    type: actor
    name: Support agent
    member_of: [actor:ai_agent]
    owner: actor:human_user:alice
  - term_id: resource:crm
    term_type: resource
    label: CRM
    contains: [data:customer_record]
  - {id: context:purpose, type: context}
relations:
  - id: support-reads-customers
    type: permits
    subject: actor:ai_agent:*
    action: action:read:customer
    object: data:customer_record
    justification: Art. 6(1)(b) GDPR
  - relation_id: trade
    relation_type: requires
    target: action:execute_trade
    condition: dual_authorization
    approvals: 2
    on_unmet: deny
constraints: []
)");
  CHECK(document.policy_id.text == "pol_acme_support_v2");
  CHECK(document.name == "Customer support agents");
  CHECK(document.version == "2.0.0");
  CHECK(document.mode == Mode::paranoid);
  CHECK(to_text(document.effective_from.value()) == "2026-01-01T00:00:00.000000Z");
  CHECK_FALSE(document.effective_until.has_value());
  const auto& context = document.context.value();
  REQUIRE(context.size() == 7);
  CHECK(context[1].name == "amount");  // ascending
  CHECK(context[1].type == cel::JsonType::integer);
  REQUIRE(document.terms.size() == 3);
  CHECK(document.terms[0].owner == "actor:human_user:alice");
  CHECK(document.terms[0].member_of.at(0).text == "actor:ai_agent");
  CHECK(document.terms[1].id.text == "resource:crm");
  CHECK(document.terms[1].name == "CRM");
  CHECK(document.terms[1].contains.at(0).text == "data:customer_record");
  CHECK(document.terms[2].type == TermType::context);
  REQUIRE(document.relations.size() == 2);
  const auto& permits = document.relations[0];
  CHECK(permits.type == RelationType::permits);
  CHECK(permits.subject == "actor:ai_agent:*");
  CHECK(permits.object == "data:customer_record");
  CHECK(permits.justification == "Art. 6(1)(b) GDPR");
  const auto& trade = document.relations[1];
  CHECK(trade.id == "trade");
  CHECK(trade.type == RelationType::requirement);
  CHECK(trade.subject == "*");
  CHECK(trade.action == "action:execute_trade");
  CHECK(trade.requirement == "dual_authorization");
  CHECK(trade.approvals == 2);
  CHECK(trade.on_unmet == Outcome::denied);
}

TEST_CASE("a file that begins with `{` is JSON") {
  const auto document = parse(
      "\n {\"mode\": \"permissive\", \"relations\": [{\"type\": \"forbids\", \"action\": "
      "\"action:x\"}]}\n");
  CHECK(document.mode == Mode::permissive);
  CHECK(document.relations.at(0).action == "action:x");
}

TEST_CASE("what older files say is read as it is said now") {
  const auto document = parse(R"(
description: an older file
metadata: {author: somebody, nested: {x: 1}}
audit_requirements: [a]
model_governance: {}
security_controls: 3
compliance_frameworks: [gdpr]
terms:
  - {term_id: data:phi, term_type: data_class, label: Health, sensitivity: high, immutable: true,
     minimum_necessary_standard: true, requires_audit: true, retention_days: 30}
relations:
  - relation_id: r1
    relation_type: permits
    source: actor:a
    target: action:read
    metadata: {object: data:phi, justification: because}
  - {relation_type: forbids, source: action:delete, target: action:delete}
  - {relation_type: forbids, source: actor:a, target: actor:a}
  - {relation_type: requires, source: action:pay, target: action:pay, metadata: {condition: dual}}
  - {relation_type: permits, source: "*", target: "*"}
)");
  CHECK(document.terms.at(0).attributes.size() == 5);
  REQUIRE(document.relations.size() == 5);
  CHECK(document.relations[0].object == "data:phi");
  CHECK(document.relations[0].justification == "because");
  CHECK(document.relations[1].subject == "*");
  CHECK(document.relations[1].action == "action:delete");
  CHECK(document.relations[2].subject == "actor:a");
  CHECK(document.relations[2].action == "*");
  CHECK(document.relations[3].requirement == "dual");
  CHECK(document.relations[3].subject == "*");
  CHECK(document.relations[4].subject == "*");
}

std::string answer(const std::string& bytes) {
  try {
    static_cast<void>(load(std::vector{SourceFile{"policies/a.yaml", bytes}}));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    auto out = error.where() + ": " + error.message();
    if (!error.hint().empty()) out += " (" + error.hint() + ")";
    return out;
  }
  return "loads";
}

// The file holds blocks: "--- what is wrong", the policy, and "=> " with the answer.
TEST_CASE("every mistake is refused with file, line, column and a way out") {
  const auto path = test::data_file("policy/errors.txt");
  std::istringstream file(test::slurp(path));
  std::string line;
  std::string bytes;
  std::string title;
  std::string written;
  int blocks = 0;
  while (std::getline(file, line)) {
    if (line.starts_with("--- ")) {
      title = line;
      bytes.clear();
    } else if (line.starts_with("=> ")) {
      const auto seen = "=> " + answer(bytes);
      CAPTURE(title);
      if (std::getenv("LEXECON_ACCEPT") == nullptr) CHECK(seen == line);
      CHECK(seen != "=> loads");
      CHECK(seen.starts_with("=> policies/a.yaml:"));
      ++blocks;
      line = seen;
    } else {
      bytes += line + "\n";
    }
    written += line + "\n";
  }
  CHECK(blocks > 70);
  if (std::getenv("LEXECON_ACCEPT") != nullptr) std::ofstream(path) << written;
}

TEST_CASE("a text that would break a line or a terminal is shown escaped") {
  const auto seen = answer("mode: \"a\\nb\\e[31m\"\n");
  CHECK(seen.find('\n') == std::string::npos);
  CHECK(seen.find('\x1b') == std::string::npos);
}

}  // namespace
}  // namespace lexecon::policy

TEST_SUITE_END();
