#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  decision=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
  recorded=(incident record --severity serious_harm --occurred-at 2d --aware-at 1h --title 'wrong ward')
}

# The incident that was just answered with.
keep_incident() { incident=$(jq -r .incident_id <<<"$output"); }

@test "anybody records an incident at once; its text is sealed, and the records are to be held" {
  lex 0 "${recorded[@]}" --system triage --decision "$decision" --description 'sent to the wrong ward'
  has "$output" 'Art. 73(2): the authority is told immediately'
  has "$output" '(15 days after awareness); not told yet'
  has "$output" 'wrong ward'
  has "$stderr" "nobody holds them yet: lexecon hold place $decision --id inc_"
  lex 0 ledger log --type incident.recorded --format jsonl
  is "$(jq -c '[.data.severity, .data.system, .data.decisions, (.data | has("approval")), .actor]' <<<"$output")" \
    "[\"serious_harm\",\"triage\",[\"$decision\"],false,\"node:demo\"]"
  [[ $output != *ward* ]]
  lex 0 ledger verify --deep
}

@test "of a system without a profile no report shows it, and that is said" {
  lex 0 "${recorded[@]}" --system triag
  has "$stderr" 'the system `triag` has no profile: no report shows this'
  lex 0 "${recorded[@]}"
  [[ $stderr != *'no report'* ]]
}

@test "who signs is named, a viewer too; what follows takes an officer, who may move or end a clock" {
  add_operators
  lex 0 "${recorded[@]}" --json "${by_carol[@]}"
  keep_incident
  is "$(jq -r '.entries[0].approval.operator' <<<"$output")" carol
  is "$(value /entries/0/entry/data/approval/role ledger log --type incident.recorded)" viewer
  lex 0 ledger log --type incident.recorded --json
  lex 77 incident record --incident "$incident" --severity not_serious
  has "$stderr" 'takes the approval of an operator, compliance_officer or above'
  lex 77 incident record --incident "$incident" --severity not_serious "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  lex 0 incident record --incident "$incident" --severity death --decision "$decision" --link-established-at 30m \
    --title 'a patient died' --json "${by_bob[@]}"
  is "$(jq -c '[.severity, .title, .decisions, .clock.provision, .clock.days]' <<<"$output")" \
    "[\"death\",\"a patient died\",[\"$decision\"],\"Art. 73(4)\",10]"
  has "$(jq -r .hold <<<"$output")" "hold place $decision --id $incident "
  lex 0 ledger verify
}

@test "reports are told one by one; the first one to an authority meets the clock" {
  add_operators
  lex 0 "${recorded[@]}" --json
  keep_incident
  echo 'to the provider' >letter
  evidence=$(value /evidence_id evidence add letter --type external_report)
  lex 0 incident record --incident "$incident" --reported-to provider --reported-at 50m --evidence "$evidence" \
    --json "${by_bob[@]}"
  is "$(jq -c '[.clock.met_at, .reports[0].to, .reports[0].report, .reports[0].evidence_id]' <<<"$output")" \
    "[null,\"provider\",\"initial\",\"$evidence\"]"
  lex 0 incident record --incident "$incident" --reported-to authority --report complete "${by_bob[@]}"
  has "$output" '(15 days after awareness); told '
  has "$output" 'authority  complete'
  lex 0 incident record --incident "$incident" --close resolved "${by_bob[@]}"
  has "$output" 'resolved'
  lex 65 incident record --incident "$incident" --close resolved "${by_bob[@]}"
  has "$stderr" 'was closed before'
  is "$(value /state incident record --incident "$incident" --system triage "${by_bob[@]}")" open
  is "$(said ledger log --type incident.reported --format jsonl | jq -r .data.to)" $'provider\nauthority'
  is "$(said ledger log --type incident.closed --format jsonl | jq -r .data.reason)" resolved
  is "$(said ledger log --type incident.updated --format jsonl | jq -r .data.system)" triage
  lex 0 ledger verify --deep
}

