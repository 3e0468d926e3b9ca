#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  lex 0 escalation list
  is "$output" 'no escalations'
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web --json
  id=$(jq -r .escalation_id <<<"$output")
}

@test "an escalation is listed until when and where it stands" {
  lex 0 escalation list
  has "$output" "$id"
  is "$(value /escalations/0/state escalation list)" pending
  is "$(said escalation list --format jsonl | jq -r .escalation_id)" "$id"
  is "$(said escalation list --state pending --limit 1 --reverse --format jsonl | wc -l)" 1
  lex 0 escalation list --state resolved
  is "$output" 'no escalations'
  lex 0 escalation list --overdue
  is "$output" 'no escalations'
  lex 0 escalation list --assigned-to ann --json
  is "$(jq '.escalations | length' <<<"$output")" 0
  is "$(said escalation list --actor ai_agent:deployer --from 1h --format jsonl | wc -l)" 1
  is "$(said escalation list --actor ai_agent:other --format jsonl | wc -l)" 0
  is "$(said escalation list --tenant acme --format jsonl | wc -l)" 0
}

@test "what is refused" {
  lex 64 escalation list --state open
  lex 64 escalation list --priority urgent
  lex 64 escalation list --limit 0
  lex 64 escalation list --json --format table
  lex 66 --node nowhere escalation list
  cannot_write escalation list
}
