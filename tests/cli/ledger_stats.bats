#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "entries are counted by type" {
  lex 0 decide --actor ai_agent:x --action read --no-token
  lex 0 ledger stats --json
  is "$(jq -r .schema <<<"$output")" lexecon.stats/1
  is "$(jq -c .types <<<"$output")" \
    '{"decision":1,"genesis":1,"key.added":1,"policy.activated":1}'
  is "$(jq .entries <<<"$output")" 4
  is "$(jq .bytes.entries <<<"$output")" \
    "$(said ledger log --format jsonl | tr -d '\n' | wc -c)"
  is "$(jq .bytes.database <<<"$output")" "$(stat -c %s .lexecon/ledger.db)"
  lex 0 ledger stats
  has "$output" 'policy.activated'
}

@test "no node is exit 66, an altered one 76, a full disk 74" {
  lex 66 --node nowhere ledger stats
  cannot_write ledger stats
  sqlite3 .lexecon/ledger.db "UPDATE entries SET timestamp = '2020-01-01T00:00:00.000000Z' WHERE seq = 2"
  lex 76 ledger stats
}
