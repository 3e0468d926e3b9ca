#include "decision/test_table.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "policy/document.hpp"
#include "policy/identifiers.hpp"

namespace lexecon::decision {
namespace {

using json::Node;
using json::NodeReader;

/// Refuses unknown keys before anything else: a slip in one would show as the absence of another.
NodeReader reader_of(const Node& node, const std::string& file,
                     std::initializer_list<std::string_view> keys) {
  NodeReader reader(node, file);
  for (const auto key : keys) static_cast<void>(reader.find(key));
  reader.finish();
  return reader;
}

/// The deepest value on the way to the pointer that stands in the document.
const Node& node_at(const Node& root, std::string_view pointer) {
  const Node* at = &root;
  for (const auto& token : split(pointer.substr(pointer.empty() ? 0 : 1), '/')) {
    const auto member = std::find_if(
        at->members.begin(), at->members.end(),
        [&](const Node::Member& each) { return json::pointer_token(each.key) == token; });
    const auto index = parse_integer(token);
    if (member != at->members.end()) {
      at = &member->value;
    } else if (index && *index >= 0 && static_cast<std::size_t>(*index) < at->items.size()) {
      at = &at->items[static_cast<std::size_t>(*index)];
    } else {
      break;
    }
  }
  return *at;
}

Request read_request(const NodeReader& reader, const Node& value) {
  try {
    return parse_request(json::to_json(value));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    const auto& pointer = error.where();
    reader.fail(node_at(value, pointer).mark,
                error.message() + (pointer.empty() ? "" : " (" + pointer + " of the request)"),
                error.hint());
  }
}

std::string read_requirement(const NodeReader& reader, const Node& value) {
  const auto& text = reader.as_text(value, "requirement");
  if (policy::is_requirement(text)) return text;
  reader.fail(value.mark, "expected a requirement, found `" + printable(text) + "`",
              "a letter, then up to 99 letters, digits and `_`");
}

/// An approval without an operator is that of one who approved nothing else.
Approval read_approval(const NodeReader& facts, const Node& value, const std::string& file,
                       std::size_t number) {
  Approval out{"operator-" + std::to_string(number), {}, number};
  if (value.kind == Node::Kind::text) {
    out.requirement = read_requirement(facts, value);
    return out;
  }
  auto reader = reader_of(value, file, {"requirement", "operator"});
  out.requirement = read_requirement(reader, reader.get({"requirement"}));
  if (const auto* name = reader.find("operator")) {
    out.operator_id = reader.as_text(*name, "operator");
    if (out.operator_id.empty()) reader.fail(name->mark, "expected an operator, found nothing");
  }
  return out;
}

Facts read_facts(const Node& value, const std::string& file) {
  auto reader = reader_of(value, file, {"approvals", "confirmed"});
  Facts out;
  if (const auto* approvals = reader.find("approvals")) {
    for (const auto& item : reader.as_list(*approvals, "approvals")) {
      out.approvals.push_back(read_approval(reader, item, file, out.approvals.size() + 1));
    }
  }
  const auto* confirmed = reader.find("confirmed");
  if (confirmed == nullptr) return out;
  if (confirmed->kind != Node::Kind::boolean) {
    reader.fail(confirmed->mark, "expected true or false as confirmed");
  }
  if (confirmed->boolean) {
    const auto number = out.approvals.size() + 1;
    out.approvals.push_back(
        {"operator-" + std::to_string(number), std::string(policy::human_confirmation), number});
  }
  return out;
}

/// A word of a closed list, found by `from` and spelled by to_string.
template <class Word, class From>
std::optional<Expected<Word>> read_word(NodeReader& reader, std::string_view key, From from,
                                        Word last) {
  const auto* value = reader.find(key);
  if (value == nullptr) return std::nullopt;
  const auto& text = reader.as_text(*value, key);
  if (const auto word = from(text)) return Expected<Word>{*word, value->mark};
  std::vector<std::string> known;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    known.emplace_back(policy::to_string(static_cast<Word>(i)));
  }
  const auto near = did_you_mean(text, known);
  reader.fail(value->mark,
              "expected one of " + join(known, ", ") + " as " + std::string(key) + ", found `" +
                  printable(text) + "`",
              near ? "did you mean `" + *near + "`?" : std::string());
}

std::optional<Expected<std::vector<std::string>>> read_names(NodeReader& reader,
                                                             std::string_view key) {
  const auto* value = reader.find(key);
  if (value == nullptr) return std::nullopt;
  std::set<std::string> names;
  for (const auto& item : reader.as_list(*value, key)) {
    if (!names.insert(reader.as_text(item, key)).second) {
      reader.fail(item.mark, "`" + printable(item.text) + "` stands twice");
    }
  }
  return Expected<std::vector<std::string>>{{names.begin(), names.end()}, value->mark};
}

Expectation read_expectation(const Node& value, const std::string& file) {
  auto reader = reader_of(value, file, {"outcome", "reason", "relations", "unmet"});
  Expectation out;
  out.outcome = read_word(reader, "outcome", policy::outcome_from, policy::Outcome::denied);
  out.reason =
      read_word(reader, "reason", policy::reason_code_from, policy::ReasonCode::not_forbidden);
  out.relations = read_names(reader, "relations");
  out.unmet = read_names(reader, "unmet");
  if (!out.outcome && !out.reason && !out.relations && !out.unmet) {
    reader.fail(value.mark, "expected one of outcome, reason, relations and unmet",
                "a test that expects nothing cannot fail");
  }
  return out;
}

TestCase read_test(const Node& value, const std::string& file) {
  auto reader = reader_of(value, file, {"name", "request", "at", "facts", "expect"});
  TestCase out;
  const auto& name = reader.get({"name"});
  out.name = reader.as_text(name, "name");
  if (out.name.empty()) reader.fail(name.mark, "expected a name, found nothing");
  out.request = read_request(reader, reader.get({"request"}));
  if (const auto* at = reader.find("at")) {
    const auto& text = reader.as_text(*at, "at");
    out.at = parse_time(text);
    if (!out.at) {
      reader.fail(at->mark, "expected a time as at, found `" + printable(text) + "`",
                  "write date, time and offset: 2026-01-01T00:00:00Z");
    }
  }
  if (const auto* facts = reader.find("facts")) out.facts = read_facts(*facts, file);
  out.expect = read_expectation(reader.get({"expect"}), file);
  return out;
}

}  // namespace

std::vector<TestCase> parse_tests(std::string_view bytes, const std::string& file) {
  const auto root = json::read_document(bytes, file);
  auto reader = reader_of(root, file, {"tests"});
  std::vector<TestCase> out;
  std::set<std::string> names;
  for (const auto& item : reader.as_list(reader.get({"tests"}), "tests")) {
    out.push_back(read_test(item, file));
    if (!names.insert(out.back().name).second) {
      reader.fail(item.mark, "two tests are called `" + printable(out.back().name) + "`");
    }
  }
  return out;
}

}  // namespace lexecon::decision