@test "a hold on what it is about, or of its name, ends the suggestion" {
  add_operators
  lex 0 "${recorded[@]}" --json
  keep_incident
  has "$(jq -r .hold <<<"$output")" 'hold place --from '
  lex 0 hold place "$decision" --id "$incident" --reason 'Art. 73(6)' "${by_bob[@]}"
  is "$(value /hold incident show "$incident")" null
  lex 0 "${recorded[@]}" --decision "$decision" --json
  is "$(jq -c .hold <<<"$output")" null
  lex 0 hold release "$incident" "${by_bob[@]}"
  has "$(value /hold incident show "$incident")" "--id $incident-2 "
  is "$(value /hold incident record --severity not_serious --occurred-at 1h --aware-at 1h --title 'a typo')" null
}

@test "what cannot be is refused, and nothing is recorded" {
  add_operators
  lex 0 "${recorded[@]}" --json
  keep_incident
  entries=$(value /entries ledger stats)
  lex 65 incident record --severity death --occurred-at 1h --aware-at 2h --title x
  has "$stderr" 'a time not before occurred_at'
  lex 65 incident record --severity death --occurred-at 1h --aware-at 2099-01-01T00:00:00Z --title x
  has "$stderr" 'aware_at is after the entry'
  lex 65 incident record --severity death --occurred-at 1h --aware-at 1h --title ''
  lex 65 "${recorded[@]}" --decision dec_1
  lex 65 "${recorded[@]}" --system 'two words'
  lex 66 "${recorded[@]}" --decision dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
  lex 65 incident record --incident "$incident" --reported-to authority --reported-at 30d "${by_bob[@]}"
  has "$stderr" 'before it occurred'
  lex 66 incident record --incident "$incident" --reported-to authority \
    --evidence evd_external_report_0b7a4c1d9e2f3a586c7d8e9fa0b1c2d3 "${by_bob[@]}"
  lex 66 incident record --incident inc_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B --reported-to authority "${by_bob[@]}"
  has "$stderr" 'there is no incident'
  lex 65 incident record --incident "$incident" --close 'All done' "${by_bob[@]}"
  [[ $stderr != *'signs with'* ]]
  is "$(value /entries ledger stats)" "$entries"
}

@test "an act says one thing, and a new one says what it is" {
  lex 64 incident record
  lex 64 incident record --severity death --occurred-at 1h --aware-at 1h
  has "$stderr" 'expected --title'
  lex 64 incident record --severity grave --occurred-at 1h --aware-at 1h --title x
  lex 64 incident record --close resolved
  lex 64 incident record --reported-to authority
  lex 64 incident record --incident inc_1
  lex 64 incident record --incident inc_1 --report complete
  lex 64 incident record --incident inc_1 --reported-to authority --severity death
  lex 64 incident record --incident inc_1 --close resolved --reported-to authority
  lex 64 incident record --incident inc_1 --close resolved --title x
  lex 64 "${recorded[@]}" --description x --description-file -
  lex 64 "${recorded[@]}" --as carol
  lex 66 --node nowhere "${recorded[@]}"
}

@test "a package that withholds how an incident began, or what it is about, verifies all the same" {
  add_operators
  lex 0 "${recorded[@]}" --decision "$decision" --json
  keep_incident
  echo letter >letter
  evidence=$(value /evidence_id evidence add letter --type external_report)
  lex 0 incident record --incident "$incident" --reported-to authority --evidence "$evidence" "${by_bob[@]}"
  lex 0 incident record --incident "$incident" --severity death "${by_bob[@]}"
  key=$(said key show)
  lex 0 export --actor operator:bob -o followed "${by_bob[@]}"
  lex 0 verify followed --key "$key"
  has "$(grep -rh 'incident.reported' followed/data)" "$incident"
  lex 0 export --scope compliance -o compliance "${by_bob[@]}"
  lex 0 verify compliance --key "$key"
  has "$output" 'incidents      pass     3'
}

@test "the description comes from a file or standard input too" {
  echo 'from a file' >happened
  is "$(value /description "${recorded[@]}" --description-file happened)" 'from a file'
  is "$(echo piped | value /description "${recorded[@]}" --description-file -)" piped
  head -c 65537 /dev/zero | tr '\0' x >long
  lex 65 "${recorded[@]}" --description-file long
}
