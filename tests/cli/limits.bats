#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

settings() { # LINE...: into node.yaml, and in force
  printf '%s\n' 'id: demo' "$@" >.lexecon/node.yaml
  lex 0 policy activate
}
ask() { # EXIT ARGUMENT...
  lex "$1" decide --actor ai_agent:bot --action read --no-token "${@:2}"
}
trips() { said ledger log --type limit.tripped --format jsonl | grep -c .; }
reason() { value /reason_code decide --actor ai_agent:bot --action read --no-token; }
spend() { # MICROS ARGUMENT...: of tenant acme
  printf '{"actor":"ai_agent:bot","action":"read","tenant":"acme","model":"m@1","usage":{"cost_micros":%s,"input_tokens":1,"output_tokens":2}}' \
    "$1" | "$LEXECON_BIN" decide --request - --no-token "${@:2}"
}

@test "each subject has its own window, dry runs are not counted, and a full limit is told of once" {
  settings 'limits: [{name: calls, per: actor, window: 1h, max: 2}]'
  ask 0
  ask 0 --dry-run
  ask 0
  ask 1 --dry-run
  is "$(trips)" 0
  ask 1
  has "$output" 'guard rate_limited holds'
  is "$(reason)" rate_limited
  lex 0 decide --actor ai_agent:other --action read
  is "$(trips)" 1
  lex 0 ledger verify --deep
  lex 0 ledger rebuild
  is "$(reason)" rate_limited
}

@test "what bears on a request stands in its facts, and is told once a window" {
  settings 'limits: [{name: calls, per: node, window: 1h, max: 1}, {name: all, per: tenant, window: 1d, max: 9}]'
  ask 0
  for _ in 1 2 3; do ask 1; done
  is "$(said ledger log --type decision --format jsonl | jq -c '[.data.facts.limits[] | .name, .used, .allowed]')" \
    $'["all",0,9,"calls",0,1]\n["all",1,9,"calls",1,1]\n["all",1,9,"calls",1,1]\n["all",1,9,"calls",1,1]'
  is "$(trips)" 1
  is "$(said ledger log --type limit.tripped --format jsonl |
    jq -c '.data | [.name, .kind, .per, .subject, .used, .allowed]')" \
    '["calls","limit","node",null,1,1]'
}

@test "a breaker opens at the last failure that it allows" {
  settings 'breakers: [{name: fuse, per: actor, window: 1h, failures: 2, open_for: 1h}]'
  lex 1 decide --actor ai_agent:bot --action drop
  ask 0
  is "$(trips)" 0
  lex 1 decide --actor ai_agent:bot --action drop
  is "$(trips)" 1
  is "$(reason)" rate_limited
  is "$(said ledger log --type limit.tripped --format jsonl | jq -c '[.data.kind, .data.used, .data.allowed]')" \
    '["breaker",1,2]'
  lex 0 decide --actor ai_agent:other --action read
  lex 0 ledger verify --deep
}

@test "a budget is spent to its edge and not over, in its calendar month" {
  settings 'budgets: [{name: spend, per: tenant, window: month, max_cost_micros: 100}]'
  spend 60
  run -1 spend 41
  has "$output" budget_exceeded
  spend 40
  run -1 spend 1
  is "$(trips)" 1
  lex 0 ledger verify --deep
}

@test "a retry is counted once" {
  settings 'limits: [{name: calls, per: actor, window: 1h, max: 2}]'
  for _ in 1 2 3; do ask 0 --idempotency-key k; done
  ask 0 --idempotency-key l
  ask 1 --idempotency-key m
  ask 0 --idempotency-key k
}

@test "a batch is counted line by line" {
  settings 'limits: [{name: calls, per: actor, window: 1h, max: 3}]'
  for _ in 1 2 3 4 5; do echo '{"actor":"ai_agent:bot","action":"read"}'; done >requests
  lex 0 decide --batch requests --no-token
  is "$(jq -r .reason_code <<<"$output" | sort | uniq -c | xargs)" '3 permitted 2 rate_limited'
  is "$(said ledger log --type decision --format jsonl | jq -r '.data.facts.limits[0].used' | xargs)" '0 1 2 3 3'
  lex 0 ledger verify --deep
}

