#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "every set that was activated, the active one marked" {
  echo '# later' >>.lexecon/risk.yaml
  lex 0 policy activate
  lex 0 policy list
  is "$(wc -l <"$BATS_TEST_TMPDIR/out")" 3
  lex 0 policy list --json
  is "$(jq -c '[.schema, (.sets | map(.active))]' <<<"$output")" '["lexecon.policy_sets/1",[false,true]]'
  lex 0 policy list --format jsonl
  is "$(wc -l <"$BATS_TEST_TMPDIR/out")" 2
}

@test "wrong words, no node, a full disk" {
  lex 64 policy list --format yaml
  lex 64 policy list --format jsonl --json
  lex 66 --node nowhere policy list
  cannot_write policy list
}
