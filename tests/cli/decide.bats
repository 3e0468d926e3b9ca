#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

entries() { value /entries ledger stats; }

@test "each outcome has its exit code" {
  lex 0 decide --actor human:alice --action git:push --resource git:x/refs/heads/y
  lex 1 decide --actor human:alice --action git:force_push --resource git:x/refs/heads/y
  lex 2 decide --actor ai_agent:x --action git:push --resource git:shop/refs/heads/main
  lex 3 decide --actor human:alice --action read --resource vault:keys
  is "$("$LEXECON_BIN" ledger log --type decision --format jsonl 2>/dev/null | jq -r .data.outcome | paste -sd ' ')" \
    'approved denied escalated conditional'
  lex 0 ledger verify
}

@test "the answer as JSON names its entry, and only an approval has a token" {
  lex 0 decide --actor human:alice --action git:push --resource git:x/refs/heads/y --json
  is "$(jq -c '[.schema, .outcome, .recorded, .replayed, .seq]' <<<"$output")" \
    '["lexecon.decision/1","approved",true,false,3]'
  [[ $(jq -r .capability_token <<<"$output") == cap_* ]]
  is "$(jq -r .entry_hash <<<"$output")" "$(value /entry_hash ledger show 3)"
  lex 1 decide --actor human:alice --action nothing:permits --json
  is "$(jq -c .capability_token <<<"$output")" null
}

@test "a request from a file and from standard input is the same as one from options" {
  echo '{"actor":"human:alice","action":"git:push","resource":"git:x/refs/heads/y"}' >request.json
  lex 0 decide --request request.json --no-token
  lex 0 decide --request - --no-token <request.json
  lex 0 decide --actor human:alice --action git:push --resource git:x/refs/heads/y --no-token
  is "$(for seq in 3 4 5; do value /sealed ledger show "$seq" --sealed; done | sort -u | wc -l)" 1
}

@test "--dry-run records nothing" {
  lex 0 decide --actor human:alice --action git:push --resource git:x/refs/heads/y --dry-run --json
  is "$(jq -c '[.recorded, .seq, .capability_token]' <<<"$output")" '[false,null,null]'
  is "$(entries)" 3
}

@test "--explain shows what was looked at" {
  lex 1 decide --actor human:alice --action git:force_push --resource git:x/refs/heads/y --explain --json
  [[ $(jq -r '[.trace[].relation] | join(" ")' <<<"$output") == *nobody-rewrites-history* ]]
}

@test "an idempotency key gives the recorded decision, and another request under it is refused" {
  local first
  first=$(value /decision_id decide --actor human:alice --action nothing:permits --idempotency-key k1)
  lex 1 decide --actor human:alice --action nothing:permits --idempotency-key k1 --json
  is "$(jq -r '[.decision_id, .replayed] | @tsv' <<<"$output")" "$first"$'\t'true
  lex 65 decide --actor human:alice --action another --idempotency-key k1
  lex 1 decide --actor human:bob --action nothing:permits --idempotency-key k1 --json
  is "$(jq -r .replayed <<<"$output")" false
  is "$(entries)" 5
}

@test "what stands in intent, context and parameters stands in no entry" {
  echo '{"actor":"human:alice","action":"x","intent":"sentinel-one","context":{"k":"sentinel-two"},"parameters":{"p":"sentinel-three"}}' |
    lex 1 decide --request -
  run ! grep -q sentinel- <("$LEXECON_BIN" ledger log --format jsonl 2>/dev/null)
  has "$("$LEXECON_BIN" ledger show 3 --sealed 2>/dev/null)" sentinel-three
}

@test "bad requests are exit 65, record nothing and say where" {
  local bad
  for bad in '' '{' '[]' '{"actor":"a"}' '{"actor":"a","action":"b","unknown":1}' \
    '{"actor":"a","actor":"a","action":"b"}' '{"actor":"a*","action":"b"}' \
    '{"actor":"action:x","action":"b"}' '{"actor":"a","action":"b","risk":{"security":101}}' \
    '{"actor":"a","action":"b"} {}' '{"actor":"a","action":"b","resource":"a/../b"}'; do
    lex 65 decide --request - <<<"$bad"
  done
  printf '{"actor":"a","action":"b"}\0' | lex 65 decide --request -
  lex 65 decide --request - --json <<<'{"actor":"a","action":"b","context":1}'
  is "$(jq -r .error.where <<<"$stderr")" /context
  is "$(entries)" 3
}

