PRAGMA application_id=1280853326;
PRAGMA user_version=1;
CREATE TABLE entries(
  seq INTEGER PRIMARY KEY,
  event_type TEXT NOT NULL,
  actor TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  entry_hash BLOB NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX entries_by_type ON entries(event_type, seq);
CREATE TABLE sealed(
  seq INTEGER PRIMARY KEY REFERENCES entries(seq),
  body BLOB NOT NULL
) STRICT;
CREATE TABLE archived(
  seq INTEGER PRIMARY KEY,
  entry_hash BLOB NOT NULL,
  leaf BLOB NOT NULL,
  archive_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE checkpoints(
  tree_size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT;
CREATE TABLE frontier(
  level INTEGER PRIMARY KEY,
  hash BLOB NOT NULL
) STRICT;
CREATE TABLE policy_files(
  sha256 BLOB NOT NULL PRIMARY KEY,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE policy_sets(
  seq INTEGER PRIMARY KEY,
  policy_hash TEXT NOT NULL,
  previous_hash TEXT,
  mode TEXT NOT NULL,
  four_eyes TEXT NOT NULL,
  files TEXT NOT NULL,
  actor TEXT NOT NULL,
  timestamp TEXT NOT NULL
) STRICT;
CREATE TABLE token_keys(
  seq INTEGER PRIMARY KEY,
  kid TEXT NOT NULL,
  public_key TEXT NOT NULL,
  removed_seq INTEGER
) STRICT;
CREATE TABLE decisions(
  seq INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL,
  request_id TEXT,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  resource TEXT,
  tool TEXT,
  tenant TEXT,
  outcome TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  policy_hash TEXT,
  risk_level TEXT,
  risk_score INTEGER,
  timestamp TEXT NOT NULL,
  via TEXT NOT NULL,
  idempotency_key TEXT,
  escalation_id TEXT
) STRICT;
CREATE UNIQUE INDEX decisions_by_id ON decisions(decision_id);
CREATE INDEX decisions_by_actor ON decisions(actor, seq);
CREATE INDEX decisions_by_tenant ON decisions(tenant, seq) WHERE tenant IS NOT NULL;
CREATE INDEX decisions_counted ON decisions(outcome, tenant IS NULL, seq) WHERE reason_code <> 'emergency_stop' AND reason_code <> 'rate_limited' AND reason_code <> 'budget_exceeded';
CREATE INDEX decisions_counted_by_actor ON decisions(actor, outcome, seq) WHERE reason_code <> 'emergency_stop' AND reason_code <> 'rate_limited' AND reason_code <> 'budget_exceeded';
CREATE INDEX decisions_counted_by_tenant ON decisions(tenant, outcome, seq) WHERE tenant IS NOT NULL AND reason_code <> 'emergency_stop' AND reason_code <> 'rate_limited' AND reason_code <> 'budget_exceeded';
CREATE INDEX decisions_by_idempotency ON decisions(tenant, actor, idempotency_key, seq) WHERE idempotency_key IS NOT NULL;
CREATE TABLE tokens(
  seq INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL,
  jti TEXT NOT NULL,
  token_hash BLOB NOT NULL,
  aud TEXT NOT NULL,
  iat TEXT NOT NULL,
  exp TEXT NOT NULL,
  kid TEXT NOT NULL,
  uses INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  revoked_seq INTEGER,
  revoked_reason TEXT
) STRICT;
CREATE INDEX tokens_by_decision ON tokens(decision_id, seq);
CREATE TABLE escalations(
  seq INTEGER PRIMARY KEY,
  escalation_id TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  priority TEXT NOT NULL,
  state TEXT NOT NULL,
  reasons TEXT NOT NULL,
  created_at TEXT NOT NULL,
  outcome TEXT,
  expires_at TEXT,
  assigned_to TEXT,
  breached_seq INTEGER,
  resolved_seq INTEGER
) STRICT;
CREATE UNIQUE INDEX escalations_by_id ON escalations(escalation_id);
CREATE INDEX escalations_by_decision ON escalations(decision_id, seq);
CREATE TABLE operators(
  seq INTEGER PRIMARY KEY,
  operator TEXT NOT NULL,
  role TEXT NOT NULL,
  actors TEXT NOT NULL,
  public_key TEXT NOT NULL,
  key_seq INTEGER NOT NULL,
  revoked_seq INTEGER
) STRICT;
CREATE TABLE registrations(
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  digest TEXT NOT NULL,
  operator TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  approved_seq INTEGER,
  expires_at TEXT,
  ended TEXT,
  ended_seq INTEGER
) STRICT;
CREATE TABLE confirmations(
  seq INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL,
  requirement TEXT NOT NULL,
  operator TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX confirmations_by_decision ON confirmations(decision_id, seq);
CREATE TABLE overrides(
  seq INTEGER PRIMARY KEY,
  override_id TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  type TEXT NOT NULL,
  scope TEXT NOT NULL,
  new_outcome TEXT NOT NULL,
  relations TEXT NOT NULL,
  expires_at TEXT,
  operator TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  enacted_seq INTEGER
) STRICT;
CREATE INDEX overrides_by_decision ON overrides(decision_id, seq);
CREATE TABLE evidence(
  seq INTEGER PRIMARY KEY,
  evidence_id TEXT NOT NULL,
  type TEXT NOT NULL,
  actor TEXT NOT NULL,
  timestamp TEXT NOT NULL
) STRICT;
CREATE TABLE evidence_links(
  seq INTEGER PRIMARY KEY,
  evidence_id TEXT NOT NULL,
  decision_id TEXT,
  control TEXT
) STRICT;
CREATE INDEX evidence_links_by_decision ON evidence_links(decision_id, seq) WHERE decision_id IS NOT NULL;
CREATE TABLE responsibilities(
  seq INTEGER PRIMARY KEY,
  responsibility_id TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  responsible TEXT NOT NULL,
  maker TEXT NOT NULL,
  level TEXT NOT NULL,
  review_due TEXT,
  timestamp TEXT NOT NULL
) STRICT;
CREATE INDEX responsibilities_by_decision ON responsibilities(decision_id, seq);
CREATE TABLE stops(
  seq INTEGER PRIMARY KEY,
  stop_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  target TEXT,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  resumed_seq INTEGER
) STRICT;
CREATE TABLE usage_totals(
  seq INTEGER NOT NULL,
  per TEXT NOT NULL,
  subject TEXT NOT NULL,
  cost_high INTEGER NOT NULL,
  cost_low INTEGER NOT NULL,
  input_high INTEGER NOT NULL,
  input_low INTEGER NOT NULL,
  output_high INTEGER NOT NULL,
  output_low INTEGER NOT NULL,
  PRIMARY KEY(seq, per)
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_totals_by_subject ON usage_totals(per, subject, seq);
CREATE TABLE trips(
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  per TEXT NOT NULL,
  subject TEXT NOT NULL,
  until TEXT NOT NULL
) STRICT;
CREATE INDEX trips_by_subject ON trips(kind, name, per, subject, seq);
CREATE TABLE interventions(
  seq INTEGER PRIMARY KEY,
  intervention_id TEXT NOT NULL,
  decision_id TEXT,
  type TEXT NOT NULL,
  role TEXT NOT NULL,
  operator TEXT NOT NULL,
  timestamp TEXT NOT NULL
) STRICT;
CREATE TABLE holds(
  seq INTEGER PRIMARY KEY,
  hold_id TEXT NOT NULL,
  contents INTEGER NOT NULL,
  actor TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  released_seq INTEGER
) STRICT;
