#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "a decision that stands is answered at once" {
  lex 0 decision wait "$(value /decision_id decide --actor human:alice --action git:push --resource git:x/refs/heads/y)"
  lex 1 decision wait "$(value /decision_id decide --actor human:alice --action nothing:permits)"
  lex 3 decision wait "$(value /decision_id decide --actor human:alice --action read --resource vault:keys)"
}

@test "an escalated one is waited for, then it is exit 2" {
  local id started=$SECONDS
  id=$(value /decision_id decide --actor ai_agent:x --action git:push --resource git:shop/refs/heads/main)
  lex 2 decision wait "$id" --timeout 1s --json
  ((SECONDS > started))
  is "$(jq -c '[.schema, .outcome, .waiting]' <<<"$output")" '["lexecon.standing/1","escalated",true]'
}

@test "wrong words, no such decision, no node, a full disk" {
  local id
  id=$(value /decision_id decide --actor human:alice --action nothing:permits)
  lex 64 decision wait
  lex 64 decision wait "$id" --timeout soon
  lex 65 decision wait nonsense
  lex 66 decision wait dec_01M7XTPK7QZV2QDQZTBHYC1XBY
  lex 66 --node nowhere decision wait "$id"
  cannot_write decision wait "$id"
}
