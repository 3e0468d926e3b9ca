#!/usr/bin/env bats
# Signatures of real keys, checked by ssh-keygen from the entries alone.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  new_key alice
  new_key carol
  mkdir -p keys
  ssh-keygen -q -t ed25519 -N 'the passphrase of bob' -f keys/bob
  printf '#!/bin/sh\necho "the passphrase of bob"\n' >askpass
  chmod +x askpass
  eval "$(ssh-agent -s)" >/dev/null
  ssh-add -q keys/carol
  rm keys/carol # the agent alone has it now
}

teardown() { ssh-agent -k >/dev/null; }

# check_approval: the entry on standard input; as lexecon-ledger(5) has it.
check_approval() {
  local entry signer
  entry=$(cat)
  signer=$(jq -r .data.approval.operator <<<"$entry")
  jq -r .data.approval.sshsig <<<"$entry" >signature
  jq -cjS '(.data.approval | del(.sshsig)) + {typ: "lexecon-approval/1", origin, event_type,
    sealed_hash, statement: (.data | del(.approval))}' <<<"$entry" |
    ssh-keygen -Y verify -f allowed_signers -I "$signer" -n lexecon -s signature
}

@test "ssh-keygen accepts every signature in the ledger: of a file, of an agent, under a passphrase" {
  export SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force
  local alice=(--as alice --sign-with keys/alice)
  local bob=(--as bob --sign-with keys/bob)
  local carol=(--as carol --sign-with agent)
  lex 0 operator add alice --role admin --key keys/alice.pub
  lex 0 operator add bob --role compliance_officer --key keys/bob.pub "${alice[@]}"
  lex 0 operator add carol --role admin --key keys/carol.pub "${alice[@]}"
  lex 0 key rotate ledger "${bob[@]}"
  printf 'threshold: 70\n' >.lexecon/risk.yaml
  lex 0 policy activate "${carol[@]}"
  lex 0 key rotate token "${carol[@]}"
  lex 0 policy rollback "${alice[@]}"
  new_key next
  lex 0 operator rotate alice --key keys/next.pub "${carol[@]}"
  lex 0 operator revoke bob --reason left --as alice --sign-with keys/next
  lex 0 ledger verify --deep

  "$LEXECON_BIN" ledger log --format jsonl >entries.jsonl
  jq -r 'select(.event_type == "operator.added" or .event_type == "operator.rotated") | .data |
    "\(.operator) namespaces=\"lexecon\" \(.public_key)"' entries.jsonl >allowed_signers
  local checked=0 entry
  while IFS= read -r entry; do
    check_approval <<<"$entry"
    checked=$((checked + 1))
  done < <(jq -c 'select(.data.approval)' entries.jsonl)
  is "$checked" 8

  # And it would see an altered one.
  entry=$(jq -c 'select(.event_type == "operator.revoked")' entries.jsonl)
  run ! check_approval <<<"${entry/left/fired}"
  sed -i '/^alice/d' allowed_signers
  run ! check_approval <<<"$entry"
}

@test "a passphrase that is wrong, and an agent that has no such key, sign nothing" {
  lex 0 operator add bob --role admin --key keys/bob.pub
  printf '#!/bin/sh\necho wrong\n' >askpass
  export SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force
  lex 77 key rotate ledger --as bob --sign-with keys/bob
  has "$stderr" 'ssh-keygen did not sign'
  lex 77 key rotate ledger --as bob --sign-with agent
  is "$(value /entries status)" 4
}
