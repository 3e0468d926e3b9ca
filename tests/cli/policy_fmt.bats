#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

untidy() {
  printf '%s\n' 'version: 1.0.0 # one' 'relations:' '- type: forbids' '  target: action:delete' \
    'policy_id: pol_untidy_v1'
}

tidy() {
  printf '%s\n' 'policy_id: pol_untidy_v1' 'version: 1.0.0  # one' '' 'relations:' \
    '  - type: forbids' '    action: action:delete'
}

@test "the files of the node are brought into the layout and named" {
  lex 0 policy fmt
  is "$output" ''
  untidy >.lexecon/policies/untidy.yaml
  lex 1 policy fmt --check
  is "$output" policies/untidy.yaml
  cmp .lexecon/policies/untidy.yaml <(untidy)
  lex 0 policy fmt
  is "$output" policies/untidy.yaml
  cmp .lexecon/policies/untidy.yaml <(tidy)
  lex 0 policy fmt --check
  is "$output" ''
  is "$(ls -A .lexecon/policies)" $'.gitattributes\nminimal.yaml\ntests\nuntidy.yaml'
}

@test "the hash of what the set means differs, and nothing else: its verdicts stay" {
  untidy >.lexecon/policies/untidy.yaml
  lex 0 policy activate
  lex 1 decide --actor human:alice --action delete
  lex 0 policy fmt
  lex 0 policy activate
  lex 1 decide --actor human:alice --action delete
}

@test "standard input is written to standard output" {
  lex 0 policy fmt - < <(untidy)
  cmp "$BATS_TEST_TMPDIR/out" <(tidy)
  lex 1 policy fmt --check - < <(untidy)
  is "$output" -
  lex 0 policy fmt --check - < <(tidy)
  is "$output" ''
  lex 0 policy fmt - --json < <(untidy)
  is "$(jq -r '.schema, .files[0].name, .files[0].changed' <<<"$output")" $'lexecon.policy_layout/1\n-\ntrue'
  jq -rj .text <<<"$output" | cmp - <(tidy)
}

@test "named files need no node" {
  rm -r .lexecon
  untidy >a.yaml && tidy >b.yaml
  lex 1 policy fmt --check a.yaml b.yaml --json
  is "$(jq -c '[.check, .files[]]' <<<"$output")" \
    '[true,{"changed":true,"name":"a.yaml"},{"changed":false,"name":"b.yaml"}]'
  ln -s a.yaml link.yaml
  lex 0 policy fmt link.yaml
  is "$output" link.yaml
  [[ -L link.yaml ]]
  cmp a.yaml <(tidy)
}

@test "one bad file, and none is written" {
  untidy >a.yaml
  echo 'mode: strickt' >b.yaml
  lex 65 policy fmt a.yaml b.yaml
  has "$stderr" 'b.yaml:1:7'
  cmp a.yaml <(untidy)
  lex 65 policy fmt - <b.yaml
  lex 66 policy fmt missing.yaml
  lex 66 --node nowhere policy fmt
  lex 64 policy fmt - a.yaml
  lex 64 policy fmt --chek
}

@test "a node without policies has nothing to lay out" {
  rm .lexecon/policies/*.yaml
  lex 4 policy fmt
}
