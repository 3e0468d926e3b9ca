#!/usr/bin/env bats
# Reports on incidents and on one decision: what they say is what is on record.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
  cat >.lexecon/policies/ward.yaml <<'YAML'
relations:
  - {id: ward-reads, type: permits, subject: 'actor:ai_agent:x', action: 'action:read', justification: 'as the ward asked'}
  - {id: ward-sends, type: permits, subject: 'actor:ai_agent:x', action: 'action:discharge'}
  - {id: nobody-home, type: forbids, action: 'action:discharge', justification: 'Art. 26(2): no machine sends anybody home'}
YAML
  lex 0 policy activate "${by_alice[@]}"
  lex 0 compliance profile set triage --actor ai_agent:x --role deployer --route annex_iii --annex-iii '5(d)' \
    --profiling no "${by_bob[@]}"
  decision=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
}

# report KIND OPTION...: its value in report.json.
report() {
  rm -f report.json
  lex 0 compliance report --kind "$1" --system triage --no-record --format json "${@:2}" -o report.json
}

# shown KIND OPTION...: the same with what is sealed, to bob.
shown() {
  rm -f report.json
  lex 0 compliance report --kind "$1" --system triage --format json --sealed "${@:2}" "${by_bob[@]}" -o report.json
}

# section ID FILTER: what jq makes of that section.
section() { jq -cr ".sections[] | select(.id == \"$1\") | $2" report.json; }

record() {
  lex 0 incident record --severity serious_harm --occurred-at 3d --aware-at 2h --system triage --decision "$decision" \
    --title 'waited too long' --json
  incident=$(jq -r .incident_id <<<"$output")
}

@test "without an incident a report says that none is on record, and no more" {
  report article-73
  has "$(section incidents '.text[]')" 'No incident is on record for this system and period.'
  is "$(section incidents '[.table, .facts[0].value]')" '[null,"0"]'
  lex 66 compliance report --kind article-73 --system triage --no-record --format json \
    --incident inc_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
}

@test "each incident with its three times, its clock, whom it was reported to, and in which order" {
  record
  report article-73
  is "$(section incidents '.table.rows[0].cells[-3:] | [.[1], .[2]]')" '["not on record","running, and no report on record"]'
  lex 0 incident record --incident "$incident" --reported-to authority --reported-at 50m "${by_bob[@]}"
  lex 0 incident record --incident "$incident" --link-established-at 1h "${by_bob[@]}"
  report article-73
  is "$(section incidents '.table.rows[0].cells[-1]')" 'reported in time'
  is "$(section incidents '.table.rows[0].cells[5] != "not on record"')" true
  has "$(section incident_reports '.facts[] | .label + ": " + .value')" "Provider told of $incident: no report on record"
  lex 0 incident record --incident "$incident" --reported-to provider --reported-at 40m "${by_bob[@]}"
  report article-73
  has "$(section incident_reports '.facts[] | .label + ": " + .value')" "Provider told of $incident: after the authority"
  is "$(section incident_reports '[.table.rows[].cells[1]]')" '["authority","provider"]'
  is "$(section incident_reports '.facts[] | select(.label == "Reports").value')" 2
}

@test "an incident of another system is not this one's, and a moved clock shows" {
  record
  lex 0 incident record --severity death --occurred-at 2d --aware-at 1d --system other --title other
  lex 0 incident record --incident "$incident" --aware-at 1h "${by_bob[@]}"
  report article-73
  is "$(section incidents '[.table.rows[].cells[0]]')" "[\"$incident\"]"
  has "$(section incidents '.facts[].label')" "Awareness of $incident, as it was recorded first"
  report article-73 --incident "$incident"
  is "$(section incidents '.table.rows | length')" 1
}

