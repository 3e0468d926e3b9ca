#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "without operators the list says that nobody has authority" {
  lex 0 operator list
  is "$output" 'no operators: no human authority'
  lex 0 operator list --json
  is "$(jq -c '[.operators, .human_authority_from, .four_eyes]' <<<"$output")" '[[],null,"double"]'
}

@test "everybody is listed, with the key as ssh-keygen names it" {
  add_operators
  lex 0 operator revoke carol --reason left "${by_alice[@]}"
  lex 0 operator list
  has "$output" "$(ssh-keygen -lf keys/bob.pub | cut -d' ' -f2)"
  has "$output" 'actor:human_user:bob'
  has "$output" 'no human authority before entry_3'
  lex 0 operator list --json
  is "$(jq -c '.operators | map([.operator, .role, .in_force, .revoked_entry_id])' <<<"$output")" \
    '[["alice","admin",true,null],["bob","compliance_officer",true,null],["carol","viewer",false,"entry_6"]]'
  lex 66 operator list --node nowhere
  lex 64 operator list extra
}

@test "an edited row of an operator makes nobody an admin" {
  add_operators
  sqlite3 .lexecon/ledger.db "UPDATE operators SET role = 'admin'"
  new_key dave
  lex 77 operator add dave --role viewer --key keys/dave.pub "${by_bob[@]}"
  lex 1 ledger verify --deep
  has "$output" 'the table `operators` differs from the entries'
  lex 0 ledger rebuild
  lex 0 ledger verify --deep
}
