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
CREATE INDEX decisions_by_time ON decisions(timestamp, seq);
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
  breached_seq INTEGER,
  resolved_seq INTEGER
) STRICT;
CREATE UNIQUE INDEX escalations_by_id ON escalations(escalation_id);
CREATE INDEX escalations_by_decision ON escalations(decision_id, seq);
