#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

entries() { value /entries ledger stats; }

@test "a draft decides nothing until it is activated" {
  lex 1 decide --actor ai_agent:x --action deploy
  cat >>.lexecon/policies/minimal.yaml <<'YAML'
  - id: agents-deploy
    type: permits
    subject: actor:ai_agent:*
    action: action:deploy
YAML
  lex 1 decide --actor ai_agent:x --action deploy
  lex 0 policy activate --expect "$(value /policy_hash policy hash)" --json
  is "$(jq -r .policy_hash <<<"$output")" "$(value /policy_hash policy hash)"
  lex 0 decide --actor ai_agent:x --action deploy
  lex 0 ledger verify
}

@test "activating what is active changes nothing" {
  lex 0 policy activate --json
  is "$(jq -r .changed <<<"$output")" false
  is "$(entries)" 3
}

@test "a set that does not load is exit 65 with its place, and the active one stays" {
  local active
  active=$(value /policy_hash policy hash --active)
  echo 'relatoins: []' >>.lexecon/policies/minimal.yaml
  lex 65 policy activate
  [[ $stderr =~ minimal\.yaml:[0-9]+:[0-9]+ ]]
  is "$(value /policy_hash policy hash --active)" "$active"
  is "$(entries)" 3
}

@test "another hash than the expected one is refused" {
  lex 65 policy activate --expect "$(printf '0%.0s' {1..64})"
  lex 64 policy activate --expect 12
  is "$(entries)" 3
}

@test "a held lock, no node, a full disk" {
  echo '# later' >>.lexecon/risk.yaml
  exec 9>>.lexecon/lock
  flock 9
  lex 69 policy activate --timeout 0
  exec 9>&-
  lex 66 --node nowhere policy activate
  cannot_write policy activate
}
