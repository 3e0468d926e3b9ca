#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

# gap ID FILTER
gap() { jq -c --arg id "$1" ".gaps[] | select(.id == \$id) | $2" <<<"$output"; }

@test "a gap says what is missing, what would help, and from when it applies" {
  governed_node
  lex 0 compliance gaps --as-of 2026-11-21 --json
  is "$(jq -c '[.schema, .system, .rulebook.id, .as_of, .failed]' <<<"$output")" \
    '["lexecon.gaps/1","triage","eu_ai_act","2026-11-21",false]'
  is "$(gap aia-26.7 '[.reference, .applicability, .from, .evidence, .binds, .gap.missing, .gap.due, .gap.owner]')" \
    '["Art. 26(7)","not_yet","2027-12-02","none",false,["notice_record"],"2027-12-02",null]'
  is "$(gap aia-12.1 .)" ''
  is "$(gap aia-86.1 '[.applicability, .binds]')" '["disputed",true]'
  lex 0 compliance gaps --as-of 2026-05-01 --json
  is "$(gap aia-26.7 .from)" '"2026-08-02"'
}

@test "who agreed to mend it, and by when, stands in it" {
  governed_node
  lex 0 compliance remediate eu_ai_act:aia-26.7 --system triage --owner operator:alice --due 2027-03-31 \
    --action 'tell the works council' "${by_bob[@]}"
  lex 0 compliance gaps --json
  is "$(gap aia-26.7 '[.gap.owner, .gap.due, .gap.state]')" '["operator:alice","2027-03-31","open"]'
  lex 0 compliance declare eu_ai_act:aia-26.7 --system triage --kind notice_record \
    --statement 'told in March' "${by_bob[@]}"
  lex 0 compliance gaps --json
  is "$(gap aia-26.7 .)" ''
}

@test "--fail-on gap is for what applies or is disputed" {
  governed_node
  lex 1 compliance gaps --fail-on gap
  has "$output" 'aia-4.1'
  lex 1 compliance gaps --framework soc2 --fail-on stale --fail-on gap
  lex 0 compliance gaps --fail-on stale --json
  is "$(jq -c '[.binding.stale, .failed]' <<<"$output")" '[0,false]'
}

@test "--fail-on stale is for what ran out" {
  governed_node
  lex 0 compliance declare eu_ai_act:aia-4.1 --system triage --kind training_record --expires 2030-01-01 \
    --statement 'trained' "${by_bob[@]}"
  lex 0 compliance declare eu_ai_act:aia-5.1.c --system triage --kind declaration --expires 2030-01-01 \
    --statement 'no scores' "${by_bob[@]}"
  lex 0 compliance gaps --fail-on stale
  lex 1 compliance gaps --fail-on stale --to 2030-01-01 --from 2029-12-01 --as-of 2030-01-01 --json
  is "$(gap aia-5.1.c '[.evidence, .binds]')" '["stale",true]'
}

@test "without a profile the classification is missing" {
  fresh_node
  lex 78 compliance gaps
  has "$stderr" 'classification missing'
  lex 0 compliance gaps --framework soc2
}

@test "what is refused" {
  governed_node
  lex 66 compliance gaps --system triages
  has "$stderr" 'did you mean `triage`?'
  lex 64 compliance gaps --fail-on unknown
  lex 64 compliance gaps --as-of 2026-13-01
  lex 65 compliance gaps --as-of 2024-01-01
  lex 66 compliance gaps --framework sox2
  lex 65 compliance gaps --from 2026-02-01 --to 2026-01-31
  lex 66 --node nowhere compliance gaps
  cannot_write compliance gaps
  lex 0 compliance profile set other --actor 'ai_agent:other' --role deployer --route none "${by_bob[@]}"
  lex 64 compliance gaps
  has "$stderr" 'expected --system, one of other, triage'
  sqlite3 .lexecon/ledger.db "DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)"
  lex 76 compliance gaps --system triage
}
