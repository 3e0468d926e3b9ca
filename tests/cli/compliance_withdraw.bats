#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() {
  governed_node
  lex 0 compliance declare eu_ai_act:aia-26.2 --system triage --statement trained "${by_bob[@]}"
  stated=$(said ledger log --type compliance.declared --format jsonl | jq -r .entry_id)
}

@test "a statement is taken back once, by whoever may sign, and both stay on record" {
  lex 0 compliance withdraw "$stated" --reason superseded "${by_alice[@]}"
  has "$output" "withdrawn  $stated"
  is "$(entries compliance.withdrawn | jq -c '[.reason, .statement]')" "[\"superseded\",${stated#entry_}]"
  lex 65 compliance withdraw "$stated" --reason superseded "${by_bob[@]}"
  has "$stderr" 'withdrawn before'
  is "$(entries compliance.declared | wc -l)" 1
  lex 0 ledger verify --deep
}

@test "what states nothing, has no reason or no signature is refused" {
  lex 66 compliance withdraw genesis --reason superseded "${by_bob[@]}"
  lex 66 compliance withdraw 9999 --reason superseded "${by_bob[@]}"
  lex 64 compliance withdraw "$stated" "${by_bob[@]}"
  lex 64 compliance withdraw dec_1 --reason superseded "${by_bob[@]}"
  lex 65 compliance withdraw "$stated" --reason 'we were wrong' "${by_bob[@]}"
  lex 77 compliance withdraw "$stated" --reason superseded
  lex 77 compliance withdraw "$stated" --reason superseded "${by_carol[@]}"
  is "$(entries compliance.withdrawn)" ''
  lex 0 compliance withdraw "$stated" --reason wrong --json "${by_bob[@]}"
  is "$(jq -c '[.schema, .statement_entry_id, .reason, .actor]' <<<"$output")" \
    "[\"lexecon.withdrawal/1\",\"$stated\",\"wrong\",\"operator:bob\"]"
}

@test "a package that shows what was taken back alone, or a declaration of older evidence, is valid" {
  echo report >report.pdf
  local evidence at
  evidence=$(value /evidence_id evidence add report.pdf --type external_report)
  lex 0 compliance withdraw "$stated" --reason superseded "${by_bob[@]}"
  lex 0 compliance declare eu_ai_act:aia-26.2 --system - --evidence "$evidence" --statement new "${by_bob[@]}"
  at=$(said ledger log --type compliance.withdrawn --format jsonl | jq -r .timestamp)
  lex 0 export --scope compliance --from "$at" -o package
  lex 0 key show
  printf '%s\n' "$output" >pin
  lex 0 verify package --key pin
  is "$(jq -r 'select(.what) | .what' package/data/compliance/compliance.jsonl | paste -sd' ')" \
    'evidence.added compliance.withdrawn compliance.declared'
}
