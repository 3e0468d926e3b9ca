#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

decided() { lex 1 decide --actor ai_agent:assistant --action read --resource vault:keys; }

@test "the ledger goes on under the new key, and either key may be pinned" {
  lex 0 key show
  local old=$output
  lex 0 key rotate ledger
  has "$output" 'example.org/log+'
  has "$stderr" 'hook install'
  local new
  new=$(tail -n 1 <<<"$output")
  [[ $new != "$old" ]]
  lex 0 key show
  is "$output" "$new"
  lex 0 key show --format pem
  is "$output" "$(cat .lexecon/keys/ledger.pub)"
  lex 0 ledger verify --key "$old"
  lex 2 ledger verify --key "$new"
  has "$output" 'key_not_pinned'
  decided
  lex 0 ledger verify --key "$new"
  lex 0 ledger verify --key "$old" --key "$new" --deep
  is "$(find .lexecon/keys -type f | wc -l)" 4
  is "$(stat -c %a .lexecon/keys/ledger.key)" 600
  lex 0 status --check
  lex 0 ledger log --type key.rotated --format jsonl
  is "$(jq -c '[.data.ledger_vkey, .data.lost, .data.reason]' <<<"$output")" \
    "[\"$new\",null,\"scheduled\"]"
}

@test "openssl and minisign know the new key" {
  lex 0 key rotate ledger
  decided
  lex 0 ledger checkpoint
  printf '%s\n' "$output" >note
  head -n 3 note >text
  tail -n 1 note | cut -d' ' -f3 | base64 -d | tail -c 64 >sig
  lex 0 key show --format pem
  printf '%s\n' "$output" >key.pem
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile sig
  lex 0 key show --format minisign
  is "$(tail -n 1 <<<"$output" | base64 -d | tail -c 32 | xxd -p -c 64)" \
    "$(openssl pkey -pubin -in key.pem -outform DER | tail -c 32 | xxd -p -c 64)"
  lex 0 key rotate ledger
  lex 0 ledger checkpoint
  printf '%s\n' "$output" >note
  head -n 3 note >text
  tail -n 1 note | cut -d' ' -f3 | base64 -d | tail -c 64 >sig
  # The last checkpoint of the key before.
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile sig
  openssl pkeyutl -verify -pubin -inkey .lexecon/keys/ledger.pub -rawin -in text -sigfile sig && return 1
  true
}

@test "tokens of the old key are refused, and new ones taken" {
  local node=$PWD/.lexecon
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --json
  jq -r .capability_token <<<"$output" >token
  lex 0 key rotate token --reason compromised --json
  is "$(jq .tokens_refused <<<"$output")" 1
  is "$(jq -r '.removed_kids | length' <<<"$output")" 1
  lex 1 token verify --node "$node" --action deploy --resource env:staging/shop --token-file token
  has "$output" unknown_key
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --json
  jq -r .capability_token <<<"$output" >token
  lex 0 token verify --node "$node" --action deploy --resource env:staging/shop --token-file token
  lex 0 key show token --format pem
  is "$output" "$(cat .lexecon/keys/token.pub)"
  lex 0 ledger log --type key.removed --format jsonl
  is "$(jq -r .data.reason <<<"$output")" compromised
  lex 0 ledger verify --deep
}

@test "a hook that names the old key refuses until it is installed again" {
  git init -q repository
  cd repository || return
  lex 0 --node ../.lexecon hook install pre-push --actor human:someone
  lex 0 --node ../.lexecon key rotate ledger
  local key
  key=$(grep -o "example.org/log+[^ ']*" .git/hooks/pre-push | head -n 1)
  lex 77 --node "$PWD/../.lexecon" hook run pre-push --origin example.org/log --key "$key" \
    --actor human:someone --repository repository </dev/null
  has "$stderr" 'install the hook again'
}

@test "what is refused" {
  lex 64 key rotate
  lex 64 key rotate other
  lex 64 key rotate ledger --reason 'in words'
  lex 66 --node nowhere key rotate ledger
  rm .lexecon/keys/ledger.key
  lex 78 key rotate ledger
  lex 78 key rotate token
}

@test "a ledger that cannot be written is left with its key" {
  local before
  before=$(sha256sum .lexecon/keys/*)
  (exec 9<.lexecon/lock && flock 9 && lex 69 --timeout 0 key rotate ledger)
  is "$(sha256sum .lexecon/keys/*)" "$before"
  decided
}

@test "once there are operators an officer signs for the ledger, an admin for the tokens" {
  add_operators
  sha256sum .lexecon/keys/*.key >before
  lex 77 key rotate ledger
  lex 77 key rotate ledger "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  lex 77 key rotate token "${by_bob[@]}"
  sha256sum --check --quiet before
  is "$(ls .lexecon/keys | wc -l)" 4
  lex 0 key rotate ledger "${by_bob[@]}"
  lex 0 key rotate token "${by_alice[@]}"
  lex 0 ledger log --type key.removed --format jsonl
  is "$(jq -r '[.actor, .data.approval.role] | join(" ")' <<<"$output")" 'operator:alice admin'
  lex 0 ledger log --type approval.refused --format jsonl
  is "$(jq -r .data.event_type <<<"$output")" $'key.rotated\nkey.removed'
  lex 0 ledger verify --deep
}
