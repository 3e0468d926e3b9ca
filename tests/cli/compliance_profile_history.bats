#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() { governed_node; }

@test "every profile is listed, oldest first, and the newest of each system is in force" {
  lex 0 compliance profile set scoring --actor '*' --role provider --route none "${by_alice[@]}"
  set_profile --size-class sme
  lex 0 compliance profile history
  has "$output" 'annex_iii 5(d)'
  is "$(said compliance profile history --json | jq -c '[.schema, (.profiles[] | [.system, .in_force, .actor])]')" \
    '["lexecon.profiles/1",["triage",false,"operator:bob"],["scoring",true,"operator:alice"],["triage",true,"operator:bob"]]'
  is "$(said compliance profile history triage --format jsonl | jq -c .in_force | paste -sd' ')" 'false true'
  lex 66 compliance profile history nobody
  cannot_write compliance profile history
}

@test "a node without profiles has an empty list" {
  lex 0 init other --id other --origin example.org/other --template minimal
  lex 0 compliance profile history --node other
  is "$output" 'no profiles'
  is "$(value /profiles compliance profile history --node other)" '[]'
}
