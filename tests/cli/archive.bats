#!/usr/bin/env bats
# What leaves the database for a package, and what stays and verifies.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
  local n
  for n in 1 2 3; do
    lex 0 decide --actor ai_agent:x --action read --no-token --idempotency-key "key-$n"
  done
  sleep 1
}

@test "finished decisions are moved into a package, and everything verifies" {
  "$LEXECON_BIN" ledger checkpoint >kept.note
  "$LEXECON_BIN" ledger log --format jsonl >before.jsonl
  local first
  first=$(jq -r 'select(.event_type == "decision").seq' before.jsonl | head -n 1)
  lex 0 archive --keep 1s -o package "${by_bob[@]}"
  has "$output" '3 entries'
  has "$output" 'keep the package'
  diff package/data/ledger/entries.jsonl before.jsonl
  (cd package && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt)
  local id
  id=$(jq -r .export_id package/data/manifest.json)

  lex 0 ledger verify --deep --against kept.note
  has "$output" "3 entries archived in $id, of which only the hashes were verified"
  lex 0 ledger verify --json
  is "$(jq -c '.archives[] | [.ledger_entry_id, .export_id, .entries]' <<<"$output")" "[\"entry_$((first + 3))\",\"$id\",3]"
  lex 66 ledger show "$first"
  has "$stderr" "entry_$first is archived in $id"
  lex 0 ledger log
  [[ $output != *decision* ]]
  lex 0 ledger stats --json
  is "$(jq -c '[.archived, .types.decision]' <<<"$output")" '[3,null]'
  lex 0 decision list
  lex 0 retention status
  has "$output" '3 entries archived'
  lex 0 ledger prove "$first" -o proof
  sed -n "$((first + 1))p" before.jsonl >entry
  lex 0 ledger prove --check proof --entry entry --key .lexecon/keys/ledger.pub
  lex 0 ledger prove --consistency "$first"
  lex 66 receipt make "$first"
  lex 0 ledger rebuild
  [[ $output != *mended* ]]
  lex 0 doctor
  # Seqs and hashes are told as anybody can compute them.
  lex 0 ledger show "$((first + 3))" --pointer /entry/data/seqs_sha256
  is "$output" "$(seq "$first" "$((first + 2))" | sha256sum | cut -d ' ' -f 1)"
  lex 0 ledger show "$((first + 3))" --pointer /entry/data/entries_sha256
  is "$output" "$(sed -n "$((first + 1)),$((first + 3))p" before.jsonl |
    while IFS= read -r line; do printf %s "$line" | sha256sum | cut -d ' ' -f 1; done |
    sha256sum | cut -d ' ' -f 1)"
}

@test "its answer as a document, and a second one with nothing to do" {
  lex 0 archive --before "$(date -u +%FT%TZ)" -o package --json "${by_bob[@]}"
  is "$(jq -c '[.schema, .archived, .path, .bytes_after < .bytes_before + 1]' <<<"$output")" \
    "[\"lexecon.archive/1\",3,\"$PWD/package\",true]"
  is "$(jq -r .export_id <<<"$output")" "$(jq -r .export_id package/data/manifest.json)"
  sleep 1
  lex 0 archive --keep 1s -o again --json "${by_bob[@]}"
  is "$(jq -c '[.archived, .path, .export_id, .ledger_entry_id, .seqs_sha256]' <<<"$output")" '[0,null,null,null,null]'
  lex 0 archive --keep 1s -o again "${by_bob[@]}"
  has "$output" 'nothing was archived'
  run ! ls -d again*
}

@test "a copy of the ledger and a new one from it have the archive too" {
  lex 0 archive --keep 1s -o package "${by_bob[@]}"
  lex 0 backup copy
  lex 0 decide --actor ai_agent:x --action read --no-token --idempotency-key key-1
  lex 0 export -o export --json
  is "$(jq -c '[.scope, .contents.withheld_entries, .contents.decisions]' <<<"$output")" '["filtered",3,1]'
  is "$(wc -l <export/data/ledger/leaves.txt)" "$(($(wc -l <export/data/ledger/entries.jsonl) + 3))"
  rm .lexecon/head.note
  lex 2 ledger verify
  local size
  size=$(value /head/tree_size ledger verify)
  lex 0 recover --accept-size "$size" --reason lost "${by_bob[@]}"
  lex 0 ledger verify --deep
  has "$output" '3 entries archived in'
}

@test "a recovery never leaves an archive without the entry that says so" {
  local size
  size=$(value /tree_size ledger checkpoint)
  lex 0 archive --keep 1s -o package "${by_bob[@]}"
  rm .lexecon/head.note
  lex 0 decide --actor ai_agent:x --action read --no-token || true
  lex 76 recover --accept-size "$size" --reason lost "${by_bob[@]}"
  has "$stderr" 'which would not be accepted'
}

@test "a log that ever had limits is not archived, for they count what would be gone" {
  printf 'limits:\n  - {name: calls, per: actor, window: 1d, max: 9}\n' >>.lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 78 archive --keep 1s -o package "${by_bob[@]}"
  has "$stderr" 'cannot be archived'
  sed -i '/^limits:/,$d' .lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 78 archive --keep 1s -o package "${by_bob[@]}"
  run ! ls -d package*
  lex 0 ledger verify --deep
}

@test "it takes an officer, a time that is past, and a place" {
  lex 77 archive --keep 1s -o package
  lex 77 archive --keep 1s -o package "${by_carol[@]}"
  lex 64 archive -o package "${by_bob[@]}"
  lex 64 archive --keep 1s --before 1s -o package "${by_bob[@]}"
  lex 64 archive --before 2999-01-01T00:00:00Z -o package "${by_bob[@]}"
  lex 64 archive --keep 1s "${by_bob[@]}"
  lex 66 --node nowhere archive --keep 1s -o package "${by_bob[@]}"
  : >taken
  lex 73 archive --keep 1s -o taken "${by_bob[@]}"
  flock .lexecon/lock sleep 2 &
  sleep 0.2
  lex 69 archive --keep 1s -o package --timeout 0 "${by_bob[@]}"
  wait
  (ulimit -f 1 && lex 74 archive --keep 1s -o package "${by_bob[@]}")
  run ! ls -d package*
  lex 0 ledger verify --deep
  [[ $output != *archived\ in* ]]
  sqlite3 .lexecon/ledger.db "UPDATE sealed SET body = x'00'"
  lex 76 archive --keep 1s -o package "${by_bob[@]}"
  run ! ls -d package*
}

@test "killed at any moment, an entry is in the database or in a package" {
  local delay status
  for delay in 0.005 0.02 0.04 0.06 0.08 0.1 0.13 0.16 0.2; do
    rm -rf node package
    cp -a .lexecon node
    status=0
    timeout -s KILL "$delay" "$LEXECON_BIN" archive --node "$PWD/node" --keep 1s -o package "${by_bob[@]}" \
      >/dev/null 2>&1 || status=$?
    rm -rf state
    XDG_STATE_HOME=$PWD/state lex 0 ledger verify --deep --node "$PWD/node"
    if [[ $output == *archived\ in* ]]; then
      (cd package && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt)
    fi
    XDG_STATE_HOME=$PWD/state lex 0 decide --node "$PWD/node" --actor ai_agent:x --action read --no-token
  done
}
