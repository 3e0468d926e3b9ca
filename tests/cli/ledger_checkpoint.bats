#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the note is that of head.note" {
  lex 0 ledger checkpoint
  cmp "$BATS_TEST_TMPDIR/out" .lexecon/head.note
  lex 0 ledger checkpoint --json
  is "$(jq -r .schema <<<"$output")" lexecon.checkpoint/1
  is "$(jq -r .tree_size <<<"$output")" "$(sed -n 2p .lexecon/head.note)"
  is "$(jq -r .root_hash <<<"$output")" "$(sed -n 3p .lexecon/head.note | base64 -d | od -An -v -tx1 | tr -d ' \n')"
}

@test "openssl verifies it with the exported key" {
  lex 0 decide --actor ai_agent:x --action read --no-token
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" note
  lex 0 key show ledger --format pem
  cp "$BATS_TEST_TMPDIR/out" ledger.pem
  head -n 3 note >text
  # A signature line holds four bytes that name the key, then the signature.
  tail -n 1 note | cut -d ' ' -f 3 | base64 -d | tail -c +5 >signature
  is "$(stat -c %s signature)" 64
  openssl pkeyutl -verify -pubin -inkey ledger.pem -rawin -in text -sigfile signature
  sed -i 2s/./9/ text
  run ! openssl pkeyutl -verify -pubin -inkey ledger.pem -rawin -in text -sigfile signature
}

@test "no node is exit 66, a full disk 74, a forged checkpoint 76" {
  lex 66 --node nowhere ledger checkpoint
  cannot_write ledger checkpoint
  sqlite3 .lexecon/ledger.db "UPDATE checkpoints SET note = replace(note, 'example.org/log', 'example.org/lag')"
  lex 76 ledger checkpoint
}

# Another node, on another machine as far as its files go.
witness() {
  local name=$1 wanted=$2
  shift 2
  HOME=$BATS_TEST_TMPDIR/$name lex "$wanted" --node "$BATS_TEST_TMPDIR/$name/node" "$@"
}

alice() { witness alice "$@"; }

# new_witness NAME...
new_witness() {
  local name
  for name in "$@"; do
    mkdir "$BATS_TEST_TMPDIR/$name"
    HOME=$BATS_TEST_TMPDIR/$name lex 0 init --node "$BATS_TEST_TMPDIR/$name/node" --id "$name" --origin "example.org/$name"
  done
}

# pinned: the log's line, and its checkpoint in head.note.
pinned() {
  lex 0 key show
  pin=$output
  "$LEXECON_BIN" ledger checkpoint >head.note
}

decides() { lex 0 decide --actor ai_agent:x --action read --no-token; }

@test "a witness goes with a log, and its line verifies with openssl" {
  new_witness alice
  pinned
  alice 2 ledger checkpoint --cosign head.note
  has "$output" 'undecided: key_not_pinned'
  alice 66 key show witness
  alice 0 ledger checkpoint --cosign head.note --key "$pin"
  cp "$BATS_TEST_TMPDIR/out" cosigned.note
  has "$stderr" 'this witness has a new key'
  cmp head.note <(head -n 5 cosigned.note)
  is "$(wc -l <cosigned.note)" 6
  is "$(stat -c %a "$BATS_TEST_TMPDIR/alice/node/keys/witness.key")" 600

  alice 0 key show witness --format pem
  cp "$BATS_TEST_TMPDIR/out" witness.pem
  tail -n 1 cosigned.note | cut -d ' ' -f 3 | base64 -d >line
  is "$(stat -c %s line)" 76
  {
    printf 'cosignature/v1\ntime %d\n' "$((16#$(tail -c +5 line | head -c 8 | xxd -p)))"
    head -n 3 cosigned.note
  } >text
  tail -c 64 line >signature
  openssl pkeyutl -verify -pubin -inkey witness.pem -rawin -in text -sigfile signature

  decides
  lex 0 ledger prove --consistency "$(sed -n 2p cosigned.note)" -o growth.proof
  alice 0 ledger checkpoint --cosign - --json <growth.proof
  is "$(jq -c '[.schema, .answer, .cause, .tree_size, .last.tree_size, .ledger_entry_id]' <<<"$output")" \
    '["lexecon.cosigned/1","cosigned",null,4,3,"entry_4"]'
  is "$(jq -r .last.note <<<"$output")" "$(<cosigned.note)"
  has "$(jq -r .note <<<"$output")" "$(jq -r .offered <<<"$output")"
  is "$(jq -r .witness_vkey <<<"$output")" "$(HOME=$BATS_TEST_TMPDIR/alice value /text --node "$BATS_TEST_TMPDIR/alice/node" key show witness)"
  alice 0 ledger show entry_4 --json
  is "$(jq -c '.entry.data | keys' <<<"$output")" '["log_vkey","note","witness_vkey"]'
  alice 0 ledger verify
}

