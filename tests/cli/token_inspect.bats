#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  value /capability_token decide --actor human:alice --action deploy >token
}

@test "what it says, and that nothing was checked" {
  lex 0 token inspect --token-file token
  has "$output" 'not verified'
  has "$output" actor:human:alice
  lex 0 token inspect --token-file - --json <token
  is "$(jq -r '.verified, .claims.action' <<<"$output")" $'false\naction:deploy'
}

@test "to PASETO and back without loss" {
  lex 0 token inspect --token-file token --as paseto
  [[ $output == v4.public.* ]]
  cp "$BATS_TEST_TMPDIR/out" paseto
  lex 0 token inspect --token-file paseto --as cap
  cmp "$BATS_TEST_TMPDIR/out" token
}

@test "what is refused" {
  lex 64 token inspect
  lex 65 token inspect --token-file /dev/null
  printf x >bad
  lex 65 token inspect --token-file bad
  lex 66 token inspect --token-file nowhere
  cannot_write token inspect --token-file token
}

@test "it needs no node" {
  rm -r .lexecon
  lex 0 token inspect --token-file - <token
}

@test "another form as JSON is one document" {
  "$LEXECON_BIN" decide --actor human:alice --action read --resource wiki:home \
    --pointer /capability_token >token
  lex 0 token inspect --token-file token --as paseto --json
  is "$(jq -r '.schema + " " + .form' <<<"$output")" 'lexecon.token_text/1 paseto'
}
