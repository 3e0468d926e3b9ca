#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  id=$(value /decision_id decide --actor human:alice --action read)
  value /capability_token decide --actor human:alice --action deploy >token
}

@test "by decision, by id, by the token itself" {
  lex 0 token revoke --decision "$id" --reason lost
  has "$output" 'revoked tok_'
  lex 0 token revoke --token-file token
  lex 1 --node .lexecon token verify --action deploy --token-file token
  is "$output" 'not valid: revoked'
  lex 0 token revoke --jti "$(said token list --format jsonl --limit 1 | jq -r .jti)"
  has "$output" unchanged
  is "$(value /already_revoked/0 token revoke --token-file token)" "$(value /claims/jti token inspect --token-file token)"
  is "$(value /entries/5/entry/data/reason ledger log)" lost
  is "$(value /entries/7/entry/data/reason ledger log)" revoked
  is "$(value /entries status)" 8
}

@test "what is refused" {
  lex 64 token revoke
  lex 64 token revoke --decision "$id" --token-file token
  lex 64 token revoke --decision "$id" --reason 'no code'
  lex 66 token revoke --jti tok_00000000000000000000000000000000
  lex 66 token revoke --decision "$(value /decision_id decide --actor ai_agent:bot --action delete)"
  printf x >token
  lex 65 token revoke --token-file token
}
