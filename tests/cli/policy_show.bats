#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the active set, and a file of it as it was activated" {
  lex 0 policy show --json
  is "$(jq -r .policy_hash <<<"$output")" "$(value /policy_hash policy hash --active)"
  is "$(jq -r '.files | map(.name) | sort | join(" ")' <<<"$output")" \
    'node.yaml policies/minimal.yaml risk.yaml'
  cp .lexecon/policies/minimal.yaml before
  echo '# later' >>.lexecon/policies/minimal.yaml
  lex 0 policy show policies/minimal.yaml
  cmp "$BATS_TEST_TMPDIR/out" before
}

@test "an earlier set" {
  local first
  first=$(value /policy_hash policy hash --active)
  echo '# later' >>.lexecon/risk.yaml
  lex 0 policy activate
  lex 0 policy show --set "$first" --json
  is "$(jq -r .policy_hash <<<"$output")" "$first"
}

@test "wrong words, what is not there, a full disk" {
  lex 66 policy show policies/none.yaml
  lex 64 policy show --set 12
  lex 66 policy show --set "$(printf '0%.0s' {1..64})"
  lex 66 --node nowhere policy show
  cannot_write policy show
}