@test "a split view is refused with both notes, whichever way it is offered" {
  new_witness alice
  decides
  pinned
  cp -r .lexecon other
  alice 0 ledger checkpoint --cosign head.note --key "$pin"
  decides
  "$LEXECON_BIN" ledger checkpoint >ours.note
  lex 0 ledger prove --consistency 4 -o ours.proof
  alice 0 ledger checkpoint --cosign ours.proof
  # The same log, with another fifth entry.
  mkdir elsewhere
  HOME=$PWD/elsewhere lex 1 --node "$PWD/other" decide --actor ai_agent:x --action drop --no-token
  HOME=$PWD/elsewhere lex 0 --node "$PWD/other" ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" theirs.note
  HOME=$PWD/elsewhere lex 0 --node "$PWD/other" ledger prove --consistency 4
  cp "$BATS_TEST_TMPDIR/out" theirs.proof
  is "$(sed -n 2p ours.note)" "$(sed -n 2p theirs.note)"
  for offered in theirs.note theirs.proof; do
    alice 1 ledger checkpoint --cosign "$offered"
    has "$output" 'refused: fork'
    has "$output" "$(<ours.note)"
    has "$output" "$(<theirs.note)"
  done
  HOME=$PWD/elsewhere lex 0 --node "$PWD/other" decide --actor ai_agent:x --action read --no-token
  HOME=$PWD/elsewhere lex 0 --node "$PWD/other" ledger prove --consistency 5
  cp "$BATS_TEST_TMPDIR/out" theirs.proof
  alice 1 ledger checkpoint --cosign theirs.proof --json
  is "$(jq -c '[.answer, .cause, .note, .cosigned_at, .witness_vkey, .ledger_entry_id]' <<<"$output")" \
    '["refused","inconsistent",null,null,null,null]'
  alice 1 ledger checkpoint --cosign head.note
  has "$output" 'refused: rollback'
  is "$(HOME=$BATS_TEST_TMPDIR/alice value /entries --node "$BATS_TEST_TMPDIR/alice/node" ledger stats)" 5
}

@test "a larger checkpoint takes its proof, from where the witness says" {
  new_witness alice
  pinned
  alice 0 ledger checkpoint --cosign head.note --key "$pin"
  decides
  "$LEXECON_BIN" ledger checkpoint >newer.note
  alice 2 ledger checkpoint --cosign newer.note
  has "$output" 'undecided: no_proof, this witness cosigned 3 entries: offer it what lexecon ledger prove --consistency 3 writes'
  is "$(HOME=$BATS_TEST_TMPDIR/alice value /last/tree_size --node "$BATS_TEST_TMPDIR/alice/node" ledger checkpoint --cosign newer.note)" 3
  decides
  lex 0 ledger prove --consistency 4 -o late.proof
  alice 2 ledger checkpoint --cosign late.proof
  has "$output" other_size
}

