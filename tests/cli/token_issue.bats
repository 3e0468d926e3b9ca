#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "an approval without a token gets one, once" {
  local id
  id=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
  lex 0 token issue --decision "$id"
  printf '%s\n' "$output" >token
  lex 0 token verify --node .lexecon --action read --token-file token
  lex 77 token issue --decision "$id"
}

@test "what was not approved gets none" {
  lex 77 token issue --decision "$(value /decision_id decide --actor ai_agent:x --action delete)"
  lex 77 token issue --decision "$(value /decision_id decide --actor ai_agent:x --action read)"
}

@test "wrong words, no such decision, no node, a held lock, a full disk" {
  local id
  id=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
  lex 64 token issue
  lex 64 token issue --decision "$id" --ttl 25h
  lex 65 token issue --decision nonsense
  lex 66 token issue --decision dec_01M7XTPK7QZV2QDQZTBHYC1XBY
  lex 66 --node nowhere token issue --decision "$id"
  exec 9>>.lexecon/lock
  flock 9
  lex 69 token issue --decision "$id" --timeout 0
  exec 9>&-
  local status=0
  "$LEXECON_BIN" token issue --decision "$id" >/dev/full 2>/dev/null || status=$?
  is "$status" 74
}
