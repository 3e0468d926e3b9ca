#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  rm .lexecon/policies/tests/*
}

# table: `name|request|expect` lines as a file of tests.
table() {
  echo 'tests:'
  while IFS='|' read -r name request expect; do
    printf '  - name: %s\n    request: {%s}\n    expect: {%s}\n' "$name" "$request" "$expect"
  done
}

reads() { echo 'alice reads|actor: human:alice, action: read|outcome: approved, relations: [humans-read]' | table; }
denies() { echo 'alice is denied|actor: human:alice, action: read|outcome: denied, reason: forbidden' | table; }

# A set of its own in ./pack: a condition, a met_when, a constraint, a factor.
pack() {
  mkdir -p pack/policies
  echo 'id: pack' >pack/node.yaml
  printf '%s\n' 'factors:' '  - {name: large, when: context.amount > 100, dimension: financial, add: 10}' >pack/risk.yaml
  cat >pack/policies/pay.yaml <<'END'
policy_id: pol_pay_v1
relations:
  - id: pay
    type: permits
    subject: actor:human:*
    action: action:pay
    conditions:
      - context.amount > 0
      - context.amount < 1000
  - id: ticket
    type: requires
    action: action:pay
    requirement: ticket
    met_when: has(context.ticket)
constraints:
  - {name: no-cash, condition: context.way == "cash", action: deny}
END
}

pay() { printf '  - {name: "%s", request: {actor: human:alice, action: pay, context: {%s}}, expect: {outcome: %s}}\n' "$@"; }

@test "the tests beside the draft pass, and what they do not reach is shown" {
  reads >.lexecon/policies/tests/read.yaml
  lex 0 policy test
  has "$output" '.lexecon/policies/minimal.yaml:18:9: note: relation `agents-read` matches in no test'
  has "$output" 'tests       1 of 1 passed'
  has "$output" 'relations   1 of 6 matched, 16 %'
  has "$output" 'conditions  0 of 0 outcomes seen, 100 %'
}

@test "a verdict that is not expected fails, with what was found at its place" {
  denies >.lexecon/policies/tests/read.yaml
  reads >.lexecon/policies/tests/second.yml
  lex 1 policy test
  has "$output" '.lexecon/policies/tests/read.yaml:4:23: error: `alice is denied`: expected outcome denied, found approved [failed-test]'
  has "$output" '.lexecon/policies/tests/read.yaml:4:39: error: expected reason forbidden, found permitted [failed-test]'
  has "$output" 'tests       1 of 2 passed'
  lex 1 policy test --json
  is "$(jq -c '[.passed, .threshold, [.tests[].passed], .coverage.relations]' <<<"$output")" \
    '[false,null,[false,true],{"percent":16,"seen":1,"total":6}]'
  is "$(value /policy_hash policy test)" "$(value /policy_hash policy hash)"
}

@test "the draft is tested, with --active what is in force" {
  echo 'drop agents-see-no-secrets|actor: ai_agent:a, action: read, data_classes: [secrets]|outcome: denied' | table >drop.yaml
  lex 0 policy test drop.yaml
  sed -i '/- id: agents-see-no-secrets/,/justification/d' .lexecon/policies/minimal.yaml
  lex 1 policy test drop.yaml
  lex 0 policy test --active drop.yaml
  cp drop.yaml .lexecon/policies/tests
  lex 0 policy test --active
  is "$(value /policy_hash policy test --active)" "$(value /policy_hash policy hash --active)"
  lex 0 policy test --active - <drop.yaml
}

@test "a folder is tested without a node" {
  rm -r .lexecon
  pack
  { echo 'tests:' && pay 'a|b' 'amount: 5, ticket: T1, way: card' approved; } >one.yaml
  lex 0 policy test pack one.yaml
  lex 66 policy test one.yaml
  lex 4 policy test pack
  mkdir pack/policies/tests && mv one.yaml pack/policies/tests
  lex 0 policy test pack
  has "$output" 'tests       1 of 1 passed'
  lex 64 policy test pack pack
  lex 64 policy test pack --active
}

@test "each outcome of each condition counts, and the threshold is a share of them" {
  pack
  mkdir pack/policies/tests
  { echo 'tests:' && pay one 'amount: 5, ticket: T1, way: card' approved; } >pack/policies/tests/pay.yaml
  lex 0 policy test pack --json
  is "$(jq -c '.coverage' <<<"$output")" \
    '{"conditions":{"percent":50,"seen":5,"total":10},"relations":{"percent":66,"seen":2,"total":3}}'
  is "$(jq -c '[.findings[] | [.file, .line, .column, .severity]]' <<<"$output")" \
    '[["pack/policies/pay.yaml",8,9,"note"],["pack/policies/pay.yaml",9,9,"note"],["pack/policies/pay.yaml",14,15,"note"],["pack/policies/pay.yaml",16,12,"note"],["pack/policies/pay.yaml",16,32,"note"],["pack/risk.yaml",2,25,"note"]]'
  lex 0 policy test pack --threshold 50
  lex 1 policy test pack --threshold 51
  has "$output" 'pack/policies/pay.yaml:8:9: error: condition of `pay` is never false'
  has "$output" 'pack/policies/pay.yaml:16:12: note: relation `constraint:no-cash` matches in no test'
  has "$output" 'threshold   51 %'
  is "$(value /passed policy test pack --threshold 51)" false
  {
    pay two 'amount: 0, ticket: T1, way: card' denied
    pay three 'amount: 1000, way: card' denied
    pay four 'amount: 5, way: card' conditional
    pay five 'amount: 5, way: cash' denied
  } >>pack/policies/tests/pay.yaml
  lex 0 policy test pack --threshold 100
  is "$output" $'tests       5 of 5 passed\nrelations   3 of 3 matched, 100 %\nconditions  10 of 10 outcomes seen, 100 %\nthreshold   100 %'
}

