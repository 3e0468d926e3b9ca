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

@test "nobody concludes about days that are still to come" {
  assess 65 --system triage --conclusion satisfied --from 2999-01-01 --to 2999-12-31
  has "$stderr" 'expected a period that has begun, seen 2999-01-01 [--from]'
  is "$(entries compliance.assessed)" ''
}

@test "a control of a framework can be left out by name, and law cannot" {
  local control=(soc2:CC1.1 --system - --from 2026-01-01 --to 2999-12-31 --statement 'nothing of it is run here')
  lex 0 compliance assess "${control[@]}" --conclusion left_out "${by_bob[@]}"
  has "$output" 'conclusion  left out'
  lex 0 ledger verify --deep
  lex 0 compliance report --kind framework --framework soc2 --format json --no-record --as-of 2026-11-21 -o soc2.json
  is "$(jq -c '.rows[] | select(.id == "CC1.1") | [.applicability.state, .gap, .conclusion]' soc2.json)" '["not_applicable",null,null]'
  has "$(jq -r '.rows[] | select(.id == "CC1.1").applicability.reason' soc2.json)" 'left out by operator:bob on '
  is "$(jq -c '[.summary.coverage.of, .summary.applicability.not_applicable]' soc2.json)" '[61,1]'
  is "$(jq -c '.sections[0] | [.id, .table.rows[0].cells[0], .table.rows[0].cells[2]]' soc2.json)" '["applicability","CC1.1","no"]'
  has "$(jq -r '.sections[0].text[0]' soc2.json)" '60 controls apply, 1 were left out by name'
  assess 65 --system triage --conclusion left_out --from 2026-01-01 --to 2026-06-30
  has "$stderr" 'expected a control of a framework'
  lex 0 compliance assess "${control[@]}" --conclusion not_satisfied "${by_bob[@]}"
  lex 0 compliance report --kind framework --framework soc2 --format json --no-record --as-of 2026-11-21 -o later.json
  is "$(jq -c '.rows[] | select(.id == "CC1.1") | [.applicability.state, .conclusion.satisfied]' later.json)" '["applies",false]'
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
