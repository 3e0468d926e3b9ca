#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "the outcome is the exit code" {
  lex 0 decide --actor human:alice --action read --resource git:app/main
  has "$output" 'approved: permitted by humans-read (dec_'
  lex 1 decide --actor ai_agent:bot --action delete --resource env:staging/1
  has "$output" 'denied: '
  lex 2 decide --actor ai_agent:bot --action read --data-class pii
  has "$output" 'waits for a human: esc_dec_'
  is "$(value /entries/0/entry/data/priority ledger log --type escalation.created)" medium
  lex 3 decide --actor human:alice --action read --data-class secrets
  has "$output" 'unmet: access_ticket'
  ((${#output} > 0 && $(wc -l <<<"$output") <= 5))
  lex 0 ledger verify
}

@test "the document is lexecon.decision/1" {
  lex 0 decide --actor human:alice --action read --json
  is "$(jq -r .schema <<<"$output")" lexecon.decision/1
  is "$(jq -r '.recorded, .replayed' <<<"$output")" $'true\nfalse'
  is "$(jq -r .seq <<<"$output")" 3
  is "$(jq -r .checkpoint.tree_size <<<"$output")" 4
  is "$(jq -r .entry_hash <<<"$output")" "$(said ledger log --format jsonl | tail -n 1 | tr -d '\n' | sha256sum | cut -d ' ' -f 1)"
  is "$(jq 'has("trace")' <<<"$output")" false
  lex 0 decide --actor human:alice --action read --json --explain
  is "$(jq '.trace | length > 0' <<<"$output")" true
}

@test "what a request says of itself is on record" {
  cat >request.json <<'JSON'
{"actor":"human:alice","action":"read","resource":"wiki:home","tool":"browser","model":"m@1","prompt":"p1","tenant":"acme",
 "request_id":"r1","risk":{"security":10,"privacy":20,"compliance":30,"operational":40,"reputational":50,"financial":60},
 "usage":{"input_tokens":7,"output_tokens":8,"cost_micros":9}}
JSON
  lex 0 decide --request request.json --json
  is "$(jq -c '[.request_id, .risk_level, .risk.score]' <<<"$output")" '["r1","medium",29]'
  is "$(value /entries/0/entry/data/usage/cost_micros ledger log --type decision)" 9
}

@test "a request from a file and from standard input" {
  printf '{"actor":"human:alice","proposed_action":"read","context":{"n":1.5}}' >request.json
  lex 0 decide --request request.json --json
  is "$(jq -r .action <<<"$output")" action:read
  lex 0 decide --request - <request.json
  lex 65 decide --request - <<<'{"actor":"human:alice"}'
  lex 65 decide --request - <<<'{"actor":"human:alice","action":"read","color":1}'
  has "$stderr" '/color'
  lex 65 decide --request - <<<'{"actor":"a","actor":"b","action":"read"}'
  lex 65 decide --request - </dev/null
  lex 66 decide --request nowhere.json
  lex 64 decide --request request.json --actor human:bob
  is "$(value /entries status)" 5
}

@test "context is kept sealed, as strings or as it was typed" {
  lex 0 decide --actor human:alice --action read --context purpose=audit --context n=1 --context-json '{"amount":2}'
  lex 0 ledger show 3 --sealed --json
  is "$(jq -cS .sealed.context <<<"$output")" '{"amount":2,"n":"1","purpose":"audit"}'
  run grep -c purpose <<<"$(jq -c .entry <<<"$output")"
  is "$output" 0
  lex 64 decide --actor human:alice --action read --context purpose
  lex 64 decide --actor human:alice --action read --context n=1 --context-json '{"n":1}'
  lex 64 decide --actor human:alice --action read --context-json '[]'
}

@test "a dry run writes nothing and needs no key" {
  rm .lexecon/keys/*.key
  sha256sum .lexecon/ledger.db >before
  lex 1 decide --actor ai_agent:bot --action delete --dry-run --json
  is "$(jq -r '.recorded, .decision_id, .capability_token' <<<"$output")" $'false\nnull\nnull'
  lex 0 decide --actor human:alice --action read --dry-run
  has "$output" 'not recorded'
  sha256sum --check --quiet before
  lex 78 decide --actor human:alice --action read
  sha256sum --check --quiet before
}

@test "the same key and request are one decision, another request is refused" {
  local first
  first=$(value /capability_token decide --actor human:alice --action read --idempotency-key k1)
  lex 0 decide --actor human:alice --action read --idempotency-key k1 --json
  is "$(jq -r '.replayed, .capability_token' <<<"$output")" $'true\n'"$first"
  lex 65 decide --actor human:alice --action write --idempotency-key k1
  is "$(value /entries status)" 4
}

@test "two racing processes with one key get one decision" {
  local each
  for each in 1 2 3 4; do
    "$LEXECON_BIN" decide --actor human:alice --action read --idempotency-key k1 --pointer /decision_id >"id$each" 2>/dev/null &
  done
  wait
  is "$(cat id1 id2 id3 id4 | sort -u | wc -l)" 1
  is "$(value /entries status)" 4
}

@test "the token lives as long as was asked, for whom it was made" {
  lex 0 decide --actor human:alice --action read --ttl 1h --aud deployer --json
  jq -r .capability_token <<<"$output" >token
  lex 0 token inspect --token-file token --json
  is "$(jq -r '.claims.aud' <<<"$output")" deployer
  lex 0 decide --actor human:alice --action read --no-token --json
  is "$(jq -r '.capability_token, .token' <<<"$output")" $'null\nnull'
  lex 64 decide --actor human:alice --action read --ttl 25h
  lex 64 decide --actor human:alice --action read --ttl 1mo
  lex 64 decide --actor human:alice --action read --ttl x
  lex 64 decide --actor human:alice --action read --aud 'a b'
}

@test "a trace parent is taken over when it is one" {
  export TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
  lex 0 decide --actor human:alice --action read --no-token
  is "$(value /entry/data/trace_id ledger show 3)" 0af7651916cd43dd8448eb211c80319c
  lex 0 decide --request - --no-token <<<'{"actor":"human:alice","action":"read","trace_id":"mine"}'
  is "$(value /entry/data/trace_id ledger show 4)" mine
  for TRACEPARENT in '' 00-short 00-00000000000000000000000000000000-b7ad6b7169203331-01 ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01; do
    lex 0 decide --actor human:alice --action read --dry-run
  done
  lex 0 decide --actor human:alice --action read --no-token
  is "$(value /entry/data/trace_id ledger show 5)" null
}

@test "an address is warned of, a missing word is a usage error" {
  lex 1 decide --actor bob@example.org --action read
  has "$stderr" 'actor:bob@example.org'
  has "$stderr" 'can never be erased'
  lex 64 decide --actor human:alice </dev/null
  lex 64 decide </dev/null
  lex 65 decide --actor 'human:*' --action read
  lex 65 decide --actor data:x --action read
}

@test "a decision that cannot be recorded is not given" {
  chmod 644 .lexecon/keys/token.key
  lex 77 decide --actor human:alice --action read
  chmod 600 .lexecon/keys/token.key
  exec 9>>.lexecon/lock
  flock 9
  lex 69 decide --actor human:alice --action read --timeout 0
  exec 9>&-
  lex 66 --node nowhere decide --actor human:alice --action read
  is "$(value /entries status)" 3
  cannot_write decide --actor human:alice --action read
}

@test "a slip in --pointer costs nothing; a pointer to nothing gives the whole answer" {
  local before
  before=$(value /entries ledger stats)
  lex 64 decide --actor human:alice --action read --pointer decision_id
  lex 64 decide --actor human:alice --action read --pointer '/a~2'
  is "$(value /entries ledger stats)" "$before"
  "$LEXECON_BIN" decide --actor human:alice --action read --pointer /decison_id >answer 2>err ||
    (($? < 64))
  is "$(jq -r .recorded answer)" true
  has "$(<err)" 'the whole of it'
}

@test "a retry under another trace is the same request" {
  local id
  id=$(TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 \
    value /decision_id decide --actor human:alice --action read --idempotency-key t1)
  TRACEPARENT=00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 \
    lex 0 decide --actor human:alice --action read --idempotency-key t1 --json
  is "$(jq -r '.decision_id, .replayed' <<<"$output")" "$id"$'\n'true
}

@test "a set that asks the registry denies a model that nobody approved" {
  add_operators
  printf 'registry:\n  models: named\n' >>.lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  ask=(decide --actor ai_agent:deployer --action deploy --resource env:staging/web --model m@1)
  lex 1 "${ask[@]}" --json
  is "$(jq -r .reason_code <<<"$output")" model_not_approved
  lex 0 model register m@1 --digest "$(sha256sum </dev/null | cut -d ' ' -f 1)" "${by_bob[@]}"
  lex 1 "${ask[@]}" --dry-run
  lex 0 model approve m@1 --provider-change no "${by_alice[@]}"
  lex 0 "${ask[@]}"
  lex 0 "${ask[@]/m@1/sha256:$(sha256sum </dev/null | cut -d ' ' -f 1)}"
  lex 0 model retire m@1 --reason superseded "${by_alice[@]}"
  lex 1 "${ask[@]}"
  lex 0 ledger verify --deep
  sed -i 's/models: named/models: sometimes/' .lexecon/node.yaml
  lex 65 policy activate "${by_alice[@]}"
  has "$stderr" '`off`, `named` or `required`'
}
