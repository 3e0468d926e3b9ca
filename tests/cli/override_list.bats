#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

@test "overrides are listed by what they are" {
  lex 0 override list
  is "$output" 'no overrides'
  add_operators
  for scope in single_decision permanent_policy_change; do
    id=$(value /decision_id decide --actor ai_agent:deployer --action deploy --resource env:production/web)
    lex 0 override create "$id" --type human_review --scope "$scope" --outcome approved \
      --justification 'agreed with the customer' "${by_bob[@]}"
  done
  lex 0 override list
  is "$(grep -c ovr_ <<<"$output")" 2
  lex 0 override list --in-force --format jsonl
  is "$(jq -r .scope <<<"$output")" single_decision
  lex 0 override list --decision "$id" --json
  is "$(jq -r '.overrides[].state' <<<"$output")" waiting
  lex 0 override list --reverse --limit 1 --scope permanent_policy_change --type human_review --format jsonl
  is "$(jq -r .decision_id <<<"$output")" "$id"
  lex 0 override list --type emergency_bypass
  is "$output" 'no overrides'
  lex 0 override list --actor operator:alice
  is "$output" 'no overrides'
  lex 0 override list --to 1h
  is "$output" 'no overrides'
}

@test "what is refused" {
  lex 64 override list --type nothing
  lex 64 override list --scope nothing
  lex 64 override list --format jsonl --json
  lex 65 override list --decision x
  lex 66 --node nowhere override list
}
