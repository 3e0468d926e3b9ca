#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

# A node with something in every table.
setup() {
  fresh_node enterprise
  local node=$PWD/.lexecon decision
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --tenant acme \
    --idempotency-key k1 --json
  jq -r .capability_token <<<"$output" >token
  lex 0 token verify --node "$node" --action deploy --resource env:staging/shop --token-file token
  lex 1 token verify --node "$node" --action deploy --resource env:staging/shop --token-file token
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/shop --json
  lex 1 decide --actor ai_agent:assistant --action read --resource vault:keys
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --no-token --json
  decision=$(jq -r .decision_id <<<"$output")
  lex 0 token issue --decision "$decision"
  lex 0 token revoke --decision "$decision" --reason test
  printf 'policy_id: pol_more_v1\nrelations: []\n' >.lexecon/policies/more.yaml
  lex 0 policy activate
  lex 0 policy rollback
}

dump() { sqlite3 .lexecon/ledger.db .dump; }

@test "a rebuilt database says byte for byte what the original said" {
  dump >before
  [[ $(grep -c '^INSERT INTO' before) -gt 40 ]]
  lex 0 ledger rebuild
  is "$(head -n 1 <<<"$output")" "nothing to mend in $(value /tree_size ledger checkpoint) entries"
  sqlite3 .lexecon/ledger.db 'DELETE FROM tokens; DELETE FROM token_keys; DELETE FROM policy_sets;
    DELETE FROM escalations; DELETE FROM frontier; DELETE FROM decisions WHERE seq % 2 = 0;
    UPDATE decisions SET actor = "actor:human:mallory", outcome = "approved"'
  run ! cmp -s before <(dump)
  lex 0 ledger rebuild --json
  is "$(jq -c '[.schema, .changed, ([.tables[] | select(.changed) | .name])]' <<<"$output")" \
    '["lexecon.rebuild/1",true,["policy_sets","token_keys","decisions","tokens","escalations","frontier"]]'
  dump | diff before -
  lex 0 ledger verify --deep
}

@test "after it everything answers as before" {
  sqlite3 .lexecon/ledger.db 'DELETE FROM tokens; DELETE FROM policy_sets; DELETE FROM frontier'
  lex 76 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop
  lex 0 ledger rebuild
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --tenant acme \
    --idempotency-key k1 --json
  is "$(jq -r .replayed <<<"$output")" true
  lex 1 token verify --node "$PWD/.lexecon" --action deploy --resource env:staging/shop --token-file token
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop
}

@test "it appends nothing, writes no head and asks for no key" {
  local heads
  heads=$(sha256sum .lexecon/head.note)
  chmod 600 .lexecon/keys/*.key
  mv .lexecon/keys/ledger.key kept
  sqlite3 .lexecon/ledger.db 'DELETE FROM decisions'
  lex 0 ledger rebuild
  is "$(sha256sum .lexecon/head.note)" "$heads"
  lex 0 ledger verify --deep
}

@test "a ledger that is not valid is not touched" {
  sqlite3 .lexecon/ledger.db "DELETE FROM tokens; UPDATE entries SET actor = 'node:other' WHERE seq = 4"
  dump >before
  lex 76 ledger rebuild
  has "$stderr" 'the ledger is invalid: the column `actor` of entry_4 differs from the entry [columns]'
  dump | diff before -
}

@test "a database set back behind its head is not touched" {
  cp .lexecon/ledger.db old.db
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop
  cp old.db .lexecon/ledger.db
  lex 76 ledger rebuild
  has "$stderr" 'it was set back'
  rm .lexecon/head.note
  lex 76 ledger rebuild
}

@test "killed at any moment it has done all or nothing" {
  local _
  dump >before
  for _ in {1..10}; do
    sqlite3 .lexecon/ledger.db 'DELETE FROM tokens'
    dump >damaged
    timeout -s KILL "0.0$((RANDOM % 5))" "$LEXECON_BIN" ledger rebuild >/dev/null 2>&1 || true
    lex 0 ledger verify
    cmp -s before <(dump) || dump | diff damaged -
  done
  lex 0 ledger rebuild
  dump | diff before -
}

@test "beside another writer, on a full disk, in a folder that cannot be written" {
  flock .lexecon/lock sleep 3 &
  sleep 0.2
  lex 69 ledger rebuild --timeout 0
  wait
  sqlite3 .lexecon/ledger.db 'DELETE FROM decisions'
  dump >damaged
  (ulimit -f 1 && lex 74 ledger rebuild)
  dump | diff damaged -
  if ((EUID != 0)); then
    chmod -R a-w .lexecon
    lex 77 ledger rebuild
    chmod -R u+w .lexecon
  fi
  lex 66 --node nowhere ledger rebuild
  lex 64 ledger rebuild now
  cannot_write ledger rebuild
}
