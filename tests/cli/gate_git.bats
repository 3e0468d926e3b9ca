#!/usr/bin/env bats
# What becomes of refs between two real repositories, the server's behind a pre-receive hook: of each case
# what git did, what is on record, and that the record verifies.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  git init -q --bare shop.git
  git init -q app
  git -C app remote add origin "$PWD/shop.git"
  commit one
  lex 0 hook install pre-receive --repo shop.git --actor human:alice
  server=$PWD/shop.git
}

commit() { git -C app commit -q --allow-empty -m "$1"; }
rewrite() { git -C app commit -q --amend --allow-empty -m "$1"; }
push() { git -C app push "$@" >../out 2>"$BATS_TEST_TMPDIR/err"; }
# A ref of the server; nothing where there is none.
there() { git -C "$server" rev-parse -q --verify "refs/heads/$1" || true; }
here() { git -C app rev-parse "$1"; }
# What was decided, oldest first: operation, ref, outcome and by what.
recorded() {
  said ledger log --type decision --format jsonl |
    jq -r '.data | [(.action | sub("action:git:"; "")), (.resource | sub(".*/refs/heads/"; "")), .outcome, .via] | join(" ")'
}
sound() { lex 0 ledger verify --deep; }

@test "create: the branch is there, and so is its decision" {
  push origin main
  is "$(there main)" "$(here main)"
  is "$(recorded)" 'create main approved hook:pre-receive'
  sound
}

@test "delete: the branch stays" {
  push origin main
  run ! push origin :main
  is "$(there main)" "$(here main)"
  has "$(<"$BATS_TEST_TMPDIR/err")" 'refused action:git:delete on resource:git:shop/refs/heads/main'
  is "$(recorded)" $'create main approved hook:pre-receive\ndelete main denied hook:pre-receive'
  sound
}

@test "force: the history stays, also where the pusher says that it is none" {
  local before
  push origin main
  before=$(there main)
  rewrite other
  run ! push origin main
  run ! push --force origin main
  is "$(there main)" "$before"
  has "$(<"$BATS_TEST_TMPDIR/err")" 'refused action:git:force_push'
  run ! push origin +main
  is "$(there main)" "$before"
  # What git itself refused was never asked about.
  is "$(recorded)" $'create main approved hook:pre-receive\nforce_push main denied hook:pre-receive\nforce_push main denied hook:pre-receive'
  sound
}

@test "several refs: all are decided in one transaction, and one refusal keeps all out" {
  push origin main
  commit two
  git -C app branch topic
  local checkpoints
  checkpoints=$(sqlite3 .lexecon/ledger.db 'SELECT count(*) FROM checkpoints')
  git -C app branch -f old HEAD~1
  push origin old
  run ! push origin main topic :old
  is "$(there topic)" ''
  is "$(there main)" "$(here main~1)"
  is "$(there old)" "$(here old)"
  is "$(recorded | tail -n 3 | sort)" \
    $'create topic approved hook:pre-receive\ndelete old denied hook:pre-receive\npush main approved hook:pre-receive'
  is "$(sqlite3 .lexecon/ledger.db 'SELECT count(*) FROM checkpoints')" $((checkpoints + 2))
  push origin main topic
  is "$(there topic)" "$(here topic)"
  sound
}

@test "no network: what is asked locally is answered all the same, and what cannot arrive is not asked" {
  if unshare -Urn true 2>/dev/null; then
    unshare -Urn git -C app push origin main 2>"$BATS_TEST_TMPDIR/err"
  else
    push origin main
  fi
  is "$(there main)" "$(here main)"
  is "$(recorded)" 'create main approved hook:pre-receive'
  commit two
  git -C app remote set-url origin "$PWD/unreachable.git"
  lex 0 hook install pre-push --repo app --actor human:alice
  run ! push origin main
  is "$(recorded)" 'create main approved hook:pre-receive'
  # A gate that cannot reach its node says so; nothing goes out.
  git -C app remote set-url origin "$server"
  mv .lexecon away
  run ! push origin main
  mv away .lexecon
  is "$(there main)" "$(here main~1)"
  sound
}

@test "hook skipped: --no-verify leaves the client's hook out, and the server still refuses" {
  push origin main
  lex 0 hook install pre-push --repo app --repository shop --actor human:alice
  rewrite other
  run ! push --force origin main
  has "$(<"$BATS_TEST_TMPDIR/err")" 'refused action:git:force_push'
  is "$(recorded | tail -n 1)" 'force_push main denied hook:pre-push'
  run ! push --no-verify --force origin main
  [ "$(there main)" != "$(here main)" ]
  is "$(recorded | tail -n 1)" 'force_push main denied hook:pre-receive'
  # Without the server's hook nothing is asked, and nothing is on record.
  lex 0 hook uninstall pre-receive --repo shop.git
  push --no-verify --force origin main
  is "$(there main)" "$(here main)"
  is "$(recorded | wc -l)" 3
  sound
}

@test "a hook that asks the gate for each ref: receipts and pins go with the push" {
  lex 0 hook uninstall pre-receive --repo shop.git
  echo contract >contract.txt
  # As lexecon-gate(1) shows it.
  cat >shop.git/hooks/pre-receive <<END
#!/bin/sh
while read -r old new ref; do
  "$LEXECON_BIN" gate --node "$PWD/.lexecon" --origin example.org/log --actor human:alice \\
    --action git:push --resource "git:shop/\$ref" \\
    --pin "$PWD/contract.txt=sha256:$(sha256sum <contract.txt | cut -c 1-64)" >&2 || exit
done
END
  chmod +x shop.git/hooks/pre-receive
  push origin main
  has "$(<"$BATS_TEST_TMPDIR/err")" 'passed action:git:push on resource:git:shop/refs/heads/main: approved by policy'
  is "$(value /entries/0/entry/data/outcome ledger log --type gate.checked)" passed
  commit two
  echo changed >contract.txt
  run ! push origin main
  is "$(there main)" "$(here main~1)"
  has "$(<"$BATS_TEST_TMPDIR/err")" 'contract.txt` is '
  is "$(value /entries/0/entry/data/outcome ledger log --type gate.checked --reverse --limit 1)" refused
  sound
}
