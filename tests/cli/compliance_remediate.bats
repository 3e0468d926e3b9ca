#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() { governed_node; }

# remediate EXIT OPTION...
remediate() { lex "$1" compliance remediate eu_ai_act:aia-26.2 --system triage "${@:2}" "${by_bob[@]}"; }

@test "what is to be done has an owner, a day and a state" {
  remediate 0 --owner operator:alice --due 2027-03-31 --action 'name somebody for nights'
  has "$output" 'state      open'
  remediate 0 --owner human:eve --due 2027-03-31 --state 'done' --action-file - --json <<<'named'
  is "$(jq -c '[.statement, .owner, .due, .state]' <<<"$output")" \
    '["remediated","actor:human:eve","2027-03-31","done"]'
  is "$(entries compliance.remediated | head -1 | jq -c 'del(.approval, .rulebook_sha256)')" \
    '{"due":"2027-03-31","item":"aia-26.2","owner":"operator:alice","rulebook":"eu_ai_act","state":"open","system":"triage"}'
  lex 0 ledger verify --deep
}

@test "an owner who is no operator, a day that is none and a text that is missing are refused" {
  remediate 66 --owner operator:eve --due 2027-03-31 --action x
  has "$stderr" 'no operator `eve`'
  remediate 64 --owner operator:alice --due soon --action x
  remediate 64 --owner operator:alice --action x
  remediate 64 --due 2027-03-31 --action x
  remediate 64 --owner operator:alice --due 2027-03-31
  remediate 64 --owner operator:alice --due 2027-03-31 --action x --state satisfied
  remediate 65 --owner operator:alice --due 2027-03-31 --action ''
  lex 77 compliance remediate eu_ai_act:aia-26.2 --system triage --owner operator:alice --due 2027-03-31 --action x
  is "$(entries compliance.remediated)" ''
}
