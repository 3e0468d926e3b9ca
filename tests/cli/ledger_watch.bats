#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

teardown() { [[ -z ${watcher-} ]] || kill -KILL "$watcher" 2>/dev/null || true; }

decide() { "$LEXECON_BIN" decide --no-token --actor ai_agent:x --action "${1:-read}" "${@:2}" >/dev/null 2>&1 || (($? < 64)); }

# A watch in the background that writes to `seen`; its id is $watcher.
watch() {
  "$LEXECON_BIN" ledger watch "$@" >seen 2>"$BATS_TEST_TMPDIR/err" &
  watcher=$!
}

# Waits until `seen` has so many lines.
seen() {
  local _
  for _ in {1..100}; do
    [[ $(wc -l <seen) -lt $1 ]] || return 0
    sleep 0.1
  done
  echo "expected $1 lines, seen:"
  cat seen "$BATS_TEST_TMPDIR/err"
  return 1
}

# The exit code of the watch, which should end by itself now.
ended() {
  local status=0
  wait "$watcher" || status=$?
  watcher=''
  is "$status" "$1"
}

@test "what is on record is printed from any entry on, and a line says what it is about" {
  decide
  lex 0 ledger watch --from-seq 0 --limit 4
  is "$(wc -l <<<"$output")" 4
  has "$(head -n 1 <<<"$output")" '0  20'
  has "$(tail -n 1 <<<"$output")" 'decision  actor:ai_agent:x  approved permitted action:read'
  lex 0 ledger watch --from-seq 2 --limit 2 --format jsonl
  is "$output" "$("$LEXECON_BIN" ledger log --format jsonl | tail -n 2)"
  lex 0 ledger watch --from 1h --limit 1
  has "$output" genesis
  lex 0 ledger watch --from-seq 0 --limit 1 --json
  is "$(jq -r .entry_id <<<"$output")" genesis
  LEXECON_OUTPUT=json lex 0 ledger watch --from-seq 0 --limit 1
  is "$(jq -r .entry_id <<<"$output")" genesis
}

@test "new entries come while others write, each once and in order" {
  watch --format jsonl --limit 20
  sleep 0.5
  for _ in {1..5}; do
    for _ in 1 2 3 4; do decide & done
    wait -n; wait -n; wait -n; wait -n
  done
  seen 20
  ended 0
  is "$(cat seen)" "$("$LEXECON_BIN" ledger log --format jsonl | tail -n +4 | head -n 20)"
}

@test "without a start only what is new is printed" {
  decide
  watch
  sleep 0.5
  decide nothing:permits
  seen 1
  has "$(cat seen)" denied
  kill -TERM "$watcher"
  ended 0
}

@test "interrupted it ends at once with 0, and with 2 when it was to print more" {
  local signal
  for signal in INT TERM; do
    # A background job of a script ignores SIGINT unless it is started so.
    env --default-signal=INT "$LEXECON_BIN" ledger watch >seen 2>/dev/null &
    watcher=$!
    sleep 0.4
    kill "-$signal" "$watcher"
    ended 0
  done
  watch --limit 1
  sleep 0.4
  kill -TERM "$watcher"
  ended 2
}

@test "a time ends it" {
  lex 0 ledger watch --timeout 1s
  is "$output" ''
  lex 2 ledger watch --timeout 1s --limit 1
  decide
  lex 2 ledger watch --from-seq 3 --timeout 1s --limit 2
  is "$(wc -l <<<"$output")" 1
}

@test "filters pass what they name, and a level its own and those above" {
  decide read --tenant acme
  decide nothing:permits
  "$LEXECON_BIN" decide --request - --no-token >/dev/null <<<'{"actor":"ai_agent:x","action":"read","risk":{"security":60}}' || true
  "$LEXECON_BIN" decide --request - --no-token >/dev/null <<<'{"actor":"ai_agent:x","action":"read","risk":{"security":10}}' || true
  count() { "$LEXECON_BIN" ledger watch --from-seq 0 --timeout 1s --format jsonl "$@" | wc -l; }
  is "$(count --type decision)" 4
  is "$(count --outcome denied)" 1
  is "$(count --tenant acme --actor ai_agent:x)" 1
  is "$(count --min-level high)" 1
  is "$(count --min-level low)" 2
  lex 2 ledger watch --from-seq 1000 --timeout 1s --limit 1
  is "$output" ''
}

