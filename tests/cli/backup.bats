#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read --no-token
}

@test "a backup is the whole ledger in one file, for its owner alone" {
  lex 0 backup kept
  is "$(stat -c %a kept)" 600
  has "$output" 'not in it: private keys'
  has "$output" "$("$LEXECON_BIN" key show ledger)"
  is "$(sqlite3 kept .dump | sha256sum)" "$(sqlite3 .lexecon/ledger.db .dump | sha256sum)"
  is "$(find . -maxdepth 1 -name 'kept*')" ./kept
  lex 0 backup other --json
  is "$(jq -c '[.schema, .head.tree_size, .head.root_hash, .not_included]' <<<"$output")" \
    "[\"lexecon.backup/1\",4,\"$(value /root_hash ledger checkpoint)\",[\"keys\",\"drafts\",\"heads\",\"evidence\"]]"
  is "$(jq .bytes <<<"$output")" "$(stat -c %s other)"
}

@test "no secret stands in a backup" {
  lex 0 backup kept
  local key
  for key in .lexecon/keys/*.key; do
    run ! grep -qF "$(openssl pkey -in "$key" -outform DER | tail -c 32 | xxd -p -c 64)" <(xxd -p -c 0 kept)
    run ! grep -qaF "$(sed -n 2p "$key")" kept
  done
}

@test "beside a writer every backup is valid" {
  local n
  (for _ in {1..200}; do
    "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token >/dev/null || true
    [[ ! -e stop ]] || break
  done) &
  for n in {1..20}; do lex 0 backup "kept.$n"; done
  : >stop
  wait
  lex 0 key show ledger
  for n in {1..20}; do
    mkdir "node.$n"
    XDG_STATE_HOME=$PWD/state.$n lex 0 restore "kept.$n" --node "$PWD/node.$n" --key "$output"
    XDG_STATE_HOME=$PWD/state.$n lex 0 ledger verify --deep --node "$PWD/node.$n"
    lex 0 key show ledger
  done
  [[ $(value /tree_size ledger checkpoint --node "$PWD/node.20") -gt $(value /tree_size ledger checkpoint --node "$PWD/node.1") ]]
}

@test "nothing is overwritten, and nothing left behind" {
  : >kept
  lex 73 backup kept
  is "$(stat -c %s kept)" 0
  lex 73 backup nowhere/kept
  lex 64 backup -
  lex 64 backup
  lex 66 --node nowhere backup other
  (ulimit -f 8 && lex 74 backup other)
  is "$(find . -maxdepth 1 -name 'other*')" ''
  lex 0 backup third --pointer /nothing
}

@test "an invalid ledger, or one that was set back, gives no backup" {
  cp -a .lexecon copy
  sqlite3 copy/ledger.db "UPDATE sealed SET body = x'00'"
  lex 76 --node copy backup kept
  has "$stderr" 'the copy is no valid ledger: the sealed content of entry_3'
  cp .lexecon/ledger.db old.db
  lex 0 decide --actor ai_agent:x --action read --no-token
  cp old.db .lexecon/ledger.db
  lex 76 backup kept
  has "$stderr" 'it was set back'
  is "$(find . -maxdepth 1 -name 'kept*')" ''
}
