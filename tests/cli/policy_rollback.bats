#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  first=$("$LEXECON_BIN" policy hash)
  printf 'policy_id: pol_stop_v1\nrelations:\n  - {id: stop, type: forbids, action: action:read}\n' \
    >.lexecon/policies/stop.yaml
}

@test "the set before, from the bytes on record" {
  lex 66 policy rollback
  lex 0 policy activate
  lex 1 decide --actor human:alice --action read
  rm -r .lexecon/policies
  lex 0 policy rollback
  has "$stderr" 'left as they are'
  is "$("$LEXECON_BIN" policy hash --active)" "$first"
  lex 0 decide --actor human:alice --action read
  lex 0 policy rollback "$first"
  has "$output" 'unchanged'
  is "$(value /changed policy rollback "$first")" false
  lex 0 ledger verify
}

@test "what is refused" {
  lex 64 policy rollback abc
  lex 66 policy rollback "$(printf '0%.0s' {1..64})"
  lex 66 --node nowhere policy rollback
}

@test "once there are operators an admin signs the way back" {
  printf 'threshold: 70\n' >.lexecon/risk.yaml
  lex 0 policy activate
  add_operators
  lex 77 policy rollback
  lex 77 policy rollback "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  lex 0 policy rollback "${by_alice[@]}"
  is "$(lexecon_field .actor)" operator:alice
  lex 0 ledger verify --deep
}

# The last entry.
lexecon_field() { "$LEXECON_BIN" ledger log --type policy.activated --format jsonl | tail -n 1 | jq -r "$1"; }
