// Terms and relations of a policy file.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "policy/choice.hpp"
#include "policy/document.hpp"
#include "policy/identifiers.hpp"

namespace lexecon::policy {
namespace {

constexpr std::array<std::string_view, 3> relation_type_names{"permits", "forbids", "requires"};
constexpr std::array<std::string_view, 3> on_unmet_names{"conditional", "escalate", "deny"};
constexpr std::array<Outcome, 3> on_unmet_outcomes{Outcome::conditional, Outcome::escalated,
                                                   Outcome::denied};
constexpr std::array<std::string_view, 3> term_attributes{"sensitivity", "immutable",
                                                          "minimum_necessary_standard"};
constexpr std::int64_t max_approvals = 100;

/// What older files say of a term; nothing judges by it.
bool is_attribute(std::string_view key) {
  return std::find(term_attributes.begin(), term_attributes.end(), key) != term_attributes.end() ||
         key.starts_with("requires_") || key.starts_with("retention_");
}

PlacedText term_id(const json::NodeReader& reader, const json::Node& value, TermType type,
                   std::string_view what) {
  const auto& text = reader.as_text(value, what);
  if (const auto fault = term_fault(type, text)) {
    reader.fail(value.mark, "bad " + std::string(what) + " `" + printable(text) + "`: " + *fault);
  }
  return {text, value.mark};
}

std::vector<PlacedText> term_ids(json::NodeReader& reader, std::string_view key, TermType type) {
  std::vector<PlacedText> out;
  const auto* value = reader.find(key);
  if (value == nullptr) return out;
  for (const auto& item : reader.as_list(*value, key)) {
    out.push_back(term_id(reader, item, type, key));
  }
  return out;
}

TermType term_type(json::NodeReader& reader) {
  constexpr std::array<std::string_view, 5> names{"actor", "action", "resource", "data_class",
                                                  "context"};
  return static_cast<TermType>(
      choice(reader, reader.get({"type", "term_type"}), "term type", names));
}

/// Before anything else: a slip in one key would otherwise show as the absence of another.
void refuse_unknown_keys(json::NodeReader reader, std::initializer_list<std::string_view> known) {
  for (const auto key : known) static_cast<void>(reader.find(key));
  reader.finish();
}

void refuse_unless(bool allowed, json::NodeReader& reader, std::string_view key,
                   std::string_view owner) {
  if (const auto* value = reader.find(key); value != nullptr && !allowed) {
    reader.fail(value->mark, "`" + std::string(key) + "` belongs to " + std::string(owner));
  }
}

RelationType relation_type(json::NodeReader& reader) {
  const auto& value = reader.get({"type", "relation_type"});
  const auto& text = reader.as_text(value, "relation type");
  if (text == "implies" || text == "conflicts") {
    reader.fail(value.mark, "relation type `" + printable(text) + "` has no meaning here",
                text == "implies" ? "put the term in a group with `member_of`"
                                  : "write a forbids relation");
  }
  return static_cast<RelationType>(choice(reader, value, "relation type", relation_type_names));
}

/// A pattern of one of the types, or `*` alone.
std::string pattern(const json::NodeReader& reader, const json::Node& value, std::string_view what,
                    std::initializer_list<TermType> allowed) {
  const auto& text = reader.as_text(value, what);
  if (text == "*") return text;
  const auto type = type_of(text);
  if (!type || std::find(allowed.begin(), allowed.end(), *type) == allowed.end()) {
    std::string prefixes;
    for (const auto one : allowed) {
      prefixes += (prefixes.empty() ? "`" : " or `") + std::string(long_prefix(one)) + "`";
    }
    reader.fail(value.mark,
                "expected " + std::string(what) + " to begin with " + prefixes + ", found `" +
                    printable(text) + "`",
                "every id of a policy carries its prefix; `*` alone means any");
  }
  if (const auto fault = pattern_fault(*type, text)) {
    reader.fail(value.mark, "bad " + std::string(what) + " `" + printable(text) + "`: " + *fault);
  }
  return text;
}

/// Older files name one term as both ends when the relation has but one.
bool is_doubled(const json::NodeReader& reader) {
  const json::Node* source = nullptr;
  const json::Node* target = nullptr;
  for (const auto& member : reader.node().members) {
    if (member.key == "source") source = &member.value;
    if (member.key == "target") target = &member.value;
  }
  return source != nullptr && target != nullptr && source->kind == json::Node::Kind::text &&
         target->kind == json::Node::Kind::text && source->text == target->text &&
         source->text != "*";
}

void read_ends(json::NodeReader& reader, RelationDeclaration& out) {
  const auto* subject = reader.find({"subject", "source"});
  const auto* action = reader.find({"action", "target"});
  if (is_doubled(reader)) {
    (type_of(subject->text) == TermType::action ? subject : action) = nullptr;
  }
  if (out.type == RelationType::permits && (subject == nullptr || action == nullptr)) {
    reader.fail(out.mark, "expected a subject and an action in a permits relation",
                "write `\"*\"` for any");
  }
  if (subject == nullptr && action == nullptr) {
    reader.fail(out.mark, "expected a subject or an action in a " +
                              std::string(to_string(out.type)) + " relation");
  }
  if (subject != nullptr) out.subject = pattern(reader, *subject, "subject", {TermType::actor});
  if (action != nullptr) out.action = pattern(reader, *action, "action", {TermType::action});
}

/// The value of a key that may stand in the relation itself or, in older files, in its metadata.
const json::Node* either(json::NodeReader& reader, json::NodeReader* metadata,
                         std::initializer_list<std::string_view> own, std::string_view old) {
  const auto* value = reader.find(own);
  const auto* older = metadata == nullptr ? nullptr : metadata->find(old);
  if (value != nullptr && older != nullptr) {
    reader.fail(older->mark, "`metadata." + std::string(old) + "` repeats a key of the relation",
                "remove it from `metadata`");
  }
  return value != nullptr ? value : older;
}

void read_conditions(json::NodeReader& reader, RelationDeclaration& out) {
  if (const auto* value = reader.find("when")) {
    out.when.push_back(condition_text(reader, *value, "when"));
  }
  if (const auto* value = reader.find("conditions")) {
    const auto list = reader.as_list(*value, "conditions");
    if (list.empty()) {
      reader.fail(value->mark, "expected at least one condition, found none",
                  "remove the key: what has no condition always applies");
    }
    for (const auto& item : list) {
      out.when.push_back(condition_text(reader, item, "condition"));
    }
  }
}

void read_requirement(json::NodeReader& reader, const json::Node* name, RelationDeclaration& out) {
  const bool is_requires = out.type == RelationType::requirement;
  refuse_unless(is_requires, reader, "approvals", "a requires relation");
  refuse_unless(is_requires, reader, "met_when", "a requires relation");
  refuse_unless(is_requires, reader, "on_unmet", "a requires relation");
  if (!is_requires) {
    if (name == nullptr) return;
    reader.fail(name->mark, "`requirement` and `condition` belong to a requires relation",
                "when the relation applies is written as `when`");
  }
  if (name == nullptr) {
    reader.fail(out.mark, "expected a `requirement` in a requires relation");
  }
  out.requirement = reader.as_text(*name, "requirement");
  if (!is_requirement(out.requirement)) {
    reader.fail(name->mark,
                "expected a requirement's name, found `" + printable(out.requirement) + "`",
                "a letter, then up to 99 letters, digits and `_`");
  }
  if (const auto* value = reader.find("approvals")) {
    out.approvals =
        static_cast<std::uint16_t>(reader.as_integer(*value, "approvals", 1, max_approvals));
  }
  if (const auto* value = reader.find("met_when")) {
    if (reader.find("approvals") != nullptr) {
      reader.fail(value->mark, "`met_when` counts alone: `approvals` would have no effect",
                  "remove one of the two");
    }
    out.met_when = condition_text(reader, *value, "met_when");
  }
  if (const auto* value = reader.find("on_unmet")) {
    out.on_unmet = on_unmet_outcomes.at(choice(reader, *value, "on_unmet", on_unmet_names));
  }
}

}  // namespace

std::string_view to_string(RelationType type) {
  return relation_type_names.at(static_cast<std::size_t>(type));
}

PlacedText condition_text(const json::NodeReader& reader, const json::Node& value,
                          std::string_view what) {
  const auto& text = reader.as_text(value, what);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    reader.fail(value.mark, "expected a condition as " + std::string(what) + ", found nothing",
                "remove the key: what has no condition always applies");
  }
  return {text, value.mark};
}

