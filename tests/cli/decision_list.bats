#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 decide --actor human:alice --action read --tenant acme
  lex 1 decide --actor ai_agent:bot --action delete
  lex 0 decide --actor human:alice --action deploy
}

@test "oldest first, newest first, at most so many" {
  is "$(said decision list --format jsonl | jq -r .seq | tr '\n' ' ')" '3 4 5 '
  is "$(said decision list --format jsonl --reverse --limit 2 | jq -r .seq | tr '\n' ' ')" '5 4 '
  lex 0 decision list
  is "$(wc -l <<<"$output")" 4
  lex 0 decision list --json
  is "$(jq -r '.schema, (.decisions | length)' <<<"$output")" $'lexecon.decisions/1\n3'
}

@test "filters" {
  is "$(value /decisions/0/seq decision list --outcome denied)" 4
  is "$(value /decisions/0/seq decision list --tenant acme)" 3
  is "$(value /decisions/0/seq decision list --actor ai_agent:bot)" 4
  is "$(said decision list --from 1h --format jsonl | wc -l)" 3
  is "$(said decision list --to 1h --format jsonl | wc -l)" 0
  lex 0 decision list --actor nobody
  is "$output" 'no decisions'
}

@test "what is refused" {
  lex 64 decision list --outcome maybe
  lex 64 decision list --limit 0
  lex 64 decision list --from yesterday
  lex 64 decision list --format table --json
  lex 66 --node nowhere decision list
  cannot_write decision list
}
