#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
  decision=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
  lex 0 decide --actor human:alice --action read --no-token
}

@test "every figure has its entries, and no human on record is said where it is so" {
  lex 0 responsibility report
  has "$output" 'no human responsible is on record for 1 of 2 decisions of risk'
  lex 0 responsibility assign "$decision" --responsible operator:carol --maker human_supervisor --level shared
  lex 0 responsibility assign "$decision" --responsible operator:bob --maker human_operator --level full \
    --accept-liability "${by_bob[@]}"
  lex 65 responsibility assign "$decision" --responsible operator:carol --maker human_supervisor --level shared
  has "$stderr" 'only a signature replaces that'
  lex 0 responsibility report --json
  is "$(jq -c '[.assignments.count, .signed.entry_ids, .unsigned.count, .liability_accepted.entry_ids]' <<<"$output")" \
    '[2,["entry_9"],1,["entry_9"]]'
  is "$(jq -c '[.risk_levels[].without_human.count] | add' <<<"$output")" 0
  is "$(jq -c '[.makers[].maker]' <<<"$output")" '["human_operator","human_supervisor"]'
  lex 0 responsibility report
  has "$output" 'responsible operator:bob'
  has "$output" 'on record for 0 of 2 decisions'
}

@test "only a period, and what is wrong" {
  lex 0 responsibility report --to 2020-01-01T00:00:00Z --json
  is "$(jq -c '[.assignments.count, .risk_levels]' <<<"$output")" '[0,[]]'
  lex 64 responsibility report --from whenever
  lex 66 --node nowhere responsibility report
  cannot_write responsibility report
}
