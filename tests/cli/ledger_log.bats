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

# later SPAN: a program that thinks it is that much later.
later() {
  printf '#!/bin/sh\nexec faketime -f "+%s" "%s" "$@"\n' "$1" "$LEXECON_BIN" >later
  chmod +x later
}

@test "everything that people do stands in the log as its schema says" {
  command -v faketime >/dev/null || skip 'no faketime here'
  rm -r .lexecon
  lex 0 init --id demo --origin example.org/people --template enterprise
  add_operators
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web --json
  local id
  id=$(jq -r .escalation_id <<<"$output")
  lex 0 escalation ack "$id" --json
  lex 0 escalation ack "$id" --assign bob --json
  lex 0 escalation raise "$id" critical --json
  later 9d
  LEXECON_BIN=$PWD/later lex 1 escalation sla --json
  LEXECON_BIN=$PWD/later
  lex 0 escalation resolve "$id" --hand-up "${by_bob[@]}"
  lex 0 escalation resolve "$id" --hand-up "${by_alice[@]}"
  new_key next
  lex 0 operator rotate carol --key keys/next.pub "${by_alice[@]}" --json
  lex 0 operator revoke carol "${by_alice[@]}" --json
  lex 0 oversight stop --all --reason drill --json
  lex 0 oversight resume "$(jq -r .stop_id <<<"$output")" --reason over "${by_bob[@]}"
  printf 'relations:\n  - {id: trade, type: permits, subject: "actor:human:*", action: "action:trade"}\n  - {type: requires, action: "action:trade", requirement: two_people}\n  - {id: freeze, type: forbids, action: "action:freeze"}\n' >.lexecon/policies/trade.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 3 decide --actor human:zoe --action trade --json
  id=$(jq -r .decision_id <<<"$output")
  lex 0 decision confirm "$id" --requirement two_people "${by_bob[@]}"
  lex 0 responsibility assign "$id" --responsible operator:bob --maker human_operator --level full "${by_bob[@]}" --json
  lex 1 decide --actor human:zoe --action freeze --json
  id=$(jq -r .decision_id <<<"$output")
  lex 0 override create "$id" --type policy_exception --scope permanent_policy_change --outcome approved \
    --justification 'the freeze ends for good, change 4711' "${by_bob[@]}" --json
  id=$(jq -r .override_id <<<"$output")
  sed -i /freeze/d .lexecon/policies/trade.yaml
  lex 0 policy activate --enacts "$id" "${by_alice[@]}"
  lex 0 key rotate ledger "${by_alice[@]}"
  lex 0 ledger log --format jsonl
  is "$(jq -r .event_type <<<"$output" | sort -u | grep -c -E '^(operator|escalation|decision.confirmed|override|oversight|responsibility)')" 16
  lex 0 ledger verify --deep
}

@test "what is done with models and prompts stands in the log as its schema says" {
  add_operators
  local kind
  for kind in model prompt; do
    lex 0 "$kind" register one@1 --digest "$(printf '%064d' 1)" "${by_alice[@]}"
    lex 0 "$kind" register one@2 --digest "$(printf '%064d' 2)" "${by_alice[@]}"
    lex 0 "$kind" approve one@1 --expires 30d --provider-change no "${by_bob[@]}"
    lex 0 "$kind" retire one@1 --reason superseded "${by_bob[@]}"
    lex 0 "$kind" reject one@2 --reason untested "${by_bob[@]}"
  done
  lex 0 ledger log --format jsonl
  is "$(jq -r .event_type <<<"$output" | sort -u | grep -c -E '^(model|prompt)\.(registered|approved|retired|rejected)$')" 8
  lex 0 ledger verify --deep
}
