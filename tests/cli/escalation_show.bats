#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  lex 2 decide --request - --json <<<'{"actor":"ai_agent:deployer","action":"deploy",
    "resource":"env:production/web","intent":"ship \u001b[31m it","context":{"ticket":"CHG-1"},
    "parameters":{"sha":"abc"},"risk":{"security":95}}'
  decision=$(jq -r .decision_id <<<"$output")
  id=$(jq -r .escalation_id <<<"$output")
}

@test "one screen says what to know, escaped" {
  lex 0 escalation show "$id"
  for part in "$id" 'actor:ai_agent:deployer' 'action:deploy' 'ship \u{1b}[31m it' 'ticket=CHG-1' \
    'sha=abc' 'production-needs-two' 'security=95' '--approve --as NAME' '--deny --as NAME'; do
    has "$output" "$part"
  done
  (($(wc -l <<<"$output") <= 40))
  (($(wc -L <<<"$output") <= 100))
  local screen=$output
  lex 0 escalation show "$decision"
  is "$(grep -v '^due' <<<"$output" | grep -v 'can be taken')" \
    "$(grep -v '^due' <<<"$screen" | grep -v 'can be taken')"
}

@test "long texts end in an ellipsis, and JSON has them whole" {
  lex 2 decide --request - --json < <(jq -n '{actor: "ai_agent:deployer", action: "deploy",
    resource: "env:production/web", intent: ("é" * 5000),
    context: ([range(200) | {key: "k\(.)", value: "v\n\(.)"}] | from_entries)}')
  id=$(jq -r .escalation_id <<<"$output")
  lex 0 escalation show "$id"
  has "$output" …
  (($(wc -l <<<"$output") <= 40))
  (($(wc -L <<<"$output") <= 100))
  is "$(value /request/intent escalation show "$id" | wc -m)" 5001
}

@test "what is refused" {
  lex 64 escalation show
  lex 65 escalation show nonsense
  lex 66 escalation show esc_dec_01JNX8A0000000000000000009_00000000
  lex 66 escalation show dec_01JNX8A0000000000000000009
  lex 66 --node nowhere escalation show "$id"
  cannot_write escalation show "$id"
}
