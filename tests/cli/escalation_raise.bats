#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web --json
  id=$(jq -r .escalation_id <<<"$output")
}

@test "a higher priority is due sooner, and none is lowered" {
  local due
  due=$(value /escalation/due_at escalation show "$id")
  lex 0 escalation raise "$id" high
  has "$output" 'escalation.raised'
  [[ $(value /escalation/due_at escalation show "$id") < $due ]]
  lex 65 escalation raise "$id" high
  lex 65 escalation raise "$id" medium
  has "$stderr" 'only a higher one'
  lex 0 escalation raise "$id" critical
  lex 0 ledger verify --deep
}

@test "what is refused" {
  lex 64 escalation raise "$id"
  lex 64 escalation raise "$id" urgent
  lex 65 escalation raise nonsense high
  lex 66 escalation raise esc_dec_01JNX8A0000000000000000009_00000000 high
  lex 66 --node nowhere escalation raise "$id" high
}
