#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

# ailing EXIT: the names of the findings that are not ok, and what they are.
ailing() {
  lex "$1" doctor --json
  jq -r '.findings[] | select(.status != "ok") | "\(.name) \(.status)"' <<<"$output"
}

# finding NAME MEMBER
finding() { said doctor --json | jq -r --arg n "$1" --arg m "$2" '.findings[] | select(.name == $n)[$m]'; }

# Every file with its content, its mode and its times.
state_of() { find "$@" -printf '%p %m %T@ %C@\n' -type f -exec sha256sum {} + | sort; }

@test "a fresh node is well" {
  lex 0 doctor
  has "$output" 'whether the entries are true: lexecon ledger verify'
  lex 0 doctor --json
  is "$(jq -c '[.schema, .sound, (.findings | length)]' <<<"$output")" '["lexecon.doctor/1",true,19]'
  is "$(ailing 0)" ''
  lex 0 decide --actor human:alice --action read
  is "$(ailing 0)" ''
}

@test "what is found comes with a command that mends it" {
  local mend
  chmod go+w .lexecon
  chmod 640 .lexecon/keys/token.key
  echo half >.lexecon/head.note.new.999999999
  is "$(ailing 1 | head -3)" $'folder fail\nprivate_keys fail\nleftovers warn'
  lex 1 doctor
  has "$output" "mend private_keys: chmod go-rwx -- $PWD/.lexecon/keys/token.key"
  lex 1 doctor --json
  while read -r mend; do bash -c "$mend"; done < <(jq -r '.findings[].mend // empty' <<<"$output")
  is "$(ailing 0)" ''
}

@test "a warning is no failure" {
  echo '# later' >>.lexecon/risk.yaml
  is "$(ailing 0)" 'draft warn'
  bash -c "PATH=$(dirname "$LEXECON_BIN"):\$PATH; $(finding draft mend)"
  is "$(ailing 0)" ''
}

@test "a ledger that was set back is found, and so is one that was switched to WAL" {
  cp .lexecon/ledger.db old.db
  lex 0 decide --actor human:alice --action read
  cp .lexecon/ledger.db new.db
  cp old.db .lexecon/ledger.db
  is "$(ailing 1)" 'heads fail'
  cp new.db .lexecon/ledger.db
  sqlite3 .lexecon/ledger.db 'PRAGMA journal_mode=WAL' >/dev/null
  is "$(ailing 1 | head -1)" 'database fail'
  bash -c "$(finding database mend)"
  is "$(ailing 0)" ''
}

@test "hooks of the repository around are looked at" {
  lex 0 doctor --json
  is "$(finding hooks detail)" 'no git repository here'
  git init -q shop
  cd shop
  is "$(finding hooks detail)" 'none installed in shop'
  lex 0 hook install pre-push --actor ai_agent:coder
  is "$(finding hooks detail)" 'pre-push installed in shop'
  chmod -x .git/hooks/pre-push
  is "$(ailing 1)" 'hooks fail'
  chmod +x .git/hooks/pre-push
  sed -i 's/--key [^ ]*/--key other/' .git/hooks/pre-push
  is "$(ailing 1)" 'hooks fail'
  sed -i "s|\$refs\" . /[^ ]*|\$refs\" \\| '/no such/program'|" .git/hooks/pre-push
  has "$(finding hooks detail)" '/no such/program, which cannot be executed'
  PATH=$(dirname "$LEXECON_BIN"):$PATH bash -c "$(finding hooks mend)"
  is "$(ailing 0)" ''
  lex 0 init ../other --id other
  lex 0 --node ../other hook install pre-push --actor ai_agent:coder
  is "$(ailing 0)" 'hooks warn'
  printf '#!/bin/sh\n' >.git/hooks/pre-push
  is "$(ailing 0)" ''
}

@test "nothing is written" {
  local before
  lex 0 decide --actor human:alice --action read
  before=$(state_of .lexecon "$HOME")
  lex 0 doctor
  is "$(state_of .lexecon "$HOME")" "$before"
  printf '\xd9\xd5\x05\xf9\x20\xa1\x63\xd7' >.lexecon/ledger.db-journal
  before=$(state_of .lexecon "$HOME")
  is "$(ailing 1 | head -1)" 'journal fail'
  is "$(state_of .lexecon "$HOME")" "$before"
}

@test "a node on a medium that cannot be written" {
  unshare -Urm true || skip 'no mount namespaces here'
  lex 0 decide --actor human:alice --action read
  # shellcheck disable=SC2016
  unshare -Urm bash -c 'mount --bind .lexecon .lexecon && mount -o remount,bind,ro .lexecon && "$0" doctor --json' \
    "$LEXECON_BIN" >found 2>/dev/null
  is "$(jq -c '[.findings[] | select(.status != "ok") | .name]' found)" '["free_space"]'
  has "$(jq -r '.findings[4].detail' found)" 'mounted read-only'
}

@test "a file system that is nearly full" {
  unshare -Urm true || skip 'no mount namespaces here'
  mkdir small
  # shellcheck disable=SC2016
  unshare -Urm bash -c 'mount -t tmpfs -o size=1m,mode=700 tmpfs small && cp -r .lexecon small/node &&
    chmod 700 small/node && "$0" doctor --node small/node --json' "$LEXECON_BIN" >found 2>/dev/null || true
  is "$(jq -c '[.findings[] | select(.status == "fail") | .name]' found)" '["free_space"]'
}

@test "no node is exit 66, a clone 78, a lost ledger a failure, a full disk 74" {
  cannot_write doctor
  lex 66 --node nowhere doctor
  mkdir clone && cp .lexecon/node.yaml clone
  lex 78 --node clone doctor
  rm .lexecon/ledger.db
  is "$(ailing 1 | head -1)" 'database fail'
  lex 64 doctor now
}
