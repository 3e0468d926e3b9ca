#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  cat >.lexecon/policies/people.yaml <<'YAML'
mode: strict
relations:
  - {id: agents-trade, type: permits, subject: 'actor:ai_agent:*', action: 'action:trade'}
  - id: two-for-a-trade
    type: requires
    action: action:trade
    requirement: dual_authorization
    approvals: 2
YAML
  lex 0 policy activate
  add_operators
  lex 3 decide --actor ai_agent:trader --action trade --json
  decision=$(jq -r .decision_id <<<"$output")
}

@test "two different people meet a requirement of two" {
  lex 0 decision confirm "$decision" --requirement dual_authorization "${by_bob[@]}"
  has "$output" 'still unmet: dual_authorization'
  lex 0 decision confirm "$decision" --requirement dual_authorization "${by_bob[@]}"
  has "$output" 'still unmet: dual_authorization'
  lex 77 token issue --decision "$decision"
  lex 3 decision wait "$decision" --timeout 1s
  lex 0 decision confirm "$decision" --requirement dual_authorization --json "${by_alice[@]}"
  is "$(jq -c '[.requirement, .judged_now.outcome, .judged_now.unmet]' <<<"$output")" \
    '["dual_authorization","approved",[]]'
  lex 0 decision wait "$decision" --timeout 1s
  lex 0 token issue --decision "$decision"
  lex 77 token issue --decision "$decision"
  lex 0 ledger verify --deep
}

@test "a confirmation counts for its time and no longer" {
  lex 0 decision confirm "$decision" --requirement dual_authorization --ttl 1s "${by_bob[@]}"
  lex 0 decision confirm "$decision" --requirement dual_authorization "${by_alice[@]}"
  sleep 1.1
  lex 77 token issue --decision "$decision"
  has "$stderr" 'conditional (requirement_unmet)'
  lex 0 ledger verify --deep
}

@test "what nobody waits for, and who may not, is refused" {
  lex 65 decision confirm "$decision" --requirement something_else "${by_bob[@]}"
  has "$stderr" 'does not wait for `something_else`'
  lex 77 decision confirm "$decision" --requirement dual_authorization "${by_carol[@]}"
  lex 77 decision confirm "$decision" --requirement dual_authorization
  lex 64 decision confirm "$decision" "${by_bob[@]}"
  lex 66 decision confirm dec_01JNX8A0000000000000000001 --requirement x "${by_bob[@]}"
  lex 65 decision confirm x --requirement x "${by_bob[@]}"
  lex 1 decide --actor ai_agent:trader --action steal --json
  lex 65 decision confirm "$(jq -r .decision_id <<<"$output")" --requirement dual_authorization "${by_bob[@]}"
  has "$stderr" 'no confirmation changes that'
  lex 0 ledger verify --deep
}
