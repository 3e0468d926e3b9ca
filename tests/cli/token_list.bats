#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 token list
  is "$output" 'no tokens'
  id=$(value /decision_id decide --actor human:alice --action read)
  lex 0 decide --actor human:bob --action read
}

@test "where each token stands" {
  lex 0 token revoke --decision "$id"
  is "$(said token list --format jsonl | jq -r .state)" $'revoked\nactive'
  is "$(said token list --reverse --limit 1 --format jsonl | jq -r .actor)" actor:human:bob
  is "$(value /tokens/0/decision_id token list --decision "$id")" "$id"
  is "$(said token list --actor human:bob --format jsonl | wc -l)" 1
  lex 0 token list
  is "$(wc -l <<<"$output")" 3
}

@test "no text of a token is anywhere in the node" {
  value /capability_token decide --actor human:alice --action deploy | tr -d '\n' | tail -c 86 >signature
  run grep -raqF -f signature .lexecon
  is "$status" 1
}

@test "what is refused" {
  lex 64 token list --limit -1
  lex 64 token list --json --format table
  lex 66 --node nowhere token list
  cannot_write token list
}
