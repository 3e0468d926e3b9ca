#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() { governed_node; }

# declare_it EXIT OPTION...
declare_it() { lex "$1" compliance declare "${@:2}" --statement 'the desk was trained' "${by_bob[@]}"; }

@test "a declaration is of an item, for a system or the whole node, with its document and its end" {
  echo report >report.pdf
  lex 0 evidence add report.pdf --type external_report --json
  local evidence kind
  evidence=$(jq -r .evidence_id <<<"$output")
  kind=training_record
  declare_it 0 eu_ai_act:aia-26.2 --system triage --evidence "$evidence" --kind "$kind" --expires 2035-01-31
  has "$stderr" '"subject": "eu_ai_act:aia-26.2"'
  has "$output" "evidence    $evidence"
  has "$output" 'expires on  2035-01-31'
  is "$(entries compliance.declared | jq -c 'del(.approval, .rulebook_sha256)')" \
    '{"evidence_id":"'"$evidence"'","expires_on":"2035-01-31","item":"aia-26.2","kind":"'"$kind"'","rulebook":"eu_ai_act","system":"triage"}'
  declare_it 0 eu_ai_act:aia-26.2 --system - --json
  is "$(jq -c '[.schema, .statement, .system, .kind, .text]' <<<"$output")" \
    '["lexecon.statement/1","declared",null,null,"the desk was trained"]'
  is "$(entries compliance.declared | grep -c trained)" 0
  lex 0 ledger verify --deep
}

@test "the text comes from a file or from standard input" {
  echo 'from a file' >text
  lex 0 compliance declare eu_ai_act:aia-26.2 --system - --statement-file text "${by_bob[@]}"
  has "$output" 'from a file'
  lex 0 compliance declare eu_ai_act:aia-26.2 --system - --statement-file - "${by_bob[@]}" <<<'from there'
  has "$output" 'from there'
}

@test "what is named and is not there is exit 66, before anybody signs" {
  declare_it 66 eu_ai_act:aia-26.x --system triage
  has "$stderr" 'did you mean `aia-26.'
  declare_it 66 eu_ai_atc:aia-26.2 --system triage
  has "$stderr" 'did you mean `eu_ai_act`?'
  declare_it 66 eu_ai_act:aia-26.2 --system tirage
  declare_it 66 eu_ai_act:aia-26.2 --system triage --kind nothing
  declare_it 66 eu_ai_act:aia-26.2 --system triage --evidence evd_screenshot_00000000000000000000000000000000
  [[ $stderr != *'signs with'* ]]
  lex 66 compliance declare eu_ai_act:aia-26.2 --system triage --statement x --as bob --sign-with keys/nobody
  is "$(entries compliance.declared)" ''
}

@test "what is missing or is none is a usage error, what no statement may say exit 65" {
  declare_it 64 eu_ai_act --system triage
  declare_it 64 :aia-26.2 --system triage
  declare_it 64 eu_ai_act: --system triage
  declare_it 64 eu_ai_act:aia-26.2
  has "$stderr" '--system'
  declare_it 64 eu_ai_act:aia-26.2 --system triage --expires 1y
  lex 64 compliance declare eu_ai_act:aia-26.2 --system triage "${by_bob[@]}"
  declare_it 65 eu_ai_act:aia-26.2 --system triage --expires "$(date -u +%F)"
  lex 65 compliance declare eu_ai_act:aia-26.2 --system triage --statement '' "${by_bob[@]}"
}

@test "nobody declares unsigned, and no viewer does" {
  lex 77 compliance declare eu_ai_act:aia-26.2 --system triage --statement x
  lex 77 compliance declare eu_ai_act:aia-26.2 --system triage --statement x "${by_carol[@]}"
  is "$(said ledger log --type approval.refused --format jsonl | jq -r .data.event_type)" compliance.declared
}
