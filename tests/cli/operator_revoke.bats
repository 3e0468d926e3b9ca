#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  add_operators
}

@test "who was revoked signs nothing more, and what he signed stays valid" {
  lex 0 operator revoke bob --reason key_lost "${by_alice[@]}"
  new_key next
  lex 77 operator rotate bob --key keys/next.pub "${by_bob[@]}"
  has "$stderr" '[revoked_operator]'
  lex 65 operator revoke bob "${by_alice[@]}"
  has "$stderr" 'there is no operator `bob`'
  lex 0 ledger verify --deep
}

@test "nobody revokes himself, and nobody but an admin anybody" {
  lex 77 operator revoke alice "${by_alice[@]}"
  has "$stderr" '[self_revocation]'
  lex 77 operator revoke carol "${by_bob[@]}"
  lex 77 operator revoke carol
  lex 65 operator revoke carol --reason 'Not A Code' "${by_alice[@]}"
  lex 64 operator revoke
  lex 0 operator list --json
  is "$(jq '[.operators[] | select(.in_force)] | length' <<<"$output")" 3
}