@test "what no witness signs" {
  new_witness alice
  pinned
  lex 65 ledger checkpoint --cosign head.note --key "$pin"
  has "$stderr" 'no witness of its own log'
  lex 64 ledger checkpoint --key "$pin"
  alice 66 ledger checkpoint --cosign nowhere
  printf 'no note\n' >bad
  alice 65 ledger checkpoint --cosign bad --key "$pin"
  sed 2s/3/4/ head.note >forged.note
  alice 1 ledger checkpoint --cosign forged.note --key "$pin"
  has "$output" 'refused: bad_signature'
  alice 1 ledger checkpoint --cosign head.note --key "$(HOME=$BATS_TEST_TMPDIR/alice value /text --node "$BATS_TEST_TMPDIR/alice/node" key show)"
  head -n 5 head.note >full.note
  for _ in {1..15}; do tail -n 1 head.note | sed 's# example.org/log # example.org/else #'; done >>full.note
  alice 65 ledger checkpoint --cosign full.note --key "$pin"
  has "$stderr" '16 signature lines'
  # Refused before anything was recorded.
  is "$(HOME=$BATS_TEST_TMPDIR/alice value /entries --node "$BATS_TEST_TMPDIR/alice/node" ledger stats)" 3
  cp "$BATS_TEST_TMPDIR/alice/node/keys/ledger.key" "$BATS_TEST_TMPDIR/alice/node/keys/witness.key"
  alice 78 ledger checkpoint --cosign head.note --key "$pin"
  rm "$BATS_TEST_TMPDIR/alice/node/keys/witness.key"
  HOME=$BATS_TEST_TMPDIR/alice cannot_write --node "$BATS_TEST_TMPDIR/alice/node" ledger checkpoint --cosign head.note --key "$pin"
}

@test "a quorum is asked for by a policy that others' tools read" {
  local name
  new_witness alice bob carol
  pinned
  cp head.note cosigned.note
  for name in alice bob; do
    witness "$name" 0 ledger checkpoint --cosign cosigned.note --key "$pin"
    cp "$BATS_TEST_TMPDIR/out" cosigned.note
  done
  witness carol 0 ledger checkpoint --cosign head.note --key "$pin"
  cp "$BATS_TEST_TMPDIR/out" by_carol.note
  for name in alice bob carol; do
    witness "$name" 0 key show witness
    printf 'witness %s %s\n' "$name" "$output"
  done >names
  decides
  policy() { cat names - >witnesses; }
  policy <<<$'group most 2 alice bob carol\nquorum most'
  lex 0 ledger verify --against cosigned.note --witnesses witnesses --json
  is "$(jq -c '.completeness' <<<"$output")" '{"established":true,"up_to_size":3}'
  is "$(jq -r '.checks[] | select(.name == "witnesses") | .detail' <<<"$output" | sed 's/ 20[^ ,]*Z//g')" \
    'of 3 entries: 2 of 3 witnesses, a quorum: alice, bob'
  for note in by_carol.note head.note; do
    lex 1 ledger verify --against "$note" --witnesses witnesses
    has "$output" 'no quorum'
  done
  lex 1 ledger verify --against cosigned.note --against head.note --witnesses witnesses
  # The last lines of two answers below each other.
  { cat cosigned.note; tail -n 1 by_carol.note; } >all.note
  policy <<<$'group whole all alice bob carol\nquorum whole'
  lex 0 ledger verify --against all.note --witnesses witnesses
  lex 1 ledger verify --against cosigned.note --witnesses witnesses
  # One witness twice is no quorum, nor is a line that was changed.
  { cat cosigned.note; tail -n 1 cosigned.note; } >twice.note
  policy <<<$'quorum bob'
  lex 0 ledger verify --against cosigned.note --witnesses witnesses
  lex 1 ledger verify --against twice.note --witnesses witnesses
  has "$output" 'cosigned twice'
  policy <<<$'quorum none'
  lex 0 ledger verify --against head.note --witnesses witnesses
  has "$output" 'the policy asks for no witness'
  lex 0 ledger log --format jsonl
  cp "$BATS_TEST_TMPDIR/out" entries
  head -n 3 entries >first
  policy <<<"log $pin"$'\ngroup most 2 alice bob carol\nquorum most'
  lex 0 ledger verify --entries first --against cosigned.note --key "$pin" --witnesses witnesses
  lex 64 ledger verify --witnesses witnesses
  policy <<<$'group most 2 alice alice\nquorum most'
  lex 65 ledger verify --against cosigned.note --witnesses witnesses
  has "$stderr" 'witnesses:4'
}