@test "under 8 parallel writers a limit and a budget are never one over" {
  settings 'limits: [{name: calls, per: actor, window: 1h, max: 20}]' \
    'budgets: [{name: spend, per: tenant, window: month, max_cost_micros: 70}]'
  for _ in 1 2 3 4 5 6; do echo '{"actor":"ai_agent:bot","action":"read"}'; done >calls
  for _ in 1 2 3 4; do
    echo '{"actor":"ai_agent:b","action":"read","tenant":"acme","usage":{"cost_micros":10,"input_tokens":1,"output_tokens":1}}'
  done >spends
  for i in 1 2 3 4 5 6 7 8; do
    {
      "$LEXECON_BIN" decide --batch calls --no-token
      "$LEXECON_BIN" decide --batch spends --no-token
    } >"out$i" 2>"err$i" &
  done
  wait
  is "$(cat out? | jq -r 'select(.actor == "actor:ai_agent:bot") | .reason_code' | sort | uniq -c | xargs)" \
    '20 permitted 28 rate_limited'
  is "$(cat out? | jq -r 'select(.actor == "actor:ai_agent:b") | .reason_code' | sort | uniq -c | xargs)" \
    '25 budget_exceeded 7 permitted'
  is "$(trips)" 2
  lex 0 ledger verify --deep
}

@test "secrets are refused where they would stay, and denied and taken out where they may be erased" {
  lex 65 decide --actor ai_agent:AKIAIOSFODNN7EXAMPLE --action read
  has "$stderr" 'prohibited content (cloud_key)'
  lex 65 decide --actor ai_agent:bot --action read --resource card:4111111111111111
  is "$(said decision list --format jsonl)" ''
  echo '{"actor":"ai_agent:bot","action":"read","parameters":{"card":"4111 1111 1111 1111"},"context":{"n":1}}' >request
  lex 1 decide --request request --json
  is "$(jq -r .reason_code <<<"$output")" prohibited_content
  has "$stderr" 'prohibited content (card_number) at /parameters'
  lex 0 ledger show "$(jq -r .seq <<<"$output")" --sealed --json
  is "$(jq -c '.sealed.parameters' <<<"$output")" '{"card":"[prohibited card_number]"}'
  is "$(grep -c '4111 1111' .lexecon/ledger.db)" 0
  lex 0 ledger verify --deep
}

@test "what is found in sealed content may be denied, warned of or allowed" {
  echo '{"actor":"ai_agent:bot","action":"read","intent":"use cap_'"$(printf 'a%.0s' {1..60})"'"}' >request
  settings 'prohibited: {sealed: warn}'
  lex 0 decide --request request --no-token
  has "$stderr" 'warning: prohibited content (capability_token) at /intent'
  settings 'prohibited: {sealed: allow}'
  lex 0 decide --request request --no-token
  is "$(grep -c warning <<<"$stderr")" 0
  lex 0 decide --request request --no-token --dry-run
  settings 'prohibited: {sealed: deny}'
  lex 1 decide --request request --dry-run
  lex 0 ledger verify --deep
}

@test "settings that nobody can mean are refused with their place" {
  for bad in 'limits: [{name: A, per: actor, window: 60s, max: 2}]' \
    'limits: [{name: a, per: model, window: 60s, max: 2}]' \
    'limits: [{name: a, per: actor, window: 1mo, max: 2}]' \
    'limits: [{name: a, per: actor, window: 60s, max: 0}]' \
    'limits: [{name: a, per: actor, window: 60s, max: 2}, {name: a, per: node, window: 60s, max: 2}]' \
    'breakers: [{name: a, per: actor, window: 60s, failures: 1}]' \
    'budgets: [{name: a, per: actor, window: month}]' \
    'budgets: [{name: a, per: actor, window: month, max_cost_micros: 1, max_input_tokens: 1}]' \
    'prohibited: {sealed: maybe}'; do
    printf 'id: demo\n%s\n' "$bad" >.lexecon/node.yaml
    lex 65 policy activate
    has "$stderr" 'node.yaml:2:'
  done
}
