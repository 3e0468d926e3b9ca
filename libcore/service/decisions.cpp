#include "service/decisions.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "chain/sealed.hpp"
#include "ledger/reader.hpp"
#include "oversight/escalations.hpp"
#include "oversight/overrides.hpp"
#include "registry/evidence.hpp"
#include "service/sets.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

ledger::StoredEntry decision_entry(store::Database& database, std::uint64_t seq) {
  auto stored = ledger::read_entry(database, seq);
  if (!stored || stored->entry.event_type != "decision") {
    throw Error(ErrorCode::integrity, "a decision on record has no entry", chain::entry_id(seq),
                "run lexecon ledger verify");
  }
  return std::move(*stored);
}

std::optional<chain::Checkpoint> last_checkpoint(store::Database& database, const Node& node) {
  const auto note = ledger::last_checkpoint(database);
  if (!note) return std::nullopt;
  return ledger::open_checkpoint(*note, node.keys);
}

policy::Outcome outcome_of(const std::string& text, const std::string& where) {
  const auto outcome = policy::outcome_from(text);
  if (!outcome) throw Error(ErrorCode::integrity, "an unknown outcome `" + text + "`", where);
  return *outcome;
}

bool scored_from(const Decision& decision, risk::Level first) {
  const auto& risk = decision.data.at("risk");
  if (risk.is_null()) return false;
  const auto level = risk::level_from(risk.at("level").get_ref<const std::string&>());
  return level && *level >= first;
}

/// A row led here by its columns; the entry must say the same.
bool passes(const Decision& decision, const oversight::DecisionFilter& filter) {
  const auto is = [&](const char* member, const std::optional<std::string>& wanted) {
    return !wanted || decision.data.at(member) == *wanted;
  };
  return is("actor", filter.actor) && is("action", filter.action) &&
         is("outcome", filter.outcome) && is("tenant", filter.tenant) &&
         (!filter.min_level || scored_from(decision, *filter.min_level)) &&
         (!filter.from || decision.at >= *filter.from) && (!filter.to || decision.at < *filter.to);
}

}  // namespace

Decision as_recorded(chain::Entry entry, const Hash& hash) {
  Decision decision;
  decision.outcome = outcome_of(entry.data.at("outcome").get_ref<const std::string&>(),
                                chain::entry_id(entry.seq));
  decision.data = std::move(entry.data);
  decision.at = entry.timestamp;
  decision.seq = entry.seq;
  decision.entry_hash = hash;
  return decision;
}

Decision read_decision(store::Database& database, std::uint64_t seq) {
  auto stored = decision_entry(database, seq);
  auto decision = as_recorded(std::move(stored.entry), stored.hash);
  const auto escalation = oversight::escalation_of(
      database, decision.data.at("decision_id").get_ref<const std::string&>());
  if (escalation) {
    decision.escalation_id = escalation->escalation_id;
  } else if (decision.outcome == policy::Outcome::escalated) {
    registry::refuse_table("escalations", seq);
  }
  return decision;
}

std::uint64_t require_decision(store::Database& database, const std::string& decision_id) {
  if (!is_prefixed_ulid(decision_id, "dec_")) {
    throw Error(ErrorCode::bad_input,
                "expected a decision id, `dec_` and 26 characters, got `" + decision_id + "`");
  }
  const auto seq = oversight::find_decision(database, decision_id);
  if (seq) return *seq;
  unknown_id(decision_id);
}

std::optional<decision::Request> sealed_request(store::Database& database, std::uint64_t seq) {
  const auto stored = decision_entry(database, seq);
  const auto sealed = ledger::read_sealed(database, stored.entry);
  if (!sealed) return std::nullopt;
  return decision::parse_request(chain::unseal(*sealed));
}

std::optional<decision::ActiveSet> set_that_judged(store::Database& database, const Json& data,
                                                   std::uint64_t seq) {
  const Json& hash = data.at("policy").at("hash");
  if (hash.is_null()) return std::nullopt;
  const auto known = hash_from_hex(hash.get_ref<const std::string&>());
  const auto row = known ? registry::find_set(database, *known) : std::nullopt;
  if (!row) {
    throw Error(ErrorCode::integrity, "the set that judged this decision is not on record",
                chain::entry_id(seq), "run lexecon ledger verify");
  }
  return load_recorded(database, *row);
}

decision::Verdict rejudge(store::Database& database, std::uint64_t seq) {
  const auto stored = decision_entry(database, seq);
  const auto request = sealed_request(database, seq);
  if (!request) {
    throw Error(ErrorCode::not_found, "the request of this decision was erased",
                chain::entry_id(seq));
  }
  const auto set = set_that_judged(database, stored.entry.data, seq);
  return decision::judge(*request, set ? &*set : nullptr,
                         decision::parse_facts(stored.entry.data.at("facts")),
                         stored.entry.timestamp);
}

Timestamp last_entry_time(store::Database& database) {
  const auto size = ledger::size(database);
  const auto last = size == 0 ? std::nullopt : ledger::read_entry(database, size - 1);
  if (!last) {
    throw Error(ErrorCode::integrity, "the ledger has no last entry", database.path().string(),
                "run lexecon ledger verify");
  }
  return last->entry.timestamp;
}

Decision show_decision(const Node& node, const std::string& decision_id, bool explain) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto seq = require_decision(database, decision_id);
  auto decision = read_decision(database, seq);
  decision.checkpoint = last_checkpoint(database, node);
  auto& ids = decision.overrides.emplace();
  for (const auto& each : oversight::overrides_of(database, decision_id)) ids.push_back(each.id());
  if (explain) {
    auto verdict = rejudge(database, seq);
    decision.trace = std::move(verdict.trace);
    decision.files_not_in_force = std::move(verdict.files_not_in_force);
  }
  return decision;
}

void each_decision(const Node& node, const oversight::DecisionFilter& filter,
                   const std::function<void(const Decision&)>& visit) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto checkpoint = last_checkpoint(database, node);
  oversight::each_decision(database, filter, [&](std::uint64_t seq) {
    auto decision = read_decision(database, seq);
    if (!passes(decision, filter)) registry::refuse_table("decisions", seq);
    decision.checkpoint = checkpoint;
    visit(decision);
  });
}

}  // namespace lexecon::service
