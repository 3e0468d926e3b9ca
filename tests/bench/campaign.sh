#!/usr/bin/env bash
# Long kills and races: a node must verify after each of them, and must have kept what it answered.
#
#   campaign.sh LEXECON [ROUNDS]
set -euo pipefail

lexecon=$(realpath "$1") rounds=${2:-200}
folder=$(mktemp -d "${TMPDIR:-/tmp}/lexecon-campaign-XXXXXX")
trap 'rm -rf "$folder"' EXIT
export HOME=$folder XDG_STATE_HOME=$folder/state
node=$folder/node
answered=$folder/answered
: >"$answered"

# For a subshell: it becomes the program, so that its id is the program's.
decide() {
  exec "$lexecon" decide --node "$node" --json --actor ai_agent:deployer --action deploy \
    --resource "service:web-$1" 2>/dev/null
}

# INVARIANT: what was answered is on record, and the ledger is valid.
check() {
  local verified decided
  verified=$("$lexecon" ledger verify --node "$node" --json) || {
    echo "campaign: $1: ledger verify said: $verified" >&2
    exit 1
  }
  "$lexecon" ledger log --node "$node" --format jsonl --type decision |
    jq -r .data.decision_id | sort >"$folder/recorded"
  decided=$(sort "$answered" | comm -23 - "$folder/recorded" | wc -l)
  ((decided == 0)) || {
    echo "campaign: $1: $decided decisions were answered and are not on record" >&2
    exit 1
  }
}

kill_rounds() {
  local round pid
  for ((round = 1; round <= rounds; round++)); do
    : >"$folder/answer" # a shell may be killed before it does that
    decide "$round" >"$folder/answer" &
    pid=$!
    sleep "0.0$((RANDOM % 100 / 10))$((RANDOM % 10))" # up to a tenth of a second
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    jq -r .decision_id "$folder/answer" 2>/dev/null >>"$answered" || true
    ((round % 20)) || check "kill $round"
  done
  check 'after the kills'
}

race_rounds() {
  local round worker
  for ((round = 1; round <= rounds / 10 + 1; round++)); do
    for worker in 1 2 3 4; do
      decide "$round-$worker" >"$folder/answer-$worker" &
    done
    wait
    for worker in 1 2 3 4; do
      jq -r .decision_id "$folder/answer-$worker" >>"$answered"
    done
    check "race $round"
  done
}

# Four processes with one idempotency key get one decision.
one_key_rounds() {
  local round
  for ((round = 1; round <= rounds / 10 + 1; round++)); do
    for _ in 1 2 3 4; do
      "$lexecon" decide --node "$node" --actor ai_agent:deployer --action deploy \
        --idempotency-key "key-$round" --pointer /decision_id 2>/dev/null &
    done >"$folder/ids"
    wait
    [[ $(wc -l <"$folder/ids") == 4 && $(sort -u "$folder/ids" | wc -l) == 1 ]] || {
      echo "campaign: key-$round: $(tr '\n' ' ' <"$folder/ids")" >&2
      exit 1
    }
  done
}

# Copies made beside a writer are ledgers, each at least as long as the one before.
backup_rounds() {
  local round writer size last=0
  while :; do (decide beside) >/dev/null || true; done &
  writer=$!
  for ((round = 1; round <= rounds / 2; round++)); do
    "$lexecon" backup "$folder/kept" --node "$node" >/dev/null
    mkdir "$folder/restored"
    XDG_STATE_HOME=$folder/elsewhere "$lexecon" restore "$folder/kept" --node "$folder/restored" >/dev/null
    size=$(XDG_STATE_HOME=$folder/elsewhere "$lexecon" ledger verify --deep --node "$folder/restored" \
      --pointer /entries_verified)
    ((size >= last)) || {
      echo "campaign: backup $round holds $size entries, the one before $last" >&2
      exit 1
    }
    last=$size
    rm -r "$folder/kept" "$folder/restored"
  done
  kill "$writer"
  wait "$writer" 2>/dev/null || true
}

"$lexecon" init "$node" --id campaign --template enterprise >/dev/null
kill_rounds
race_rounds
one_key_rounds
backup_rounds
check 'at the end'
printf 'campaign: %s kills, %s races of 4, %s keys of 4, %s backups: %s answers, all on record, ledger valid\n' \
  "$rounds" $((rounds / 10 + 1)) $((rounds / 10 + 1)) $((rounds / 2)) "$(wc -l <"$answered")"
