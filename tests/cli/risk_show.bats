#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  echo '{"actor":"human:alice","action":"read","resource":"wiki:home","tenant":"acme","risk":{"security":30,"privacy":50}}' >request.json
  id=$(value /decision_id decide --request request.json)
}

@test "the risk record of a decision, by its id or by that of the decision" {
  lex 0 risk show "$id" --json
  local shown=$output
  is "$(jq -c '[.schema,.risk_id,.decision_id,.actor,.action,.resource,.tenant,.outcome,.score,.level,.dimensions,.factors,.seq]' <<<"$shown")" \
    "[\"lexecon.risk/1\",\"rsk_$id\",\"$id\",\"actor:human:alice\",\"action:read\",\"resource:wiki:home\",\"acme\",\"approved\",38,\"medium\",{\"privacy\":50,\"security\":30},[],3]"
  is "$(jq -r .entry_hash <<<"$shown")" "$(value /entry_hash ledger show 3)"
  is "$(jq -r .policy_hash <<<"$shown")" "$(value /policy_hash policy hash)"
  lex 0 risk show "rsk_$id" --json
  is "$output" "$shown"
  lex 0 risk show "$id"
  has "$output" 'dimensions  privacy 50, security 30'
  has "$output" 'outcome     approved (permitted)'
}

@test "unknown ids, nothing scored, and altered entries" {
  lex 65 risk show rsk_1
  lex 65 risk show dec_1
  lex 66 risk show rsk_dec_01ARZ3NDEKTSV4RRFFQ69G5FAV
  lex 66 risk show "$(value /decision_id decide --actor human:alice --action read)"
  has "$stderr" 'nothing was scored'
  lex 64 risk show
  lex 66 --node nowhere risk show "$id"
  cannot_write risk show "$id"
  sqlite3 .lexecon/ledger.db "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), '\"score\":38', '\"score\":18') AS BLOB) WHERE seq = 3"
  lex 76 risk show "$id"
}
