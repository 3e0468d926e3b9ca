#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "a fresh ledger is valid, and the verdict says what it does not prove" {
  lex 0 ledger verify
  is "$(head -n 1 <<<"$output")" 'valid, 3 entries verified'
  has "$output" 'NOT ESTABLISHED: nothing is missing up to #2; nothing proves there was no later entry'
  lex 0 ledger verify --json
  is "$(jq -r .schema <<<"$output")" lexecon.verification/1
  is "$(jq -c '[.verdict, .cause, .entries_verified, .first_bad_seq, .completeness.established]' <<<"$output")" \
    '["valid",null,3,null,false]'
  is "$(jq -r '[.checks[].status] | unique | map(select(. == "fail")) | length' <<<"$output")" 0
}

@test "a pinned checkpoint establishes completeness up to it" {
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" kept.note
  lex 0 decide --actor ai_agent:x --action read --no-token
  lex 0 ledger verify --against kept.note --json
  is "$(jq -c .completeness <<<"$output")" '{"established":true,"up_to_size":3}'
  lex 0 ledger verify --against - <kept.note
  lex 0 ledger verify --against <(cat kept.note)
  has "$output" 'complete up to size 3'
}

@test "a run goes on from a checkpoint that was verified before, and says what it left out" {
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" kept.note
  lex 0 decide --actor ai_agent:x --action read --no-token
  lex 0 ledger verify --from kept.note --json
  is "$(jq -c '[.verdict, .from, .entries_verified, .completeness.up_to_size]' <<<"$output")" '["valid",3,4,3]'
  is "$(jq -c '[.checks[] | select(.name == "checkpoints" or .name == "sealed") | .items]' <<<"$output")" '[1,2]'
  lex 0 ledger verify --from kept.note
  has "$output" 'before #3 were not examined again'
  # An entry below is never left out, sealed content from there on neither.
  cp .lexecon/ledger.db whole.db
  sqlite3 .lexecon/ledger.db "UPDATE sealed SET body = CAST(replace(body, 'ai_agent', 'ai_tnega') AS BLOB) WHERE seq = 3"
  lex 1 ledger verify --from kept.note
  has "$output" 'first bad entry: #3'
  cp whole.db .lexecon/ledger.db
  sqlite3 .lexecon/ledger.db "UPDATE entries SET body = CAST(replace(body, 'token', 'tokem') AS BLOB) WHERE seq = 1"
  lex 1 ledger verify --from kept.note
  cp whole.db .lexecon/ledger.db
  lex 0 init other --id other
  lex 0 --node other ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" other.note
  lex 1 ledger verify --from other.note
  lex 64 ledger verify --from kept.note --deep
  lex 64 ledger verify --from kept.note --entries -
}

@test "the log's key in every form is a pin, another key is invalid" {
  local form
  for form in vkey pem minisign ssh; do
    lex 0 key show ledger --format "$form"
    cp "$BATS_TEST_TMPDIR/out" "key.$form"
    lex 0 ledger verify --key "key.$form"
  done
  lex 0 ledger verify --key "$(<key.vkey)"
  lex 0 key show token --format pem
  cp "$BATS_TEST_TMPDIR/out" other.pem
  lex 1 ledger verify --key other.pem
  is "$(head -c 7 <<<"$output")" invalid
}

@test "an altered entry is found and named" {
  local seq
  lex 0 decide --actor ai_agent:x --action read --no-token
  for seq in 1 2 3; do
    cp -a .lexecon copy
    sqlite3 copy/ledger.db \
      "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), '\"salt\":\"', '\"salt\":\"0') AS BLOB) WHERE seq = $seq"
    lex 1 --node copy ledger verify --json
    is "$(jq -c '[.verdict, .first_bad_seq]' <<<"$output")" "[\"invalid\",$seq]"
    rm -r copy
  done
}

@test "a ledger that was cut is invalid, at a checkpoint by head.note" {
  lex 0 decide --actor ai_agent:x --action read --no-token
  sqlite3 .lexecon/ledger.db "DELETE FROM checkpoints WHERE tree_size = 4; DELETE FROM entries WHERE seq = 3"
  lex 1 ledger verify
  lex 76 decide --actor ai_agent:x --action read --no-token
}

