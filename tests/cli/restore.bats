#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  decide
  lex 0 key show ledger
  pin=$output
}

decide() { "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token >decided; }
state() { (cd .lexecon && sha256sum ledger.db head.note); }

@test "a ledger that is gone comes back, and goes on" {
  lex 0 backup kept
  lex 0 ledger verify --json
  cp "$BATS_TEST_TMPDIR/out" before
  rm .lexecon/ledger.db
  lex 1 ledger verify
  lex 0 restore kept --json
  is "$(jq -c '[.schema, .head.tree_size, .ledger_vkey, .replaced, .missing_keys]' <<<"$output")" \
    "[\"lexecon.restore/1\",4,\"$pin\",null,[]]"
  is "$(stat -c %a .lexecon/ledger.db)" 600
  lex 0 ledger verify --json
  diff before "$BATS_TEST_TMPDIR/out"
  decide
  lex 0 ledger verify --deep
  is "$(find .lexecon -name 'restore*')" ''
}

@test "a damaged ledger is replaced, and kept aside" {
  lex 0 backup kept
  printf garbage | dd of=.lexecon/ledger.db bs=1 seek=4096 conv=notrunc status=none
  cp .lexecon/ledger.db damaged
  lex 0 restore kept
  local aside
  aside=$(find .lexecon -maxdepth 1 -name 'replaced.*')
  cmp "$aside/ledger.db" damaged
  has "$output" "$aside"
  lex 0 ledger verify --deep
}

@test "tables come from the entries of the backup, whatever its tables say" {
  lex 0 backup kept
  sqlite3 kept "UPDATE decisions SET actor = 'actor:human:mallory'; DELETE FROM policy_sets; DELETE FROM frontier"
  rm .lexecon/ledger.db
  lex 0 restore kept
  lex 0 ledger verify --deep
}

@test "a backup behind what the node has signed is refused, whatever is left of the node" {
  lex 0 backup kept
  decide
  local before
  before=$(state)
  lex 76 restore kept
  has "$stderr" 'set back'
  has "$stderr" 'lexecon recover'
  is "$(state)" "$before"
  rm .lexecon/ledger.db
  lex 76 restore kept
  [[ ! -e .lexecon/ledger.db ]]
  rm .lexecon/head.note
  lex 76 restore kept
  has "$stderr" "the user's copy of the head"
  rm -r "$HOME/.local/state/lexecon"
  lex 0 restore kept
}

@test "the notes of a damaged ledger count where both heads are gone" {
  lex 0 backup kept
  decide
  sqlite3 .lexecon/ledger.db "UPDATE entries SET actor = 'node:other' WHERE seq = 2"
  rm -r .lexecon/head.note "$HOME/.local/state/lexecon"
  lex 76 restore kept
  has "$stderr" 'set back'
}

@test "a later backup brings a ledger that was set back forward" {
  cp .lexecon/ledger.db old.db
  decide
  lex 0 backup kept
  cp old.db .lexecon/ledger.db
  lex 1 ledger verify
  lex 0 restore kept
  lex 0 ledger verify
  decide
}

@test "a valid ledger of that size is left alone" {
  lex 0 backup kept
  lex 73 restore kept
  has "$stderr" 'valid and holds all 4 entries'
  is "$(find .lexecon -name 'replaced*' -o -name 'restore*')" ''
}

@test "into an empty folder: readable at once, writable with the keys beside" {
  lex 0 backup kept
  mkdir empty
  lex 0 restore kept --node "$PWD/empty" --key "$pin" --json
  is "$(jq -r '.missing_keys | join(" ")' <<<"$output")" 'keys/ledger.key keys/token.key'
  lex 0 ledger verify --deep --node "$PWD/empty"
  lex 78 decide --node "$PWD/empty" --actor ai_agent:x --action read --no-token
  mkdir new
  cp -a .lexecon/keys new/
  lex 0 restore kept --node "$PWD/new"
  lex 0 decide --node "$PWD/new" --actor ai_agent:x --action read
}

@test "a backup of another log or key is refused" {
  lex 0 init other --id other --origin example.org/other
  lex 0 backup foreign --node "$PWD/other"
  local before
  before=$(state)
  lex 76 restore foreign
  has "$stderr" 'keeps the log `example.org/log`, the backup is of `example.org/other`'
  rm .lexecon/ledger.db
  lex 76 restore foreign
  rm .lexecon/head.note
  lex 76 restore foreign
  has "$stderr" pins
  mkdir empty
  lex 76 restore foreign --node "$PWD/empty" --key "$pin"
  [[ ! -e empty/ledger.db ]]
}

@test "a tampered backup is refused" {
  lex 0 backup kept
  local change before
  before=$(state)
  for change in "UPDATE entries SET actor = 'node:other' WHERE seq = 1" \
    "UPDATE entries SET body = CAST(replace(body, 'approved', 'denied') AS BLOB) WHERE seq = 3" \
    'DELETE FROM checkpoints WHERE tree_size = 3' "UPDATE sealed SET body = x'00'" \
    "CREATE TABLE more(x)"; do
    cp kept bad
    sqlite3 bad "$change"
    mkdir -p empty
    lex 76 restore bad --node "$PWD/empty"
    lex 76 restore bad
  done
  echo nonsense >bad
  lex 76 restore bad
  is "$(state)" "$before"
  is "$(find .lexecon empty -name 'replaced*' -o -name 'restore*' -o -name ledger.db)" .lexecon/ledger.db
}

@test "a checkpoint kept elsewhere must be in the backup" {
  lex 0 backup kept
  decide
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" later.note
  mkdir empty
  rm -r "$HOME/.local/state/lexecon"
  lex 76 restore kept --node "$PWD/empty" --against later.note
  has "$stderr" 'set back'
}

@test "killed at any moment the node has its ledger or can have it again" {
  local _
  lex 0 backup kept
  for _ in {1..10}; do
    rm .lexecon/ledger.db
    timeout -s KILL "0.0$((RANDOM % 9 + 1))" "$LEXECON_BIN" restore kept >/dev/null 2>&1 || true
    [[ -e .lexecon/ledger.db ]] || lex 0 restore kept
    lex 0 ledger verify
  done
  rm .lexecon/ledger.db
  lex 0 restore kept
  is "$(find .lexecon -name 'restore.*')" ''
}

@test "beside a writer, on a full disk, and what is not there" {
  lex 0 backup kept
  flock .lexecon/lock sleep 3 &
  sleep 0.2
  lex 69 restore kept --timeout 0
  wait
  rm .lexecon/ledger.db
  (ulimit -f 8 && lex 74 restore kept)
  [[ ! -e .lexecon/ledger.db ]]
  is "$(find .lexecon -name 'restore.*')" ''
  lex 66 restore nowhere
  lex 66 restore kept --node "$PWD/nowhere"
  lex 64 restore
  local status=0
  "$LEXECON_BIN" restore kept >/dev/full 2>"$BATS_TEST_TMPDIR/err" || status=$?
  is "$status" 74
  lex 0 ledger verify
}
