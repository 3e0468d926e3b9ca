#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
  decision=$(value /decision_id decide --actor human:alice --action read --no-token)
  lex 0 hold place "$decision" --id case-1 --reason 'a claim' "${by_bob[@]}"
}

@test "a hold is released once, by an officer, with or without a reason" {
  lex 77 hold release case-1
  lex 77 hold release case-1 "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  lex 0 hold release case-1 --reason settled "${by_alice[@]}" --json
  is "$(jq -c '[.state, .released.actor, .released.has_reason, .released.reason]' <<<"$output")" \
    '["released","operator:alice",true,"settled"]'
  lex 65 hold release case-1 "${by_bob[@]}"
  has "$stderr" 'was released before'
  lex 65 hold place "$decision" --id case-1 --reason 'again' "${by_bob[@]}"
  lex 0 hold place "$decision" --id case-2 --reason 'again' "${by_bob[@]}"
  lex 0 hold release case-2 "${by_bob[@]}"
  has "$output" 'released by'
  lex 0 ledger log --format jsonl
  is "$(jq -r .event_type <<<"$output" | grep -c '^hold')" 4
  lex 0 ledger verify --deep
}

@test "what is refused" {
  lex 64 hold release
  lex 64 hold release case-1 --as bob
  lex 65 hold release case-1 --reason '' "${by_bob[@]}"
  lex 66 hold release case-2 "${by_bob[@]}"
  lex 66 --node nowhere hold release case-1
}
