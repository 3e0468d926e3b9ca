#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  "$LEXECON_BIN" decide --actor ai_agent:x --action read --json 2>/dev/null >decision
  jq -r .capability_token decision >token
}

gone() { is "$(value /reason_code token verify --node .lexecon --peek --action read --token-file token)" revoked; }

@test "by its id, by its decision, by itself" {
  lex 0 token revoke --jti "$(jq -r .token.jti decision)" --reason leaked
  gone
  has "$("$LEXECON_BIN" ledger log --type token.revoked --format jsonl 2>/dev/null)" leaked
  lex 0 token revoke --decision "$(jq -r .decision_id decision)"
  has "$output" 'unchanged'
  lex 0 token revoke --token-file token
}

@test "by its file alone" {
  lex 0 token revoke --token-file - <token
  gone
  lex 0 ledger verify
}

@test "wrong words, no such token, no node, a held lock, a full disk" {
  lex 64 token revoke
  lex 64 token revoke --jti a --decision b
  lex 66 token revoke --jti tok_00000000000000000000000000000000
  lex 64 token revoke --token-file token --reason 'not a code'
  lex 66 --node nowhere token revoke --token-file token
  exec 9>>.lexecon/lock
  flock 9
  lex 69 token revoke --token-file token --timeout 0
  exec 9>&-
  cannot_write token revoke --token-file token
}
