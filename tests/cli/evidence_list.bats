#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 evidence list
  is "$output" 'no evidence'
  echo report >report.txt
  decision=$(value /decision_id decide --actor human:alice --action read --no-token)
  lex 0 evidence add report.txt --type external_report --decision "$decision"
  lex 0 evidence add report.txt --type screenshot --control c1
}

# seqs ARGUMENT...: of what is listed.
seqs() { said evidence list --format jsonl "$@" | jq -r .seq | tr '\n' ' '; }

@test "files, and entries where they are asked for" {
  is "$(seqs)" '4 6 '
  is "$(seqs --reverse --limit 1)" '6 '
  is "$(seqs --type screenshot)" '6 '
  is "$(seqs --control c1)" '6 '
  is "$(seqs --type decision_log)" '3 '
  is "$(seqs --type policy_snapshot)" '2 '
  is "$(seqs --decision "$decision")" '2 3 4 '
  is "$(seqs --type external_report --decision "$decision")" '4 '
  is "$(seqs --type decision_log --actor human:alice)" '3 '
  is "$(seqs --type decision_log --actor human:bob)" ''
  is "$(seqs --actor node:demo)" '4 6 '
  is "$(seqs --from 1d)" '4 6 '
  is "$(seqs --to 1d)" ''
  lex 0 evidence list
  is "$(wc -l <<<"$output")" 3
  has "$output" report.txt
  is "$(value /evidence/0/source evidence list --decision "$decision")" entry
}

@test "what is refused" {
  lex 64 evidence list --type rumour
  lex 64 evidence list --limit 0
  lex 64 evidence list --from yesterday
  lex 64 evidence list --json --format table
  lex 65 evidence list --decision dec_1
  lex 66 evidence list --decision dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
  lex 66 --node nowhere evidence list
  cannot_write evidence list
}
