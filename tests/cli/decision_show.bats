#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  id=$(value /decision_id decide --actor ai_agent:bot --action read --resource env:production)
}

@test "a decision as it is on record, without its token" {
  lex 0 decision show "$id" --json
  is "$(jq -r .schema <<<"$output")" lexecon.decision/1
  is "$(jq -r .outcome <<<"$output")" denied
  is "$(jq -r .decision_id <<<"$output")" "$id"
  is "$(jq 'has("trace")' <<<"$output")" false
  lex 0 decision show "$id"
  has "$output" 'recorded as entry_3'
  lex 0 decision show "$(value /decision_id decide --actor human:alice --action read)" --json
  is "$(jq -r '.capability_token, (.token | has("jti"))' <<<"$output")" $'null\ntrue'
}

@test "it is judged again to explain it" {
  lex 0 decision show "$id" --explain
  has "$output" 'agents-see-no-secrets'
}

@test "unknown ids and altered entries" {
  lex 65 decision show dec_1
  lex 66 decision show dec_01ARZ3NDEKTSV4RRFFQ69G5FAV
  lex 64 decision show
  lex 66 --node nowhere decision show "$id"
  cannot_write decision show "$id"
  sqlite3 .lexecon/ledger.db "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'denied', 'refuse') AS BLOB) WHERE seq = 3"
  lex 76 decision show "$id"
}
