#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  umask 077
  echo SENTINEL-one >one
  echo SENTINEL-two >two
}

# deploys EXIT OPTION...: a decision with a token, which takes both keys.
deploys() {
  local wanted=$1
  shift
  lex "$wanted" decide --actor ai_agent:deployer --action deploy --resource env:staging/shop "$@"
}

# guarded ARGUMENT...: refused with a wrong passphrase and without one, done with the right one.
guarded() {
  lex 77 "$@" --passphrase-file two
  lex 77 "$@"
  lex 0 "$@" --passphrase-fd 7 7<one
}

@test "a passphrase is set, changed and taken away" {
  lex 0 key passwd --new-passphrase-file one
  has "$output" 'the token key is under the new passphrase'
  is "$(grep -l 'LEXECON ENCRYPTED' .lexecon/keys/*.key | wc -l)" 2
  is "$(stat -c %a .lexecon/keys/ledger.key)" 600
  deploys 77
  has "$stderr" 'no passphrase was given'
  deploys 77 --passphrase-file two
  deploys 0 --passphrase-file one
  deploys 0 --passphrase-fd 7 7<one
  lex 77 key passwd --passphrase-file two --new-passphrase-file two
  lex 0 key passwd --passphrase-fd 7 --new-passphrase-fd 8 --json 7<one 8<two
  is "$(jq -c '[.keys, .encrypted]' <<<"$output")" '[["ledger","token"],true]'
  deploys 77 --passphrase-file one
  deploys 0 --passphrase-file two
  lex 77 key passwd --remove
  lex 0 key passwd --passphrase-file two --remove
  deploys 0
  lex 0 ledger verify --deep
}

@test "every command that needs a key takes the passphrase, and refuses a wrong one" {
  local node=$PWD/.lexecon decision
  deploys 0 --no-token --json
  decision=$(jq -r .decision_id <<<"$output")
  deploys 0 --json
  jq -r .capability_token <<<"$output" >token
  printf 'policy_id: pol_more_v1\nrelations: []\n' >.lexecon/policies/more.yaml
  lex 0 key passwd --new-passphrase-file one
  echo '{"actor":"ai_agent:assistant","action":"read","resource":"vault:keys"}' >requests
  guarded token verify --node "$node" --action deploy --resource env:staging/shop --token-file token
  guarded token issue --decision "$decision"
  guarded token revoke --decision "$decision" --reason test
  guarded decide --batch requests
  guarded policy activate
  guarded policy rollback
  guarded key rotate token
  guarded key rotate ledger
  rm .lexecon/head.note
  local size
  size=$(sqlite3 .lexecon/ledger.db 'SELECT max(tree_size) FROM checkpoints')
  lex 77 recover --accept-size "$size" --reason why --passphrase-file two
  lex 0 recover --accept-size "$size" --reason why --passphrase-file one
  is "$(grep -l 'LEXECON ENCRYPTED' .lexecon/keys/*.key | wc -l)" 2
  deploys 0 --passphrase-file one
  lex 0 ledger verify --deep
  lex 0 status --check
  # Nothing of it stands anywhere.
  is "$(grep -ral SENTINEL .lexecon)" ''
}

@test "what is refused" {
  lex 64 key passwd other
  lex 64 key passwd --remove --new-passphrase-file one
  lex 64 key passwd --new-passphrase-file one --new-passphrase-fd 7
  lex 77 key passwd
  chmod 644 one
  lex 77 key passwd --new-passphrase-file one
  : >two
  lex 77 key passwd --new-passphrase-file two
  lex 66 --node nowhere key passwd --remove
  chmod 600 one
  lex 0 key passwd ledger --new-passphrase-file one
  echo SENTINEL-two >two
  lex 77 key passwd token --new-passphrase-file two
  touch .lexecon/keys/token.key.0123456789abcdef
  lex 78 key passwd --passphrase-file one --remove
}
