#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  cat >.lexecon/policies/notes.yaml <<'YAML'
policy_id: pol_notes_v1
version: 1.0.0
context: {amount: integer}
terms:
  - {id: actor:clerk, type: actor}
relations:
  - {id: clerks-read, type: permits, subject: actor:clerk, action: action:read, object: "resource:notes:*", justification: test}
  - {id: clerks-read-pii, type: permits, subject: actor:clerk, action: action:read, object: data:pii, when: 'context.amount < 10', justification: test}
YAML
  rm -rf .lexecon/policies/[!n]*
  echo '{"actor":"clerk","action":"read","resource":"notes:a","data_classes":["pii","hr"],"context":{"amount":5}}' >request.json
}

@test "which permits covers what, and every step" {
  lex 0 policy explain request.json --json
  is "$(jq -c '[.schema,.of,.decision.outcome,.decision.recorded]' <<<"$output")" \
    '["lexecon.explanation/1","draft","denied",false]'
  is "$(jq -c .coverage <<<"$output")" \
    '[{"object":"resource:notes:a","permits":["clerks-read"],"tried":[]},{"object":"data:hr","permits":[],"tried":[]},{"object":"data:pii","permits":["clerks-read-pii"],"tried":[]}]'
  is "$(jq -c '[.decision.trace[].effect]' <<<"$output")" '["permits","permits","not_covered"]'
  lex 0 policy explain - <request.json
  has "$output" 'covered  resource:notes:a  by clerks-read'
  has "$output" 'not covered  data:hr'
  is "$(said decision list --format jsonl | wc -l)" 0
}

@test "a permits whose condition is an error was tried, and one whose condition is false was skipped" {
  lex 0 policy explain - --json <<<'{"actor":"clerk","action":"read","data_classes":["pii"]}'
  is "$(jq -c '[.decision.reason_code,.coverage]' <<<"$output")" \
    '["condition_error",[{"object":"data:pii","permits":[],"tried":["clerks-read-pii"]}]]'
  lex 0 policy explain - <<<'{"actor":"clerk","action":"read","data_classes":["pii"]}'
  has "$output" 'not covered  data:pii  at fault: clerks-read-pii'
  lex 0 policy explain - <<<'{"actor":"clerk","action":"read","data_classes":["pii"],"context":{"amount":10}}'
  has "$output" 'skipped  clerks-read-pii'
  has "$output" 'is false'
}

@test "a request without objects, the active set, another time" {
  echo '{"actor":"human:alice","action":"read"}' >request.json
  is "$(value /coverage policy explain request.json)" '[{"object":null,"permits":[],"tried":[]}]'
  lex 0 policy explain request.json
  has "$output" 'not covered  the request'
  lex 0 policy explain request.json --active --json
  is "$(jq -c '[.of,.decision.outcome,(.coverage[0].permits|length > 0)]' <<<"$output")" '["active","approved",true]'
  is "$(jq -r .decision.policy.hash <<<"$output")" "$(value /policy_hash policy hash --active)"
  sed -i '1i effective_until: "2026-01-01T00:00:00Z"' .lexecon/policies/notes.yaml
  lex 0 policy explain request.json --at 2025-12-31T23:59:59Z --json
  is "$(jq -c '[.decision.reason_code,.decision.timestamp]' <<<"$output")" '["not_permitted","2025-12-31T23:59:59.000000Z"]'
  lex 0 policy explain request.json --at 2026-01-01T00:00:00Z --json
  is "$(jq -c '[.decision.reason_code,.coverage]' <<<"$output")" '["no_policy_in_force",[]]'
  rm .lexecon/ledger.db
  lex 0 policy explain request.json
}

@test "why not: the nearest permits and the smallest change" {
  echo '{"actor":"clerk","action":"read","resource":"notes:a","data_classes":["pii"],"context":{"amount":10}}' >request.json
  lex 0 policy explain request.json --why-not --json
  is "$(jq -c .why_not.nearest <<<"$output")" \
    '[{"failed":["object wanted resource:notes:*"],"relation":"clerks-read"},{"failed":["when `context.amount < 10`, which is false"],"relation":"clerks-read-pii"}]'
  is "$(jq -c '[.why_not.change,.why_not.complete]' <<<"$output")" \
    '[{"fields":[{"field":"/context/amount","from":10,"to":9}],"reason_code":"permitted"},true]'
  lex 0 policy explain request.json --why-not
  has "$output" 'would be approved with /context/amount 9, not 10 (permitted)'
  lex 0 policy explain - --why-not <<<'{"actor":"clerk","action":"write","resource":"wiki"}'
  has "$output" 'would be approved with /action "action:read", not "action:write"; and /resource "resource:notes:x", not "resource:wiki"'
  is "$(value /why_not/change policy explain --why-not - <<<'{"actor":"robot","action":"read","resource":"notes:a"}')" null
  lex 0 policy explain --why-not - <<<'{"actor":"robot","action":"read","resource":"notes:a"}'
  has "$output" 'nearest  clerks-read  actor actor:robot, wanted actor:clerk'
  has "$output" 'no change of one or two fields was found'
  echo '{"actor":"clerk","action":"read","resource":"notes:a"}' >request.json
  is "$(value /why_not policy explain request.json --why-not)" null
  lex 0 policy explain request.json --why-not
  has "$output" 'it is approved as it is'
  is "$(value /why_not policy explain request.json)" null
}

@test "what is refused" {
  lex 64 policy explain
  lex 64 policy explain request.json --at noon
  lex 65 policy explain - <<<'{"actor":"clerk"}'
  lex 65 policy explain - <<<'{'
  lex 66 policy explain nowhere.json
  lex 66 --node nowhere policy explain request.json
  cannot_write policy explain request.json
  echo 'relations: [' >>.lexecon/policies/notes.yaml
  lex 65 policy explain request.json
  has "$stderr" 'policies/notes.yaml:'
}
