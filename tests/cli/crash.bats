#!/usr/bin/env bats
# Processes that are killed, and processes that race: what was answered is on record, in one chain.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

# More of the same for a long run.
rounds=${LEXECON_TEST_ROUNDS:-1}

# In memory where that can be: the system does not go down, so no sync is waited for.
setup() {
  local memory=$BATS_TEST_TMPDIR
  fresh_node
  [[ ! -w /dev/shm ]] || memory=/dev/shm
  place=$(mktemp -d "$memory/lexecon-crash-XXXXXX")
  cp -a .lexecon "$place"
  cd "$place" || return
  : >answered
}

teardown() { rm -rf "$place"; }

request() {
  printf '{"request_id":"%s","actor":"ai_agent:deployer","action":"deploy","resource":"service:%s"}\n' "$1" "$1"
}

# Only a whole line was an answer; the last one may be cut short by the kill.
keep_answers() { head -n "$(wc -l <"$1")" "$1" | jq -r .decision_id >>answered; }

# is_whole: the ledger is valid, and holds what was answered.
is_whole() {
  lex 0 ledger verify
  "$LEXECON_BIN" ledger log --type decision --format jsonl 2>/dev/null | jq -r .data.decision_id | sort >recorded
  is "$(sort answered | comm -23 - recorded | wc -l)" 0
}

# requests NAME: without an end, until nobody reads them.
requests() {
  local i=0
  while request "$1-$((i++))" 2>/dev/null; do :; done
}

# Half of them in the middle of one decision, half in a batch that commits again and again.
@test "a hundred kills at any moment: nothing that was answered is lost" {
  local kill pid hot=0 longest seed=${LEXECON_TEST_SEED:-$RANDOM}
  RANDOM=$seed
  longest=$(date +%s%N)
  for kill in 1 2 3 4; do lex 0 decide --actor ai_agent:x --action read; done
  longest=$((($(date +%s%N) - longest) / 4000 * 2)) # in microseconds: twice what one takes
  for ((kill = 1; kill <= 100 * rounds; kill++)); do
    if ((kill % 2)); then
      "$LEXECON_BIN" decide --json --actor ai_agent:x --action read --resource "file:$kill" >answer 2>/dev/null &
      pid=$!
      sleep "$(printf '0.%06d' $((RANDOM * 32768 % longest + RANDOM % 1000)))"
    else
      "$LEXECON_BIN" decide --batch - --no-token < <(requests "$kill") >answer 2>/dev/null &
      pid=$!
      sleep "$(printf '0.%06d' $((longest / 2 + RANDOM * 4)))"
    fi
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    [[ ! -s .lexecon/ledger.db-journal ]] || hot=$((hot + 1))
    keep_answers answer
    ((kill % 10)) || is_whole
  done
  is_whole
  echo "# seed $seed: $(wc -l <answered) answers, $(wc -l <recorded) on record, $hot hot journals" >&3
  (($(wc -l <answered) > 0))
}

# writer NAME COUNT: one decision after the other in its own transaction, each awaited.
writer() {
  local answer i to from
  coproc LEX { exec "$LEXECON_BIN" decide --batch - --no-token --timeout 300 2>"errors-$1"; }
  to=${LEX[1]} from=${LEX[0]}
  for ((i = 0; i < $2; i++)); do
    request "$1-$i" >&"$to"
    read -r -u "$from" answer || return 1
    printf '%s\n' "$answer"
  done >"answers-$1"
  exec {to}>&-
  wait
}

@test "sixteen writers make one chain without a gap" {
  local round name count=250
  for ((round = 1; round <= 3 * rounds; round++)); do
    for ((name = 1; name <= 16; name++)); do writer "$round-$name" "$count" & done
    wait
    for ((name = 1; name <= 16; name++)); do
      is "$(wc -l <"answers-$round-$name")" "$count"
      keep_answers "answers-$round-$name"
    done
    is_whole
    is "$(wc -l <recorded)" $((round * 16 * count))
    is "$(value /entries ledger stats)" $((3 + round * 16 * count))
  done
  # Every seq once, from the first to the last.
  "$LEXECON_BIN" ledger log --format jsonl 2>/dev/null | jq .seq >seqs
  is "$(sort -nu seqs | wc -l)" "$(wc -l <seqs)"
  is "$(tail -n 1 seqs)" $(($(wc -l <seqs) - 1))
}

@test "copies that are made while others write are valid" {
  local copy pid
  for ((i = 0; i < 3000; i++)); do request "$i"; done >in
  "$LEXECON_BIN" decide --batch - --no-token < <(while read -r line; do echo "$line"; done <in) >/dev/null 2>&1 &
  pid=$!
  for ((copy = 1; copy <= 10; copy++)); do
    mkdir "copy$copy"
    cp .lexecon/head.note "copy$copy/" # first: the database may be ahead of it, never behind
    sqlite3 .lexecon/ledger.db ".timeout 10000" ".backup copy$copy/ledger.db"
    # As somebody else: the writer's own head is ahead of a copy as soon as it goes on.
    XDG_STATE_HOME=$PWD/elsewhere$copy lex 0 ledger verify --node "copy$copy"
  done
  wait "$pid"
  lex 0 ledger verify
}
