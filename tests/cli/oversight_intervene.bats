#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
}

@test "what a person did, signed, with words that can be erased" {
  id=$(value /decision_id decide --actor human:alice --action read --no-token)
  lex 0 oversight intervene --decision "$id" --type manual_review --role risk_manager \
    --note 'read with the desk' "${by_bob[@]}"
  has "$output" manual_review
  has "$output" operator:bob
  is "$(value /sealed/note ledger show 7 --sealed)" 'read with the desk'
  is "$(said ledger log --format jsonl | grep -c desk)" 0
  printf 'from a file' >note
  lex 0 oversight intervene --type override --role executive --note-file note "${by_alice[@]}" --json
  is "$(jq -c '[.type, .role, .decision_id, .approval.operator]' <<<"$output")" \
    '["override","executive",null,"alice"]'
  lex 0 oversight intervene --type approval --role soc_analyst --note-file - "${by_alice[@]}" <<<'from stdin'
  lex 0 ledger verify --deep
}

@test "what is refused" {
  intervene=(oversight intervene --type manual_review --role executive)
  before=$(value /entries status)
  lex 64 "${intervene[@]}" "${by_alice[@]}"
  lex 64 "${intervene[@]}" --note x --note-file y "${by_alice[@]}"
  lex 64 oversight intervene --role executive --note x "${by_alice[@]}"
  lex 64 oversight intervene --type manual_review --note x "${by_alice[@]}"
  lex 64 oversight intervene --type rumour --role executive --note x "${by_alice[@]}"
  lex 64 oversight intervene --type manual_review --role king --note x "${by_alice[@]}"
  lex 64 "${intervene[@]}" --note x --as alice
  lex 65 "${intervene[@]}" --note '' "${by_alice[@]}"
  lex 66 "${intervene[@]}" --note-file nowhere "${by_alice[@]}"
  lex 66 "${intervene[@]}" --note x --decision dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B "${by_alice[@]}"
  lex 66 --node nowhere "${intervene[@]}" --note x "${by_alice[@]}"
  lex 77 "${intervene[@]}" --note x
  is "$(value /entries status)" "$before"
  lex 77 "${intervene[@]}" --note x "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  is "$(value /entries/0/entry/data/event_type ledger log --type approval.refused)" oversight.intervened
}
