#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

# relation ID TYPE SUBJECT ACTION: one of a file.
relation() {
  printf '  - {id: %s, type: %s, subject: "%s", action: %s, justification: Because}\n' "$@"
}

file() { printf 'policy_id: pol_%s_v1\nrelations:\n' "$1" && cat; }

good() { relation one permits 'actor:human:*' action:read | file good; }

warned() {
  { relation one permits 'actor:human:*' action:read && relation two permits 'actor:human:*' action:read; } | file warned
}

@test "the draft of the node, and what is in force" {
  lex 0 policy lint
  has "$output" '.lexecon/policies/minimal.yaml:18:9: note:'
  echo 'mode: strickt' >.lexecon/policies/broken.yaml
  lex 1 policy lint
  has "$output" '.lexecon/policies/broken.yaml:1:7: error:'
  has "$output" 'did you mean `strict`?'
  lex 0 policy lint --active
  lex 0 policy lint --active --json
  is "$(jq -c '.files' <<<"$output")" '["node.yaml","policies/minimal.yaml","risk.yaml"]'
}

@test "node.yaml and risk.yaml are looked at, too" {
  echo 'treshold: 3' >>.lexecon/risk.yaml
  lex 1 policy lint
  has "$output" '.lexecon/risk.yaml:3:1: error: unknown key `treshold`'
  echo 'nothing: 1' >>.lexecon/node.yaml
  lex 1 policy lint
  has "$output" '.lexecon/node.yaml:'
  has "$output" '2 errors'
}

@test "files are one set, folders are each a set" {
  rm -r .lexecon
  good >a.yaml
  warned >b.yaml
  lex 0 policy lint a.yaml
  is "$output" '0 errors, 0 warnings, 0 notes'
  lex 1 policy lint a.yaml b.yaml
  has "$output" 'stands twice in the set'
  mkdir one two && mv a.yaml one && mv b.yaml two
  lex 0 policy lint one two
  has "$output" 'two/b.yaml:'
  lex 0 policy lint - <one/a.yaml
  lex 0 policy lint - --json <two/b.yaml
  is "$(jq -r '.findings[0].file' <<<"$output")" -
}

@test "warnings fail when they are asked to" {
  warned >b.yaml
  lex 0 policy lint b.yaml
  has "$output" 'warning: permits `two`'
  lex 1 policy lint --strict b.yaml
  is "$(value /passed policy lint --strict b.yaml)" false
  is "$(value /passed policy lint b.yaml)" true
}

@test "without relations there was nothing to check" {
  printf 'policy_id: pol_a_v1\nterms:\n  - {id: action:read, type: action}\n' >a.yaml
  lex 4 policy lint a.yaml
  has "$stderr" 'no relations'
  mkdir empty
  lex 4 policy lint empty
  echo 'mode: strickt' >a.yaml
  lex 1 policy lint a.yaml
}

@test "for build servers" {
  warned >b.yaml
  lex 0 policy lint --format github b.yaml
  has "$output" '::warning file=b.yaml,line=4,col=10,title=LX007::permits `two`'
  lex 1 policy lint --strict --format junit b.yaml
  has "$output" '<failure type="LX007"'
  is "$(grep -c '<testcase' <<<"$output")" "$(grep -c '<testcase.*classname="b.yaml"' <<<"$output")"
  "$LEXECON_BIN" policy lint --format sarif b.yaml >lint.sarif
  is "$(jq -r '.version, .runs[0].results[0].ruleId' lint.sarif)" $'2.1.0\nLX007'
  is "$(jq -r '.runs[0].tool.driver.rules[.runs[0].results[0].ruleIndex].id' lint.sarif)" LX007
  is "$(jq -r '.runs[0].results[0].locations[0].physicalLocation.region.startLine' lint.sarif)" 4
  lex 0 policy lint --format json b.yaml
  is "$(jq -r .schema <<<"$output")" lexecon.lint/1
  lex 0 policy lint --format text b.yaml
  has "$output" '[LX007]'
  LEXECON_OUTPUT=json lex 0 policy lint --format github b.yaml
  has "$output" '::warning'
  lex 0 policy lint b.yaml --pointer /warnings
  is "$output" 1
}

@test "what is refused" {
  lex 66 policy lint missing.yaml
  lex 64 policy lint --active .lexecon
  lex 64 policy lint --format xml
  lex 64 policy lint --format sarif --json
  lex 64 policy lint --format junit --pointer /errors
  lex 66 --node nowhere policy lint
  ln -s minimal.yaml .lexecon/policies/link.yaml
  lex 65 policy lint
  has "$stderr" 'symbolic link'
}

@test "a name of a file cannot add a line to a build log" {
  good | sed 's/, justification: Because//' >$'a\n::error::b.yaml'
  lex 0 policy lint --format github $'a\n::error::b.yaml'
  is "$(grep -c . <<<"$output")" 1
}

@test "activating shows what lint finds, and refuses nothing" {
  warned >.lexecon/policies/warned.yaml
  lex 0 policy activate
  has "$output" 'activated '
  has "$output" 'warning: policies/warned.yaml:4:10: permits `two`'
  has "$output" 'notes: lexecon policy lint shows them'
  lex 0 policy activate --json
  is "$(jq -r '[.findings[] | select(.severity == "warning")][0].rule' <<<"$output")" LX007
}
