#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "where nobody acted it says so" {
  lex 0 oversight report
  has "$output" 'none: nobody is an operator'
  has "$output" 'nobody acted in this period'
  has "$output" 'no answer'
  is "$(value /acts/count oversight report)" 0
  lex 0 decide --actor human:alice --action read --resource wiki:home
  is "$(value /decisions/count oversight report)" 1
  is "$(value /overrides/per_10000_decisions oversight report)" 0
}

@test "who did what, and the entries behind every number" {
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web
  add_operators
  lex 0 oversight intervene --type manual_review --role executive --note x "${by_alice[@]}"
  lex 77 oversight intervene --type manual_review --role executive --note x "${by_carol[@]}"
  stop=$(value /stop_id oversight stop --actor ai_agent:deployer --reason incident "${by_carol[@]}")
  lex 0 oversight report
  has "$output" 'no human authority before entry_5'
  has "$output" 'intervened'
  has "$output" '1 in force'
  has "$output" '1, the oldest for'
  lex 0 oversight resume "$stop" --reason all_clear "${by_bob[@]}"
  lex 0 oversight report --json
  is "$(jq -c '[.acts.list[] | .actor + " " + .kind]' <<<"$output")" \
    '["operator:alice intervened","operator:carol refused","operator:carol stopped","operator:bob resumed"]'
  is "$(jq -c '[.who[] | select(.actor == "operator:alice") | .intervened]' <<<"$output")" \
    '[{"count":1,"entries":["entry_8"],"left_out":0}]'
  is "$(jq -c '.open_escalations | [.count, .entries]' <<<"$output")" '[1,["entry_4"]]'
  is "$(value /acts/count oversight report --to 1h)" 0
  is "$(value /acts/count oversight report --from 1h)" 4
}

@test "what is refused" {
  lex 64 oversight report --from yesterday
  lex 64 oversight report --from 1h --to 2h
  lex 66 --node nowhere oversight report
  cannot_write oversight report
}
