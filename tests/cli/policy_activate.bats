#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

forbid_reading() {
  printf 'policy_id: pol_stop_v1\nrelations:\n  - {id: stop, type: forbids, action: action:read}\n' \
    >.lexecon/policies/stop.yaml
}

@test "the folder holds nothing until it is activated" {
  forbid_reading
  lex 0 decide --actor human:alice --action read
  lex 0 policy activate
  has "$output" 'activated '
  lex 1 decide --actor human:alice --action read
  lex 0 ledger verify
}

@test "the same set again changes nothing" {
  lex 0 policy activate
  has "$output" 'unchanged'
  is "$(value /changed policy activate)" false
  is "$(value /entries status)" 3
}

@test "only the expected set" {
  local hash
  forbid_reading
  hash=$("$LEXECON_BIN" policy hash)
  lex 65 policy activate --expect "$("$LEXECON_BIN" policy hash --active)"
  lex 64 policy activate --expect abc
  is "$(value /entries status)" 3
  lex 0 policy activate --expect "$hash"
}

@test "a set that does not load is refused with its place" {
  printf 'relations: 5\n' >.lexecon/policies/broken.yaml
  lex 65 policy activate
  has "$stderr" 'broken.yaml:1'
  is "$(value /entries status)" 3
  lex 0 decide --actor human:alice --action read
  rm .lexecon/keys/ledger.key .lexecon/policies/broken.yaml
  lex 0 policy activate # nothing is to be signed
  printf 'threshold: 70\n' >.lexecon/risk.yaml
  lex 78 policy activate
  lex 66 --node nowhere policy activate
}

@test "once there are operators an admin signs, and a refused approval puts nothing in force" {
  add_operators
  printf 'threshold: 70\n' >.lexecon/risk.yaml
  local active
  active=$("$LEXECON_BIN" policy hash --active)
  lex 77 policy activate
  has "$stderr" 'policy.activated takes the approval of an operator, admin or above'
  lex 77 policy activate "${by_bob[@]}"
  has "$stderr" '[insufficient_role]'
  is "$("$LEXECON_BIN" policy hash --active)" "$active"
  lex 0 ledger log --type approval.refused --format jsonl
  is "$(jq -r .data.event_type <<<"$output")" policy.activated
  lex 64 policy activate --as alice
  lex 0 policy activate "${by_alice[@]}"
  has "$stderr" '"previous_hash": "'"$active"'"'
  lex 0 policy activate # it is in force already
  lex 0 ledger verify --deep
}
