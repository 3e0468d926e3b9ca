#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the one token of an approval without it" {
  local id
  id=$(value /decision_id decide --actor human:alice --action read --no-token)
  lex 0 token issue --decision "$id" --aud demo --ttl 1m
  printf '%s\n' "$output" >token
  lex 0 --node .lexecon token verify --action read --aud demo --token-file token
  is "$(value /entries/4/entry/data/token/aud ledger log)" demo
  id=$(value /decision_id decide --actor human:alice --action read --no-token)
  is "$(value /decision_id token issue --decision "$id")" "$id"
  lex 77 token issue --decision "$id"
  has "$stderr" 'no unexpired approval on record'
  lex 0 ledger verify
}

@test "nothing else is worth a token" {
  lex 77 token issue --decision "$(value /decision_id decide --actor ai_agent:bot --action delete)"
  lex 77 token issue --decision "$(value /decision_id decide --actor human:alice --action read)"
  lex 64 token issue
  lex 65 token issue --decision x
  lex 66 token issue --decision dec_01ARZ3NDEKTSV4RRFFQ69G5FAV
  lex 64 token issue --decision dec_01ARZ3NDEKTSV4RRFFQ69G5FAV --ttl 2d
}
