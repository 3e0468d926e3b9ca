#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "the first operator is an admin and needs no approval, every other one does" {
  new_key alice
  new_key bob
  lex 77 operator add alice --role viewer --key keys/alice.pub
  has "$stderr" 'operator.added takes the approval of an operator, and this node has none'
  lex 0 operator add alice --role admin --key keys/alice.pub --json
  is "$(jq -r '[.operator, .event_type, .approval] | tostring' <<<"$output")" '["alice","operator.added",null]'
  lex 77 operator add bob --role admin --key keys/bob.pub
  has "$stderr" 'admin or above [entry_3]'
  lex 0 operator add bob --role admin --key keys/bob.pub --as alice --sign-with keys/alice --json
  is "$(jq -r .approval.operator <<<"$output")" alice
  has "$stderr" '"subject": "bob"'
  lex 0 ledger verify --deep
}

@test "who is no admin adds nobody, and the refusal is on record" {
  add_operators
  new_key dave
  lex 77 operator add dave --role viewer --key keys/dave.pub "${by_bob[@]}"
  has "$stderr" '[insufficient_role]'
  lex 0 ledger log --type approval.refused --format jsonl
  is "$(jq -c '[.data.event_type, .data.operator, .data.reason, .data.subject]' <<<"$output")" \
    '["operator.added","bob","insufficient_role","dave"]'
  lex 77 operator add dave --role viewer --key keys/dave.pub --as alice --sign-with keys/bob
  has "$stderr" '[wrong_key]'
  lex 66 operator add dave --role viewer --key keys/dave.pub --as nobody --sign-with keys/bob
  has "$stderr" 'no operator `nobody`'
  lex 0 ledger verify --deep
}

@test "a name and a key are one person's for ever" {
  add_operators
  new_key dave
  lex 65 operator add bob --role viewer --key keys/dave.pub "${by_alice[@]}"
  has "$stderr" 'there was an operator `bob` before'
  lex 65 operator add dave --role viewer --key keys/bob.pub "${by_alice[@]}"
  has "$stderr" 'the operator `bob` has or had'
  lex 0 operator revoke bob "${by_alice[@]}"
  lex 65 operator add dave --role viewer --key keys/bob.pub "${by_alice[@]}"
}

@test "a key comes from a file or standard input, and is one that can sign here" {
  new_key alice
  lex 0 operator add alice --role admin --key - <keys/alice.pub
  lex 66 operator add bob --role admin --key nothing.pub "${by_alice[@]}"
  ssh-keygen -q -t ecdsa -N '' -f keys/other
  lex 65 operator add bob --role admin --key keys/other.pub
  lex 64 operator add bob --role king --key keys/alice.pub
  lex 64 operator add bob --role admin
  lex 64 operator add bob --key keys/alice.pub
  lex 64 operator add bob --role admin --key keys/alice.pub --as alice
  lex 65 operator add Bob --role admin --key keys/alice.pub
  lex 65 operator add bob --role admin --key keys/alice.pub --actor action:x
}
