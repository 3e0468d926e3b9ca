// One policy file as it was written: terms and relations, with their places for messages.
//
// Shapes   both spellings of a key are one here; what older files say in `metadata` stands in its key
// Errors   Error{bad_input} with file:line:col; conditions are refused
// Source   lexecon-policy(5), File
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "json/node.hpp"
#include "policy/ruling.hpp"
#include "policy/set.hpp"
#include "policy/term.hpp"

namespace lexecon::policy {

struct PlacedText {
  std::string text;
  json::Mark mark;
};

struct TermDeclaration {
  TermType type = TermType::actor;
  PlacedText id;
  std::string name;
  std::vector<PlacedText> member_of;
  std::vector<PlacedText> contains;
  std::optional<std::string> owner;
  std::vector<json::Node::Member> attributes;  // of older files; nothing judges by them
};

enum class RelationType : std::uint8_t { permits, forbids, requirement };
[[nodiscard]] std::string_view to_string(RelationType type);

struct RelationDeclaration {
  RelationType type = RelationType::permits;
  std::string id;  // empty: not given
  json::Mark mark;
  std::string subject = "*";
  std::string action = "*";
  std::optional<std::string> object;
  std::string requirement;
  std::uint16_t approvals = 1;
  Outcome on_unmet = Outcome::conditional;
  std::string justification;
};

enum class ContextType : std::uint8_t { string, number, integer, boolean, list, map, any };

struct Document {
  std::string file;
  PlacedText policy_id;
  std::string name;
  std::string version;
  Mode mode = Mode::strict;
  std::optional<Timestamp> effective_from;   // inclusive
  std::optional<Timestamp> effective_until;  // exclusive
  std::vector<std::pair<std::string, ContextType>> context;
  std::vector<TermDeclaration> terms;
  std::vector<RelationDeclaration> relations;
};

/// file:line:col
[[nodiscard]] std::string place(const std::string& file, const json::Mark& mark);

[[nodiscard]] Document parse_document(const SourceFile& file);

/// One relation of a file; called by parse_document.
[[nodiscard]] RelationDeclaration parse_relation(const json::Node& node, const std::string& file);
/// One term of a file; called by parse_document.
[[nodiscard]] TermDeclaration parse_term(const json::Node& node, const std::string& file);

}  // namespace lexecon::policy
