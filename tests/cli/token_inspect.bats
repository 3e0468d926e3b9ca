#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  value /capability_token decide --actor ai_agent:x --action read >token
}

@test "the claims, marked as not verified" {
  lex 0 token inspect --token-file token --json
  is "$(jq -c '[.verified, .claims.sub, .claims.action]' <<<"$output")" \
    '[false,"actor:ai_agent:x","action:read"]'
  lex 0 token inspect --token-file token
  has "$output" 'not verified'
}

@test "to PASETO and back is the same token" {
  lex 0 token inspect --token-file token --as paseto
  [[ $output == v4.public.* ]]
  cp "$BATS_TEST_TMPDIR/out" paseto
  lex 0 token inspect --token-file paseto --as cap
  is "$output" "$(<token)"
}

@test "it needs no node, and what is no token is exit 65" {
  rm -r .lexecon
  lex 0 token inspect --token-file - <token
  echo cap_nonsense >token
  lex 65 token inspect --token-file token
  lex 66 token inspect --token-file nowhere
  lex 64 token inspect
  lex 64 token inspect --token-file token --as jwt
}

@test "claims that cannot be written are exit 74" { cannot_write token inspect --token-file token; }
