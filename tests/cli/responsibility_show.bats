#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  decision=$(value /decision_id decide --actor human:alice --action read --no-token)
}

@test "what the decision says itself, and every assignment, the newest in force" {
  lex 0 responsibility show "$decision"
  has "$output" 'human_operator, full, for actor:human:alice'
  lex 0 responsibility assign "$decision" --responsible human:alice --maker human_operator --level full
  lex 0 responsibility assign "$decision" --responsible human:bob --maker human_supervisor --level supervised
  lex 0 responsibility show "$decision" --json
  is "$(jq -c '[.recorded.maker, (.assignments[] | [.responsible, .in_force])]' <<<"$output")" \
    '["human_operator",["actor:human:alice",false],["actor:human:bob",true]]'
  lex 0 responsibility show "$decision"
  has "$output" superseded
  cannot_write responsibility show "$decision"
}

@test "a decision that is not there, and what is no decision" {
  lex 66 responsibility show dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
  lex 65 responsibility show entry_3
  lex 64 responsibility show
  lex 66 --node nowhere responsibility show "$decision"
}
