// Constraints of a policy file: relations that hold for every request.
#include "base/text.hpp"
#include "policy/document.hpp"
#include "policy/identifiers.hpp"

namespace lexecon::policy {
namespace {

constexpr std::string_view require = "require:";

/// deny, require:NAME, escalate; another word of an older file is the NAME of a require.
void read_effect(const json::NodeReader& reader, const json::Node& value,
                 RelationDeclaration& out) {
  const auto& text = reader.as_text(value, "action");
  if (text == "deny") {
    out.type = RelationType::forbids;
    return;
  }
  out.type = RelationType::requirement;
  if (text == "escalate") {
    out.requirement = human_confirmation;
    out.approvals = confirmed_only;
    out.on_unmet = Outcome::escalated;
    return;
  }
  out.requirement = text.starts_with(require) ? text.substr(require.size()) : text;
  if (!is_requirement(out.requirement)) {
    reader.fail(
        value.mark,
        "expected deny, escalate or require:NAME as action, found `" + printable(text) + "`",
        "NAME is a letter, then up to 99 letters, digits and `_`");
  }
}

}  // namespace

RelationDeclaration parse_constraint(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  for (const auto* key : {"name", "condition", "when", "action", "justification"}) {
    static_cast<void>(reader.find(key));
  }
  reader.finish();  // first: a slip in one key would otherwise show as the absence of another
  RelationDeclaration out;
  const auto& name = reader.get({"name"});
  out.mark = name.mark;
  out.id = "constraint:" + reader.as_text(name, "constraint's name");
  if (name.text.empty() || !is_relation_id(out.id)) {
    reader.fail(name.mark, "bad name of a constraint `" + printable(name.text) + "`",
                "1 to 244 letters, digits and `._:@/+%#*-`");
  }
  out.when.push_back(condition_text(reader, reader.get({"condition", "when"}), "condition"));
  read_effect(reader, reader.get({"action"}), out);
  out.justification = reader.text({"justification"}).value_or("");
  return out;
}

}  // namespace lexecon::policy
