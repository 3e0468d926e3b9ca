#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  id=$(value /decision_id decide --actor ai_agent:x --action read)
}

@test "a decision is shown as it was answered, without its token" {
  lex 0 decision show "$id" --json
  is "$(jq -c '[.schema, .outcome, .capability_token]' <<<"$output")" '["lexecon.decision/1","approved",null]'
  is "$(jq -r .decision_id <<<"$output")" "$id"
  lex 0 decision show "$id"
  has "$output" "$id"
  lex 0 decision show "$id" --explain --json
  [[ $(jq '.trace | length' <<<"$output") -gt 0 ]]
}

@test "a denied one is shown with exit 0: the question was another" {
  id=$(value /decision_id decide --actor ai_agent:x --action delete)
  lex 0 decision show "$id"
  has "$output" denied
}

@test "ids that are none, and one that is not on record" {
  lex 65 decision show nonsense
  lex 66 decision show dec_01M7XTPK7QZV2QDQZTBHYC1XBY
  lex 64 decision show
  lex 66 --node nowhere decision show "$id"
}

@test "an altered entry is exit 76, a full disk 74" {
  cannot_write decision show "$id"
  sqlite3 .lexecon/ledger.db \
    "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'approved', 'denied__') AS BLOB) WHERE seq = 3"
  lex 76 decision show "$id"
}
