#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

# A node where a trade takes the approval of two, deploying to production escalates, and bob's agent
# may do both.
setup() {
  fresh_node
  cat >.lexecon/policies/people.yaml <<'YAML'
mode: strict
terms:
  - {id: 'actor:ai_agent:trader', type: actor, owner: 'actor:human_user:bob'}
relations:
  - {id: agents-deploy, type: permits, subject: 'actor:ai_agent:*', action: 'action:deploy'}
  - {id: agents-trade, type: permits, subject: 'actor:ai_agent:*', action: 'action:trade'}
  - id: ask-for-production
    type: requires
    action: action:deploy
    object: resource:service:production
    requirement: release_review
    on_unmet: escalate
  - id: two-for-a-trade
    type: requires
    action: action:trade
    requirement: dual_authorization
    approvals: 2
YAML
  lex 0 policy activate
  add_operators
}

# deploy ACTOR: an escalated decision; sets $decision and $escalation.
deploy() {
  lex 2 decide --actor "$1" --action deploy --resource service:production --json
  decision=$(jq -r .decision_id <<<"$output")
  escalation=$(jq -r .escalation_id <<<"$output")
}

@test "yes is worth one token for exactly that request" {
  deploy ai_agent:deployer
  lex 77 token issue --decision "$decision"
  lex 0 escalation resolve "$escalation" --approve --note 'checked the change' "${by_bob[@]}"
  has "$output" "lexecon token issue --decision $decision"
  lex 0 decision wait "$decision" --timeout 1s
  lex 0 token issue --decision "$decision"
  printf '%s\n' "$output" >token
  lex 0 token verify --node .lexecon --token-file token --action deploy --resource service:production \
    --aud example.org/log
  lex 1 token verify --node .lexecon --token-file token --action deploy --resource service:production \
    --aud example.org/log
  lex 77 token issue --decision "$decision"
  has "$stderr" 'not approved'
  lex 0 decision wait "$decision" --timeout 1s
  lex 0 ledger verify --deep
  ! grep -q 'checked the change' <(lex 0 ledger log --format jsonl; printf '%s' "$output")
}

@test "who speaks for the requester or its owner cannot answer" {
  deploy ai_agent:trader
  lex 77 escalation resolve "$escalation" --approve "${by_bob[@]}"
  has "$stderr" '[own_request]'
  lex 0 ledger log --type approval.refused --format jsonl
  is "$(jq -r .data.reason <<<"$output")" own_request
  lex 2 decision wait "$decision" --timeout 1s
  lex 0 escalation resolve "$escalation" --approve "${by_alice[@]}"
  lex 0 token issue --decision "$decision"
  lex 0 ledger verify --deep
}

@test "no is no for good" {
  deploy ai_agent:deployer
  lex 0 escalation resolve "$decision" --deny "${by_bob[@]}" --json
  is "$(jq -c '[.outcome, .approval.operator]' <<<"$output")" '["denied","bob"]'
  lex 1 decision wait "$decision" --timeout 1s
  lex 77 token issue --decision "$decision"
  has "$stderr" 'people refused'
  lex 65 escalation resolve "$decision" --approve "${by_alice[@]}"
  has "$stderr" 'resolved already'
  lex 65 decision confirm "$decision" --requirement release_review "${by_alice[@]}"
  lex 0 ledger verify --deep
}

@test "handed up it waits for an admin, and beyond the last one it fails" {
  deploy ai_agent:deployer
  lex 0 escalation resolve "$escalation" --hand-up "${by_bob[@]}"
  lex 77 escalation resolve "$escalation" --approve "${by_bob[@]}"
  has "$stderr" '[insufficient_role]'
  lex 2 decision wait "$decision" --timeout 1s
  lex 0 escalation resolve "$escalation" --hand-up "${by_alice[@]}"
  lex 0 ledger log --type escalation.failed --format jsonl
  is "$(jq -r .data.decision_id <<<"$output")" "$decision"
  lex 65 escalation resolve "$escalation" --approve "${by_alice[@]}"
  has "$stderr" 'failed already'
  lex 2 decision wait "$decision" --timeout 10s
  lex 0 ledger verify --deep
}

@test "deferred it stays open" {
  deploy ai_agent:deployer
  lex 0 escalation resolve "$escalation" --defer "${by_bob[@]}"
  lex 2 decision wait "$decision" --timeout 1s
  has "$output" 'still waiting'
  lex 0 escalation resolve "$escalation" --approve "${by_bob[@]}"
}

@test "what is wrong is refused and nothing is recorded" {
  deploy ai_agent:deployer
  local before
  before=$(value /entries ledger stats)
  lex 77 escalation resolve "$escalation" --approve
  has "$stderr" 'compliance_officer or above'
  lex 64 escalation resolve "$escalation" "${by_bob[@]}"
  lex 64 escalation resolve "$escalation" --approve --deny "${by_bob[@]}"
  lex 64 escalation resolve "$escalation" --approve --note a --note-file b "${by_bob[@]}"
  lex 66 escalation resolve "esc_dec_01JNX8A0000000000000000001_00000001" --approve "${by_bob[@]}"
  lex 65 escalation resolve something --approve "${by_bob[@]}"
  is "$(value /entries ledger stats)" "$before"
  lex 77 escalation resolve "$escalation" --approve "${by_carol[@]}"
  is "$(value /entries ledger stats)" $((before + 1))
}

@test "a set that forbids it in the meantime wins over a yes" {
  deploy ai_agent:deployer
  lex 0 escalation resolve "$escalation" --approve "${by_bob[@]}"
  printf 'relations:\n  - {id: freeze, type: forbids, action: "action:deploy"}\n' >.lexecon/policies/freeze.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 77 token issue --decision "$decision"
  has "$stderr" 'judged again now it is denied (forbidden)'
  lex 0 ledger verify --deep
}
