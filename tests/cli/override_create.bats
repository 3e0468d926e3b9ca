#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

why='agreed with the customer, change 4711'

setup() {
  fresh_node enterprise
  add_operators
  waits=$(value /decision_id decide --actor ai_agent:deployer --action deploy --resource env:production/web)
}

override() { # EXIT DECISION SCOPE OUTCOME ARGUMENT...
  lex "$1" override create "$2" --type business_exception --scope "$3" --outcome "$4" "${@:5}"
}

@test "one decision is approved for one token, and its verdict stays" {
  override 0 "$waits" single_decision approved --justification "$why" "${by_bob[@]}" --json
  is "$(jq -c '[.state, .original_outcome, .new_outcome, .approval.operator]' <<<"$output")" \
    '["in_force","escalated","approved","bob"]'
  id=$(jq -r .override_id <<<"$output")
  is "$(value /overrides/0 decision show "$waits")" "$id"
  is "$(value /outcome decision show "$waits")" escalated
  lex 0 decision show "$waits"
  has "$output" "overridden: $id"
  lex 0 token issue --decision "$waits"
  lex 77 token issue --decision "$waits"
  is "$(value /state override show "$id")" used
  is "$(said ledger log --format jsonl | grep -c 'change 4711')" 0
  lex 0 ledger verify --deep
}

@test "several decisions until a time, each of which lists it" {
  ask=(decide --actor ai_agent:deployer --action deploy --resource env:production/web)
  override 0 "$waits" multiple_decisions approved --expires 12h --justification-file - "${by_alice[@]}" <<<"$why"
  id=$(value /overrides/0/override_id override list)
  lex 0 ledger show "$(value /ledger_entry_id "${ask[@]}")"
  has "$output" "$id"
  lex 0 override show "$id"
  has "$output" 'in force'
  has "$output" "$why"
  lex 0 ledger verify --deep
  lex 0 ledger rebuild
  lex 0 ledger verify --deep
}

@test "a denial revokes the token, until somebody approves again" {
  approved=$(value /decision_id decide --actor human:alice --action read --resource wiki:home)
  override 0 "$approved" single_decision denied --justification "$why" "${by_bob[@]}" --json
  is "$(jq '.revoked_tokens | length' <<<"$output")" 1
  is "$(value /tokens/0/revoked_reason token list --decision "$approved")" override
  lex 77 token issue --decision "$approved"
  override 0 "$approved" single_decision approved --justification "$why" "${by_bob[@]}"
  lex 0 token issue --decision "$approved"
  lex 0 ledger verify --deep
}

@test "a permanent change of policy waits for an activation" {
  override 0 "$waits" permanent_policy_change approved --justification "$why" "${by_bob[@]}"
  has "$output" 'waits for an activation'
  lex 77 token issue --decision "$waits"
  id=$(value /overrides/0/override_id override list)
  lex 66 policy activate --enacts "ovr_${waits}_00000000" "${by_alice[@]}"
  lex 65 policy activate --enacts "$id" "${by_alice[@]}"
  has "$stderr" 'in force already'
  echo '# as agreed' >>.lexecon/risk.yaml
  lex 77 policy activate --enacts "$id" "${by_bob[@]}"
  is "$(value /state override show "$id")" waiting
  is "$(value /enacted policy activate --enacts "$id" "${by_alice[@]}")" "$id"
  is "$(value /state override show "$id")" enacted
  echo '# again' >>.lexecon/risk.yaml
  lex 65 policy activate --enacts "$id" "${by_alice[@]}"
  has "$stderr" 'enacted already'
  override 0 "$waits" single_decision approved --justification "$why" "${by_bob[@]}" --json
  lex 65 policy activate --enacts "$(jq -r .override_id <<<"$output")" "${by_alice[@]}"
  has "$stderr" 'takes no activation'
  lex 0 ledger verify --deep
}

@test "what is refused" {
  new_key dan
  lex 0 operator add dan --role compliance_officer --key keys/dan.pub --actor ai_agent:deployer "${by_alice[@]}"
  reason=(--justification "$why")
  lex 64 override create "$waits" "${reason[@]}" "${by_bob[@]}"
  override 64 "$waits" single_decision approved "${by_bob[@]}"
  override 64 "$waits" single_decision approved "${reason[@]}" --justification-file - "${by_bob[@]}"
  override 64 "$waits" single_decision approved "${reason[@]}" --as bob
  override 64 "$waits" single_decision approved "${reason[@]}" --expires soon "${by_bob[@]}"
  override 64 "$waits" single_decision denied "${reason[@]}" --expires 1h "${by_bob[@]}"
  override 64 "$waits" some_decisions approved "${reason[@]}" "${by_bob[@]}"
  override 65 "$waits" single_decision approved --justification 'too short a reason' "${by_bob[@]}"
  has "$stderr" 'at least 20 characters, got 18'
  override 65 "$waits" multiple_decisions approved "${reason[@]}" "${by_bob[@]}"
  override 65 "$waits" multiple_decisions denied "${reason[@]}" "${by_bob[@]}"
  override 65 "$waits" single_decision approved "${reason[@]}" --relation nobody "${by_bob[@]}"
  override 65 "$waits" single_decision approved "${reason[@]}" --expires 2020-01-01T00:00:00Z "${by_bob[@]}"
  override 65 dec_none single_decision approved "${reason[@]}" "${by_bob[@]}"
  override 66 dec_01JNX8A0000000000000000009 single_decision approved "${reason[@]}" "${by_bob[@]}"
  override 66 "$waits" single_decision approved "${reason[@]}" --as nobody --sign-with keys/bob
  override 77 "$waits" single_decision approved "${reason[@]}"
  override 77 "$waits" single_decision approved "${reason[@]}" "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  override 77 "$waits" single_decision approved "${reason[@]}" --as dan --sign-with keys/dan
  has "$stderr" '[own_request]'
  lex 0 override list
  is "$output" 'no overrides'
  lex 0 ledger verify --deep
}
