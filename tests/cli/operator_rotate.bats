#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  add_operators
  new_key next
}

@test "a viewer rotates his own key with the old one, and the old one signs no more" {
  lex 0 operator rotate carol --key keys/next.pub "${by_carol[@]}"
  has "$output" 'operator.rotated'
  new_key third
  lex 77 operator rotate carol --key keys/third.pub "${by_carol[@]}"
  has "$stderr" '[wrong_key]'
  lex 0 operator rotate carol --key keys/third.pub --as carol --sign-with keys/next
  lex 0 ledger verify --deep
}

@test "an admin rotates for somebody else, others do not" {
  lex 77 operator rotate carol --key keys/next.pub "${by_bob[@]}"
  has "$stderr" '[insufficient_role]'
  lex 0 operator rotate carol --key keys/next.pub "${by_alice[@]}"
  lex 77 operator rotate carol --key keys/next.pub
  lex 65 operator rotate carol --key keys/alice.pub "${by_alice[@]}"
  lex 65 operator rotate carol --key keys/carol.pub "${by_alice[@]}"
  lex 77 operator rotate nobody --key keys/next.pub "${by_alice[@]}"
  has "$stderr" '`nobody` is not on record'
  lex 64 operator rotate carol "${by_alice[@]}"
}
