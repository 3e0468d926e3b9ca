#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
  decision=$(value /decision_id decide --actor ai_agent:x --action read --no-token)
  by_hand=(responsibility assign "$decision" --maker human_operator --level full)
}

@test "the responsible operator accepts liability by a signature, and the ledger verifies" {
  lex 0 "${by_hand[@]}" --responsible operator:carol --accept-liability --confidence 90 \
    --review-due 30d --reasoning 'I looked at it' "${by_carol[@]}"
  has "$output" 'liability       accepted'
  has "$output" 'signed by       carol'
  has "$output" 'I looked at it'
  has "$output" '90 %'
  lex 0 ledger verify --deep
  lex 0 ledger log --type responsibility.assigned --format jsonl
  is "$(jq -r .data.approval.operator <<<"$output")" carol
  [[ $output != *'looked at'* ]]
}

@test "without a signature somebody is named, and nobody has accepted anything" {
  lex 0 "${by_hand[@]}" --responsible human_user:dave --json
  is "$(jq -c '[.responsible, .signed_by, .liability_accepted, .in_force, .actor]' <<<"$output")" \
    '["actor:human_user:dave",null,false,true,"node:demo"]'
}

@test "the reasoning comes from a file or standard input too" {
  echo 'from a file' >why
  is "$(value /reasoning "${by_hand[@]}" --responsible operator:bob --reasoning-file why)" 'from a file'
  is "$(echo piped | value /reasoning "${by_hand[@]}" --responsible operator:bob --reasoning-file -)" piped
  lex 64 "${by_hand[@]}" --responsible operator:bob --reasoning-file why --reasoning because
  lex 66 "${by_hand[@]}" --responsible operator:bob --reasoning-file nothing
  head -c 65537 /dev/zero | tr '\0' x >long
  lex 65 "${by_hand[@]}" --responsible operator:bob --reasoning-file long
  lex 65 "${by_hand[@]}" --responsible operator:bob --reasoning ''
}

@test "liability is nobody's to put on another, and no signature is asked for first" {
  lex 65 "${by_hand[@]}" --responsible operator:bob --accept-liability "${by_alice[@]}"
  has "$stderr" 'nobody but that operator can'
  [[ $stderr != *'signs with'* ]]
  lex 65 "${by_hand[@]}" --responsible operator:bob --accept-liability
  lex 65 "${by_hand[@]}" --responsible human_user:bob --accept-liability "${by_bob[@]}"
  is "$(value /entries ledger stats)" 7
}

@test "a chain of delegation names everybody once, and goes with the maker delegated" {
  local delegated=(responsibility assign "$decision" --maker delegated --level shared --responsible operator:carol)
  lex 0 "${delegated[@]}" --delegated-from human_executive:eve --delegated-from operator:bob
  has "$output" 'actor:human_executive:eve > operator:bob > operator:carol'
  lex 65 "${delegated[@]}"
  lex 65 "${delegated[@]}" --delegated-from operator:carol
  has "$stderr" 'twice in the chain'
  lex 65 "${delegated[@]}" --delegated-from operator:bob --delegated-from operator:bob
  lex 65 "${delegated[@]}" --delegated-from operator:nobody
  lex 65 "${by_hand[@]}" --responsible operator:carol --delegated-from operator:bob
}

@test "who answers is in force, the review is to come, and values are what they should be" {
  lex 65 "${by_hand[@]}" --responsible operator:nobody
  has "$stderr" 'no operator `nobody` is in force'
  lex 0 operator revoke bob "${by_alice[@]}"
  lex 65 "${by_hand[@]}" --responsible operator:bob
  lex 65 "${by_hand[@]}" --responsible operator:carol --review-due 2020-01-01T00:00:00Z
  has "$stderr" 'which is not to come'
  lex 64 "${by_hand[@]}" --responsible operator:carol --review-due tomorrow
  lex 64 "${by_hand[@]}" --responsible operator:carol --confidence 101
  lex 64 "${by_hand[@]}"
  lex 64 responsibility assign "$decision" --responsible operator:carol --level full
  lex 64 responsibility assign "$decision" --responsible operator:carol --maker human_operator
  lex 64 responsibility assign "$decision" --responsible operator:carol --maker king --level full
  lex 65 responsibility assign dec_1 --responsible operator:carol --maker human_operator --level full
  lex 66 responsibility assign dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B --responsible operator:carol --maker human_operator \
    --level full
  is "$(value /entries ledger stats)" 8
}

@test "a signature of another's key is refused, and on record" {
  lex 77 "${by_hand[@]}" --responsible operator:carol --accept-liability --as carol --sign-with keys/bob
  has "$stderr" '[wrong_key]'
  is "$(said ledger log --type approval.refused --format jsonl | jq -r .data.event_type)" responsibility.assigned
  lex 0 responsibility show "$decision" --json
  is "$(jq -c .assignments <<<"$output")" '[]'
  lex 66 "${by_hand[@]}" --responsible operator:carol --as nobody --sign-with keys/bob
}

@test "a machine with full responsibility is recorded, and remarked on" {
  lex 0 responsibility assign "$decision" --responsible ai_agent:x --maker ai_system --level full
  has "$stderr" 'level full says that a person answers'
  local status=0
  "$LEXECON_BIN" "${by_hand[@]}" --responsible operator:carol >/dev/full 2>err || status=$?
  is "$status" 74
}
