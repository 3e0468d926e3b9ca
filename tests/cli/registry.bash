# What the commands of both registries do, told for `model` and for `prompt`.
# shellcheck shell=bash

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

# registry_node KIND: a node with people, and some bytes.
registry_node() {
  fresh_node enterprise
  add_operators
  printf 'the bytes of a %s' "$1" >bytes
  digest=$(sha256sum bytes | cut -d ' ' -f 1)
}

# registered KIND ID: bob registers other bytes for each id.
registered() {
  lex 0 "$1" register "$2" --digest "$(printf %s "$2" | sha256sum | cut -d ' ' -f 1)" "${by_bob[@]}"
}

# approved KIND ID ARGUMENT...: by alice, who did not register it.
approved() {
  lex 0 "$1" approve "$2" --provider-change no "${by_alice[@]}" "${@:3}"
}

state_of() { value /state "$1" show "$2"; }

registers() {
  lex 0 "$1" register thing@1 --file bytes --note 'what the vendor sent' "${by_carol[@]}" --json
  is "$(jq -c '[.schema, .kind, .id, .digest, .state, .file, .expires_at]' <<<"$output")" \
    '["lexecon.registration/1","'"$1"'","thing@1","'"$digest"'","registered","bytes",null]'
  is "$(jq -c '.history[] | [.event, .text, .approval.operator, .approval.role, .four_eyes, .erased]' <<<"$output")" \
    '["registered","what the vendor sent","carol","viewer",true,false]'
  is "$(said ledger log --format jsonl | grep -c 'vendor\|"bytes"')" 0
  lex 0 "$1" register thing@2 --file - "${by_bob[@]}" <<<other
  has "$output" 'state       registered'
  lex 0 "$1" register thing@3 --digest "sha256:$(printf third | sha256sum | cut -d ' ' -f 1)" "${by_bob[@]}"
  is "$(value /digest "$1" show thing@3)" "$(printf third | sha256sum | cut -d ' ' -f 1)"
  lex 0 ledger verify --deep
  lex 0 ledger rebuild
  lex 0 ledger verify --deep
}

refuses_to_register() {
  lex 64 "$1" register thing@1 "${by_bob[@]}"
  lex 64 "$1" register thing@1 --file bytes --digest "$digest" "${by_bob[@]}"
  lex 64 "$1" register thing@1 --file bytes --as bob
  lex 65 "$1" register thing --file bytes "${by_bob[@]}"
  has "$stderr" '<name>@<version>'
  lex 65 "$1" register 'a thing@1' --file bytes "${by_bob[@]}"
  lex 65 "$1" register thing@1 --digest "${digest^^}" "${by_bob[@]}"
  lex 65 "$1" register thing@1 --file . "${by_bob[@]}"
  lex 65 "$1" register thing@1 --file bytes --note '' "${by_bob[@]}"
  lex 66 "$1" register thing@1 --file nowhere "${by_bob[@]}"
  lex 66 "$1" register thing@1 --file bytes --as nobody --sign-with keys/bob
  lex 77 "$1" register thing@1 --file bytes
  lex 77 "$1" register thing@1 --file bytes --as bob --sign-with keys/carol
  lex 0 "$1" register thing@1 --file bytes "${by_bob[@]}"
  lex 65 "$1" register thing@1 --digest "$(printf other | sha256sum | cut -d ' ' -f 1)" "${by_bob[@]}"
  has "$stderr" 'registered already'
  lex 65 "$1" register thing@2 --file bytes "${by_bob[@]}"
  has "$stderr" "as the $1 \`thing@1\`"
  is "$(value /registrations "$1" list | jq length)" 1
  lex 0 ledger verify --deep
}

approves() {
  registered "$1" thing@1
  lex 0 "$1" approve thing@1 --expires 180d --provider-change substantial_modification \
    --justification 'evaluated' "${by_alice[@]}" --json
  is "$(jq -c '[.state, .history[1].event, .history[1].provider_change, .history[1].text, .history[1].four_eyes]' <<<"$output")" \
    '["approved","approved","substantial_modification","evaluated",true]'
  is "$(jq -r .expires_at <<<"$output")" "$(jq -r '.history[1].expires_at' <<<"$output")"
  # One that ends is renewed, one without an end is not.
  lex 0 "$1" approve thing@1 --provider-change no --justification-file - "${by_alice[@]}" <<<'again'
  has "$output" 'Art. 25(1): no: again'
  lex 65 "$1" approve thing@1 --provider-change no "${by_alice[@]}"
  has "$stderr" 'without an end'
  lex 0 ledger verify --deep
}

asks_a_person() {
  registered "$1" thing@1
  lex 64 "$1" approve thing@1 "${by_alice[@]}" </dev/null
  has "$stderr" 'Art. 25(1)'
  echo intended_purpose |
    script -qec "'$LEXECON_BIN' $1 approve thing@1 --as alice --sign-with keys/alice" /dev/null >typescript
  has "$(<typescript)" 'intended_purpose          (c)'
  is "$(value /history/1/provider_change "$1" show thing@1)" intended_purpose
}

