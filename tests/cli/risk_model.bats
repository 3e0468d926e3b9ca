#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the model in force, its defaults included" {
  echo 'threshold: 55' >.lexecon/risk.yaml
  lex 0 policy activate
  lex 0 risk model --json
  is "$(jq -c '[.schema,.of,.threshold,.levels,.factors,([.weights[]]|add)]' <<<"$output")" \
    '["lexecon.risk_model/1","active",55,{"critical":80,"high":51,"medium":26},[],10000]'
  is "$(jq -r .policy_hash <<<"$output")" "$(value /policy_hash policy hash --active)"
  lex 0 risk model
  has "$output" 'levels     low, medium from 26, high from 51, critical from 80'
  has "$output" 'no factors'
}

@test "the draft, with its factors and their conditions" {
  cat >.lexecon/risk.yaml <<'YAML'
levels: {medium: 10}
factors:
  - {name: at_night, when: 'now.getHours() < 6', dimension: operational, add: 30}
YAML
  is "$(value /factors risk model)" '[]'
  lex 0 risk model --draft --json
  is "$(jq -c '[.of,.levels.medium,.factors]' <<<"$output")" \
    '["draft",10,[{"add":30,"dimension":"operational","name":"at_night","when":"now.getHours() < 6"}]]'
  lex 0 risk model --draft
  has "$output" 'at_night  operational  30   now.getHours() < 6'
  rm .lexecon/ledger.db
  lex 0 risk model --draft
}

@test "what is refused" {
  lex 64 risk model --active
  lex 66 --node nowhere risk model
  echo 'weights: {security: 1}' >.lexecon/risk.yaml
  lex 65 risk model --draft
  cannot_write risk model
}