@test "without head.note the question cannot be decided, and nothing is appended" {
  lex 0 decide --actor ai_agent:x --action read --no-token
  rm .lexecon/head.note
  lex 2 ledger verify
  has "$output" head_note_missing
  lex 76 decide --actor ai_agent:x --action read --no-token
}

@test "verify changes nothing" {
  local before
  before=$(find .lexecon -type f ! -name lock -exec sha256sum {} + | sort)
  lex 0 ledger verify
  is "$(find .lexecon -type f ! -name lock -exec sha256sum {} + | sort)" "$before"
}

@test "a node read only is verified" {
  ((EUID != 0)) || skip 'root may write everywhere'
  chmod -R a-w .lexecon
  lex 0 ledger verify
  chmod -R u+w .lexecon
}

@test "a journal that a crash left is rolled back first" {
  local before
  before=$(value /entry_hash ledger show 2)
  hot_journal
  lex 0 ledger verify
  is "$(value /entry_hash ledger show 2)" "$before"
  [[ ! -e .lexecon/ledger.db-journal ]]
}

@test "a journal that cannot be rolled back is named, exit 74" {
  ((EUID != 0)) || skip 'root may write everywhere'
  hot_journal
  chmod -R a-w .lexecon
  lex 74 ledger verify
  chmod -R u+w .lexecon
  has "$stderr" ledger.db-journal
}

# A database in the middle of a commit, as a killed writer leaves it.
hot_journal() {
  mkdir killed
  sqlite3 .lexecon/ledger.db 'PRAGMA cache_size=1' 'BEGIN IMMEDIATE' \
    "UPDATE entries SET body = zeroblob(60000)" '.shell cp .lexecon/ledger.db* killed/' ROLLBACK
  cp killed/ledger.db* .lexecon/
  [[ -s .lexecon/ledger.db-journal ]]
}

@test "what keeps the question from an answer" {
  lex 66 --node nowhere ledger verify
  lex 66 ledger verify --against nowhere.note
  lex 66 ledger verify --key nowhere.pem
  echo nonsense >nonsense
  lex 65 ledger verify --key nonsense
  lex 64 ledger verify --against - --against - <.lexecon/head.note
  cannot_write ledger verify
}

@test "a table altered without a key changes no answer, and --deep names it" {
  lex 0 decide --actor ai_agent:x --action read --no-token
  lex 0 ledger verify
  has "$output" 'projections not compared (run with --deep)'
  lex 0 ledger verify --deep
  sqlite3 .lexecon/ledger.db 'DELETE FROM policy_sets'
  lex 1 ledger verify --deep --json
  is "$(jq -r '.checks[] | select(.status == "fail") | .name' <<<"$output")" projections
  lex 76 decide --actor ai_agent:x --action read --no-token
  has "$stderr" 'the table `policy_sets` differs from the ledger; nothing was recorded'
}

@test "a ledger that is gone, empty or of another schema is no valid one" {
  cp -r .lexecon gone
  rm gone/ledger.db
  lex 1 ledger verify --node gone
  has "$output" invalid
  cp -r .lexecon empty
  : >empty/ledger.db
  lex 1 ledger verify --node empty
  cp -r .lexecon dropped
  sqlite3 dropped/ledger.db 'ALTER TABLE entries RENAME COLUMN actor TO who'
  lex 1 ledger verify --node dropped
  lex 76 decide --node dropped --actor human:alice --action read
  mkdir clone
  cp -r .lexecon/node.yaml .lexecon/risk.yaml .lexecon/policies clone
  lex 78 ledger verify --node clone
}

# The entries, a line each, with a checkpoint of all of them and the key.
export_entries() {
  "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token >/dev/null
  "$LEXECON_BIN" ledger log --format jsonl >entries.jsonl
  "$LEXECON_BIN" ledger checkpoint >kept.note
  "$LEXECON_BIN" key show ledger >log.vkey
}

