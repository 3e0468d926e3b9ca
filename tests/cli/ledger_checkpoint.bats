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