@test "what changed after awareness, and what is held" {
  record
  report article-73
  # Both sets of this test were activated after awareness.
  is "$(section article_73_6 '[.facts[].value]')" '["2","0 of 1"]'
  is "$(section article_73_6 '[.table.rows[].cells | .[1], .[3]]')" '["policy.activated","no","policy.activated","no"]'
  lex 0 incident record --incident "$incident" --reported-to authority "${by_bob[@]}"
  lex 0 hold place "$decision" --id case-1 --reason 'Art. 73(6)' "${by_bob[@]}"
  echo '# later' >>.lexecon/risk.yaml
  lex 0 policy activate "${by_alice[@]}"
  report article-73
  is "$(section article_73_6 '[.facts[].value]')" '["3","1 of 1"]'
  is "$(section article_73_6 '[.table.rows[].cells[3]]')" '["no","no","yes"]'
  lex 0 hold release case-1 "${by_bob[@]}"
  report article-73
  is "$(section article_73_6 '.facts[1].value')" '0 of 1'
}

@test "what people wrote of an incident is told to an officer who asks for it, and to nobody else" {
  record
  report article-73
  [[ $(<report.json) != *waited* ]]
  shown article-73
  has "$(section incidents '.facts[].value')" 'waited too long'
}

@test "one decision in plain words, with the rules that decided as they were worded then" {
  refused=$(value /decision_id decide --actor ai_agent:x --action discharge --resource ward:7 --no-token)
  sed -i 's/no machine sends anybody home/reworded/' .lexecon/policies/ward.yaml
  lex 0 policy activate "${by_alice[@]}"
  report article-86 --decision "$refused"
  has "$(section decided '.text[0]')" 'actor:ai_agent:x asked to do action:discharge on resource:ward:7. The program answered denied: it was refused.'
  has "$(section rules '.table.rows[] | .cells | join(" | ")')" 'nobody-home | forbids | Art. 26(2): no machine sends anybody home'
  is "$(section rules '.facts[0].value')" 'the same outcome for the same reason'
  has "$(section factors '.text[0]')" 'No risk was scored'
  has "$(section roles '.text[1]')" 'No act that a person signed about this decision is on record.'
  has "$(jq -c .incomplete report.json)" 'article-86.contact'
  lex 65 compliance report --kind article-86 --system triage --no-record --format json
  lex 66 compliance report --kind article-86 --system triage --no-record --format json \
    --decision dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
}

@test "what people did about the decision, what weighed in it, and what was erased" {
  refused=$(echo '{"actor":"ai_agent:x","action":"discharge","intent":"free a bed","risk":{"privacy":70}}' |
    value /decision_id decide --request - --no-token)
  lex 0 override create "$refused" --type human_review --scope single_decision --outcome approved \
    --justification 'the doctor signed the discharge' "${by_bob[@]}"
  lex 0 responsibility assign "$refused" --responsible human:dora --maker human_operator --level shared
  report article-86 --decision "$refused"
  is "$(section roles '[.table.rows[].cells[3]]')" '["machine","people","nobody signed"]'
  has "$(section roles '.text[1]')" 'What people signed about this decision is listed below'
  has "$(section roles '.table.rows[1].cells | join(" ")')" 'override.created, approved, human_review operator:bob'
  has "$(section factors '.table.rows[] | .cells | join(" ")')" 'privacy 70'
  [[ $(<report.json) != *'free a bed'* && $(<report.json) != *'doctor signed'* ]]
  shown article-86 --decision "$refused"
  is "$(section decided '.facts[] | select(.label == "intent").value')" 'free a bed'
  lex 0 privacy erase --seq "$(value /ledger_entry_id decision show "$refused")" --legal-basis gdpr:17 \
    --requested-at 1h "${by_bob[@]}"
  report article-86 --decision "$refused"
  is "$(section rules '.facts[0].value')" 'its request was erased, so nobody can'
}

@test "a period that goes on past the last entry says so" {
  report article-12 --from 2026-01-01 --to 2099-01-01
  has "$(jq -r '.header.cannot_see[]' report.json)" ': the period goes on until 2099-01-01'
  has "$(jq -r '.header.cannot_see[]' report.json)" ': that one is held against the whole period'
  report article-12
  [[ $(jq -r '.header.cannot_see[]' report.json) != *'goes on until'* ]]
}
