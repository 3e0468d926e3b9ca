#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  decision=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
  other=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
}

# assign DECISION RESPONSIBLE OPTION...
assign() {
  lex 0 responsibility assign "$1" --responsible "$2" --maker human_operator --level full "${@:3}"
}

@test "a review that is overdue is listed and makes the answer a no, until somebody answers anew" {
  assign "$decision" human:alice --review-due 1s
  assign "$other" human:alice --review-due 1d
  sleep 1.1
  lex 1 responsibility list --due
  has "$output" overdue
  has "$output" "$decision"
  lex 1 responsibility list --due --format jsonl
  is "$(jq -r .decision_id <<<"$output")" "$decision"
  lex 1 responsibility list --due --within 2d --reverse --limit 1 --json
  is "$(jq -c '[.assignments[] | [.decision_id, .overdue]]' <<<"$output")" "[[\"$other\",false]]"
  lex 0 responsibility list
  assign "$decision" human:bob
  lex 0 responsibility list --due
  is "$output" 'no assignments'
  lex 0 responsibility list --due --within 2d
  has "$output" "$other"
}

@test "a span that leads into February ends with it, in a leap year too" {
  [[ $(value /test_clock version) == true ]] || skip 'this build has no clock for tests'
  export LEXECON_NOW=2028-01-31T12:00:00Z
  assign "$decision" human:alice --review-due 1mo
  has "$output" 2028-02-29T12:00:00.000000Z
  LEXECON_NOW=2028-02-29T11:59:59Z
  lex 0 responsibility list --due
  LEXECON_NOW=2028-02-29T12:00:00Z
  lex 1 responsibility list --due
}

@test "filters, and the newest first" {
  assign "$decision" human:alice
  lex 0 responsibility assign "$other" --responsible ai_agent:x --maker ai_system --level automated
  is "$(said responsibility list --format jsonl | wc -l)" 2
  is "$(said responsibility list --maker ai_system --format jsonl | jq -r .decision_id)" "$other"
  is "$(said responsibility list --level full --format jsonl | jq -r .decision_id)" "$decision"
  is "$(said responsibility list --responsible human:alice --format jsonl | jq -r .decision_id)" "$decision"
  is "$(said responsibility list --decision "$other" --format jsonl | jq -r .decision_id)" "$other"
  is "$(said responsibility list --reverse --limit 1 --format jsonl | jq -r .decision_id)" "$other"
  is "$(said responsibility list --from 1h --format jsonl | wc -l)" 2
  lex 0 responsibility list --to 1h
  is "$output" 'no assignments'
  lex 0 responsibility list --responsible operator:alice
  is "$output" 'no assignments'
}

@test "wrong options, and an answer that cannot be written" {
  lex 64 responsibility list --within 1d
  lex 64 responsibility list --due --within soon
  lex 64 responsibility list --maker king
  lex 64 responsibility list --json --format table
  lex 65 responsibility list --decision dec_1
  lex 66 responsibility list --decision dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
  lex 66 --node nowhere responsibility list
  cannot_write responsibility list
}
