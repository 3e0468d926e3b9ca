#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web \
    --intent 'what she wanted' --tenant acme
  lex 0 decide --actor human:alice --action read --resource wiki:home
}

ask=(privacy export actor:ai_agent:deployer)

@test "everything that names an actor, and what is sealed beside it, on record" {
  add_operators
  lex 77 "${ask[@]}"
  lex 77 "${ask[@]}" "${by_carol[@]}"
  lex 0 "${ask[@]}" "${by_bob[@]}" --json
  is "$(jq -c '[.schema, .subject, .disclosure, .log.origin, .counts.disclosed, .counts.erased]' <<<"$output")" \
    '["lexecon.privacy_export/1","actor:ai_agent:deployer","sealed","example.org/log",1,0]'
  is "$(jq -c '[.entries[].entry.event_type]' <<<"$output")" '["decision","escalation.created","approval.refused"]'
  is "$(jq -r '.entries[] | select(.sealed_state == "disclosed").sealed.intent' <<<"$output")" 'what she wanted'
  is "$(jq -r .recorded.approval.operator <<<"$output")" bob
  entry=$(jq -r .recorded.ledger_entry_id <<<"$output")
  is "$(value /entry/data ledger show "$entry" | jq -c '[.entries, .sealed, .subject]')" \
    '[3,1,"actor:ai_agent:deployer"]'
  lex 0 ledger verify --deep
  # Who looked is held about whom was looked at.
  is "$(value /counts/entries "${ask[@]}" --disclose none)" 4
}

@test "without what is sealed it is no act" {
  before=$(value /entries ledger stats)
  lex 0 "${ask[@]}" --disclose none --json
  is "$(jq -c '[.recorded, .counts.disclosed, ([.entries[].sealed_state] | unique)]' <<<"$output")" \
    '[null,0,["none","withheld"]]'
  [[ $output != *'what she wanted'* ]]
  lex 0 "${ask[@]}" --disclose none
  has "$output" 'nothing was given out'
  has "$output" 'escalation.created'
  is "$(value /entries ledger stats)" "$before"
}

@test "a tenant, a resource and all below it, an operator; before there are people nobody has to sign" {
  is "$(value /counts/disclosed privacy export tenant:acme)" 1
  is "$(value /counts/disclosed privacy export resource:env:production)" 1
  is "$(value /counts/disclosed privacy export resource:env:production/)" 1
  lex 66 privacy export resource:env:prod
  add_operators
  is "$(value /counts/sealed privacy export operator:bob "${by_bob[@]}")" 0
  lex 0 ledger verify --deep
}

@test "into a file that nobody else reads, or a line an entry" {
  lex 0 "${ask[@]}" -o held.json
  is "$output" ''
  is "$(jq -r .subject held.json)" actor:ai_agent:deployer
  is "$(stat -c %a held.json)" 600
  before=$(value /entries ledger stats)
  lex 73 "${ask[@]}" -o held.json
  lex 73 "${ask[@]}" -o nowhere/held.json
  is "$(value /entries ledger stats)" "$before"
  lex 0 "${ask[@]}" --format jsonl -o held.jsonl
  is "$(jq -s length held.jsonl)" 3
  lex 0 "${ask[@]}" -o - --disclose none
  is "$(jq -r .disclosure <<<"$output")" none
  lex 0 "${ask[@]}" --disclose none --format jsonl
  is "$(head -n 1 <<<"$output" | jq -r .entry.event_type)" decision
  lex 64 "${ask[@]}" --disclose none --format jsonl --json
}

@test "what was erased is counted, and not there" {
  add_operators
  lex 0 privacy erase actor:ai_agent:deployer --legal-basis gdpr:17 --requested-at 1h "${by_bob[@]}"
  lex 0 "${ask[@]}" "${by_bob[@]}" --json
  is "$(jq -c '[.counts.sealed, .counts.disclosed, .counts.erased]' <<<"$output")" '[1,0,1]'
  is "$(jq -r '.entries[0].sealed_state' <<<"$output")" erased
  lex 0 ledger verify --deep
}

@test "what cannot be: no subject, one that nobody names, an answer that cannot be written" {
  lex 64 privacy export
  lex 65 privacy export deployer
  lex 65 privacy export tenant:
  lex 65 privacy export resource:env
  lex 66 privacy export actor:ai_agent:nobody
  has "$stderr" 'no entry names'
  cannot_write "${ask[@]}" --disclose none
}
