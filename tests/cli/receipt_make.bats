#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  id=$(said decide --actor human:alice --action read --resource wiki:home --intent secret --pointer /decision_id)
  lex 0 key show ledger
  pin=$output
}

@test "a receipt of a decision is a file named after it" {
  lex 0 receipt make "$id" --json
  is "$(jq -c '[.schema, .path, .seq, .ledger_entry_id, .tree_size, .discloses]' <<<"$output")" \
    "[\"lexecon.receipt_made/1\",\"$id.receipt.json\",3,\"entry_3\",4,true]"
  is "$(jq -r .entry_hash <<<"$output")" "$(value /entry_hash ledger show 3)"
  is "$(jq -r .schema "$id.receipt.json")" lexecon.receipt/1
  is "$(jq -r .entry "$id.receipt.json")" "$("$LEXECON_BIN" ledger log --format jsonl | sed -n 4p)"
  is "$(jq -r .proof "$id.receipt.json")" "$("$LEXECON_BIN" ledger prove 3)"
  is "$(jq -r .sealed "$id.receipt.json" | jq -r .value.intent)" secret
  is "$(tail -c 1 "$id.receipt.json")" '}'
  lex 0 receipt verify "$id.receipt.json" --key "$pin"
}

@test "any entry has one, by its id or its number, and - is standard output" {
  lex 0 receipt make 2
  is "$output" 'wrote entry_2.receipt.json'
  lex 0 receipt make genesis
  is "$(ls ./*.receipt.json)" $'./entry_2.receipt.json\n./genesis.receipt.json'
  lex 0 receipt make entry_2 -o -
  cmp "$BATS_TEST_TMPDIR/out" entry_2.receipt.json
  lex 0 receipt make 3 -o elsewhere.json
  has "$output" 'who gets it can read what was asked'
}

@test "sealed content is left out where it is not disclosed, and when it was never there" {
  lex 0 receipt make "$id" --disclose none
  is "$output" "wrote $id.receipt.json"
  is "$(jq -c .sealed "$id.receipt.json")" null
  run ! grep -q secret "$id.receipt.json"
  lex 0 receipt make genesis --json
  is "$(jq .discloses <<<"$output")" false
  is "$(jq -c .sealed genesis.receipt.json)" null
}

@test "it is written whole or not at all, and over nothing" {
  echo mine >"$id.receipt.json"
  lex 73 receipt make "$id"
  is "$(<"$id.receipt.json")" mine
  lex 73 receipt make "$id" -o nowhere/receipt
  cannot_write receipt make "$id" -o -
  is "$(ls)" "$id.receipt.json"
}

@test "what is not there, and what cannot be meant" {
  lex 66 receipt make 99
  lex 66 receipt make dec_00000000000000000000000000
  lex 66 --node nowhere receipt make 2
  lex 64 receipt make
  lex 64 receipt make two
  lex 64 receipt make 2 --disclose some
  lex 64 receipt make 2 -o - --json
}

@test "a ledger that was altered gives none" {
  sqlite3 .lexecon/ledger.db 'PRAGMA foreign_keys=OFF; DELETE FROM sealed WHERE seq = 3'
  lex 76 receipt make "$id"
  has "$stderr" 'no entry says that it was erased'
  lex 0 receipt make "$id" --disclose none
  sqlite3 .lexecon/ledger.db "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'denied', 'approved') || ' ' AS BLOB) WHERE seq = 3"
  lex 76 receipt make "$id" -o x
}

@test "an ACTA receipt is of a decision, by the ledger key, and says what the entry says" {
  lex 0 receipt make "$id" --format acta --json
  is "$(jq -c '[.schema, .path, .format, .seq, .tree_size, .discloses]' <<<"$output")" \
    "[\"lexecon.receipt_made/1\",\"$id.acta.json\",\"acta\",3,4,false]"
  is "$(jq -cS . "$id.acta.json")" "$(cat "$id.acta.json")"
  is "$(tail -c 1 "$id.acta.json")" '}'
  local kid
  kid=$(value /kid key show ledger)
  is "$(jq -c .payload "$id.acta.json")" "$("$LEXECON_BIN" ledger log --format jsonl | sed -n 4p | jq -cS --arg k "$kid" \
    '{action_ref: .data.decision_id, decision: "allow", issued_at: .timestamp, issuer_id: $k, reason: .data.reason_code, tool_name: .data.action, type: "lexecon:decision"}')"
  is "$(jq -c '[.signature.alg, .signature.kid, (.signature | keys)]' "$id.acta.json")" \
    "[\"EdDSA\",\"$kid\",[\"alg\",\"kid\",\"sig\"]]"
  run ! grep -q secret "$id.acta.json"
  lex 0 receipt verify "$id.acta.json" --key "$pin"
  # Nothing is recorded, and what is made twice is the same.
  "$LEXECON_BIN" receipt make "$id" --format acta -o - | cmp - "$id.acta.json"
  is "$(value /tree_size ledger checkpoint)" 4
}

@test "its answer is allow, deny or require_approval, and its tool the one that was named" {
  said_by() { "$LEXECON_BIN" receipt make "$(said decide "$@" --no-token --pointer /decision_id)" --format acta -o - | jq -c '[.payload.decision, .payload.tool_name]'; }
  rm -r .lexecon
  lex 0 init --id other --template enterprise
  is "$(said_by --actor ai_agent:deployer --action deploy --resource env:staging/web --tool kubectl)" '["allow","kubectl"]'
  is "$(said_by --actor ai_agent:assistant --action read --resource vault:keys)" '["deny","action:read"]'
  is "$(said_by --actor ai_agent:deployer --action deploy --resource env:production/web)" '["require_approval","action:deploy"]'
}

@test "an ACTA receipt is made by the key in force, and of nothing else than a decision" {
  lex 65 receipt make genesis --format acta
  has "$stderr" 'expected a decision for an ACTA receipt, `genesis` is `genesis`'
  lex 65 receipt make 2 --format acta
  lex 66 receipt make 99 --format acta
  lex 64 receipt make "$id" --format acta --disclose none
  lex 64 receipt make "$id" --format other
  lex 64 receipt make "$id" --format acta -o - --json
  run ! ls ./*.json
  lex 0 key rotate ledger --reason routine
  lex 0 receipt make "$id" --format acta
  lex 0 receipt verify "$id.acta.json" --key .lexecon/keys/ledger.pub
  lex 1 receipt verify "$id.acta.json" --key "$pin"
  lex 73 receipt make "$id" --format acta
  mv .lexecon/keys/ledger.key kept
  lex 78 receipt make "$id" --format acta -o x
  mv kept .lexecon/keys/ledger.key
  flock .lexecon/lock sleep 2 &
  sleep 0.2
  lex 69 receipt make "$id" --format acta -o x --timeout 0
  wait
  sqlite3 .lexecon/ledger.db "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'approved', 'escalated') AS BLOB) WHERE seq = 3"
  lex 76 receipt make "$id" --format acta -o x
  run ! ls x
}
