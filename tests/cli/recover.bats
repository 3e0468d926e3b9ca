#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  cp .lexecon/ledger.db yesterday.db
  lex 1 decide --actor ai_agent:assistant --action read --resource vault:keys
  lex 1 decide --actor ai_agent:assistant --action read --resource vault:keys
}

@test "a restored backup: the log goes on, with the gap named and the old key not enough" {
  lex 0 key show
  local old=$output
  lex 0 ledger checkpoint
  printf '%s\n' "$output" >kept.note
  cp yesterday.db .lexecon/ledger.db
  lex 1 ledger verify
  lex 76 decide --actor ai_agent:assistant --action read --resource vault:keys
  lex 0 recover --accept-size 3 --reason 'restored from SENTINEL backup'
  has "$output" 'accepted  3 entries'
  has "$output" 'the checkpoint of 5 entries'
  has "$stderr" '.lexecon/replaced.'
  local new
  new=$(tail -n 1 <<<"$output")
  cmp yesterday.db .lexecon/replaced.*/ledger.db
  lex 0 ledger verify --deep
  has "$output" 'gap'
  is "$(value /gaps/0/lost/tree_size ledger verify)" 5
  lex 2 ledger verify --key "$old"
  has "$output" 'key_not_pinned'
  lex 0 ledger verify --key "$new"
  lex 1 ledger verify --against kept.note
  has "$output" 'given up in the recovery of entry_3'
  lex 1 decide --actor ai_agent:assistant --action read --resource vault:keys
  lex 0 status --check
  lex 0 ledger log --format jsonl
  [[ $output != *SENTINEL* ]]
  is "$(value /entry/data/reason ledger show 3)" recovery
  has "$(value /sealed/reason ledger show 3 --sealed)" SENTINEL
}

@test "head.note is gone" {
  rm .lexecon/head.note
  lex 2 ledger verify
  lex 0 recover --accept-size 5 --reason 'head.note was deleted' --json
  is "$(jq .lost.tree_size <<<"$output")" 5
  is "$(jq .checkpoint.tree_size <<<"$output")" 6
  lex 0 ledger verify --deep
}

@test "what is refused" {
  lex 77 recover --accept-size 5 --reason why
  has "$stderr" 'nothing to recover'
  rm .lexecon/head.note
  lex 64 recover --accept-size 5
  lex 64 recover --reason why
  lex 64 recover --accept-size 0 --reason why
  lex 66 recover --accept-size 2 --reason why
  lex 66 --node nowhere recover --accept-size 5 --reason why
  sqlite3 .lexecon/ledger.db 'DELETE FROM sealed'
  lex 76 recover --accept-size 5 --reason why
  lex 0 recover --accept-size 3 --reason why
}

@test "where there are operators one of them signs, else nothing is changed" {
  add_operators
  rm .lexecon/head.note
  sha256sum .lexecon/ledger.db .lexecon/keys/* >before
  lex 77 recover --accept-size 8 --reason "the head was lost"
  lex 77 recover --accept-size 8 --reason "the head was lost" "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  sha256sum --check --quiet before
  lex 0 recover --accept-size 8 --reason "the head was lost" "${by_bob[@]}"
  has "$stderr" '"event_type": "key.rotated"'
  lex 0 ledger verify --deep
  has "$output" 'no human authority before entry_5; four eyes: double'
}
