#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "a fresh node is well" {
  lex 0 status --check
  has "$output" 'none on record'
  lex 0 status --json
  is "$(jq -r .schema <<<"$output")" lexecon.status/1
  is "$(jq -r .entries <<<"$output")" 3
  is "$(jq -c .problems <<<"$output")" '[]'
  is "$(jq -r .draft.differs <<<"$output")" false
}

@test "a draft that differs is a note, no problem" {
  printf 'threshold: 70\n' >.lexecon/risk.yaml
  lex 0 status --check
  has "$output" 'changed risk.yaml'
  is "$(value /draft/changed/0 status)" risk.yaml
}

@test "a ledger behind its head is a problem" {
  cp .lexecon/ledger.db old.db
  lex 0 decide --actor human:alice --action read
  cp old.db .lexecon/ledger.db
  lex 0 status
  has "$output" 'problem:'
  lex 1 status --check
  is "$(value /problems/0/code status --check)" heads
}

@test "a key that others can read is exit 77, no node 66, a full disk 74" {
  cannot_write status
  chmod 640 .lexecon/keys/ledger.key
  lex 77 status
  has "$stderr" 'chmod 600'
  lex 66 --node nowhere status
}

@test "--check finds what would stop the next decision" {
  lex 0 status --check
  cp -r .lexecon other
  cp other/keys/ledger.key other/keys/token.key
  lex 1 status --check --node other
  has "$output$stderr" 'token.key'
  rm -r other
  cp -r .lexecon other
  sqlite3 other/ledger.db 'DELETE FROM policy_files'
  lex 1 status --check --node other
  sqlite3 other/ledger.db 'DROP TABLE policy_files'
  lex 76 status --check --node other
}
