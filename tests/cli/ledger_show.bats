#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "an entry by its id and by its number" {
  lex 0 ledger show genesis
  has "$output" 'entry_hash' || has "$output" 'hash'
  lex 0 ledger show 0 --json
  is "$(jq -r .schema <<<"$output")" lexecon.entry/1
  is "$(jq -r .entry.entry_id <<<"$output")" genesis
  is "$(value /entry/seq ledger show entry_2)" 2
}

@test "its hash is that of the stored bytes" {
  local bytes
  bytes=$(said ledger log --format jsonl | sed -n 3p)
  is "$(value /entry_hash ledger show 2)" "$(printf %s "$bytes" | sha256sum | cut -d ' ' -f 1)"
  is "$(value /leaf_hash ledger show 2)" \
    "$({ printf '\0'; printf %s "$bytes"; } | sha256sum | cut -d ' ' -f 1)"
}

@test "sealed content is shown only when it is asked for" {
  local seq
  seq=$(value /seq decide --no-token --actor ai_agent:x --action read --intent 'a secret intent')
  lex 0 ledger show "$seq" --json
  [[ $output != *'a secret intent'* ]]
  lex 0 ledger show "$seq" --sealed --json
  is "$(jq -r .sealed.intent <<<"$output")" 'a secret intent'
  lex 0 ledger show "$seq" --sealed
  has "$output" 'a secret intent'
  lex 0 ledger show genesis --sealed --json
  is "$(jq -c .sealed <<<"$output")" null
}

@test "an entry that is not there, and words that are none" {
  lex 66 ledger show 999
  lex 66 ledger show entry_999
  lex 64 ledger show entry_0x1
  lex 64 ledger show 01
  lex 64 ledger show ''
  lex 64 ledger show
  lex 66 --node nowhere ledger show 0
}

@test "an altered entry is exit 76" {
  sqlite3 .lexecon/ledger.db \
    "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'token', 'tokem') AS BLOB) WHERE seq = 1"
  lex 76 ledger show 1
}

@test "an entry that cannot be written is exit 74" { cannot_write ledger show genesis; }
