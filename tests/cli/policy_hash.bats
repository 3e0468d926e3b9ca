#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the hash of the folder and of the active set" {
  local active
  lex 0 policy hash --active
  active=$output
  [[ $active =~ ^[0-9a-f]{64}$ ]]
  lex 0 policy hash
  is "$output" "$active"
  echo '# later' >>.lexecon/risk.yaml
  lex 0 policy hash
  [[ $output != "$active" ]]
  is "$(value /of policy hash)" draft
  is "$(value /policy_hash policy hash --active)" "$active"
}

@test "a folder without a ledger has a hash too" {
  mkdir clone
  cp -r .lexecon/node.yaml .lexecon/risk.yaml .lexecon/policies clone/
  is "$(value /policy_hash --node clone policy hash)" "$(value /policy_hash policy hash)"
  lex 78 --node clone policy hash --active
}

@test "no node, a full disk" {
  lex 66 --node nowhere policy hash
  cannot_write policy hash
}