@test "approvals, a confirmation and the time are as a test says" {
  cat >>.lexecon/policies/minimal.yaml <<'END'
  - {id: two, type: requires, action: 'action:deploy', requirement: review, approvals: 2}
  - {id: alice-alone, type: forbids, action: 'action:deploy', when: 'facts.confirmations.exists(c, c.operator == "alice")'}
END
  echo 'effective_from: 2026-03-01T00:00:00Z' >>.lexecon/policies/minimal.yaml
  cat >.lexecon/policies/tests/facts.yaml <<'END'
tests:
  - name: nobody
    request: &nothing {}
END
  lex 65 policy test
  has "$stderr" '.lexecon/policies/tests/facts.yaml:3:14'
  cat >.lexecon/policies/tests/facts.yaml <<'END'
tests:
  - name: nobody approved
    request: {actor: human:alice, action: deploy}
    at: 2026-03-01T00:00:00Z
    expect: {outcome: conditional, unmet: [review], relations: [two, humans-deploy]}
  - name: two did
    request: {actor: human:alice, action: deploy}
    at: 2026-03-01T00:00:00Z
    facts: {approvals: [review, review]}
    expect: {outcome: approved, unmet: []}
  - name: one did, twice
    request: {actor: human:alice, action: deploy}
    at: 2026-03-01T00:00:00Z
    facts: {approvals: [{requirement: review, operator: bob}, {requirement: review, operator: bob}]}
    expect: {outcome: conditional}
  - name: it was alice
    request: {actor: human:alice, action: deploy}
    at: 2026-03-01T00:00:00Z
    facts: {approvals: [{requirement: review, operator: bob}, {requirement: review, operator: alice}]}
    expect: {outcome: denied, reason: forbidden}
  - name: a risk is confirmed
    request: {actor: human:alice, action: read, risk: {privacy: 90}}
    at: 2026-03-01T00:00:00Z
    facts: {confirmed: true}
    expect: {outcome: approved, reason: human_confirmed}
  - name: too early
    request: {actor: human:alice, action: read}
    at: 2026-02-28T23:59:59Z
    expect: {reason: no_policy_in_force, relations: []}
END
  lex 0 policy test
  has "$output" '6 of 6 passed'
}

@test "the forms that build servers read" {
  denies >.lexecon/policies/tests/read.yaml
  reads >.lexecon/policies/tests/second.yaml
  lex 1 policy test --format junit
  printf '%s' "$output" >junit.xml
  is "$(python3 -c '
import xml.etree.ElementTree as e
r = e.parse("junit.xml").getroot()
print(r.get("tests"), r.get("failures"), [s.get("name") for s in r], [c.get("name") for c in r.iter("testcase") if c.find("failure") is not None])')" \
    "4 1 ['.lexecon/policies/tests/read.yaml', '.lexecon/policies/tests/second.yaml', 'coverage'] ['alice is denied']"
  lex 1 policy test --format github
  has "$output" '::error file=.lexecon/policies/tests/read.yaml,line=4,col=23,title=failed-test::`alice is denied`'
  has "$output" '::notice file=.lexecon/policies/minimal.yaml,line=18,col=9,title=unmatched-relation::'
  "$LEXECON_BIN" policy test --format sarif >test.sarif || is $? 1
  is "$(jq -r '.version, .runs[0].results[-1].ruleId' test.sarif)" $'2.1.0\nfailed-test'
  lex 1 policy test --format json
  is "$output" "$(said policy test --json)"
  lex 1 policy test --format text
  LEXECON_OUTPUT=json lex 1 policy test
  is "$(jq -r .schema <<<"$output")" lexecon.policy_test/1
  lex 64 policy test --json --format junit
  lex 64 policy test --format xml
}

@test "without tests there was nothing to check" {
  lex 4 policy test
  has "$stderr" 'there are no tests'
  is "$(said policy test --json | jq .passed)" false
  echo 'tests: []' >.lexecon/policies/tests/none.yaml
  lex 4 policy test --threshold 0
  rmdir .lexecon/policies/tests 2>/dev/null || rm -r .lexecon/policies/tests
  lex 4 policy test
}

@test "what cannot be read is named with its place" {
  reads >.lexecon/policies/tests/read.yaml
  echo 'mode: strickt' >.lexecon/policies/broken.yaml
  lex 65 policy test
  has "$stderr" '.lexecon/policies/broken.yaml:1:7'
  rm .lexecon/policies/broken.yaml
  reads | sed 's/outcome/outcom/' >bad.yaml
  lex 65 policy test bad.yaml
  has "$stderr" 'bad.yaml:4:14'
  has "$stderr" 'did you mean `outcome`?'
  reads | sed 's/expect:.*/expect: {}/' >bad.yaml
  lex 65 policy test bad.yaml
  has "$stderr" 'bad.yaml:4:13'
  has "$stderr" 'a test that expects nothing cannot fail'
  reads | sed 's/actor: human:alice/actor: "human:*"/' >bad.yaml
  lex 65 policy test bad.yaml
  has "$stderr" 'bad.yaml:3:22'
  lex 66 policy test missing.yaml
  lex 64 policy test --threshold 101
  lex 64 policy test --threshold 1.5
  lex 66 --node nowhere policy test
}

@test "the tests of the packs pass, and reach all of them" {
  local pack
  for pack in "$BATS_TEST_DIRNAME"/../../policies/*/policies/tests; do
    lex 0 policy test "${pack%/policies/tests}" --threshold 100
  done
}

@test "an answer that cannot be written is a failure" {
  reads >.lexecon/policies/tests/read.yaml
  cannot_write policy test
}
