#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "a decision that waits for nobody is answered at once" {
  lex 0 decision wait "$(value /decision_id decide --actor human:alice --action read)"
  lex 1 decision wait "$(value /decision_id decide --actor ai_agent:bot --action delete)"
  lex 3 decision wait "$(value /decision_id decide --actor human:alice --action read --data-class secrets)" --timeout 1s
}

@test "an open escalation is waited for until the time is over" {
  local id
  id=$(value /decision_id decide --actor ai_agent:bot --action read --data-class pii)
  lex 2 decision wait "$id" --timeout 1s
  has "$output" 'still waiting'
  is "$(value /waiting decision wait "$id" --timeout 1s)" true
}

@test "what is refused" {
  lex 64 decision wait
  lex 65 decision wait x
  lex 66 decision wait dec_01ARZ3NDEKTSV4RRFFQ69G5FAV
  lex 64 decision wait dec_01ARZ3NDEKTSV4RRFFQ69G5FAV --timeout never
}
