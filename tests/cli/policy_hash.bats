#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the hash is that of lexecon-policy(5)" {
  local list
  list=$(cd .lexecon && for each in node.yaml policies/minimal.yaml risk.yaml; do
    printf '{"name":"%s","sha256":"%s"},' "$each" "$(sha256sum "$each" | cut -d ' ' -f 1)"
  done)
  lex 0 policy hash
  is "$output" "$(printf '{"construction":"lexecon-policy-set/1","files":[%s]}' "${list%,}" | sha256sum | cut -d ' ' -f 1)"
}

@test "of the draft, and of the active set" {
  local active
  active=$("$LEXECON_BIN" policy hash)
  echo '# later' >>.lexecon/policies/minimal.yaml
  lex 0 policy hash
  [[ $output != "$active" ]]
  lex 0 policy hash --active
  is "$output" "$active"
  is "$(value /of policy hash) $(value /of policy hash --active)" 'draft active'
  echo 'relations: 5' >.lexecon/policies/minimal.yaml
  lex 65 policy hash
  lex 0 policy hash --active
  lex 66 --node nowhere policy hash
}
