#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  for _ in {1..4}; do lex 0 decide --actor ai_agent:x --action read --no-token; done
  lex 0 key show ledger
  pin=$output
}

# The bytes of one entry, as a stranger gets them.
entry() { "$LEXECON_BIN" ledger log --format jsonl | sed -n "$(($1 + 1))p" >"$1.entry"; }

@test "an entry is proven to a stranger who has its bytes, the proof and the key" {
  local seq
  for seq in 0 3 6; do
    entry "$seq"
    lex 0 ledger prove "$seq" -o "$seq.proof"
    is "$output" "wrote $seq.proof"
    is "$(head -n 1 "$seq.proof")" c2sp.org/tlog-proof@v1
    is "$(sed -n 2p "$seq.proof")" "index $seq"
  done
  mv .lexecon gone
  lex 0 ledger prove --check 3.proof --entry 3.entry --key "$pin"
  is "$output" 'valid: entry 3 is in the signed tree of 7 entries of example.org/log'
  lex 0 ledger prove --check - --entry 0.entry --key "$pin" <0.proof
  lex 0 ledger prove --check 6.proof --entry - --key "$pin" --json <6.entry
  is "$(jq -c '[.schema, .verdict, .cause, .kind, .seq, .tree_size]' <<<"$output")" \
    '["lexecon.proof_check/1","valid",null,"inclusion",6,7]'
}

@test "the proof is walked with sha256sum alone" {
  local name running
  node() { # node LEFT RIGHT, in hex
    printf '01%s%s' "$1" "$2" | xxd -r -p | sha256sum | cut -d ' ' -f 1
  }
  lex 0 ledger prove 3 --json
  running=$(jq -r .leaf_hash <<<"$output")
  entry 3
  name=$( (printf '\0'; tr -d '\n' <3.entry) | sha256sum | cut -d ' ' -f 1)
  is "$running" "$name"
  # 3 stands on the right, on the right, and on the left of a tree of 7
  step() { jq -r ".hashes[$1]" <<<"$output"; }
  running=$(node "$(step 0)" "$running")
  running=$(node "$(step 1)" "$running")
  running=$(node "$running" "$(step 2)")
  is "$running" "$(jq -r .root_hash <<<"$output")"
  is "$running" "$(value /root_hash ledger checkpoint)"
}

@test "a decision is named by its id, and an earlier tree by its size" {
  local id
  id=$("$LEXECON_BIN" decision list --format jsonl --limit 1 | jq -r .decision_id)
  lex 0 ledger prove "$id" --json
  is "$(jq -c '[.schema, .kind, .seq, .tree_size]' <<<"$output")" '["lexecon.proof/1","inclusion",3,7]'
  lex 0 ledger prove "$id" --size 4 --json
  is "$(jq -c '[.seq, .tree_size]' <<<"$output")" '[3,4]'
  is "$(value /proof ledger prove entry_3)" "$(value /proof ledger prove 3)"
  lex 0 ledger prove genesis --pointer /entry_hash
  is "$output" "$(value /entry_hash ledger show genesis)"
}

@test "that the log only grew is proven to whoever kept a checkpoint" {
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" kept.note
  lex 0 decide --actor ai_agent:x --action read --no-token
  lex 0 ledger prove --consistency 7 -o grown.proof
  is "$(head -n 1 grown.proof)" 'old 7'
  lex 0 ledger prove --check grown.proof --against kept.note --key "$pin"
  is "$output" 'valid: the signed tree of 8 entries extends that of 7 of example.org/log'
  is "$(value /old_size ledger prove --check grown.proof --against kept.note --key "$pin")" 7
  lex 0 ledger prove --consistency 3 --size 5 --json
  is "$(jq -c '[.kind, .old_size, .tree_size, (.hashes | length)]' <<<"$output")" '["consistency",3,5,4]'
  lex 0 ledger prove --consistency 7 --size 7
  is "$(sed -n 1,2p <<<"$output")" 'old 7'
  lex 1 ledger prove --check - --against kept.note --key "$pin" < <("$LEXECON_BIN" ledger prove --consistency 3)
  has "$output" 'the proof is from 3 entries, the older checkpoint of 7'
}

