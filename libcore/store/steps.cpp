#include "store/steps.hpp"

#include <array>

#include "store/schema.hpp"

namespace lexecon::store {
namespace {

// Each statement is kept by SQLite as it stands here, byte for byte; check_schema relies on it. So:
// no IF NOT EXISTS, no second space, and no key that would need an automatic index.
//
// INVARIANT: no index on a random value (hash, jti, digest): rows are keyed by seq or by ordered
// ids and secondary indexes end in seq, so that appends stay on the right edge of every tree.

constexpr std::array step_1{
    // The ledger itself. `body` holds the bytes B of an entry; the columns before it repeat them.
    "CREATE TABLE entries(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  event_type TEXT NOT NULL,\n"
    "  actor TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL,\n"
    "  entry_hash BLOB NOT NULL,\n"
    "  body BLOB NOT NULL\n"
    ") STRICT",
    // What the projections are held against: the entries of one type, from the newest back.
    "CREATE INDEX entries_by_type ON entries(event_type, seq)",
    // The bytes S of what may have to be erased.
    "CREATE TABLE sealed(\n"
    "  seq INTEGER PRIMARY KEY REFERENCES entries(seq),\n"
    "  body BLOB NOT NULL\n"
    ") STRICT",
    // What stays of an entry that was moved into a package, by the ledger.archived entry at archive_seq.
    "CREATE TABLE archived(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  entry_hash BLOB NOT NULL,\n"
    "  leaf BLOB NOT NULL,\n"
    "  archive_seq INTEGER NOT NULL\n"
    ") STRICT",
    "CREATE TABLE checkpoints(\n"
    "  tree_size INTEGER PRIMARY KEY,\n"
    "  note TEXT NOT NULL\n"
    ") STRICT",
    // The compact Merkle range of every entry but the last: a complete subtree of 2^level leaves a
    // row.
    // With the last entry it gives the root, so that an append proves the entry it builds on.
    "CREATE TABLE frontier(\n"
    "  level INTEGER PRIMARY KEY,\n"
    "  hash BLOB NOT NULL\n"
    ") STRICT",
    "CREATE TABLE policy_files(\n"
    "  sha256 BLOB NOT NULL PRIMARY KEY,\n"
    "  body BLOB NOT NULL\n"
    ") STRICT, WITHOUT ROWID",
    // Projections: written by `apply` alone, made again by `ledger rebuild`.
    // A policy.activated entry a row; `files` is its JSON list of {name, sha256}.
    "CREATE TABLE policy_sets(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  policy_hash TEXT NOT NULL,\n"
    "  previous_hash TEXT,\n"
    "  mode TEXT NOT NULL,\n"
    "  four_eyes TEXT NOT NULL,\n"
    "  files TEXT NOT NULL,\n"
    "  actor TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL\n"
    ") STRICT",
    // A key.added entry a row; in force from seq until removed_seq.
    "CREATE TABLE token_keys(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  kid TEXT NOT NULL,\n"
    "  public_key TEXT NOT NULL,\n"
    "  removed_seq INTEGER\n"
    ") STRICT",
    "CREATE TABLE decisions(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  decision_id TEXT NOT NULL,\n"
    "  request_id TEXT,\n"
    "  actor TEXT NOT NULL,\n"
    "  action TEXT NOT NULL,\n"
    "  resource TEXT,\n"
    "  tool TEXT,\n"
    "  tenant TEXT,\n"
    "  outcome TEXT NOT NULL,\n"
    "  reason_code TEXT NOT NULL,\n"
    "  policy_hash TEXT,\n"
    "  risk_level TEXT,\n"
    "  risk_score INTEGER,\n"
    "  timestamp TEXT NOT NULL,\n"
    "  via TEXT NOT NULL,\n"
    "  idempotency_key TEXT,\n"
    "  escalation_id TEXT\n"
    ") STRICT",
    "CREATE UNIQUE INDEX decisions_by_id ON decisions(decision_id)",
    "CREATE INDEX decisions_by_actor ON decisions(actor, seq)",
    "CREATE INDEX decisions_by_tenant ON decisions(tenant, seq) WHERE tenant IS NOT NULL",
    // What limits and breakers count, by whom and how it went; never what a ban itself denied. Codes are
    // compared one by one: for a list of them SQLite builds a table whenever a row is written.
    "CREATE INDEX decisions_counted ON decisions(outcome, tenant IS NULL, seq) WHERE reason_code "
    "<> 'emergency_stop' AND reason_code <> 'rate_limited' AND reason_code <> 'budget_exceeded'",
    "CREATE INDEX decisions_counted_by_actor ON decisions(actor, outcome, seq) WHERE reason_code "
    "<> 'emergency_stop' AND reason_code <> 'rate_limited' AND reason_code <> 'budget_exceeded'",
    "CREATE INDEX decisions_counted_by_tenant ON decisions(tenant, outcome, seq) WHERE tenant IS "
    "NOT NULL AND reason_code <> 'emergency_stop' AND reason_code <> 'rate_limited' AND "
    "reason_code <> 'budget_exceeded'",
    "CREATE INDEX decisions_by_idempotency ON decisions(tenant, actor, idempotency_key, seq) WHERE "
    "idempotency_key IS NOT NULL",
    // A token a row, keyed by the entry that issued it; `used` counts token.used entries.
    "CREATE TABLE tokens(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  decision_id TEXT NOT NULL,\n"
    "  jti TEXT NOT NULL,\n"
    "  token_hash BLOB NOT NULL,\n"
    "  aud TEXT NOT NULL,\n"
    "  iat TEXT NOT NULL,\n"
    "  exp TEXT NOT NULL,\n"
    "  kid TEXT NOT NULL,\n"
    "  uses INTEGER NOT NULL,\n"
    "  used INTEGER NOT NULL DEFAULT 0,\n"
    "  revoked_seq INTEGER,\n"
    "  revoked_reason TEXT\n"
    ") STRICT",
    "CREATE INDEX tokens_by_decision ON tokens(decision_id, seq)",
    // `state`: pending, in_progress, awaiting_approval, resolved, failed; `reasons` is a JSON list.
    "CREATE TABLE escalations(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  escalation_id TEXT NOT NULL,\n"
    "  decision_id TEXT NOT NULL,\n"
    "  priority TEXT NOT NULL,\n"
    "  state TEXT NOT NULL,\n"
    "  reasons TEXT NOT NULL,\n"
    "  created_at TEXT NOT NULL,\n"
    "  outcome TEXT,\n"
    "  expires_at TEXT,\n"
    "  assigned_to TEXT,\n"
    "  breached_seq INTEGER,\n"
    "  resolved_seq INTEGER\n"
    ") STRICT",
    "CREATE UNIQUE INDEX escalations_by_id ON escalations(escalation_id)",
    "CREATE INDEX escalations_by_decision ON escalations(decision_id, seq)",
    // An operator.added entry a row; `actors` is its JSON list, `key_seq` the entry of the present key.
    "CREATE TABLE operators(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  operator TEXT NOT NULL,\n"
    "  role TEXT NOT NULL,\n"
    "  actors TEXT NOT NULL,\n"
    "  public_key TEXT NOT NULL,\n"
    "  key_seq INTEGER NOT NULL,\n"
    "  revoked_seq INTEGER\n"
    ") STRICT",
    // A model.registered or prompt.registered entry a row; `approved_seq` is the last approval, `ended` is
    // rejected or retired.
    "CREATE TABLE registrations(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  kind TEXT NOT NULL,\n"
    "  id TEXT NOT NULL,\n"
    "  digest TEXT NOT NULL,\n"
    "  operator TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL,\n"
    "  approved_seq INTEGER,\n"
    "  expires_at TEXT,\n"
    "  ended TEXT,\n"
    "  ended_seq INTEGER\n"
    ") STRICT",
    "CREATE TABLE confirmations(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  decision_id TEXT NOT NULL,\n"
    "  requirement TEXT NOT NULL,\n"
    "  operator TEXT NOT NULL,\n"
    "  expires_at TEXT NOT NULL\n"
    ") STRICT",
    "CREATE INDEX confirmations_by_decision ON confirmations(decision_id, seq)",
    // `relations` is a JSON list; `enacted_seq` is set once an activation made it permanent.
    "CREATE TABLE overrides(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  override_id TEXT NOT NULL,\n"
    "  decision_id TEXT NOT NULL,\n"
    "  type TEXT NOT NULL,\n"
    "  scope TEXT NOT NULL,\n"
    "  new_outcome TEXT NOT NULL,\n"
    "  relations TEXT NOT NULL,\n"
    "  expires_at TEXT,\n"
    "  operator TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL,\n"
    "  enacted_seq INTEGER\n"
    ") STRICT",
    "CREATE INDEX overrides_by_decision ON overrides(decision_id, seq)",
    "CREATE TABLE evidence(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  evidence_id TEXT NOT NULL,\n"
    "  type TEXT NOT NULL,\n"
    "  actor TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL\n"
    ") STRICT",
    "CREATE TABLE evidence_links(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  evidence_id TEXT NOT NULL,\n"
    "  decision_id TEXT,\n"
    "  control TEXT\n"
    ") STRICT",
    "CREATE INDEX evidence_links_by_decision ON evidence_links(decision_id, seq) WHERE "
    "decision_id IS NOT NULL",
    "CREATE TABLE responsibilities(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  responsibility_id TEXT NOT NULL,\n"
    "  decision_id TEXT NOT NULL,\n"
    "  responsible TEXT NOT NULL,\n"
    "  maker TEXT NOT NULL,\n"
    "  level TEXT NOT NULL,\n"
    "  review_due TEXT,\n"
    "  timestamp TEXT NOT NULL\n"
    ") STRICT",
    "CREATE INDEX responsibilities_by_decision ON responsibilities(decision_id, seq)",
    "CREATE TABLE stops(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  stop_id TEXT NOT NULL,\n"
    "  scope TEXT NOT NULL,\n"
    "  target TEXT,\n"
    "  reason TEXT NOT NULL,\n"
    "  actor TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL,\n"
    "  resumed_seq INTEGER\n"
    ") STRICT",
    // What was used up to and with each decision that declared it and was not denied, four rows each:
    // of its actor, model, tenant and of the node. A total is high * 2^53 + low, and so never full.
    "CREATE TABLE usage_totals(\n"
    "  seq INTEGER NOT NULL,\n"
    "  per TEXT NOT NULL,\n"
    "  subject TEXT NOT NULL,\n"
    "  cost_high INTEGER NOT NULL,\n"
    "  cost_low INTEGER NOT NULL,\n"
    "  input_high INTEGER NOT NULL,\n"
    "  input_low INTEGER NOT NULL,\n"
    "  output_high INTEGER NOT NULL,\n"
    "  output_low INTEGER NOT NULL,\n"
    "  PRIMARY KEY(seq, per)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX usage_totals_by_subject ON usage_totals(per, subject, seq)",
    // A limit.tripped entry a row.
    "CREATE TABLE trips(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  kind TEXT NOT NULL,\n"
    "  name TEXT NOT NULL,\n"
    "  per TEXT NOT NULL,\n"
    "  subject TEXT NOT NULL,\n"
    "  until TEXT NOT NULL\n"
    ") STRICT",
    "CREATE INDEX trips_by_subject ON trips(kind, name, per, subject, seq)",
    "CREATE TABLE interventions(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  intervention_id TEXT NOT NULL,\n"
    "  decision_id TEXT,\n"
    "  type TEXT NOT NULL,\n"
    "  role TEXT NOT NULL,\n"
    "  operator TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL\n"
    ") STRICT",
    "CREATE TABLE holds(\n"
    "  seq INTEGER PRIMARY KEY,\n"
    "  hold_id TEXT NOT NULL,\n"
    "  contents INTEGER NOT NULL,\n"
    "  actor TEXT NOT NULL,\n"
    "  timestamp TEXT NOT NULL,\n"
    "  released_seq INTEGER\n"
    ") STRICT",
};

constexpr std::array<Step, schema_version> all{Step(step_1)};

}  // namespace

std::span<const Step> steps() { return all; }

}  // namespace lexecon::store