@test "bad words are exit 64 and record nothing" {
  lex 64 decide </dev/null
  lex 64 decide --actor a </dev/null
  lex 64 decide --request - --actor a <<<'{}'
  lex 64 decide --actor a --action b --context novalue
  lex 64 decide --actor a --action b --context k=1 --context k=2
  lex 64 decide --actor a --action b --ttl forever
  lex 64 decide --actor human:alice --action git:push --resource git:x/y --ttl 25h
  lex 66 decide --request nowhere.json
  is "$(entries)" 3
}

@test "a held lock is exit 69 within the time that was given, and nothing is recorded" {
  exec 9>>.lexecon/lock
  flock 9
  local started=$SECONDS
  lex 69 decide --actor a --action b --timeout 1
  ((SECONDS - started <= 3))
  exec 9>&-
  is "$(entries)" 3
}

@test "a clock far behind is exit 78 unless it is accepted, which is on record" {
  [[ $(value /test_clock version) == true ]] || skip 'a release knows no other clock'
  LEXECON_NOW=2040-01-01T00:00:00Z lex 1 decide --actor a --action b
  LEXECON_NOW=2039-12-31T23:59:30Z lex 1 decide --actor a --action b
  LEXECON_NOW=2039-01-01T00:00:00Z lex 78 decide --actor a --action b
  is "$(entries)" 5
  LEXECON_NOW=2039-01-01T00:00:00Z lex 1 decide --actor a --action b --accept-clock
  is "$("$LEXECON_BIN" ledger log --type clock.accepted --format jsonl 2>/dev/null | wc -l)" 1
  lex 0 ledger verify
}

@test "a database put back to an earlier time is exit 76" {
  cp .lexecon/ledger.db old.db
  lex 1 decide --actor a --action b
  cp old.db .lexecon/ledger.db
  lex 76 decide --actor a --action b
  lex 1 ledger verify
}

@test "a full disk is exit 74, records nothing, and deciding goes on afterwards" {
  (
    ulimit -f $((($(stat -c %s .lexecon/ledger.db) + 1023) / 1024 + 4))
    trap '' XFSZ
    status=0
    for ((i = 0; i < 40 && status < 64; i++)); do
      status=0
      "$LEXECON_BIN" decide --actor a --action b >out 2>err || status=$?
    done
    [[ $status == 74 && ! -s out ]]
  )
  lex 1 decide --actor a --action b
  lex 0 ledger verify
}

@test "an answer that cannot be written is exit 74, but on record" {
  local status=0
  "$LEXECON_BIN" decide --actor a --action b >/dev/full 2>/dev/null || status=$?
  is "$status" 74
  is "$(entries)" 4
}

@test "eight writers at once make one chain" {
  local writer
  for writer in 1 2 3 4 5 6 7 8; do
    for _ in {1..25}; do
      "$LEXECON_BIN" decide --actor "w:$writer" --action b --timeout 120 --pointer /seq || (($? < 64)) || exit 1
    done >"seqs.$writer" 2>/dev/null &
  done
  wait
  is "$(cat seqs.* | sort -nu | wc -l)" 200
  is "$(entries)" 203
  lex 0 ledger verify
}

@test "what was answered survives thirty kills" {
  local pid round acknowledged=0 began took
  began=${EPOCHREALTIME/./}
  lex 1 decide --actor a --action b
  took=$((${EPOCHREALTIME/./} - began))
  for ((round = 0; round < 30; round++)); do
    "$LEXECON_BIN" decide --actor "k:$round" --action b --pointer /decision_id >"ack.$round" 2>/dev/null &
    pid=$!
    # Anywhere from before the first system call to after the answer.
    sleep "$(printf '%d.%06d' 0 $((RANDOM * took * 3 / 65536)))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    if (($(wc -l <"ack.$round"))); then
      acknowledged=$((acknowledged + 1))
      is "$("$LEXECON_BIN" ledger log --decision "$(<"ack.$round")" --type decision --format jsonl 2>/dev/null | wc -l)" 1
    fi
  done
  lex 0 ledger verify
  lex 1 decide --actor a --action b
  lex 0 ledger verify
  ((acknowledged > 0))
  echo "# $acknowledged of 30 were answered before the kill" >&3
}
