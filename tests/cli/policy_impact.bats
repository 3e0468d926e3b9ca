#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  rm -f .lexecon/policies/*.yaml
  cat >.lexecon/policies/notes.yaml <<'YAML'
policy_id: pol_notes_v1
version: 1.0.0
mode: strict
relations:
  - {id: clerks-read, type: permits, subject: 'actor:clerk', action: 'action:read', object: 'resource:notes:*', justification: test}
  - {id: clerks-write, type: permits, subject: 'actor:clerk', action: 'action:write', object: 'resource:notes:*', justification: test}
YAML
  lex 0 policy activate
  lex 0 decide --actor clerk --action read --resource notes:a
  lex 0 decide --actor clerk --action write --resource notes:a
  lex 0 decide --actor clerk --action write --resource notes:b
  lex 1 decide --actor clerk --action erase --resource notes:b
}

freeze_b() {
  cat >>.lexecon/policies/notes.yaml <<'YAML'
  - {id: freeze-b, type: forbids, action: 'action:write', object: 'resource:notes:b', justification: test}
  - {id: clerks-erase, type: permits, subject: 'actor:clerk', action: 'action:erase', object: 'resource:notes:*', justification: test}
YAML
}

@test "the draft is held against every decision on record, and nothing is recorded" {
  lex 0 policy impact
  has "$output" '0 of 4 decisions would have another outcome, 0 only another reason'
  local size
  size=$(value /checkpoint/tree_size status)
  freeze_b
  lex 0 policy impact --json
  is "$(jq -c '[.schema,.decisions,.judged,.flipped,.other_reason,.same,.other_limits]' <<<"$output")" \
    '["lexecon.impact/1",4,4,2,0,2,0]'
  is "$(jq -c '[.outcomes[]|[.from,.to,.count]]' <<<"$output")" '[["approved","denied",1],["denied","approved",1]]'
  is "$(jq -c '[.by_relation[]|[.relation,.count]]' <<<"$output")" '[["clerks-erase",1],["freeze-b",1]]'
  is "$(jq -c '[.by_action[]|.action]' <<<"$output")" '["action:erase","action:write"]'
  is "$(jq -c '[.by_actor[]|[.actor,.count]]' <<<"$output")" '[["actor:clerk",2]]'
  is "$(jq -c '[.examples[0]|.was.outcome,.would_be.outcome,.would_be.reason_code,.would_be.matched[0]]' <<<"$output")" \
    '["approved","denied","forbidden","freeze-b"]'
  is "$(jq -r .policy_hash <<<"$output")" "$(value /policy_hash policy hash)"
  is "$(value /checkpoint/tree_size status)" "$size"
  lex 0 policy impact
  has "$output" '2 of 4 decisions would have another outcome'
  has "$output" 'relation freeze-b'
  has "$output" 'approved to denied (forbidden)'
}

@test "what it says comes true when the set is activated" {
  freeze_b
  local would
  would=$(value /examples policy impact | jq -c '[.[].would_be.outcome]')
  lex 0 policy activate
  lex 1 decide --actor clerk --action write --resource notes:b
  lex 0 decide --actor clerk --action erase --resource notes:b
  is "$would" '["denied","approved"]'
}

@test "a gate stops at a flip, and at what cannot be judged again" {
  lex 0 policy impact --fail-on-flip --strict
  freeze_b
  lex 1 policy impact --fail-on-flip --json
  is "$(jq -r .flipped <<<"$output")" 2
  lex 0 policy impact --fail-on-flip --from 2999-01-01T00:00:00Z
  lex 0 policy impact --fail-on-flip --actor clark
  lex 0 policy impact --limit 0 --json
  is "$(jq -c .examples <<<"$output")" '[]'
}

@test "an erased request is not reproducible, and says so" {
  add_operators
  local first
  first=$(said decision list --format jsonl | head -n 1 | jq -r .seq)
  lex 0 privacy erase --seq "$first" --legal-basis gdpr:17 --requested-at 1h "${by_bob[@]}"
  lex 1 policy impact --strict --json
  is "$(jq -c '[.decisions,.judged,.not_reproducible]' <<<"$output")" \
    '[4,3,{"engine_unknown":0,"erased":1,"redacted":0}]'
  lex 0 policy impact
  has "$output" 'not reproducible: 1 erased'
}

@test "a folder, and a set that was activated before" {
  local before
  before=$(value /policy_hash policy hash --active)
  cp -r .lexecon draft
  freeze_b
  lex 0 policy activate
  lex 1 decide --actor clerk --action write --resource notes:b
  lex 0 policy impact draft --json
  is "$(jq -c '[.flipped,.outcomes[0].from,.outcomes[0].to]' <<<"$output")" '[1,"denied","approved"]'
  is "$(value /flipped policy impact --set "$before")" 1
  lex 66 policy impact nowhere
  lex 66 policy impact --set "${before//[0-9]/0}"
  lex 64 policy impact --set beef
  lex 64 policy impact --limit x
}

@test "limits that the other set does not have are said not to hold" {
  cat >>.lexecon/node.yaml <<'YAML'
limits:
  - {name: few, per: actor, window: 1h, max: 1}
YAML
  lex 0 policy impact --json
  is "$(jq -c '[.other_limits,.flipped]' <<<"$output")" '[4,0]'
  lex 0 policy impact
  has "$output" '4 were judged without limits'
}

@test "a decision that its own set judges differently now stops it" {
  sqlite3 .lexecon/ledger.db "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), '\"outcome\":\"denied\"', '\"outcome\":\"escalated\"') AS BLOB) WHERE event_type = 'decision'"
  lex 76 policy impact
  is "$output" ''
}
