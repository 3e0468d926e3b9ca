#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "every activation, the last one active" {
  echo '# later' >>.lexecon/policies/minimal.yaml
  lex 0 policy activate
  lex 0 policy list
  is "$(wc -l <<<"$output")" 3
  lex 0 policy list --format jsonl
  is "$(jq -r .active <<<"$output")" $'false\ntrue'
  lex 0 policy list --json
  is "$(jq -r '.sets[1].previous_hash == .sets[0].policy_hash' <<<"$output")" true
  lex 64 policy list --json --format jsonl
  lex 66 --node nowhere policy list
  cannot_write policy list
}
