#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  rm -f .lexecon/policies/*.yaml
  cat >.lexecon/policies/notes.yaml <<'YAML'
policy_id: pol_notes_v1
version: 1.0.0
relations:
  - {id: clerks-read, type: permits, subject: 'actor:clerk', action: 'action:read', object: 'resource:notes:*', when: 'context.pages < 10', justification: test}
  - {id: reads-are-seen, type: requires, action: 'action:read', requirement: four_eyes, approvals: 2, justification: test}
YAML
  lex 0 policy activate
}

change() { sed -i "$1" .lexecon/policies/notes.yaml; }

@test "a draft that says the same otherwise is proved equivalent, and nothing is recorded" {
  local size
  size=$(value /checkpoint/tree_size status)
  change 's/context.pages < 10/!(context.pages >= 10)/'
  lex 0 policy diff --strict --fail-on change
  is "$output" 'equivalent: both say the same of every request'
  lex 0 policy diff --json
  is "$(jq -c '[.schema,.verdict,.laxer,.stricter,.other,.changes,.unproved,.same_node_file]' <<<"$output")" \
    '["lexecon.diff/1","equivalent",0,0,0,[],[],true]'
  is "$(jq -c '[.old.set,.new.set,.old.mode]' <<<"$output")" '["active","draft","strict"]'
  is "$(jq -r .new.policy_hash <<<"$output")" "$(value /policy_hash policy hash)"
  is "$(value /checkpoint/tree_size status)" "$size"
}

@test "what it finds is what both sets say of that request" {
  change 's/context.pages < 10/context.pages < 20/'
  lex 0 policy diff --json
  local found=$output was would
  is "$(jq -c '[.verdict,.laxer,.stricter]' <<<"$found")" '["changed",1,0]'
  jq -c '.changes[0].request' <<<"$found" >request.json
  was=$(jq -r '.changes[0].was.reasons[0].code' <<<"$found")
  would=$(jq -r '.changes[0].would_be.outcome' <<<"$found")
  is "$(jq -c '[.changes[0]|.direction,.approvals]' <<<"$found")" '["laxer",[]]'
  lex 1 decide --request request.json --json
  is "$(jq -r .reason_code <<<"$output")" "$was"
  lex 0 policy activate
  lex 3 decide --request request.json --json
  is "$(jq -r .outcome <<<"$output")" "$would"
}

@test "a gate says no to a laxer draft, and to one of which too little is known" {
  change 's/approvals: 2/approvals: 1/'
  lex 1 policy diff --fail-on laxer
  has "$output" '1 changes to a laxer outcome, 0 to a stricter one'
  has "$output" 'conditional (requirement_unmet) to approved (permitted)'
  has "$output" 'with 1 four_eyes'
  lex 0 policy diff --json
  is "$(jq -c '.changes[0].approvals' <<<"$output")" '[{"operators":1,"requirement":"four_eyes"}]'
  lex 0 policy diff draft active --fail-on laxer
  has "$output" 'stricter  approved (permitted) to conditional (requirement_unmet)'
  lex 1 policy diff draft active --fail-on change --limit 0
  change 's/approvals: 1/approvals: 2/; s/context.pages < 10/context.pages * 2 < 20/'
  lex 0 policy diff --fail-on laxer --json
  is "$(jq -r .verdict <<<"$output")" unknown
  is "$(jq -c '.unproved|map(select(.relation=="clerks-read"))[0]|[.part,(.why|length>0)]' <<<"$output")" \
    '["context.pages * 2 < 20",true]'
  lex 1 policy diff --strict
  has "$output" 'no change found; that there is none is not proved'
}

@test "sets are named by hash and by folder, which needs no node" {
  local first
  first=$(value /policy_hash policy hash)
  change 's/actor:clerk/actor:boss/'
  lex 0 policy activate
  lex 0 policy diff "$first" active
  has "$output" '1 changes to a laxer outcome, 1 to a stricter one'
  cp -r .lexecon old && rm -r old/ledger.db* old/keys
  echo 'limits: []' >>old/node.yaml
  mv old "$HOME/old"
  mkdir "$HOME/elsewhere" && cd "$HOME/elsewhere"
  lex 0 policy diff ../old ../old
  is "$output" 'equivalent: both say the same of every request'
  lex 66 policy diff ../old active
  lex 66 policy diff ../old ../nowhere
  lex 64 policy diff --fail-on nothing
  cd "$BATS_TEST_TMPDIR/work"
  lex 0 policy diff "$HOME/old" draft
  has "$output" 'node.yaml differs'
  lex 66 policy diff "${first//[0-9]/0}" draft
}
