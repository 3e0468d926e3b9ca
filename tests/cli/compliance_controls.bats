#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

# states: what is on record, each word once.
states() { jq -r '[.controls[].evidence] | unique | join(" ")' <<<"$output"; }

@test "a node that did nothing has nothing on record, whatever its template and the framework" {
  local template id
  setup_home
  for template in minimal eu_ai_act_deployer; do
    rm -rf .lexecon
    lex 0 init --id demo --origin "example.org/$template" --template "$template"
    for id in soc2 iso27001 iso42001 gdpr hipaa pci_dss nist_csf nist_ai_rmf; do
      lex 0 compliance controls --framework "$id" --json
      is "$(states)" none
      is "$(jq .coverage.evidenced <<<"$output")" 0
      is "$(jq '.coverage.of == (.controls | length)' <<<"$output")" true
    done
  done
}

@test "what was decided, linked, declared and concluded is shown beside each control" {
  governed_node
  lex 0 decide --actor ai_agent:triage-1 --action read
  lex 0 compliance controls --framework soc2 --json
  has "$(states)" partial
  is "$(jq -c '[.schema, .system, .rulebook.id, .coverage.of]' <<<"$output")" \
    '["lexecon.controls/1",null,"soc2",61]'
  printf report >report.pdf
  lex 0 evidence add report.pdf --type external_report --control soc2:CC1.1
  lex 0 compliance assess soc2:CC1.1 --system - --conclusion satisfied --from 2026-01-01 --to 2099-01-01 \
    --statement 'seen' "${by_bob[@]}"
  lex 0 compliance controls --framework soc2 --json
  is "$(jq -c '.controls[0] | [.evidence, .entries, .lacks, .conclusion.satisfied, .conclusion.by, .note]' <<<"$output")" \
    '["external",1,[],true,"operator:bob","outside this tool"]'
  is "$(jq .coverage.evidenced <<<"$output")" 4
  lex 0 compliance controls --framework soc2
  has "$output" 'CC1.1    -         external  1        satisfied, operator:bob'
  has "$output" 'evidence on record for 4 of 61'
  lex 0 compliance controls --framework soc2 --system triage --json
  is "$(jq -c '[.system, .controls[0].conclusion]' <<<"$output")" '["triage",null]'
}

@test "entries of the period count, as the ledger was signed at that size" {
  governed_node
  local size
  size=$(value /tree_size ledger checkpoint)
  lex 0 compliance controls --framework soc2 --json
  cp "$BATS_TEST_TMPDIR/out" before
  lex 1 decide --actor ai_agent:triage-1 --action delete
  lex 0 compliance controls --framework soc2 --size "$size" --json
  diff before "$BATS_TEST_TMPDIR/out"
  lex 0 compliance controls --framework soc2 --from 2020-01-01 --to 2020-12-31 --json
  is "$(jq -c .period <<<"$output")" '{"from":"2020-01-01","to":"2020-12-31"}'
  is "$(states)" none
}

@test "what is refused" {
  fresh_node
  lex 65 compliance controls
  lex 66 compliance controls --framework sox2
  lex 66 compliance controls --framework eu_ai_act
  has "$stderr" 'is a law, not a framework'
  lex 66 compliance controls --framework soc2 --system triage
  lex 66 compliance controls --framework soc2 --size 999
  lex 64 compliance controls --framework soc2 --from yesterday
  lex 65 compliance controls --framework soc2 --from 2026-02-01 --to 2026-01-31
  lex 66 --node nowhere compliance controls --framework soc2
  cannot_write compliance controls --framework soc2
  sqlite3 .lexecon/ledger.db "UPDATE entries SET actor = 'actor:agent:other' WHERE seq = 1"
  lex 76 compliance controls --framework soc2
  has "$stderr" 'the ledger is not valid'
}