@test "without key, entry or older checkpoint a proof is undecidable" {
  entry 2
  lex 0 ledger prove 2 -o 2.proof
  lex 0 ledger prove --consistency 4 -o grown.proof
  lex 2 ledger prove --check 2.proof --entry 2.entry
  is "$output" 'undecidable: key_not_pinned'
  lex 2 ledger prove --check 2.proof --key "$pin"
  is "$output" 'undecidable: entry_missing'
  lex 2 ledger prove --check grown.proof --key "$pin"
  is "$output" 'undecidable: predecessor_missing'
}

@test "another entry, another key, another hash: not proven" {
  entry 2
  entry 3
  lex 0 ledger prove 2 -o 2.proof
  lex 1 ledger prove --check 2.proof --entry 3.entry --key "$pin"
  is "$output" 'invalid: the proof is of entry_2, the entry is entry_3'
  jq -cS '.actor = "node:other"' 2.entry >altered.entry
  lex 1 ledger prove --check 2.proof --entry altered.entry --key "$pin"
  is "$output" 'invalid: the entry is not in the tree at that place'
  lex 1 ledger prove --check 2.proof --entry 2.proof --key "$pin"
  sed 's/^index 2$/index 3/' 2.proof >moved.proof
  lex 1 ledger prove --check moved.proof --entry 2.entry --key "$pin"
  sed 3d 2.proof >short.proof
  lex 1 ledger prove --check short.proof --entry 2.entry --key "$pin"
  lex 0 key show token --format pem
  cp "$BATS_TEST_TMPDIR/out" other.pem
  lex 1 ledger prove --check 2.proof --entry 2.entry --key other.pem
  has "$output" 'not signed by the key of `example.org/log`'
}

@test "an altered ledger gives no proof" {
  sqlite3 .lexecon/ledger.db \
    "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), '\"salt\":\"', '\"salt\":\"0') AS BLOB) WHERE seq = 5"
  lex 76 ledger prove 2
  has "$stderr" 'the entries do not give the root of the checkpoint of 7 entries'
  lex 76 ledger prove --consistency 3
  lex 0 ledger prove 2 --size 4
  sqlite3 .lexecon/ledger.db 'PRAGMA foreign_keys=OFF; DELETE FROM sealed WHERE seq = 3; DELETE FROM entries WHERE seq = 3'
  lex 76 ledger prove 2
  has "$stderr" 'the ledger lacks entry_3'
  sqlite3 .lexecon/ledger.db "UPDATE checkpoints SET note = replace(note, 'example', 'exemple') WHERE tree_size = 3"
  lex 76 ledger prove 2 --size 3
  has "$stderr" 'a stored checkpoint does not verify'
}

@test "what is not there, and what cannot be meant" {
  lex 66 ledger prove 7
  lex 66 ledger prove dec_00000000000000000000000000
  lex 66 ledger prove 2 --size 2
  has "$stderr" 'no checkpoint of 2 entries'
  lex 66 ledger prove --consistency 2
  lex 65 ledger prove 5 --size 4
  lex 65 ledger prove --consistency 5 --size 4
  lex 64 ledger prove
  lex 64 ledger prove 2 --consistency 3
  lex 64 ledger prove 2 --key "$pin"
  lex 64 ledger prove --check x --size 3
  lex 64 ledger prove two
  lex 64 ledger prove --consistency 0
  lex 66 --node nowhere ledger prove 2
  lex 66 ledger prove --check nowhere --key "$pin"
  echo nonsense >nonsense
  lex 65 ledger prove --check nonsense --key "$pin"
  lex 0 ledger prove --consistency 3 -o grown.proof
  lex 65 ledger prove --check grown.proof --against nonsense --key "$pin"
}

@test "a proof is written whole or not at all, and over nothing" {
  lex 0 ledger prove 2 -o - --size 7
  cp "$BATS_TEST_TMPDIR/out" out.proof
  lex 0 ledger prove 2 -o 2.proof
  cmp 2.proof out.proof
  lex 73 ledger prove 3 -o 2.proof
  cmp 2.proof out.proof
  lex 73 ledger prove 3 -o nowhere/3.proof
  lex 0 ledger prove 3 -o 3.proof --pointer /seq
  is "$output" 3
  cannot_write ledger prove 2
  cannot_write ledger prove --check 2.proof
}
