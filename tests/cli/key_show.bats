#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "both keys in four forms" {
  lex 0 key show
  [[ $output =~ ^example\.org/log\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$ ]]
  lex 0 key show ledger --format pem
  openssl pkey -pubin -in "$BATS_TEST_TMPDIR/out" -noout
  cmp "$BATS_TEST_TMPDIR/out" .lexecon/keys/ledger.pub
  lex 0 key show token --format pem
  cmp "$BATS_TEST_TMPDIR/out" .lexecon/keys/token.pub
  lex 0 key show ledger --format ssh
  if command -v ssh-keygen >/dev/null; then ssh-keygen -l -f "$BATS_TEST_TMPDIR/out"; fi
  lex 0 key show ledger --format minisign
  is "$(wc -l <"$BATS_TEST_TMPDIR/out")" 2
}

@test "the key comes from the log, not from a file in its place" {
  lex 0 key show ledger --format pem
  cp "$BATS_TEST_TMPDIR/out" before
  cp .lexecon/keys/token.pub .lexecon/keys/ledger.pub
  lex 0 key show ledger --format pem
  cmp "$BATS_TEST_TMPDIR/out" before
}

@test "no private key in any form, of any command" {
  run ! grep -q PRIVATE <(for each in vkey pem minisign ssh; do "$LEXECON_BIN" key show --format "$each" 2>&1; done)
}

@test "wrong words, no node, a full disk" {
  lex 64 key show secret
  lex 64 key show ledger --format jwk
  lex 66 --node nowhere key show
  cannot_write key show
}
