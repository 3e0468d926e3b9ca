#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read --no-token --tenant acme
  lex 1 decide --actor ai_agent:x --action delete
  lex 0 decide --actor human:alice --action read --no-token
}

@test "all of them, oldest first, in three forms" {
  lex 0 decision list
  is "$(wc -l <"$BATS_TEST_TMPDIR/out")" 4
  lex 0 decision list --json
  is "$(jq -c '[.schema, (.decisions | map(.outcome))]' <<<"$output")" \
    '["lexecon.decisions/1",["approved","denied","approved"]]'
  lex 0 decision list --format jsonl
  is "$(jq -r .seq <<<"$output" | paste -sd ' ')" '3 4 5'
}

@test "filters" {
  count() { "$LEXECON_BIN" decision list --format jsonl "$@" 2>/dev/null | wc -l; }
  is "$(count --actor ai_agent:x)" 2
  is "$(count --outcome denied)" 1
  is "$(count --tenant acme)" 1
  is "$(count --from 1h)" 3
  is "$(count --to 1h)" 0
  is "$(count --limit 2)" 2
  is "$("$LEXECON_BIN" decision list --reverse --limit 1 --format jsonl 2>/dev/null | jq .seq)" 5
  lex 0 decision list --outcome escalated
  is "$output" 'no decisions'
}

@test "wrong words, no node, a full disk" {
  lex 64 decision list --outcome nope
  lex 64 decision list --limit many
  lex 64 decision list --format jsonl --json
  lex 66 --node nowhere decision list
  cannot_write decision list
}
