#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read
  value /capability_token decide --actor ai_agent:y --action read >token
}

@test "every token on record and where it stands, never its text" {
  lex 0 token verify --node .lexecon --action read --token-file token
  lex 0 token list --json
  is "$(jq -c '[.schema, (.tokens | map([.actor, .used, .uses]))]' <<<"$output")" \
    '["lexecon.tokens/1",[["actor:ai_agent:x",0,1],["actor:ai_agent:y",1,1]]]'
  [[ $output != *cap_* ]]
  lex 0 token list
  is "$(wc -l <"$BATS_TEST_TMPDIR/out")" 3
  lex 0 token list --format jsonl --actor ai_agent:y
  is "$(wc -l <"$BATS_TEST_TMPDIR/out")" 1
  lex 0 token list --to 1h
  is "$output" 'no tokens'
}

@test "wrong words, no node, a full disk" {
  lex 64 token list --limit 0
  lex 64 token list --format jsonl --json
  lex 66 --node nowhere token list
  cannot_write token list
}
