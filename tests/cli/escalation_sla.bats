#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  lex 0 escalation sla
  is "$output" 'no open escalations'
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web --json
  id=$(jq -r .escalation_id <<<"$output")
}

@test "what is in time is exit 0, and nothing is written" {
  local before
  before=$(value /entries status)
  lex 0 escalation sla
  has "$output" '1 open, 0 overdue'
  is "$(value /entries status)" "$before"
}

@test "what is overdue is exit 1, recorded once, and approved by nothing" {
  [[ $(value /test_clock version) == true ]] || skip 'this build has no clock for tests'
  export LEXECON_NOW
  LEXECON_NOW=$(date -u -d '+8 days' +%Y-%m-%dT%H:%M:%SZ)
  local before
  before=$(value /entries status)
  lex 1 escalation sla --no-record
  is "$(value /entries status)" "$before"
  lex 1 escalation sla --json
  is "$(jq -c '[.open, .overdue, .recorded]' <<<"$output")" '[1,1,1]'
  lex 1 escalation sla
  has "$output" '0 breaches recorded now'
  is "$(value /entries status)" $((before + 1))
  is "$(said escalation list --overdue --format jsonl | jq -r .escalation_id)" "$id"
  is "$(value /waiting decision wait "$(value /escalation/decision_id escalation show "$id")" --timeout 1s)" true
  lex 0 ledger verify --deep
}

@test "what is refused" {
  lex 64 escalation sla extra
  lex 66 --node nowhere escalation sla
  cannot_write escalation sla --no-record
}
