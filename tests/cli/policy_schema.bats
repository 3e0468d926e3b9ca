#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

@test "the schema is that of the source, byte for byte" {
  local kind
  "$LEXECON_BIN" policy schema >policy.json
  cmp policy.json "$BATS_TEST_DIRNAME/../../templates/editor/policy.json"
  for kind in policy risk; do
    "$LEXECON_BIN" policy schema --of "$kind" >"$kind.json"
    cmp "$kind.json" "$BATS_TEST_DIRNAME/../../templates/editor/$kind.json"
    is "$(jq -r '."$schema"' "$kind.json")" 'http://json-schema.org/draft-07/schema#'
  done
}

@test "as one document, and one value of it" {
  lex 0 policy schema --json
  is "$(jq -r '.schema, .of, .json_schema.type' <<<"$output")" $'lexecon.policy_schema/1\npolicy\nobject'
  lex 0 policy schema --of risk --json
  is "$(jq -r .of <<<"$output")" risk
  lex 0 policy schema --pointer /json_schema/title
  is "$output" 'A policy file of lexecon'
}

@test "another kind is refused" {
  lex 64 policy schema --of token
  has "$stderr" 'policy'
}
