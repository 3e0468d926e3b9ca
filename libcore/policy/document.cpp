#include "policy/document.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "policy/choice.hpp"

namespace lexecon::policy {
namespace {

constexpr std::array<std::string_view, 6> keys_without_effect{
    "metadata",          "audit_requirements",    "model_governance",
    "security_controls", "compliance_frameworks", "description"};
constexpr std::array<std::string_view, 7> context_type_names{
    "string", "number", "integer", "boolean", "list", "map", "any"};
constexpr std::array<std::string_view, 3> mode_names{"permissive", "strict", "paranoid"};

bool is_small(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// ^pol_[a-z0-9_]+_v[0-9]+$
bool is_policy_id(std::string_view text) {
  constexpr std::string_view prefix = "pol_";
  const auto version = text.rfind("_v");
  if (!text.starts_with(prefix) || version == std::string_view::npos || version <= prefix.size() ||
      text.size() > max_term_bytes) {
    return false;
  }
  const auto number = text.substr(version + 2);
  return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), is_small);
}

/// policies/Acme-Support.yaml is pol_acme_support_v1.
std::string default_policy_id(std::string_view file) {
  const auto slash = file.rfind('/');
  if (slash != std::string_view::npos) file.remove_prefix(slash + 1);
  std::string out(file.substr(0, file.rfind('.')));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (!is_small(c)) c = '_';
  }
  if (!out.starts_with("pol_")) out.insert(0, "pol_");
  if (!is_policy_id(out)) out += "_v1";
  return out;
}

PlacedText read_policy_id(json::NodeReader& reader, const std::string& file) {
  const auto* value = reader.find("policy_id");
  if (value == nullptr) return {default_policy_id(file), reader.node().mark};
  const auto& id = reader.as_text(*value, "policy_id");
  if (!is_policy_id(id)) {
    reader.fail(value->mark,
                "expected a policy_id like `pol_acme_support_v2`, found `" + printable(id) + "`",
                "pol_, then lower-case letters, digits and `_`, then _v and a number");
  }
  return {id, value->mark};
}

Mode read_mode(json::NodeReader& reader) {
  const auto* value = reader.find("mode");
  if (value == nullptr) return Mode::strict;
  return static_cast<Mode>(choice(reader, *value, "mode", mode_names));
}

std::optional<Timestamp> read_time(json::NodeReader& reader, std::string_view key) {
  const auto* value = reader.find(key);
  if (value == nullptr || value->kind == json::Node::Kind::null) return std::nullopt;
  const auto& text = reader.as_text(*value, key);
  const auto time = parse_time(text);
  if (!time) {
    reader.fail(value->mark,
                "expected a time as " + std::string(key) + ", found `" + printable(text) + "`",
                "write date, time and offset: 2026-01-01T00:00:00Z");
  }
  return time;
}

void read_window(json::NodeReader& reader, Document& out) {
  out.effective_from = read_time(reader, "effective_from");
  out.effective_until = read_time(reader, "effective_until");
  if (out.effective_from && out.effective_until && *out.effective_until <= *out.effective_from) {
    reader.fail(reader.find("effective_until")->mark,
                "expected effective_until after effective_from: the file is never in force");
  }
}

void read_context(json::NodeReader& reader, Document& out) {
  const auto* declared = reader.find("context");
  if (declared == nullptr) return;
  if (declared->kind != json::Node::Kind::map) {
    reader.fail(declared->mark, "expected a map of context keys to their types");
  }
  auto& keys = out.context.emplace();
  for (const auto& member : declared->members) {
    if (member.key.empty()) reader.fail(member.mark, "expected a context key, found an empty one");
    const auto type = choice(reader, member.value, "type of a context key", context_type_names);
    keys.push_back({member.key, static_cast<cel::JsonType>(type)});
  }
  std::sort(keys.begin(), keys.end(),
            [](const auto& left, const auto& right) { return left.name < right.name; });
}

/// A version may look like a number; nothing depends on how it is written.
std::string read_version(json::NodeReader& reader) {
  const auto* value = reader.find("version");
  if (value == nullptr) return {};
  if (value->kind == json::Node::Kind::integer) return std::to_string(value->integer);
  if (value->kind == json::Node::Kind::number) return value->text;
  return reader.as_text(*value, "version");
}

}  // namespace

std::string place(const std::string& file, const json::Mark& mark) {
  return file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

std::string place_in(const SourceFile& file, const PlacedText& text, std::size_t at) {
  std::size_t start = 0;
  for (std::uint32_t line = 1; line < text.mark.line && start != std::string_view::npos; ++line) {
    start = file.bytes.find('\n', start);
    if (start != std::string_view::npos) ++start;
  }
  json::Mark mark = text.mark;
  if (start != std::string_view::npos) {
    auto written = file.bytes.substr(std::min(start + mark.column - 1, file.bytes.size()));
    const bool quoted = written.starts_with('"') || written.starts_with('\'');
    if (quoted) written.remove_prefix(1);
    // Not where escapes or folded lines stand between what is written and what it says.
    if (written.starts_with(text.text))
      mark.column += static_cast<std::uint32_t>(at + (quoted ? 1 : 0));
  }
  return place(file.name, mark);
}

void check(const Condition& condition, const PlacedText& text, const cel::Names& names,
           const SourceFile& file) {
  const auto& problem = condition.problem(names);
  if (!problem) return;
  throw Error(ErrorCode::bad_input, "bad condition: " + problem->message,
              place_in(file, text, problem->at),
              "conditions are expressions as lexecon-cel(7) describes them, like "
              "`context.amount < 1000`");
}

Document parse_document(const SourceFile& file) {
  return parse_document(json::read_document(file.bytes, file.name), file);
}

Document parse_document(const json::Node& root, const SourceFile& file) {
  json::NodeReader reader(root, file.name);
  Document out;
  out.file = file.name;
  out.policy_id = read_policy_id(reader, file.name);
  out.name = reader.text({"name"}).value_or("");
  out.version = read_version(reader);
  out.mode = read_mode(reader);
  read_window(reader, out);
  read_context(reader, out);
  for (const auto key : keys_without_effect) static_cast<void>(reader.find(key));
  if (const auto* terms = reader.find("terms")) {
    for (const auto& item : reader.as_list(*terms, "terms")) {
      out.terms.push_back(parse_term(item, file.name));
    }
  }
  if (const auto* relations = reader.find("relations")) {
    for (const auto& item : reader.as_list(*relations, "relations")) {
      out.relations.push_back(parse_relation(item, file.name));
    }
  }
  if (const auto* constraints = reader.find("constraints")) {
    for (const auto& item : reader.as_list(*constraints, "constraints")) {
      out.relations.push_back(parse_constraint(item, file.name));
    }
  }
  reader.finish();
  return out;
}

}  // namespace lexecon::policy
