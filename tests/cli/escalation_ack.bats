#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web --json
  id=$(jq -r .escalation_id <<<"$output")
}

@test "it is acknowledged once, and verifies" {
  lex 0 escalation ack "$id"
  has "$output" in_progress
  has "$output" escalation.acknowledged
  lex 65 escalation ack "$id"
  has "$stderr" 'acknowledged already'
  lex 0 ledger verify --deep
  lex 0 ledger rebuild
  is "$(value /escalations/0/state escalation list)" in_progress
}

@test "it is assigned to an operator in force" {
  lex 66 escalation ack "$id" --assign ann
  has "$stderr" 'no operator'
  ssh-keygen -q -t ed25519 -N '' -f ann -C ann
  lex 0 operator add ann --key ann.pub --role admin
  lex 0 escalation ack "$id" --assign ann
  has "$output" ann
  lex 65 escalation ack "$id" --assign ann
  has "$stderr" 'assigned to `ann` already'
  is "$(said escalation list --assigned-to ann --format jsonl | jq -r .state)" in_progress
  is "$(value /operators/may/0 escalation show "$id")" ann
  lex 0 ledger verify --deep
}

@test "who speaks for the actor is assigned nothing" {
  ssh-keygen -q -t ed25519 -N '' -f ann -C ann
  lex 0 operator add ann --key ann.pub --role admin --actor ai_agent:deployer
  lex 77 escalation ack "$id" --assign ann
  has "$stderr" 'speaks for'
  is "$(value /operators/may escalation show "$id")" '[]'
}

@test "an edited row is found, and answers nobody" {
  sqlite3 .lexecon/ledger.db "UPDATE escalations SET assigned_to = 'mallory', state = 'in_progress'"
  lex 76 escalation ack "$id"
  lex 76 escalation list
  lex 1 ledger verify --deep
}

@test "what is refused" {
  lex 64 escalation ack
  lex 65 escalation ack nonsense
  lex 66 escalation ack esc_dec_01JNX8A0000000000000000009_00000000
  lex 66 --node nowhere escalation ack "$id"
}