@test "a list of entries is verified without a node" {
  export_entries
  mv .lexecon gone
  lex 0 ledger verify --entries entries.jsonl --against kept.note --key log.vkey --json
  is "$(jq -c '[.verdict, .entries_verified, .completeness.up_to_size, .head.tree_size]' <<<"$output")" '["valid",4,4,4]'
  is "$(jq -c '[.checks[] | select(.name | IN("columns", "sealed", "checkpoints", "head_note")) | [.status, .detail]] | unique' <<<"$output")" \
    '[["not_run","none"]]'
  lex 0 ledger verify --entries - --against kept.note --key "$(<log.vkey)" <entries.jsonl
  lex 0 ledger verify --entries <(cat entries.jsonl) --against kept.note --key log.vkey
}

@test "what a list of entries alone cannot show is undecidable" {
  export_entries
  lex 2 ledger verify --entries entries.jsonl
  has "$output" 'undecidable: key_not_pinned'
  lex 2 ledger verify --entries entries.jsonl --key log.vkey
  has "$output" 'undecidable: no_checkpoint'
  lex 0 decide --actor ai_agent:x --action read --no-token
  "$LEXECON_BIN" ledger log --format jsonl >longer.jsonl
  lex 2 ledger verify --entries longer.jsonl --key log.vkey --against kept.note
  has "$output" 'undecidable: unsigned_tail'
  lex 2 ledger verify --entries - --key log.vkey </dev/null
  has "$output" 'undecidable: nothing_to_check'
}

@test "an altered, cut or foreign list of entries is invalid" {
  export_entries
  sed '3s/node:demo/node:omed/' entries.jsonl >bad
  lex 1 ledger verify --entries bad --against kept.note --key log.vkey --json
  is "$(jq -c '[.verdict, .first_bad_seq]' <<<"$output")" '["invalid",2]'
  sed 2d entries.jsonl >bad
  lex 1 ledger verify --entries bad --against kept.note --key log.vkey --json
  is "$(jq .first_bad_seq <<<"$output")" 1
  sed '$d' entries.jsonl >bad
  lex 1 ledger verify --entries bad --against kept.note --key log.vkey
  has "$output" 'the log holds 3 entries, a checkpoint kept elsewhere saw 4: it was set back'
  sed 's/$/\r/' entries.jsonl >bad
  lex 1 ledger verify --entries bad
  lex 0 key show token --format pem
  cp "$BATS_TEST_TMPDIR/out" other.pem
  lex 1 ledger verify --entries entries.jsonl --against kept.note --key other.pem
}

@test "what keeps a list of entries from an answer" {
  export_entries
  lex 66 ledger verify --entries nowhere
  lex 65 ledger verify --entries .lexecon
  lex 64 ledger verify --entries entries.jsonl --deep
  lex 64 ledger verify --entries - --against - <kept.note
  cannot_write ledger verify --entries entries.jsonl
}

@test "a long run says on a terminal how far it is, and leaves nothing behind" {
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" kept.note
  # A checkpoint that comes late makes any run long.
  late() { mkfifo "$1" && (sleep 1.2 && cat kept.note >"$1") & }
  late one
  TERM=xterm script -qec "sleep 0.1; '$LEXECON_BIN' ledger verify --against one" /dev/null </dev/null >screen
  grep -qaP '\r\x1b\[K[0-9]+ of 3 entries verified' screen
  # Cleared before the answer, in which there is no escape.
  run ! grep -qaP '\x1b' <(tr '\r' '\n' <screen | sed 's/^\x1b\[K//')
  grep -qaP '\r\x1b\[K(valid|lexecon|$)' screen
  late two
  TERM=xterm script -qec "sleep 0.1; '$LEXECON_BIN' ledger verify --against two --json >out.json" /dev/null </dev/null >screen
  run ! grep -qaP '\x1b' screen
  late plain
  NO_COLOR=1 TERM=xterm script -qec "sleep 0.1; '$LEXECON_BIN' ledger verify --against plain" /dev/null </dev/null >screen
  run ! grep -qaP '\x1b' screen
  late three
  sleep 0.1
  "$LEXECON_BIN" ledger verify --against three >out 2>errors
  run ! grep -qaP '\x1b' errors
}
