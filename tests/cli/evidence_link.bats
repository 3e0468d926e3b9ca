#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  echo report >report.txt
  decision=$(value /decision_id decide --actor human:alice --action read --no-token)
  id=$(value /evidence_id evidence add report.txt --type external_report)
}

@test "a link to a decision, a control, or a control in the matter of a decision" {
  lex 0 evidence link "$id" --decision "$decision"
  lex 0 evidence link entry_4 --control c1
  has "$output" 'c1, entry_6'
  lex 0 evidence link "$id" --control c1 --decision "$decision" --json
  is "$(jq -c '.links | map([.decision_id, .control, .ledger_entry_id])' <<<"$output")" \
    "[[\"$decision\",null,\"entry_5\"],[null,\"c1\",\"entry_6\"],[\"$decision\",\"c1\",\"entry_7\"]]"
  is "$(said evidence list --control c1 --format jsonl | jq -r .evidence_id)" "$id"
  lex 0 ledger verify --deep
}

@test "what was said, and what cannot be, is refused and leaves no entry" {
  lex 0 evidence link "$id" --control c1 --decision "$decision"
  lex 65 evidence link "$id" --control c1
  has "$stderr" 'linked so already'
  lex 65 evidence link "$id" --decision "$decision"
  lex 65 evidence link "$id" --control 'a b'
  lex 65 evidence link "$id" --decision dec_1
  lex 65 evidence link report.txt --control c2
  lex 66 evidence link "$id" --decision dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
  lex 66 evidence link evd_screenshot_00000000000000000000000000000000 --control c2
  lex 66 evidence link "$decision" --control c2
  lex 66 --node nowhere evidence link "$id" --control c2
  lex 64 evidence link "$id"
  lex 64 evidence link --control c2
  is "$(value /entries ledger stats)" 6
  status=0
  "$LEXECON_BIN" evidence link "$id" --control c2 >/dev/full 2>err || status=$?
  is "$status" 74
}
