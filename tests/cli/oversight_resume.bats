#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  stop=$(value /stop_id oversight stop --all --reason incident)
}

@test "a node without operators gets out by its first admin" {
  lex 77 oversight resume "$stop" --reason all_clear
  has "$stderr" 'this node has none'
  has "$stderr" 'lexecon operator add'
  add_operators
  lex 77 oversight resume "$stop" --reason all_clear
  has "$stderr" 'compliance_officer or above'
  lex 1 decide --actor human:alice --action read
  lex 0 oversight resume "$stop" --reason all_clear "${by_alice[@]}"
  has "$output" everything
  has "$stderr" '"event_type": "oversight.resumed"'
  lex 0 decide --actor human:alice --action read
  is "$(value /stops status)" '[]'
  lex 0 ledger verify --deep
}

@test "an officer ends it, a viewer does not, and nobody twice" {
  add_operators
  lex 77 oversight resume "$stop" --reason all_clear "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  is "$(value /entries/0/entry/data/event_type ledger log --type approval.refused)" oversight.resumed
  lex 0 oversight resume "$stop" --reason all_clear "${by_bob[@]}" --json
  is "$(jq -c '[.stop_id, .scope, .target, .actor, .approval.operator]' <<<"$output")" \
    "[\"$stop\",\"all\",null,\"operator:bob\",\"bob\"]"
  lex 65 oversight resume "$stop" --reason all_clear "${by_bob[@]}"
  has "$stderr" 'was ended before'
  again=$(value /stop_id oversight stop --all --reason incident)
  lex 0 oversight resume "$again" --reason all_clear "${by_alice[@]}"
  lex 0 ledger verify --deep
}

@test "what is refused" {
  lex 64 oversight resume
  lex 64 oversight resume "$stop"
  lex 64 oversight resume "$stop" --reason 'no code'
  lex 64 oversight resume "$stop" --reason all_clear --sign-with agent
  lex 66 oversight resume stp_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B --reason all_clear
  lex 66 --node nowhere oversight resume "$stop" --reason all_clear
  lex 66 oversight resume "$stop" --reason all_clear --as alice --sign-with nowhere
}
