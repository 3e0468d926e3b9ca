#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
}

# record SEVERITY AWARE OPTION...: its id in $incident.
record() {
  lex 0 incident record --severity "$1" --occurred-at 30d --aware-at "$2" --title "$1" "${@:3}" --json
  incident=$(jq -r .incident_id <<<"$output")
}

@test "an authority that was not told in time makes the answer a no, until it is or the incident is closed" {
  add_operators
  record infrastructure 3d
  outage=$incident
  record serious_harm 3d
  harm=$incident
  record not_serious 29d
  lex 1 incident list --due
  has "$output" "$outage"
  has "$output" overdue
  [[ $output != *"$harm"* ]]
  is "$(value /incidents/0/clock/overdue incident list --due)" true
  lex 1 incident list --due --within 11d --format jsonl
  is "$(jq -r .incident_id <<<"$output")" "$outage"
  lex 1 incident list --due --within 13d --limit 1 --reverse --format jsonl
  is "$(jq -r .incident_id <<<"$output")" "$harm"
  lex 0 incident record --incident "$outage" --reported-to authority "${by_bob[@]}"
  lex 0 incident list --due
  is "$output" 'no incidents'
  lex 0 incident list
  has "$output" late
  record death 11d
  lex 1 incident list --due
  lex 0 incident record --incident "$incident" --close not_caused "${by_bob[@]}"
  lex 0 incident list --due
  lex 0 incident list
  has "$output" 'not met'
}

@test "filters, and the newest first" {
  add_operators
  record death 2d --system triage
  first=$incident
  record fundamental_rights 1d --system deployer
  second=$incident
  is "$(said incident list --format jsonl | jq -r .incident_id)" "$first"$'\n'"$second"
  is "$(said incident list --reverse --format jsonl | jq -r .incident_id)" "$second"$'\n'"$first"
  is "$(said incident list --system triage --format jsonl | jq -r .incident_id)" "$first"
  is "$(said incident list --from 36h --format jsonl | jq -r .incident_id)" "$second"
  is "$(said incident list --to 36h --format jsonl | jq -r .incident_id)" "$first"
  lex 0 incident record --incident "$first" --close resolved "${by_bob[@]}"
  is "$(said incident list --open --format jsonl | jq -r .incident_id)" "$second"
  lex 0 incident list --system nothing
  is "$output" 'no incidents'
}

@test "a time is over with the last microsecond of its days" {
  [[ $(value /test_clock version) == true ]] || skip 'this build has no clock for tests'
  export LEXECON_NOW=2028-02-28T12:00:00Z
  lex 0 incident record --severity widespread --occurred-at 2028-02-28T11:00:00Z --aware-at 2028-02-28T12:00:00Z \
    --title 'all of them'
  has "$output" 2028-03-01T12:00:00.000000Z
  LEXECON_NOW=2028-03-01T12:00:00Z
  lex 0 incident list --due
  LEXECON_NOW=2028-03-01T12:00:01Z
  lex 1 incident list --due
}

@test "wrong options, and an answer that cannot be written" {
  lex 64 incident list --within 1d
  lex 64 incident list --due --within soon
  lex 64 incident list --json --format table
  lex 66 --node nowhere incident list
  cannot_write incident list
}
