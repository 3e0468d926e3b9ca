#include "service/operators.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "crypto/hash.hpp"
#include "crypto/ssh_signer.hpp"
#include "registry/operators.hpp"

namespace lexecon::service {
namespace {

void require_name(const std::string& id) {
  if (is_node_id(id)) return;
  throw Error(ErrorCode::bad_input, "expected the name of an operator, got `" + id + "`", {},
              "1 to 64 of lower-case letters, digits and `._-`, first a letter or digit");
}

/// Appends what the entries before it allow.
ledger::Appended record(const Node& node, Wanted wanted, const std::optional<Signatory>& signatory,
                        Session& session) {
  auto draft = prepare(node, std::move(wanted), signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  chain::Entry entry;
  entry.event_type = draft.event_type;
  entry.data = draft.data;
  entry.seq = act.size();
  auto operators = registry::operators(act.database());
  if (const auto fault = operators.take(entry, {})) throw Error(ErrorCode::bad_input, *fault);
  auto appended = act.append(std::move(draft));
  (void)act.commit();
  return appended;
}

/// As `ssh-keygen -l` prints it.
std::string fingerprint(const std::string& public_key) {
  auto text = to_base64(crypto::sha256(crypto::parse_ssh_signer(public_key).blob()).view());
  while (text.ends_with('=')) text.pop_back();
  return "SHA256:" + text;
}

Json to_json(const authority::Operators::Member& member) {
  const auto& each = *member.as;
  return {{"operator", each.id},
          {"role", authority::to_string(each.role)},
          {"in_force", !member.revoked_seq},
          {"actors", each.actors},
          {"public_key", each.public_key},
          {"fingerprint", fingerprint(each.public_key)},
          {"added_entry_id", chain::entry_id(each.added_seq)},
          {"key_entry_id", chain::entry_id(each.key_seq)},
          {"revoked_entry_id",
           member.revoked_seq ? Json(chain::entry_id(*member.revoked_seq)) : Json()}};
}

}  // namespace

ledger::Appended add_operator(const Node& node, const NewOperator& added,
                              const std::optional<Signatory>& signatory, Session& session) {
  return record(node, added_by(added), signatory, session);
}

ledger::Appended rotate_operator(const Node& node, const std::string& id,
                                 const std::string& public_key,
                                 const std::optional<Signatory>& signatory, Session& session) {
  require_name(id);
  return record(
      node,
      {.event_type = "operator.rotated", .data = {{"operator", id}, {"public_key", public_key}}},
      signatory, session);
}

ledger::Appended revoke_operator(const Node& node, const std::string& id, const std::string& reason,
                                 const std::optional<Signatory>& signatory, Session& session) {
  require_name(id);
  return record(node,
                {.event_type = "operator.revoked", .data = {{"operator", id}, {"reason", reason}}},
                signatory, session);
}

Wanted added_by(const NewOperator& added) {
  require_name(added.id);
  auto actors = added.actors;
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  return {.event_type = "operator.added",
          .data = {{"actors", std::move(actors)},
                   {"operator", added.id},
                   {"public_key", added.public_key},
                   {"role", authority::to_string(added.role)}}};
}

Json operator_change(const ledger::Appended& appended) {
  const auto& entry = appended.entry;
  return {{"schema", "lexecon.operator_change/1"},
          {"event_type", entry.event_type},
          {"operator", entry.data.at("operator")},
          {"approval", approval_of(entry)},
          {"seq", entry.seq},
          {"ledger_entry_id", chain::entry_id(entry.seq)},
          {"entry_hash", appended.hash.hex()}};
}

Json list_operators(const Node& node) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto operators = registry::operators(database);
  auto list = Json::array();
  for (const auto& member : operators.all()) list.push_back(to_json(member));
  const auto first = operators.first();
  return {{"schema", "lexecon.operators/1"},
          {"operators", std::move(list)},
          {"human_authority_from", first ? Json(chain::entry_id(*first)) : Json()},
          {"four_eyes", operators.one_suffices() ? "single" : "double"}};
}

}  // namespace lexecon::service
