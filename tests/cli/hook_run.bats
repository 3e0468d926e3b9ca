#!/usr/bin/env bats
# Hooks as git runs them: real repositories, real pushes.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  git init -q --bare server/shop.git
  git init -q app
  git -C app remote add origin "$PWD/server/shop.git"
  commit one
}

commit() { git -C app commit -q --allow-empty -m "$1"; }
push() { git -C app push "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err"; }
guard_server() { lex 0 hook install pre-receive --repo server/shop.git --actor "$1"; }
last() { value "/entries/0/entry/data/$1" ledger log --type decision --reverse --limit 1; }
decisions() { said ledger log --type decision --format jsonl | wc -l; }
zero=0000000000000000000000000000000000000000
some=1111111111111111111111111111111111111111

ask() { # EXIT HOOK LINES...
  local wanted=$1 hook=$2
  shift 2
  lex "$wanted" hook run "$hook" --node .lexecon --origin example.org/log --repository shop \
    --actor "${actor:-human:alice}" "$@"
}

@test "pre-receive: create, push, force, delete are decided on the server" {
  guard_server human:alice
  push origin main
  is "$(last action)" action:git:create
  is "$(last resource)" resource:git:shop/refs/heads/main
  is "$(last via)" hook:pre-receive
  commit two
  push origin main
  is "$(last action)" action:git:push
  git -C app commit -q --amend --allow-empty -m rewritten
  run ! push --force origin main
  is "$(last action)" action:git:force_push
  is "$(last reason_code)" forbidden
  has "$(<"$BATS_TEST_TMPDIR/err")" 'refused action:git:force_push on resource:git:shop/refs/heads/main'
  run ! push origin :main
  is "$(last action)" action:git:delete
  is "$(git -C server/shop.git rev-list --count main)" 2
  lex 0 ledger verify
}

@test "pre-receive: the request says what moved and whether it was forced" {
  local old new seq
  guard_server human:alice
  push origin main
  old=$(git -C app rev-parse main)
  git -C app commit -q --amend --allow-empty -m rewritten
  new=$(git -C app rev-parse main)
  run ! push --force origin main
  seq=$(value /entries/0/entry/seq ledger log --type decision --reverse --limit 1)
  is "$(value /sealed/context ledger show "$seq" --sealed)" \
    "{\"forced\":true,\"new\":\"$new\",\"old\":\"$old\"}"
}

@test "pre-receive: one refused ref refuses the push, all refs are on record in one checkpoint" {
  guard_server human:alice
  push origin main
  git -C app branch topic
  local before
  before=$(decisions)
  run ! push origin topic :main
  is "$(decisions)" $((before + 2))
  is "$(git -C server/shop.git branch --list topic)" ''
  push origin topic main:other
  is "$(decisions)" $((before + 4))
  is "$(sqlite3 .lexecon/ledger.db 'SELECT count(*) FROM checkpoints')" 4
}

@test "pre-receive: an agent's push to a protected branch is escalated, so refused" {
  push origin main
  guard_server ai_agent:coder
  commit two
  run ! push origin main
  is "$(last outcome)" escalated
  has "$(<"$BATS_TEST_TMPDIR/err")" 'escalated'
}

@test "pre-push: decided before anything is sent, and --no-verify leaves it out" {
  lex 0 hook install pre-push --repo app --repository shop --actor human:alice
  push origin main
  is "$(last via)" hook:pre-push
  commit two
  push origin main
  is "$(last action)" action:git:push
  push origin main
  git -C app commit -q --amend --allow-empty -m rewritten
  run ! push --force origin main
  is "$(last action)" action:git:force_push
  has "$(<"$BATS_TEST_TMPDIR/err")" 'refused action:git:force_push'
  push --no-verify --force origin main
}

@test "pre-push: nothing to push is nothing to decide" {
  lex 0 hook install pre-push --repo app --actor human:alice
  push origin main
  local before
  before=$(decisions)
  push origin main
  is "$(decisions)" "$before"
}

@test "a tag that moves is forced, wherever it goes" {
  guard_server human:alice
  git -C app tag v1
  push origin main v1
  commit two
  git -C app tag -f v1
  run ! push --force origin v1
  is "$(last action)" action:git:force_push
}

@test "a rewritten history stays forced behind replaced objects and grafts" {
  guard_server human:alice
  push origin main
  local old new
  old=$(git -C app rev-parse main)
  git -C app commit -q --amend --allow-empty -m rewritten
  new=$(git -C app rev-parse main)
  git -C server/shop.git fetch -q "$PWD/app" main
  git -C server/shop.git replace --graft "$new" "$old"
  echo "$new $old" >server/shop.git/info/grafts
  run ! push --force origin main
  is "$(last action)" action:git:force_push
}

