// One policy file as it was written: terms and relations, with their places for messages.
//
// Shapes   both spellings of a key are one here; what older files say in `metadata` stands in its key
// Errors   Error{bad_input} with file:line:col; what conditions say is not looked at here
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
#include "policy/condition.hpp"
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
  std::vector<PlacedText> when;  // all must hold
  std::string requirement;
  std::uint16_t approvals = 1;
  std::optional<PlacedText> met_when;  // counts alone
  Outcome on_unmet = Outcome::conditional;
  std::string justification;
};

/// What confirms a request as a whole.
inline constexpr std::string_view human_confirmation = "human_confirmation";
/// In place of a number of approvals: none meets the requirement, a confirmation lifts its reason.
inline constexpr std::uint16_t confirmed_only = 0;

struct Document {
  std::string file;
  PlacedText policy_id;
  std::string name;
  std::string version;
  Mode mode = Mode::strict;
  std::optional<Timestamp> effective_from;   // inclusive
  std::optional<Timestamp> effective_until;  // exclusive
  DeclaredContext context;
  std::vector<TermDeclaration> terms;
  std::vector<RelationDeclaration> relations;  // and after them the constraints
};

/// file:line:col
[[nodiscard]] std::string place(const std::string& file, const json::Mark& mark);

/// The place of a byte of a scalar: exact where the scalar stands as it is in one line of the file.
[[nodiscard]] std::string place_in(const SourceFile& file, const PlacedText& text, std::size_t at);

/// Throws with the place of what is wrong with the condition, which was written as `text`.
void check(const Condition& condition, const PlacedText& text, const cel::Names& names,
           const SourceFile& file);

[[nodiscard]] Document parse_document(const SourceFile& file);
/// The same of what was read from the file already.
[[nodiscard]] Document parse_document(const json::Node& root, const SourceFile& file);

/// One relation of a file; called by parse_document.
[[nodiscard]] RelationDeclaration parse_relation(const json::Node& node, const std::string& file);
/// One constraint of a file; called by parse_document.
[[nodiscard]] RelationDeclaration parse_constraint(const json::Node& node, const std::string& file);
/// An expression, not yet looked at.
[[nodiscard]] PlacedText condition_text(const json::NodeReader& reader, const json::Node& value,
                                        std::string_view what);
/// One term of a file; called by parse_document.
[[nodiscard]] TermDeclaration parse_term(const json::Node& node, const std::string& file);

}  // namespace lexecon::policy
