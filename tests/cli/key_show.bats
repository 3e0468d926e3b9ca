#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "the ledger key in four forms" {
  lex 0 key show
  has "$output" 'example.org/log+'
  lex 0 key show ledger --format pem
  is "$output" "$(cat .lexecon/keys/ledger.pub)"
  lex 0 key show --format ssh
  is "$(ssh-keygen -l -f <(printf '%s\n' "$output") | awk '{print $NF}')" '(ED25519)'
  lex 0 key show --format minisign
  is "$(head -n 1 <<<"$output")" 'untrusted comment: lexecon ledger key'
}

@test "the token key is the one that the log announced" {
  lex 0 key show token --format pem
  is "$output" "$(cat .lexecon/keys/token.pub)"
  is "$(value /kid key show token)" "$(value /entry/data/kid ledger show 1)"
  cp .lexecon/keys/ledger.pub .lexecon/keys/token.pub
  lex 0 key show token --format pem
  [[ $output != "$(cat .lexecon/keys/token.pub)" ]]
}

@test "what is refused" {
  lex 64 key show other
  lex 64 key show --format der
  lex 66 --node nowhere key show
  cannot_write key show
}