@test "names that a term cannot hold are percent-encoded" {
  ask 0 pre-receive <<<"$zero $some refs/heads/a#b%c"
  is "$(last resource)" 'resource:git:shop/refs/heads/a%23b%25c'
  actor=human:alice lex 0 hook run pre-push --node .lexecon --origin example.org/log \
    --repository 'größe' --actor human:alice <<<"HEAD~1 with spaces $some refs/heads/x $zero"
  is "$(last resource)" 'resource:git:gr%C3%B6%C3%9Fe/refs/heads/x'
}

@test "any doubt about history is a forced push" {
  ask 1 pre-receive <<<"$some ${some//1/2} refs/heads/main"
  is "$(last action)" action:git:force_push
}

@test "the refusal is one line on stderr, and stdout is empty" {
  ask 1 pre-receive <<<"$some $zero refs/heads/main"
  is "$(wc -l <"$BATS_TEST_TMPDIR/err")" 1
  is "$output" ''
  ask 1 pre-receive --json <<<"$some $zero refs/heads/main"
  is "$(jq -c '[.schema, .allowed, .decisions[0].outcome]' <<<"$output")" \
    '["lexecon.hook_answer/1",false,"denied"]'
}

@test "a thousand refs are one transaction, one more is too many" {
  lines() { seq "$1" | while read -r n; do printf '%s %040d refs/heads/%s\n' "$zero" "$n" "$n"; done; }
  lines 1001 >many
  ask 65 pre-receive <many
  is "$(decisions)" 0
  lines 1000 >many
  ask 0 pre-receive <many
  is "$(decisions)" 1000
  is "$(value /tree_size ledger checkpoint)" 1003
  is "$(sqlite3 .lexecon/ledger.db 'SELECT count(*) FROM checkpoints')" 2
}

@test "lines that git does not write are bad input, and nothing is recorded" {
  local before
  before=$(decisions)
  ask 65 pre-receive <<<"$zero $some"
  ask 65 pre-receive <<<"$zero ${some}1 refs/heads/x"
  ask 65 pre-receive <<<"$zero $some heads/x"
  ask 65 pre-push <<<"$zero $some refs/heads/x"
  ask 65 pre-receive < <(printf '%s' "$zero $some refs/heads/x")
  ask 65 pre-receive < <(printf '\n')
  is "$(decisions)" "$before"
}

@test "another log or another key in the node's place is exit 77" {
  local other
  lex 77 hook run pre-receive --node .lexecon --origin example.org/other --repository shop \
    --actor human:alice <<<"$zero $some refs/heads/x"
  other=$(mkdir other && cd other && HOME=$PWD said init --id other --origin example.org/log --json | jq -r .ledger_vkey)
  ask 77 pre-receive --key "$other" <<<"$zero $some refs/heads/x"
  lex 0 key show ledger --format vkey
  ask 0 pre-receive --key "$output" <<<"$zero $some refs/heads/x"
}

@test "without a node, an origin, an actor or a repository it refuses" {
  lex 66 hook run pre-push --origin example.org/log --repository shop --actor human:alice </dev/null
  has "$stderr" 'no node was named'
  lex 64 hook run pre-push --node .lexecon --repository shop --actor human:alice </dev/null
  lex 64 hook run pre-push --node .lexecon --origin example.org/log --repository shop \
    <<<"x $some refs/heads/x $zero"
  lex 64 hook run pre-push --node .lexecon --origin example.org/log --actor human:alice \
    <<<"x $some refs/heads/x $zero"
  lex 64 hook run update --node .lexecon </dev/null
}

@test "a node that was altered, is busy or cannot write refuses" {
  exec 9>.lexecon/lock
  flock 9
  ask 69 pre-receive --timeout 0 <<<"$zero $some refs/heads/x"
  exec 9>&-
  ask 0 pre-receive <<<"$zero $some refs/heads/x"
  rm .lexecon/head.note
  ask 76 pre-receive <<<"$zero $some refs/heads/x"
}

@test "what goes wrong about a tool call is exit 2, never another failure" {
  lex 2 hook run claude-code </dev/null
  lex 2 hook run json --node "$PWD/.lexecon" </dev/null
  lex 64 hook run claude-cod </dev/null
  actor=json ask 0 pre-push </dev/null
  lex 64 hook run pre-push --node .lexecon --actor json </dev/null
}

@test "an installed hook whose node is gone refuses" {
  guard_server human:alice
  mv .lexecon gone
  run ! push origin main
  is "$(git -C server/shop.git branch --list)" ''
}
