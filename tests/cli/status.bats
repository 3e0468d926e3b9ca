#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "a fresh node is well" {
  lex 0 status --check
  has "$output" 'no human authority'
  lex 0 status --json
  is "$(jq -r .schema <<<"$output")" lexecon.status/1
  is "$(jq -r .entries <<<"$output")" 3
  is "$(jq -c .problems <<<"$output")" '[]'
  is "$(jq -r .draft.differs <<<"$output")" false
  is "$(jq -c '[.human_authority_from, .four_eyes]' <<<"$output")" '[null,"double"]'
}

@test "since when people have a say, and whether one of them suffices" {
  add_operators
  has "$("$LEXECON_BIN" status)" 'no human authority before entry_3; four eyes: double'
  printf 'roles:\n  four_eyes: single\n' >>.lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 0 status --check
  has "$output" 'no human authority before entry_3; four eyes: single'
  lex 0 status --json
  is "$(jq -c '[.human_authority_from, .four_eyes]' <<<"$output")" '["entry_3","single"]'
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
