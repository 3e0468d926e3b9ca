// Acts that a person signs: prepared and signed before the ledger is locked, checked behind the lock by the
// rules that verifiers have.
//
// Errors   Error{not_permitted} where an approval is missing or is refused; a refused one is recorded as
//          approval.refused, and nothing else of the act is
// Source   lexecon-ledger(5), Approvals
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "authority/approval.hpp"
#include "json/json.hpp"
#include "service/act.hpp"

namespace lexecon::service {

/// Who signs, and how. `sign` is given the bytes and the operator's key as "<type> <base64>"; it returns
/// the armored signature.
struct Signatory {
  std::string operator_id;
  std::function<std::string(std::string_view message, const std::string& public_key)> sign;
};

/// What is to be recorded, before anybody signed it.
struct Wanted {
  std::string event_type;
  Json data = Json::object();
  std::optional<Json> sealed = {};
};

/// {MEMBER: TEXT}, to be sealed, of the option --MEMBER. Error{bad_input} unless it is text of 1 to 65,536 bytes.
[[nodiscard]] Json sealed_text(const std::string& member, const std::string& text);
/// The entry that the draft would become.
[[nodiscard]] chain::Entry entry_of(const ledger::Draft& draft, const std::string& origin,
                                    std::uint64_t seq, Timestamp at);
/// Signed by the signatory, or without one by the node. Takes no lock: a person may need minutes.
[[nodiscard]] ledger::Draft prepare(const Node& node, Wanted wanted,
                                    const std::optional<Signatory>& signatory, Session& session);
/// Why the entry that the draft would become may not stand; Error{not_permitted} when it takes an approval
/// and has none.
[[nodiscard]] std::optional<authority::Refusal> refusal_of(store::Database& database,
                                                           const ledger::Draft& draft,
                                                           const std::string& origin, Timestamp at);
/// Throws unless the entry may stand, behind the lock; a refusal is on record then.
void require_approved(Act& act, const Node& node, const ledger::Draft& draft);
/// Records that the approval does not suffice, and throws.
[[noreturn]] void refuse_approval(Act& act, const Node& node, const ledger::Draft& draft,
                                  const authority::Refusal& refused);
/// require_approved(), and then the entry.
ledger::Appended append_approved(Act& act, const Node& node, ledger::Draft draft);

/// The approval of an entry that has one: operator, role, issued_at; null of one that has none.
[[nodiscard]] Json approval_of(const chain::Entry& entry);

}  // namespace lexecon::service