takes_four_eyes() {
  registered "$1" thing@1
  lex 77 "$1" approve thing@1 --provider-change no "${by_bob[@]}"
  has "$stderr" '[own_registration]'
  lex 77 "$1" approve thing@1 --provider-change no "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  is "$(state_of "$1" thing@1)" registered
  is "$(said ledger log --type approval.refused --format jsonl | grep -c own_registration)" 1
  sed -i 's/four_eyes: double/four_eyes: single/' .lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 0 "$1" approve thing@1 --provider-change no "${by_bob[@]}"
  has "$output" 'WITHOUT FOUR EYES'
  is "$(value /history/1/four_eyes "$1" show thing@1)" false
  lex 0 ledger verify --deep
}

refuses_to_approve() {
  registered "$1" thing@1
  lex 64 "$1" approve thing@1 --provider-change perhaps "${by_alice[@]}"
  lex 64 "$1" approve thing@1 --provider-change no --expires soon "${by_alice[@]}"
  lex 64 "$1" approve thing@1 --provider-change no --justification a --justification-file - "${by_alice[@]}"
  lex 65 "$1" approve thing@1 --provider-change no --expires 2020-01-01T00:00:00Z "${by_alice[@]}"
  lex 65 "$1" approve thing --provider-change no "${by_alice[@]}"
  lex 66 "$1" approve thing@2 --provider-change no "${by_alice[@]}"
  lex 77 "$1" approve thing@1 --provider-change no
  lex 0 "$1" reject thing@1 --reason failed_evaluation "${by_alice[@]}"
  lex 65 "$1" approve thing@1 --provider-change no "${by_alice[@]}"
  has "$stderr" 'final'
  lex 0 ledger verify --deep
}

# ends KIND VERB STATE: what both ends have in common.
ends() {
  registered "$1" thing@1
  [[ $2 == reject ]] || approved "$1" thing@1
  lex 64 "$1" "$2" thing@1 "${by_alice[@]}"
  lex 64 "$1" "$2" thing@1 --reason 'not a code' "${by_alice[@]}"
  lex 66 "$1" "$2" thing@2 --reason superseded "${by_alice[@]}"
  lex 77 "$1" "$2" thing@1 --reason superseded
  lex 77 "$1" "$2" thing@1 --reason superseded "${by_carol[@]}"
  lex 0 "$1" "$2" thing@1 --reason superseded "${by_bob[@]}" --json
  is "$(jq -c '[.state, .history[-1].event, .history[-1].reason]' <<<"$output")" '["'"$3"'","'"$3"'","superseded"]'
  lex 65 "$1" "$2" thing@1 --reason superseded "${by_bob[@]}"
  has "$stderr" 'final'
  registered "$1" thing@3
  [[ $2 == retire ]] || approved "$1" thing@3
  lex 65 "$1" "$2" thing@3 --reason superseded "${by_bob[@]}"
  lex 0 ledger verify --deep
  lex 0 ledger rebuild
  lex 0 ledger verify --deep
}

lists() {
  lex 0 "$1" list
  is "$output" 'nothing is registered'
  local version
  for version in 1 2 3; do registered "$1" "thing@$version"; done
  approved "$1" thing@2
  lex 0 "$1" list
  is "$(grep -c 'thing@' <<<"$output")" 3
  lex 0 "$1" list --state approved --json
  is "$(jq -c '[.schema, .registrations[0].kind, .registrations[].id]' <<<"$output")" \
    '["lexecon.registrations/1","'"$1"'","thing@2"]'
  lex 0 "$1" list --reverse --limit 1 --actor operator:bob --format jsonl
  is "$(jq -r .id <<<"$output")" thing@3
  lex 0 "$1" list --actor operator:alice
  is "$output" 'nothing is registered'
  lex 0 "$1" list --to 1h
  is "$output" 'nothing is registered'
  lex 0 "$1" list --from 1h --format table
  is "$(grep -c 'thing@' <<<"$output")" 3
  lex 64 "$1" list --state good
  lex 64 "$1" list --format jsonl --json
  lex 66 --node nowhere "$1" list
}

shows() {
  lex 0 "$1" register thing@1 --file bytes "${by_bob[@]}"
  approved "$1" thing@1 --expires 90d
  lex 0 "$1" show thing@1
  has "$output" "sha256:$digest"
  has "$output" 'approved'
  is "$(value /id "$1" show "sha256:$digest")" thing@1
  lex 66 "$1" show thing@2
  lex 66 "$1" show "sha256:${digest//[0-9]/0}"
  has "$stderr" "lexecon $1 list"
  lex 64 "$1" show
}
