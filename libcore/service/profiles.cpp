#include "service/profiles.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/event.hpp"
#include "ledger/reader.hpp"

namespace lexecon::service {
namespace {

constexpr const char* event_type = "profile.set";
constexpr const char* how_to_set =
    "lexecon compliance profile set SYSTEM --ask asks what there is to say of one";

Json document_of(store::Database& database, const ProfileOnRecord& each, bool in_force) {
  const auto written = written_beside(database, each.entry);
  return {{"schema", "lexecon.profile/1"},
          {"system", each.profile.system},
          {"in_force", in_force},
          {"profile", compliance::to_data(each.profile)},
          {"name", written.text("name")},
          {"purpose", written.text("purpose")},
          {"reason", written.text("reason")},
          {"erased", written.erased},
          {"actor", each.entry.actor},
          {"approval", approval_of(each.entry)},
          {"timestamp", to_text(each.entry.timestamp)},
          {"seq", each.entry.seq},
          {"ledger_entry_id", chain::entry_id(each.entry.seq)},
          {"entry_hash", each.entry_hash.hex()}};
}

[[noreturn]] void refuse_unknown(const std::vector<ProfileOnRecord>& all,
                                 const std::string& system) {
  const auto nearest = did_you_mean(system, systems_of(all));
  throw Error(ErrorCode::not_found, "the system `" + system + "` has no profile", system,
              nearest ? "did you mean `" + *nearest + "`?" : how_to_set);
}

std::string only_system(const std::vector<ProfileOnRecord>& all) {
  const auto systems = systems_of(all);
  if (systems.empty()) {
    throw Error(ErrorCode::not_found, "no system has a profile", {}, how_to_set);
  }
  if (systems.size() > 1) {
    throw Error(ErrorCode::usage, "expected SYSTEM, one of " + join(systems, ", "));
  }
  return systems.front();
}

}  // namespace

Json set_profile(const Node& node, const NewProfile& wanted,
                 const std::optional<Signatory>& signatory, Session& session) {
  auto data = compliance::to_data(wanted.profile);
  // Before a person is asked to sign what cannot be.
  static_cast<void>(chain::check_event(event_type, data, 1));
  auto draft = prepare(
      node,
      {.event_type = event_type,
       .data = std::move(data),
       .sealed = sealed_texts(
           {{"name", wanted.name}, {"purpose", wanted.purpose}, {"reason", wanted.reason}})},
      signatory, session);
  Act act(node, session);
  const auto appended = append_approved(act, node, std::move(draft));
  auto document =
      document_of(act.database(), {wanted.profile, appended.entry, appended.hash}, true);
  (void)act.commit();
  return document;
}

std::vector<ProfileOnRecord> profiles(store::Database& database, std::uint64_t size) {
  std::vector<ProfileOnRecord> out;
  ledger::EntryFilter filter;
  filter.event_type = event_type;
  ledger::each_entry(database, filter, [&](const ledger::StoredEntry& stored) {
    if (stored.entry.seq >= size) return;
    // What nobody signed is in force for nobody: the verifier says what is wrong with it.
    if (!stored.entry.data.contains("approval")) return;
    out.push_back({compliance::profile_from(stored.entry.data), stored.entry, stored.hash});
  });
  return out;
}

const ProfileOnRecord* profile_of(const std::vector<ProfileOnRecord>& all,
                                  const std::string& system) {
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const ProfileOnRecord& each) {
    return each.profile.system == system;
  });
  return found == all.rend() ? nullptr : &*found;
}

std::vector<std::string> systems_of(const std::vector<ProfileOnRecord>& all) {
  std::set<std::string> systems;
  for (const auto& each : all) systems.insert(each.profile.system);
  return {systems.begin(), systems.end()};
}

Json show_profile(const Node& node, const std::optional<std::string>& system) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto all = profiles(database);
  const auto name = system ? *system : only_system(all);
  const auto* const found = profile_of(all, name);
  if (found == nullptr) refuse_unknown(all, name);
  return document_of(database, *found, true);
}

std::vector<Json> profile_history(const Node& node, const std::optional<std::string>& system) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto all = profiles(database);
  if (system && profile_of(all, *system) == nullptr) refuse_unknown(all, *system);
  std::vector<Json> out;
  for (const auto& each : all) {
    if (system && each.profile.system != *system) continue;
    out.push_back(document_of(database, each, profile_of(all, each.profile.system) == &each));
  }
  return out;
}

}  // namespace lexecon::service
