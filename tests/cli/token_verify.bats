#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  export LEXECON_NODE=$PWD/.lexecon
  value /capability_token decide --actor human:alice --action deploy --resource env:staging >token
}

deploy() { lex "$@" --action deploy --resource env:staging --token-file token; }

@test "one use, then none" {
  deploy 0 token verify --peek
  has "$output" 'uses left: 1'
  is "$(value /entries status)" 4
  deploy 0 token verify --json
  is "$(jq -r '.schema, .valid, .use' <<<"$output")" $'lexecon.token_check/1\ntrue\n1'
  deploy 1 token verify
  is "$output" 'not valid: used_up'
  is "$(value /entries status)" 6
  lex 0 ledger verify
}

@test "sixteen at once: exactly one succeeds" {
  local each
  for each in {1..16}; do
    (
      code=0
      "$LEXECON_BIN" token verify --action deploy --resource env:staging --token-file token >/dev/null 2>&1 || code=$?
      echo "$code" >"code$each"
    ) &
  done
  wait
  is "$(cat code* | grep -c '^0$')" 1
  is "$(cat code* | grep -c '^1$')" 15
}

@test "for something else it is refused, and that is on record" {
  lex 1 token verify --action delete --resource env:staging --token-file token
  is "$output" 'not valid: wrong_action'
  is "$(value /entry/data/reason ledger show 4)" wrong_action
  is "$(value /entry/event_type ledger show 4)" token.refused
  deploy 1 token verify --aud elsewhere
  deploy 1 token verify --tool psql
}

@test "a claim that was left out is a usage error" {
  lex 64 token verify --action deploy --token-file token
  lex 64 token verify --resource env:staging --token-file token
  lex 64 token verify --action deploy
  is "$(value /entries status)" 4
}

@test "what is no token of ours is refused and not recorded" {
  printf 'cap_x' >token
  deploy 1 token verify
  is "$output" 'not valid: malformed'
  head -c 100000 /dev/zero >token
  deploy 65 token verify
  : >token
  deploy 1 token verify
  is "$(value /entries status)" 4
}

@test "parameters are compared by their canonical form" {
  printf '{"actor":"human:alice","action":"deploy","resource":"env:staging","parameters":{"b":1.0,"a":2}}' >request
  value /capability_token decide --request request >token
  printf '{ "a": 2, "b": 1 }' >params
  deploy 64 token verify
  deploy 0 token verify --params params
  value /capability_token decide --request request >token
  printf '{"a":3,"b":1}' >params
  deploy 1 token verify --params params
}

@test "offline, with the key alone" {
  "$LEXECON_BIN" key show token >pin
  unset LEXECON_NODE
  mv .lexecon away
  deploy 0 token verify --offline --key pin --aud example.org/log
  has "$output" 'not checked: revoked'
  "$LEXECON_BIN" --node away key show ledger >pin
  deploy 1 token verify --offline --key pin --aud example.org/log
  deploy 64 token verify --offline --key pin
  deploy 64 token verify --offline --aud example.org/log
  deploy 64 token verify --offline --peek --key pin --aud example.org/log
}

@test "the node is never discovered" {
  unset LEXECON_NODE
  deploy 66 token verify
  deploy 0 --node .lexecon token verify
}
