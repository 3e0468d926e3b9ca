#!/usr/bin/env bats
# OSCAL documents of reports, held against the official schemas of OSCAL 1.2.1 by ajv.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() {
  schemas=$BATS_TEST_DIRNAME/../../../shared/compliance/oscal
  modules=$BATS_TEST_DIRNAME/../../build/oscal/node_modules
  [[ -d $schemas ]] || skip 'the schemas of OSCAL are not beside the checkout'
  [[ -d $modules/ajv ]] || skip 'ajv is not installed (./bootstrap test installs it where npm can)'
  governed_node
  lex 0 decide --actor ai_agent:triage --action read --no-token
}

# holds EXIT SCHEMA DOCUMENT...
holds() {
  local status=0
  node "$BATS_TEST_DIRNAME/oscal.mjs" "$modules" "$schemas/oscal_$2_schema.json" "${@:3}" || status=$?
  is "$status" "$1"
}

# both KIND OPTION...: the documents of a report, as results/KIND.json and plan/KIND.json.
both() {
  lex 0 compliance report --kind "$@" --no-record --format oscal-ar -o "results/$1.json"
  lex 0 compliance report --kind "$@" --no-record --format oscal-poam -o "plan/$1.json"
}

@test "documents of every kind with rows are valid, with conclusions and without" {
  mkdir results plan
  both ai-act
  holds 0 assessment-results results/ai-act.json
  is "$(jq '.["assessment-results"].results[0].findings' results/ai-act.json)" null
  lex 0 compliance assess eu_ai_act:aia-26.2 --statement 'read the rota' --system triage \
    --conclusion not_satisfied --from 2026-01-01 --to 2026-06-30 --expires 2099-01-01 "${by_bob[@]}"
  lex 0 compliance remediate eu_ai_act:aia-26.1 --system triage --owner bob --due 2027-01-31 \
    --action '<b>train</b> [people](javascript:x)' "${by_bob[@]}"
  rm results/* plan/*
  both ai-act
  both article-12
  both article-26
  both article-14
  rm -f results/framework.json
  lex 0 compliance report --kind framework --framework hipaa --no-record --format oscal-ar -o results/hipaa.json
  lex 0 compliance report --kind framework --framework hipaa --no-record --format oscal-poam -o plan/hipaa.json
  lex 0 compliance report --kind executive --no-record --format oscal-ar -o results/executive.json
  holds 0 assessment-results results/*.json
  holds 0 poam plan/*.json
  is "$(jq -c '[.["assessment-results"].results[0].findings[].target.status.state]' results/ai-act.json)" \
    '["not-satisfied"]'
}

@test "documents that say too much or too little are refused" {
  mkdir results plan
  both ai-act
  jq 'del(.["assessment-results"].metadata."last-modified")' results/ai-act.json >undated.json
  jq '.["assessment-results"].results[0].findings = [{uuid: .["assessment-results"].uuid, title: "t", description: "d", target: {type: "objective-id", "target-id": "a", status: {state: "no-evidence"}}}]' \
    results/ai-act.json >stateless.json
  jq '.["plan-of-action-and-milestones"]."poam-items" = []' plan/ai-act.json >itemless.json
  holds 1 assessment-results undated.json
  holds 1 assessment-results stateless.json
  holds 1 poam itemless.json
}
