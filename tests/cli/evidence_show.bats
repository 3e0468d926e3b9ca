#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  echo report >report.txt
  decision=$(value /decision_id decide --actor human:alice --action read --no-token)
  id=$(value /evidence_id evidence add report.txt --type external_report --control c1 --description $'two\nlines')
}

@test "a file, what is said of it, and what it is for" {
  lex 0 evidence show "$id"
  has "$output" "$id"
  has "$output" 'two\u{a}lines'
  has "$output" 'c1, entry_5'
  lex 0 evidence show "$id" --json
  is "$(jq -c '[.type, .source, .erased, .ledger_entry_id]' <<<"$output")" '["external_report","file",false,"entry_4"]'
  is "$(said evidence show entry_4 --json)" "$output"
}

@test "a decision is its own decision_log, an activation a policy_snapshot" {
  lex 0 evidence show "$decision" --json
  is "$(jq -c '[.type, .source, .evidence_id, .file, .decision_id]' <<<"$output")" \
    "[\"decision_log\",\"entry\",null,null,\"$decision\"]"
  lex 0 evidence show entry_2 --json
  is "$(jq -c '[.type, .source, .policy_hash]' <<<"$output")" \
    "[\"policy_snapshot\",\"entry\",\"$(value /policy_hash policy show)\"]"
}

@test "sealed content that is gone is exit 76" {
  sqlite3 .lexecon/ledger.db 'DELETE FROM sealed WHERE seq = 4'
  lex 76 evidence show "$id"
}

@test "what is refused" {
  lex 64 evidence show
  lex 65 evidence show report.txt
  lex 66 evidence show evd_screenshot_00000000000000000000000000000000
  lex 66 evidence show genesis
  lex 66 evidence show entry_99
  lex 66 --node nowhere evidence show "$id"
  cannot_write evidence show "$id"
}
