#include "service/registrations.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/utf8.hpp"
#include "chain/sealed.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"
#include "registry/registrations.hpp"
#include "service/decisions.hpp"

namespace lexecon::service {
namespace {

using authority::Registrations;

constexpr std::size_t max_text_bytes = 65'536;

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

void require_text(const std::optional<std::string>& text, const char* option) {
  const bool is_text = !text || (!text->empty() && text->size() <= max_text_bytes &&
                                 find_bad_utf8(*text) == std::string_view::npos &&
                                 text->find('\0') == std::string::npos);
  if (is_text) return;
  throw Error(ErrorCode::bad_input,
              "expected UTF-8 text of 1 to " + std::to_string(max_text_bytes) + " bytes", option);
}

std::string event_type(const Version& version, const std::string& verb) {
  return std::string(authority::to_string(version.kind)) + "." + verb;
}

[[noreturn]] void unknown(const Version& version) {
  const std::string kind(authority::to_string(version.kind));
  throw Error(ErrorCode::not_found, "no " + kind + " `" + version.id + "` is registered", {},
              "lexecon " + kind + " list shows those that are");
}

const authority::Registration& require_registered(const Registrations& registrations,
                                                  const Version& version) {
  const auto* const found = registrations.find(version.kind, version.id);
  if (found == nullptr) unknown(version);
  return *found;
}

/// What the entries before it say of the entry that the draft would become.
void require_next(store::Database& database, const Version& version, const ledger::Draft& draft,
                  Timestamp at) {
  auto registrations = registry::registrations(database);
  if (!draft.event_type.ends_with(".registered")) {
    static_cast<void>(require_registered(registrations, version));
  }
  chain::Entry entry;
  entry.event_type = draft.event_type;
  entry.data = draft.data;
  entry.seq = ledger::size(database);
  entry.timestamp = at;
  // Whose signature it is, is asked elsewhere.
  if (!entry.data.contains("approval")) entry.data["approval"] = {{"operator", ""}};
  if (const auto fault = registrations.take(entry, {})) {
    throw Error(
        ErrorCode::bad_input, *fault, version.id,
        "lexecon " + std::string(authority::to_string(version.kind)) + " show prints its history");
  }
}

Json sealed_of(store::Database& database, const chain::Entry& entry) {
  if (!entry.sealed_hash) return {};
  const auto sealed = ledger::read_sealed(database, entry);
  return sealed ? chain::unseal(*sealed) : Json();
}

VersionOnRecord read_version(store::Database& database, const authority::Registration& registration,
                             const Registrations& before, Timestamp now) {
  VersionOnRecord out{.registration = registration,
                      .state = registration.state(authority::Operators::last, now),
                      .history = {}};
  for (const auto& step : registration.steps) {
    const auto verb = std::string(decision::to_string(step.state));
    auto stored = registry::entry_behind(database, "registrations", step.seq,
                                         event_type({registration.kind, registration.id}, verb));
    const auto sealed = sealed_of(database, stored.entry);
    const bool is_lone = authority::approves_own(stored.entry, before);
    out.history.push_back({.entry = std::move(stored.entry),
                           .sealed = sealed.is_null() ? std::nullopt : std::optional(sealed),
                           .is_lone = is_lone});
  }
  return out;
}

VersionOnRecord require_version(store::Database& database, const Version& version, Timestamp now) {
  const auto registrations = registry::registrations(database);
  return read_version(database, require_registered(registrations, version), registrations, now);
}

/// The act of the three commands: asked before anybody signs, and again behind the lock.
VersionOnRecord record(const Node& node, const Version& version, Wanted wanted,
                       const std::optional<Signatory>& signatory, Session& session) {
  if (!is_version_id(version.id)) {
    throw Error(ErrorCode::bad_input, "expected an id `<name>@<version>`, got `" + version.id + "`",
                "ID", "1 to 128 of `A-Za-z0-9._:@/+-`, as in support-7b@2026.1");
  }
  {
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    const ledger::Draft draft{.event_type = wanted.event_type,
                              .actor = {},
                              .data = wanted.data,
                              .sealed = std::nullopt,
                              .sealed_bytes = std::nullopt};
    require_next(database, version, draft, std::max(session.now, last_entry_time(database)));
  }
  auto draft = prepare(node, std::move(wanted), signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_next(act.database(), version, draft, act.at());
  act.append(std::move(draft));
  auto out = require_version(act.database(), version, act.at());
  (void)act.commit();
  return out;
}

bool passes(const VersionOnRecord& found, const VersionFilter& filter) {
  const auto& registered = found.history.front().entry;
  return (!filter.state || found.state == *filter.state) &&
         (!filter.actor || registered.actor == *filter.actor) &&
         (!filter.from || registered.timestamp >= *filter.from) &&
         (!filter.to || registered.timestamp < *filter.to);
}

Json member_of(const Json& object, const char* name) { return object.value(name, Json()); }

Json to_json(const VersionEntry& each) {
  const auto& [entry, sealed, is_lone] = each;
  const auto said = sealed.value_or(Json::object());
  const auto verb = entry.event_type.substr(entry.event_type.find('.') + 1);
  return {{"event", verb},
          {"expires_at", member_of(entry.data, "expires_at")},
          {"provider_change", member_of(entry.data, "provider_change")},
          {"reason", member_of(entry.data, "reason")},
          {"text", member_of(said, verb == "registered" ? "note" : "justification")},
          {"erased", entry.sealed_hash && !sealed},
          {"four_eyes", !is_lone},
          {"approval", approval_of(entry)},
          {"timestamp", to_text(entry.timestamp)},
          {"seq", entry.seq},
          {"ledger_entry_id", chain::entry_id(entry.seq)}};
}

}  // namespace

VersionOnRecord register_version(const Node& node, const NewVersion& added,
                                 const std::optional<Signatory>& signatory, Session& session) {
  const auto& [version, digest, file, note] = added;
  require_text(note, "--note");
  require_text(file, "--file");
  Wanted wanted{
      .event_type = event_type(version, "registered"),
      .data = {{"digest", digest}, {std::string(authority::to_string(version.kind)), version.id}}};
  if (file || note) wanted.sealed = Json{{"file", or_null(file)}, {"note", or_null(note)}};
  return record(node, version, std::move(wanted), signatory, session);
}

VersionOnRecord approve_version(const Node& node, const VersionApproval& approval,
                                const std::optional<Signatory>& signatory, Session& session) {
  const auto& [version, expires_at, provider_change, justification] = approval;
  require_text(justification, "--justification");
  Wanted wanted{.event_type = event_type(version, "approved"),
                .data = {{"expires_at", expires_at ? Json(to_text(*expires_at)) : Json()},
                         {"provider_change", provider_change},
                         {std::string(authority::to_string(version.kind)), version.id}}};
  if (justification) wanted.sealed = Json{{"justification", *justification}};
  return record(node, version, std::move(wanted), signatory, session);
}

VersionOnRecord end_version(const Node& node, const Version& version, const std::string& verb,
                            const std::string& reason, const std::optional<Signatory>& signatory,
                            Session& session) {
  if (!is_code(reason)) {
    throw Error(ErrorCode::usage,
                "expected a reason code of 1 to 128 of `a-z0-9_.:-`, got `" + reason + "`",
                "--reason");
  }
  return record(
      node, version,
      {.event_type = event_type(version, verb),
       .data = {{"reason", reason}, {std::string(authority::to_string(version.kind)), version.id}}},
      signatory, session);
}

VersionOnRecord show_version(const Node& node, const Version& version, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return require_version(database, version, std::max(now, last_entry_time(database)));
}

std::vector<VersionOnRecord> list_versions(const Node& node, authority::RegistryKind kind,
                                           const VersionFilter& filter, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto registrations = registry::registrations(database);
  const auto at = std::max(now, last_entry_time(database));
  auto all = registrations.all();
  if (filter.reverse) std::reverse(all.begin(), all.end());
  std::vector<VersionOnRecord> out;
  for (const auto& each : all) {
    if (filter.limit && out.size() >= *filter.limit) break;
    if (each.kind != kind) continue;
    auto found = read_version(database, each, registrations, at);
    if (passes(found, filter)) out.push_back(std::move(found));
  }
  return out;
}

Json to_json(const VersionOnRecord& version) {
  const auto& [registration, state, history] = version;
  const auto& first = history.front();
  auto entries = Json::array();
  for (const auto& each : history) entries.push_back(to_json(each));
  const auto& expires_at = registration.steps.back().expires_at;
  return {{"schema", "lexecon.registration/1"},
          {"kind", authority::to_string(registration.kind)},
          {"id", registration.id},
          {"digest", registration.digest},
          {"state", decision::to_string(state)},
          {"expires_at", expires_at ? Json(to_text(*expires_at)) : Json()},
          {"file", member_of(first.sealed.value_or(Json::object()), "file")},
          {"history", std::move(entries)},
          {"timestamp", to_text(first.entry.timestamp)},
          {"seq", first.entry.seq},
          {"ledger_entry_id", chain::entry_id(first.entry.seq)},
          {"entry_hash", registration.hash.hex()}};
}

}  // namespace lexecon::service