@test "what becomes of a decision's token belongs to it" {
  local node=$PWD/.lexecon decision
  "$LEXECON_BIN" decide --actor human:alice --action read --resource wiki:home --json >decided
  decision=$(jq -r .decision_id decided)
  jq -r .capability_token decided >token
  watch --decision "$decision" --from-seq 0 --format jsonl --limit 2
  seen 1
  decide
  lex 0 token verify --node "$node" --action read --resource wiki:home --token-file token
  seen 2
  ended 0
  is "$(jq -r .event_type seen | paste -sd' ')" 'decision token.used'
}

@test "a ledger that is set back or replaced under it is an integrity error" {
  decide
  cp .lexecon/ledger.db old.db
  decide
  watch
  sleep 0.5
  cp old.db .lexecon/next && mv .lexecon/next .lexecon/ledger.db
  ended 76
  has "$(<"$BATS_TEST_TMPDIR/err")" 'the ledger held 5 entries and holds 4: it was set back'
}

@test "another history under it is an integrity error, and nothing of it is printed" {
  cp -a .lexecon fork
  decide
  watch
  sleep 0.5
  XDG_STATE_HOME=$PWD/other decide read --node "$PWD/fork"
  XDG_STATE_HOME=$PWD/other decide read --node "$PWD/fork"
  cp fork/ledger.db .lexecon/next && mv .lexecon/next .lexecon/ledger.db
  ended 76
  has "$(<"$BATS_TEST_TMPDIR/err")" 'entry_3 is another than it was: two histories'
  is "$(cat seen)" ''
}

@test "an entry that no signature covers is not printed" {
  watch
  sleep 0.5
  sqlite3 .lexecon/ledger.db "INSERT INTO entries SELECT seq + 1, event_type, actor, timestamp, entry_hash, body FROM entries WHERE seq = 2"
  ended 76
  is "$(cat seen)" ''
  lex 76 ledger watch --from-seq 0 --limit 1
}

@test "a writer that is killed, and one that holds the database, do not end it" {
  local pid
  watch
  sleep 0.5
  for _ in {1..10}; do
    "$LEXECON_BIN" decide --no-token --actor ai_agent:x --action read >/dev/null 2>&1 &
    pid=$!
    sleep "0.0$((RANDOM % 4))"
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  sqlite3 .lexecon/ledger.db 'BEGIN EXCLUSIVE' '.shell sleep 1' ROLLBACK
  decide
  seen "$(($(value /tree_size ledger checkpoint) - 3))"
  kill -TERM "$watcher"
  ended 0
}

@test "a reader that stalls keeps no writer waiting" {
  local name
  name=$(printf 'x%.0s' {1..180})
  for each in {1..300}; do
    printf '%040d %040d refs/heads/%s/%s\n' 0 "$each" "$name" "$each"
  done | lex 1 hook run pre-receive --node .lexecon --origin example.org/log --repository r --actor a
  mkfifo pipe
  "$LEXECON_BIN" ledger watch --from-seq 0 --format jsonl >pipe 2>/dev/null &
  watcher=$!
  exec 7<pipe
  sleep 0.5
  lex 0 decide --actor ai_agent:x --action read --no-token --timeout 1
  kill -TERM "$watcher"
  exec 7<&-
  wait "$watcher" || true
  watcher=''
}

@test "a pipe that nobody reads any more ends it at once and quietly" {
  timeout 5 "$LEXECON_BIN" ledger watch --from-seq 0 2>"$BATS_TEST_TMPDIR/err" | head -n 1 >first
  has "$(cat first)" genesis
  is "$(grep -v '^lexecon: using node' "$BATS_TEST_TMPDIR/err")" ''
  local status=0
  "$LEXECON_BIN" ledger watch --from-seq 0 --limit 1 >/dev/full 2>/dev/null || status=$?
  is "$status" 74
}

@test "what cannot be meant, and what is not there" {
  lex 64 ledger watch --pointer /entries
  lex 64 ledger watch --from 1h --from-seq 2
  lex 64 ledger watch --limit 0
  lex 64 ledger watch --min-level none
  lex 64 ledger watch --timeout soon
  lex 65 ledger watch --type Decision
  lex 66 --node nowhere ledger watch
  decide
  rm .lexecon/head.note
  lex 76 ledger watch --timeout 1s
}
