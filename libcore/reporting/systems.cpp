#include "reporting/systems.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/sealed.hpp"
#include "ledger/reader.hpp"
#include "service/profiles.hpp"

namespace lexecon::reporting {
namespace {

std::vector<std::string> names_of(const std::vector<System>& systems) {
  std::vector<std::string> out;
  for (const auto& each : systems) out.push_back(each.profile.system);
  return out;
}

std::optional<std::string> name_in(store::Database& database, const chain::Entry& entry) {
  const auto bytes = ledger::read_sealed(database, entry);
  if (!bytes) return std::nullopt;
  const Json value = chain::unseal(*bytes);
  const auto name = value.is_object() ? value.find("name") : value.end();
  if (!value.is_object() || name == value.end() || !name->is_string()) return std::nullopt;
  return name->get<std::string>();
}

System system_in(store::Database& database, const service::ProfileOnRecord& set, bool sealed) {
  System out{.profile = set.profile,
             .data = set.entry.data,
             .seq = set.entry.seq,
             .at = set.entry.timestamp,
             .by = set.entry.actor,
             .name = sealed ? name_in(database, set.entry) : std::nullopt};
  out.data.erase("approval");
  return out;
}

const System& named(const std::vector<System>& systems, const std::string& id) {
  const auto found = std::find_if(systems.begin(), systems.end(),
                                  [&](const System& each) { return each.profile.system == id; });
  if (found != systems.end()) return *found;
  const auto near = did_you_mean(id, names_of(systems));
  throw Error(ErrorCode::not_found, "no system `" + id + "` has a profile", "--system",
              near ? "did you mean `" + *near + "`?" : "lexecon compliance profile set makes one");
}

}  // namespace

std::vector<System> read_systems(store::Database& database, std::uint64_t size, bool sealed) {
  std::map<std::string, System> newest;
  for (const auto& each : service::profiles(database, size)) {
    newest.insert_or_assign(each.profile.system, system_in(database, each, sealed));
  }
  std::vector<System> out;
  for (auto& [id, system] : newest) out.push_back(std::move(system));
  return out;
}

const System* system_asked(const std::vector<System>& systems, const Wish& wish) {
  if (wish.system) return &named(systems, *wish.system);
  if (wish.kind == Kind::framework) return nullptr;
  if (systems.size() == 1) return &systems.front();
  if (systems.empty()) {
    throw Error(ErrorCode::configuration,
                "classification missing: no system has a profile, and roles cannot be guessed", {},
                "lexecon compliance profile set says what the system is");
  }
  throw Error(ErrorCode::usage, "expected --system, one of " + join(names_of(systems), ", "));
}

}  // namespace lexecon::reporting
