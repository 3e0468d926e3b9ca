#include "export/request.hpp"

#include <map>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "export/outcome.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "ledger/set_config.hpp"
#include "registry/evidence.hpp"
#include "registry/operators.hpp"
#include "registry/sets.hpp"

namespace lexecon::exporting {
namespace {

using package::Disclosure;

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

void require_code(const std::optional<std::string>& purpose) {
  if (!purpose || is_code(*purpose)) return;
  throw Error(ErrorCode::usage,
              "expected a code of 1 to 128 of `a-z0-9_.:-`, got `" + printable(*purpose) + "`",
              "--purpose", "annual_audit, regulator_request: no free text stands in an entry");
}

/// A slip must not look like an answer of nothing.
void require_known(store::Database& database, const std::string& what,
                   const std::optional<std::string>& name, const char* find, const char* all) {
  if (!name) return;
  auto found = database.prepare(find);
  if (found.bind(1, std::string_view(*name)).step()) return;
  std::vector<std::string> known;
  auto names = database.prepare(all);
  while (names.step()) known.emplace_back(names.view(0));
  const auto near = did_you_mean(*name, known);
  throw Error(ErrorCode::not_found, "nothing on record is of the " + what + " `" + *name + "`",
              "--" + what, near ? "did you mean `" + *near + "`?" : "");
}

void require_known(store::Database& database, const package::Filter& filter) {
  require_known(database, "tenant", filter.tenant, "SELECT 1 FROM decisions WHERE tenant = ?1",
                "SELECT DISTINCT tenant FROM decisions WHERE tenant IS NOT NULL");
  require_known(database, "actor", filter.actor, "SELECT 1 FROM entries WHERE actor = ?1",
                "SELECT DISTINCT actor FROM entries");
}

Json data_of(const Asked& asked) {
  auto data = package::to_json(asked.request.filter);
  data["disclosure"] = package::to_string(asked.selection.disclosure);
  data["purpose"] = or_null(asked.request.purpose);
  data["tree_size"] = asked.selection.size;
  return data;
}

/// Of export.requested.
Asked asked_in(const chain::Entry& entry) {
  const auto& data = entry.data;
  const auto filter = package::filter_in(data);
  const auto& purpose = data.at("purpose");
  const bool discloses = data.at("disclosure") == "sealed";
  return {.selection = {.size = data.at("tree_size").get<std::uint64_t>(),
                        .disclosure = discloses ? Disclosure::sealed : Disclosure::none,
                        .filter = filter},
          .request = {.filter = filter,
                      .purpose = purpose.is_null() ? std::nullopt
                                                   : std::optional(purpose.get<std::string>()),
                      .requester = entry.actor},
          .seq = entry.seq};
}

[[noreturn]] void refuse_unknown(std::uint64_t seq) {
  throw Error(ErrorCode::not_found,
              chain::entry_id(seq) + " asks for no package that is to be made", {},
              "lexecon export --request-only asks for one; lexecon ledger log --type "
              "export.requested shows them");
}

Asked read_asked(store::Database& database, std::uint64_t seq) {
  const auto exports = exports_on_record(database);
  const auto* const open = exports.open(seq);
  const auto stored = open == nullptr ? std::nullopt : ledger::read_entry(database, seq);
  if (!stored) refuse_unknown(seq);
  auto asked = asked_in(stored->entry);
  if (open->approver) asked.request.approver = "operator:" + *open->approver;
  return asked;
}

/// By the rule that verifiers have.
void require_approvable(service::Act& act, const service::Node& node, const ledger::Draft& draft) {
  auto exports = exports_on_record(act.database());
  const auto entry = service::entry_of(draft, act.origin(), act.size(), act.at());
  const auto* const open = exports.open(entry.data.at("request").get<std::uint64_t>());
  const bool is_own = open != nullptr && "operator:" + open->requester == entry.actor;
  const bool one_suffices = registry::operators(act.database()).one_suffices();
  const auto fault = exports.take(entry, decision::ExportApproval::none, one_suffices);
  if (!fault) return;
  if (is_own) service::refuse_approval(act, node, draft, {"own_request", *fault});
  throw Error(ErrorCode::bad_input, *fault, "--approve");
}

}  // namespace

Asked plan(const service::Node& node, const Wish& wish) {
  require_code(wish.purpose);
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  require_known(database, wish.filter);
  Asked asked{.selection = {.size = wish.size ? *wish.size : newest_size(database),
                            .disclosure = wish.disclosure,
                            .filter = wish.filter},
              .request = {.filter = wish.filter, .purpose = wish.purpose}};
  require_possible(database, node, asked.selection);
  return asked;
}

ledger::Draft prepare_request(const service::Node& node, Asked& asked,
                              const std::optional<service::Signatory>& signatory,
                              service::Session& session) {
  auto draft = service::prepare(node, {.event_type = "export.requested", .data = data_of(asked)},
                                signatory, session);
  asked.request.requester = draft.actor;
  return draft;
}

Asked asked_before(const service::Node& node, std::uint64_t seq) {
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return read_asked(database, seq);
}

authority::Exports exports_on_record(store::Database& database) {
  std::map<std::uint64_t, chain::Entry> entries;
  for (const auto* type : {"export.requested", "export.approved", "export.sealed"}) {
    registry::each_after(database, type, std::nullopt, std::nullopt,
                         [&](const chain::Entry& entry) { entries.emplace(entry.seq, entry); });
  }
  authority::Exports exports;
  // What was right when it was appended is for verifiers to say.
  for (const auto& [seq, entry] : entries) {
    static_cast<void>(exports.take(entry, decision::ExportApproval::none, true));
  }
  return exports;
}

decision::ExportApproval approval_setting(store::Database& database) {
  const auto set = registry::active_set(database);
  if (!set) return decision::ExportApproval::none;
  ledger::TableRecords records(database);
  const auto config = ledger::node_config_of(records, set->files);
  if (config) return config->export_approval;
  throw Error(ErrorCode::integrity, "the node.yaml of the set in force is missing",
              chain::entry_id(set->seq), "run lexecon ledger verify");
}

bool waits(store::Database& database, const Asked& asked) {
  const bool discloses = asked.selection.disclosure == Disclosure::sealed;
  return !asked.request.approver &&
         authority::demands_approval(approval_setting(database), discloses);
}

Recorded record_request(const service::Node& node, const Wish& wish,
                        const std::optional<service::Signatory>& signatory,
                        service::Session& session) {
  auto asked = plan(node, wish);
  auto draft = prepare_request(node, asked, signatory, session);
  service::Act act(node, session);
  if (waits(act.database(), asked) && !draft.data.contains("approval")) {
    throw Error(ErrorCode::not_permitted,
                "a second person has to approve this package, so the first one has to sign",
                "exports.approval", "name an operator with --as and a key with --sign-with");
  }
  auto appended = service::append_approved(act, node, std::move(draft));
  asked.seq = appended.entry.seq;
  Recorded out{.asked = std::move(asked), .entry = appended.entry, .hash = appended.hash};
  out.waits = waits(act.database(), out.asked);
  (void)act.commit();
  return out;
}

Recorded approve_request(const service::Node& node, std::uint64_t seq,
                         const std::optional<service::Signatory>& signatory,
                         service::Session& session) {
  static_cast<void>(asked_before(node, seq));
  auto draft = service::prepare(node, {.event_type = "export.approved", .data = {{"request", seq}}},
                                signatory, session);
  service::Act act(node, session);
  service::require_approved(act, node, draft);
  require_approvable(act, node, draft);
  auto appended = act.append(std::move(draft));
  Recorded out{
      .asked = read_asked(act.database(), seq), .entry = appended.entry, .hash = appended.hash};
  (void)act.commit();
  return out;
}

Json to_json(const Recorded& recorded) {
  const auto& [asked, entry, hash, waits] = recorded;
  return {{"schema", "lexecon.export_request/1"},
          {"request_entry_id", chain::entry_id(asked.seq)},
          {"disclosure", package::to_string(asked.selection.disclosure)},
          {"tree_size", asked.selection.size},
          {"request", package::to_json(asked.request)},
          {"waits", waits},
          {"event", entry.event_type},
          {"ledger_entry_id", chain::entry_id(entry.seq)},
          {"seq", entry.seq},
          {"entry_hash", hash.hex()},
          {"timestamp", to_text(entry.timestamp)},
          {"approval", service::approval_of(entry)}};
}

}  // namespace lexecon::exporting
