#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
  lex 0 incident record --severity fundamental_rights --occurred-at 3d --aware-at 1h --title 'refused by region' \
    --description 'all applications of one region' --system triage --json
  incident=$(jq -r .incident_id <<<"$output")
}

@test "what is on record of an incident, with each of its entries" {
  lex 0 incident record --incident "$incident" --reported-to provider "${by_bob[@]}"
  lex 0 incident record --incident "$incident" --link-established-at 10m "${by_alice[@]}"
  lex 0 incident show "$incident"
  has "$output" 'all applications of one region'
  has "$output" 'no report on record'
  has "$output" 'incident.reported  operator:bob'
  has "$output" 'incident.updated   operator:alice'
  lex 0 incident show "$incident" --json
  is "$(jq -c '[.state, (.entries | length), .told.authority, (.told.provider != null)]' <<<"$output")" \
    '["open",3,null,true]'
}

@test "a clock that was moved shows" {

  lex 0 incident record --incident "$incident" --aware-at 2h "${by_bob[@]}"
  has "$output" ', recorded first as '
  is "$(value /first_aware_at incident show "$incident")" \
    "$(said ledger log --type incident.recorded --format jsonl | jq -r .data.aware_at)"
}

@test "what people wrote can be erased, and the clock stays" {
  seq=$(value /entries/0/ledger_entry_id incident show "$incident")
  lex 0 privacy erase --seq "$seq" --legal-basis gdpr:17 --requested-at 1h "${by_bob[@]}"
  lex 0 incident show "$incident" --json
  is "$(jq -c '[.title, .description, .text_erased, .clock.days]' <<<"$output")" '[null,null,true,15]'
  lex 0 incident show "$incident"
  has "$output" 'some of it was erased'
  [[ $output != *region* ]]
}

@test "an unknown incident, and an answer that cannot be written" {
  lex 66 incident show inc_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
  lex 66 incident show nothing
  lex 64 incident show
  lex 66 --node nowhere incident show "$incident"
  cannot_write incident show "$incident"
}
