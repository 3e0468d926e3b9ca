#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  printf '%s\n' 'id: demo' \
    'budgets:' \
    '  - {name: spend, per: tenant, window: month, max_cost_micros: 100}' \
    '  - {name: words, per: node, window: 1d, max_output_tokens: 50}' >.lexecon/node.yaml
  lex 0 policy activate
}

use() { # EXIT TENANT MICROS [ACTION]
  printf '{"actor":"ai_agent:bot","action":"%s","tenant":"%s","model":"m@1","usage":{"cost_micros":%s,"input_tokens":1,"output_tokens":2}}' \
    "${4:-read}" "$2" "$3" >request
  lex "$1" decide --request request --no-token
}

@test "sums of tenants, models and actors, and what is left" {
  use 0 acme 60
  use 1 acme 41
  use 1 acme 7 drop
  use 0 zeta 5
  lex 0 decide --actor human:alice --action read
  lex 0 usage report
  has "$output" 'acme'
  has "$output" '(none)'
  has "$output" 'the node'
  lex 0 usage report --json
  is "$(jq -c '.used[] | [.subject, .decisions, .denied, .cost_micros, .input_tokens, .output_tokens]' <<<"$output")" \
    $'[null,1,0,0,0,0]\n["acme",3,2,60,1,2]\n["zeta",1,0,5,1,2]'
  is "$(jq -c '.total | [.decisions, .denied, .cost_micros]' <<<"$output")" '[5,2,65]'
  is "$(jq -c '.budgets[] | [.name, .per, .subject, .used, .allowed, .left, .measure]' <<<"$output")" \
    $'["spend","tenant","acme",60,100,40,"cost_micros"]\n["spend","tenant","zeta",5,100,95,"cost_micros"]\n["words","node",null,4,50,46,"output_tokens"]'
  lex 0 usage report --by model --format jsonl
  is "$(jq -c '[.subject, .cost_micros]' <<<"$output")" $'[null,0]\n["m@1",65]'
  lex 0 usage report --by actor --format jsonl
  is "$(jq -c '[.subject, .decisions]' <<<"$output")" $'["actor:ai_agent:bot",4]\n["actor:human:alice",1]'
}

@test "a period, and none in it" {
  use 0 acme 60
  lex 0 usage report --to 1h --json
  is "$(jq -c '[.total.decisions, .used, .budgets[0].used]' <<<"$output")" '[0,[],60]'
  lex 0 usage report --from 1h --json
  is "$(jq -c '.total.decisions' <<<"$output")" 1
}

@test "what cannot be meant is refused" {
  lex 64 usage report --by node
  lex 64 usage report --from 1h --to 2h
  lex 64 usage report --format jsonl --json
  lex 64 usage report more
  lex 66 --node nowhere usage report
}
