#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "an override is shown with what it replaced, who, why and what it touched" {
  add_operators
  waits=$(value /decision_id decide --actor ai_agent:deployer --action deploy --resource env:production/web)
  id=$(value /override_id override create "$waits" --type technical_emergency --scope single_decision \
    --outcome approved --justification 'agreed with the customer' --expires 2h "${by_alice[@]}")
  lex 0 override show "$id"
  has "$output" 'escalated ('
  has "$output" 'alice, admin'
  has "$output" 'agreed with the customer'
  lex 0 token issue --decision "$waits"
  lex 0 override show "$id"
  has "$output" 'used by entry_'
  is "$(value /decisions/0 override show "$id")" "$waits"
}

@test "what is refused" {
  lex 64 override show
  lex 66 override show ovr_dec_01JNX8A0000000000000000009_00000000
  lex 66 --node nowhere override show ovr_dec_01JNX8A0000000000000000009_00000000
}
