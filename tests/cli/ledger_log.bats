#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

decide() { "$LEXECON_BIN" decide --no-token --actor "$1" --action "$2" "${@:3}" >/dev/null || (($? < 64)); }

@test "the log is a table, oldest first" {
  decide ai_agent:x read
  lex 0 ledger log
  is "$(head -n 1 <<<"$output" | tr -s ' ')" 'SEQ TIME TYPE ACTOR WHAT'
  has "$(sed -n 2p <<<"$output")" genesis
  has "$(tail -n 1 <<<"$output")" 'actor:ai_agent:x'
}

@test "jsonl is walked with jq and sha256sum alone" {
  local line previous=0000000000000000000000000000000000000000000000000000000000000000 seq=0 hash
  decide ai_agent:x read --intent 'naïve "quotes" \ and / slashes'
  decide human:alice git:push --resource git:shop/refs/heads/main
  decide ai_agent:x release
  lex 0 ledger log --format jsonl
  while IFS= read -r line; do
    hash=$(printf %s "$line" | sha256sum | cut -d ' ' -f 1)
    is "$(jq -r .seq <<<"$line")" "$seq"
    is "$(jq -r .previous_hash <<<"$line")" "$previous"
    is "$(value /entry_hash ledger show "$seq")" "$hash"
    previous=$hash seq=$((seq + 1))
  done <"$BATS_TEST_TMPDIR/out"
  is "$seq" "$(value /tree_size ledger checkpoint)"
  [[ $seq -ge 6 ]]
}

@test "filters pass what they name" {
  decide ai_agent:x read --tenant acme
  decide ai_agent:x nothing:permits
  decide human:alice read
  local id
  id=$("$LEXECON_BIN" decide --no-token --actor ai_agent:y --action read --pointer /decision_id)
  count() { said ledger log --format jsonl "$@" | wc -l; }
  is "$(count --type decision)" 4
  is "$(count --type genesis)" 1
  is "$(count --actor ai_agent:x)" 2
  is "$(count --actor actor:ai_agent:x)" 2
  is "$(count --actor node:demo)" 3
  is "$(count --outcome denied)" 1
  is "$(count --tenant acme)" 1
  is "$(count --decision "$id")" 1
  is "$(count --limit 2)" 2
  is "$(count --from 1h)" 7
  is "$(count --to 1h)" 0
  is "$(count --from 2999-01-01T00:00:00Z)" 0
  is "$(said ledger log --format jsonl --reverse --limit 1 | jq -r .data.decision_id)" "$id"
  lex 0 ledger log --type nothing.such
  is "$output" 'no entries'
}

@test "as one JSON document" {
  lex 0 ledger log --json
  is "$(jq -r .schema <<<"$output")" lexecon.log/1
  is "$(jq -r '.entries[0].entry.event_type' <<<"$output")" genesis
  lex 0 ledger log --pointer /entries/1/entry/seq
  is "$output" 1
}

@test "bad filters are usage errors, a bad actor bad input" {
  lex 64 ledger log --from yesterday
  lex 64 ledger log --limit 0
  lex 64 ledger log --outcome maybe
  lex 64 ledger log --format jsonl --json
  lex 65 ledger log --actor 'a*'
}

@test "no node, and an altered one" {
  lex 66 --node nowhere ledger log
  sqlite3 .lexecon/ledger.db "UPDATE entries SET actor = 'node:other' WHERE seq = 1"
  lex 76 ledger log
  lex 76 ledger log --format jsonl
  lex 76 ledger log --json
}

@test "what a terminal would act upon is escaped there, and nowhere else" {
  decide 'ai_agent:x' read --tenant t
  lex 0 ledger log --format jsonl
  cp "$BATS_TEST_TMPDIR/out" plain
  script -qec "'$LEXECON_BIN' ledger log --format jsonl" /dev/null </dev/null >screen 2>/dev/null
  run ! grep -qP '\x1b' screen
  grep -q '"seq":0' plain
}

@test "a log larger than what is kept in memory is whole, and nothing of it when it is altered" {
  local name
  name=$(printf 'x%.0s' {1..180})
  for each in {1..1000}; do
    printf '%040d %040d refs/heads/%s/%s\n' 0 "$each" "$name" "$each"
  done | lex 1 hook run pre-receive --node .lexecon --origin example.org/log --repository r --actor a
  lex 0 ledger log --format jsonl
  is "$(wc -l <"$BATS_TEST_TMPDIR/out")" 1003
  [[ $(stat -c %s "$BATS_TEST_TMPDIR/out") -gt 1048576 ]]
  is "$(sed '$d' "$BATS_TEST_TMPDIR/out" | tail -n 1 | tr -d '\n' | sha256sum | cut -d ' ' -f 1)" \
    "$(tail -n 1 "$BATS_TEST_TMPDIR/out" | jq -r .previous_hash)"
  cannot_write ledger log --format jsonl
  sqlite3 .lexecon/ledger.db "UPDATE entries SET actor = 'node:other' WHERE seq = 1002"
  lex 76 ledger log --format jsonl
}

@test "a log that cannot be written is exit 74, and a closed pipe is a quiet end" {
  cannot_write ledger log
  cannot_write ledger log --format jsonl
  "$LEXECON_BIN" ledger log --format jsonl 2>"$BATS_TEST_TMPDIR/err" | head -n 1 >/dev/null
  is "$(grep -v '^lexecon: using node' "$BATS_TEST_TMPDIR/err")" ''
}

@test "a typed format wins over the environment, and one document a line has no pointer" {
  LEXECON_OUTPUT=json lex 0 ledger log --format jsonl
  is "$(head -n 1 <<<"$output" | jq -r .entry_id)" genesis
  LEXECON_OUTPUT=json lex 0 ledger log
  is "$(jq -r .schema <<<"$output")" lexecon.log/1
  lex 64 ledger log --format jsonl --pointer /entries
}

@test "what belongs to a decision includes what became of its token" {
  local decision node=$PWD/.lexecon
  "$LEXECON_BIN" decide --actor human:alice --action read --resource wiki:home --json >decided
  decision=$(jq -r .decision_id decided)
  jq -r .capability_token decided >token
  lex 0 token verify --node "$node" --action read --resource wiki:home --token-file token
  lex 0 ledger log --decision "$decision" --format jsonl
  is "$(jq -r .event_type <<<"$output" | paste -sd' ')" 'decision token.used'
  lex 65 ledger log --decision dec_foo
  lex 65 ledger log --type Decision
}
