#include "service/tenants.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "oversight/evidence.hpp"
#include "registry/sets.hpp"
#include "registry/tokens.hpp"
#include "service/sets.hpp"

namespace lexecon::service {
namespace {

constexpr std::string_view decision_prefix = "dec_";
constexpr std::string_view risk_prefix = "rsk_";
constexpr std::size_t decision_size = 30;

struct Kind {
  std::string_view prefix;
  const char* name;
  const char* hint;
};
constexpr auto kinds = std::to_array<Kind>({
    {"dec_", "decision", "lexecon decision list --reverse --limit 10 shows the last ones"},
    {"esc_", "escalation", "lexecon escalation list shows the escalations on record"},
    {"ovr_", "override", "lexecon override list shows them"},
    {"evd_", "evidence", "lexecon evidence list shows what is on record"},
    {"tok_", "token", "lexecon token list shows the tokens on record"},
});

/// The decision that stands in an id: dec_…, esc_dec_…, ovr_dec_…, rsk_dec_….
std::optional<std::string> decision_in(const std::string& id) {
  const auto at = id.find(decision_prefix);
  if (at == std::string::npos) return std::nullopt;
  auto decision_id = id.substr(at, decision_size);
  if (!is_prefixed_ulid(decision_id, decision_prefix)) return std::nullopt;
  return decision_id;
}

/// The decisions that what an id names belongs to.
std::vector<std::string> decisions_of(store::Database& database, const std::string& id) {
  if (auto decision_id = decision_in(id)) return {*std::move(decision_id)};
  if (id.starts_with("tok_")) {
    const auto row = registry::token_by_jti(database, id);
    return row ? std::vector{row->decision_id} : std::vector<std::string>();
  }
  auto evidence_id = id;
  if (const auto seq = chain::seq_of(id)) {
    const auto stored = ledger::read_entry(database, *seq);
    const auto data = stored ? stored->entry.data : Json::object();
    if (const auto named = data.value("decision_id", Json()); named.is_string()) {
      return {named.get<std::string>()};
    }
    const auto named = data.value("evidence_id", Json());
    evidence_id = named.is_string() ? named.get<std::string>() : std::string();
  }
  std::vector<std::string> out;
  for (const auto& [linked, links] : oversight::links_of(database, evidence_id)) {
    for (const auto& link : links) {
      if (link.decision_id) out.push_back(*link.decision_id);
    }
  }
  return out;
}

bool is_decided_for(store::Database& database, const std::string& decision_id,
                    const std::string& tenant) {
  const auto seq = oversight::find_decision(database, decision_id);
  const auto stored = seq ? ledger::read_entry(database, *seq) : std::nullopt;
  return stored && stored->entry.data.value("decision_id", Json()) == decision_id &&
         stored->entry.data.value("tenant", Json()) == tenant;
}

bool is_one_of(store::Database& database, const std::vector<std::string>& decisions,
               const std::string& tenant) {
  return std::any_of(decisions.begin(), decisions.end(), [&](const std::string& decision_id) {
    return is_decided_for(database, decision_id, tenant);
  });
}

}  // namespace

bool requires_tenant(const Node& node) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto active = registry::active_set(database);
  if (!active) return false;
  for (const auto& file : set_files(database, *active)) {
    if (file.name != "node.yaml") continue;
    return decision::load_node_config(file.bytes, file.name).tenant_required;
  }
  return false;
}

void require_tenant(const decision::Request& request, const decision::ActiveSet* set) {
  if (set == nullptr || !set->node.tenant_required || request.tenant) return;
  throw Error(ErrorCode::bad_input,
              "expected a tenant: the set in force takes no request without one", "/tenant",
              "--tenant, or `tenant` in the request, says for whom it is done");
}

bool is_of_tenant(store::Database& database, const std::string& id, const std::string& tenant) {
  return is_one_of(database, decisions_of(database, id), tenant);
}

void require_of_tenant(const Node& node, const std::string& id, const std::string& tenant) {
  const bool is_id =
      decision_in(id) || id.starts_with("tok_") || id.starts_with("evd_") || chain::seq_of(id);
  if (!is_id) return;
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto decisions = decisions_of(database, id);
  if (!decisions.empty() && !is_one_of(database, decisions, tenant)) unknown_id(id);
}

void unknown_id(const std::string& id) {
  if (id.starts_with(risk_prefix)) unknown_id(id.substr(risk_prefix.size()));
  for (const auto& [prefix, name, hint] : kinds) {
    if (!id.starts_with(prefix)) continue;
    throw Error(ErrorCode::not_found, std::string("there is no ") + name + " `" + id + "`", {},
                hint);
  }
  throw Error(ErrorCode::not_found, "`" + id + "` is no evidence", {},
              "lexecon evidence list shows what is on record");
}

}  // namespace lexecon::service
