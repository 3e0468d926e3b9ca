#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  first=$(value /policy_hash policy hash --active)
}

@test "the set before comes back in force, the folder stays a draft" {
  echo '# later' >>.lexecon/risk.yaml
  lex 0 policy activate
  lex 0 policy rollback
  is "$(value /policy_hash policy hash --active)" "$first"
  has "$(<.lexecon/risk.yaml)" '# later'
  is "$("$LEXECON_BIN" ledger log --type policy.activated --format jsonl 2>/dev/null | wc -l)" 3
  lex 0 ledger verify
}

@test "to a set by its hash" {
  echo '# later' >>.lexecon/risk.yaml
  lex 0 policy activate
  echo '# still later' >>.lexecon/risk.yaml
  lex 0 policy activate
  lex 0 policy rollback "$first"
  is "$(value /policy_hash policy hash --active)" "$first"
}

@test "nothing before, no such set, wrong words, no node" {
  lex 66 policy rollback
  lex 66 policy rollback "$(printf '0%.0s' {1..64})"
  lex 64 policy rollback 12
  lex 66 --node nowhere policy rollback
}

@test "a held lock is exit 69, a full disk 74" {
  echo '# later' >>.lexecon/risk.yaml
  lex 0 policy activate
  exec 9>>.lexecon/lock
  flock 9
  lex 69 policy rollback --timeout 0
  exec 9>&-
  cannot_write policy rollback "$first"
}