TermDeclaration parse_term(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  TermDeclaration out;
  for (const auto& member : node.members) {
    if (!is_attribute(member.key)) continue;
    static_cast<void>(reader.find(member.key));
    out.attributes.push_back(member);
  }
  refuse_unknown_keys(reader, {"id", "term_id", "type", "term_type", "name", "label", "member_of",
                               "contains", "owner"});
  out.type = term_type(reader);
  out.id = term_id(reader, reader.get({"id", "term_id"}), out.type, "term id");
  out.name = reader.text({"name", "label"}).value_or("");
  out.member_of = term_ids(reader, "member_of", out.type);
  refuse_unless(out.type == TermType::resource, reader, "contains", "a resource");
  out.contains = term_ids(reader, "contains", TermType::data_class);
  refuse_unless(out.type == TermType::actor, reader, "owner", "an actor");
  if (const auto* owner = reader.find("owner")) {
    out.owner = term_id(reader, *owner, TermType::actor, "owner").text;
  }
  return out;
}

RelationDeclaration parse_relation(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  RelationDeclaration out;
  out.mark = node.mark;
  refuse_unknown_keys(
      reader, {"id", "relation_id", "type", "relation_type", "subject", "source", "action",
               "target", "object", "when", "conditions", "requirement", "condition", "approvals",
               "met_when", "on_unmet", "justification", "metadata"});
  out.type = relation_type(reader);
  if (const auto* id = reader.find({"id", "relation_id"})) {
    out.id = reader.as_text(*id, "relation id");
    if (!is_relation_id(out.id)) {
      reader.fail(id->mark, "bad relation id `" + printable(out.id) + "`",
                  "1 to 255 letters, digits and `._:@/+%#*-`, first a letter or digit");
    }
    out.mark = id->mark;
  }
  read_ends(reader, out);
  std::optional<json::NodeReader> metadata;
  if (const auto* value = reader.find("metadata")) metadata.emplace(*value, file);
  auto* const old = metadata ? &*metadata : nullptr;
  if (const auto* value = either(reader, old, {"object"}, "object")) {
    out.object = pattern(reader, *value, "object", {TermType::resource, TermType::data_class});
  }
  read_conditions(reader, out);
  read_requirement(reader, either(reader, old, {"requirement", "condition"}, "condition"), out);
  if (const auto* value = either(reader, old, {"justification"}, "justification")) {
    out.justification = reader.as_text(*value, "justification");
  }
  if (metadata) metadata->finish();
  return out;
}

}  // namespace lexecon::policy
