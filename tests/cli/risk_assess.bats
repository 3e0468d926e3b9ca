#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  cat >.lexecon/risk.yaml <<'YAML'
threshold: 60
factors:
  - {name: at_production, when: 'resource.startsWith("resource:env:production")', dimension: security, add: 70}
  - {name: much, when: 'context.amount > 1000', dimension: financial, add: 40}
YAML
}

@test "a score, its level, its dimensions and what fired, and nothing is recorded" {
  lex 0 policy activate
  lex 0 risk assess --actor human:alice --action deploy --resource env:production/web --context-json '{"amount":5}'
  has "$output" 'score       70'
  has "$output" 'level       high'
  has "$output" 'dimensions  security 70'
  has "$output" 'threshold   60, reached'
  has "$output" 'factor at_production'
  lex 0 risk assess --actor human:alice --action deploy --resource env:staging --context-json '{"amount":2000}' --json
  is "$(jq -c '[.schema,.of,.score,.level,.dimensions,.factors,.threshold,.escalates]' <<<"$output")" \
    '["lexecon.risk_assessment/1","active",40,"medium",{"financial":40},[{"error":null,"name":"much"}],60,false]'
  is "$(jq -r .policy_hash <<<"$output")" "$(value /policy_hash policy hash --active)"
  is "$(said decision list --format jsonl | wc -l)" 0
}

@test "a condition without a value fires, and its error is shown" {
  lex 0 policy activate
  lex 0 risk assess --actor human:alice --action deploy --resource env:staging
  has "$output" 'factor much, condition error: '
  has "$(value /factors/0/error risk assess --actor human:alice --action deploy --resource env:staging)" 'amount'
}

@test "it is what decide scores" {
  lex 0 policy activate
  echo '{"actor":"human:alice","action":"deploy","resource":"env:production","context":{"amount":1},"risk":{"security":1,"privacy":2,"compliance":3,"operational":4,"reputational":5,"financial":100}}' >request.json
  lex 0 risk assess --request request.json --json
  local assessed=$output
  is "$(jq -c '[.score,.level,.dimensions]' <<<"$assessed")" \
    "$(said decide --request request.json --dry-run --json | jq -c '.risk | [.score,.level,.dimensions]')"
  is "$(value /score risk assess --request - <request.json)" "$(jq .score <<<"$assessed")"
}

@test "nothing scored, and the draft" {
  lex 0 risk assess --actor human:alice --action read --json
  is "$(jq -c '[.score,.level,.dimensions,.factors,.escalates]' <<<"$output")" '[null,"unknown",{},[],false]'
  lex 0 risk assess --actor human:alice --action read
  has "$output" 'score       -'
  lex 0 risk assess --actor human:alice --action read --resource env:production --context-json '{"amount":1}' --draft --json
  is "$(jq -c '[.of,.score]' <<<"$output")" '["draft",70]'
  rm .lexecon/ledger.db
  lex 0 risk assess --actor human:alice --action read --draft
}

@test "what is refused" {
  lex 64 risk assess --actor human:alice
  lex 64 risk assess --actor human:alice --action read --request -
  lex 65 risk assess --actor 'two words' --action read
  lex 65 risk assess --request - <<<'{"actor":"a","action":"b","risk":{"security":101}}'
  lex 66 --node nowhere risk assess --actor human:alice --action read
  echo 'threshold: high' >.lexecon/risk.yaml
  lex 65 risk assess --actor human:alice --action read --draft
  has "$stderr" 'risk.yaml:1:'
  cannot_write risk assess --actor human:alice --action read
}
