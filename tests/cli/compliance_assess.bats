#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() { governed_node; }

# assess EXIT OPTION...
assess() { lex "$1" compliance assess eu_ai_act:aia-26.2 --statement 'read the rota' "${@:2}" "${by_bob[@]}"; }

@test "a conclusion is of a named assessor, about a period" {
  assess 0 --system triage --conclusion not_satisfied --from 2026-01-01 --to 2026-06-30 --expires 2035-01-01
  has "$output" 'conclusion  not satisfied'
  has "$output" 'period      2026-01-01 to 2026-06-30'
  is "$(entries compliance.assessed | jq -c 'del(.approval, .rulebook_sha256)')" \
    '{"expires_on":"2035-01-01","from":"2026-01-01","item":"aia-26.2","rulebook":"eu_ai_act","satisfied":false,"system":"triage","to":"2026-06-30"}'
  assess 0 --system - --conclusion satisfied --from 2026-01-01 --to 2026-01-01 --json
  is "$(jq -c '[.statement, .satisfied, .from, .to, .system]' <<<"$output")" \
    '["assessed",true,"2026-01-01","2026-01-01",null]'
  lex 0 ledger verify --deep
}

@test "a period ends after it begins, and what is missing is a usage error" {
  assess 65 --system triage --conclusion satisfied --from 2026-01-02 --to 2026-01-01
  assess 65 --system triage --conclusion satisfied --from 2026-01-01 --to 2026-01-01 --expires 2026-01-02
  assess 64 --system triage --conclusion satisfied --from 2026-01-01
  has "$stderr" '--to'
  assess 64 --system triage --from 2026-01-01 --to 2026-01-01
  has "$stderr" '--conclusion'
  assess 64 --system triage --conclusion maybe --from 2026-01-01 --to 2026-01-01
  assess 66 --system nobody --conclusion satisfied --from 2026-01-01 --to 2026-01-01
  lex 77 compliance assess eu_ai_act:aia-26.2 --system triage --conclusion satisfied --from 2026-01-01 --to 2026-01-01 --statement x
  is "$(entries compliance.assessed)" ''
}
