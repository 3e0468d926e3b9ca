#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the active set, and its files as they were activated" {
  lex 0 policy show
  has "$output" 'policies/minimal.yaml'
  has "$output" 'active'
  cp .lexecon/policies/minimal.yaml before
  echo '# later' >>.lexecon/policies/minimal.yaml
  lex 0 policy show minimal.yaml
  cmp "$BATS_TEST_TMPDIR/out" before
  lex 0 policy show policies/minimal.yaml
  lex 0 policy show --json
  is "$(jq -r '.schema, .active, .mode' <<<"$output")" $'lexecon.policy_set/1\ntrue\nstrict'
}

@test "an earlier set" {
  local first
  first=$("$LEXECON_BIN" policy hash --active)
  echo '# later' >>.lexecon/policies/minimal.yaml
  lex 0 policy activate
  is "$(value /active policy show --set "$first")" false
}

@test "what is refused" {
  lex 66 policy show minimall.yaml
  has "$stderr" 'did you mean'
  lex 64 policy show --set abc
  lex 66 policy show --set "$(printf '0%.0s' {1..64})"
  lex 66 --node nowhere policy show
  sqlite3 .lexecon/ledger.db "UPDATE policy_files SET body = CAST('x' AS BLOB)"
  lex 76 policy show minimal.yaml
  lex 76 decide --actor human:alice --action read
}

@test "a file as JSON is one document with its bytes and their digest" {
  lex 0 policy show risk.yaml --json
  is "$(jq -r .schema <<<"$output")" lexecon.policy_file/1
  jq -rj .text <<<"$output" | cmp - .lexecon/risk.yaml
  is "$(jq -r .sha256 <<<"$output")" "$(sha256sum <.lexecon/risk.yaml | cut -d' ' -f1)"
  lex 0 policy show risk.yaml --pointer /schema
  is "$output" lexecon.policy_file/1
}
