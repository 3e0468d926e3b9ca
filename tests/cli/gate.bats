#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  lex 0 key show ledger
  vkey=$output
  deploy=(--actor ai_agent:deployer --action deploy --resource env:staging/web)
  production=(--actor ai_agent:deployer --action deploy --resource env:production/web)
}

# asked EXIT ARGUMENT...: at the gate of this node.
asked() { lex "$1" gate --node .lexecon --origin example.org/log --key "$vkey" "${@:2}"; }
entries() { value /tree_size ledger checkpoint; }
last() { value "/entries/0/entry/data/$1" ledger log --type gate.checked --reverse --limit 1; }
status_of() { jq -r --arg n "$1" '.checks[] | select(.name == $n) | .status + " " + (.items | tostring)' <<<"$output"; }
digest() { printf 'sha256:%s' "$(sha256sum <"$1" | cut -c 1-64)"; }
# receipt FILE ARGUMENT...: of a decision on that request.
receipt() {
  local id
  id=$(said decide "${@:2}" --no-token --pointer /decision_id)
  lex 0 receipt make "$id" -o "$1"
}

@test "what policy approves passes, with one line, and is on record in one transaction" {
  local before
  before=$(sqlite3 .lexecon/ledger.db 'SELECT count(*) FROM checkpoints')
  asked 0 "${deploy[@]}"
  has "$output" 'passed action:deploy on resource:env:staging/web: approved by policy (dec_'
  is "$stderr" ''
  is "$(sqlite3 .lexecon/ledger.db 'SELECT count(*) FROM checkpoints')" $((before + 1))
  is "$(value /entries/0/entry/data/via ledger log --type decision)" gate
  is "$(last outcome)" passed
  is "$(last judged)" approved
  is "$(last decision_id)" "$(value /entries/0/entry/data/decision_id ledger log --type decision)"
  is "$(last policy_hash)" "$(value /policy_hash policy hash --active)"
  is "$(last checks)" '[{"items":0,"name":"approvals","status":"not_run"},{"items":0,"name":"pins","status":"not_run"},{"items":1,"name":"policy","status":"pass"},{"items":0,"name":"receipts","status":"not_run"},{"items":0,"name":"registry","status":"not_run"}]'
  lex 0 ledger verify --deep
  has "$output" '1 gates'
}

@test "each other answer has its exit code, one line on stderr, and its entry" {
  asked 1 --actor ai_agent:assistant --action read --resource vault:keys
  is "$output" ''
  is "$(wc -l <"$BATS_TEST_TMPDIR/err")" 1
  has "$stderr" 'refused action:read on resource:vault:keys: denied: forbidden by `agents-see-no-secrets`'
  is "$(last outcome)" refused
  asked 2 "${production[@]}"
  has "$stderr" 'undecided action:deploy on resource:env:production/web'
  is "$(wc -l <"$BATS_TEST_TMPDIR/err")" 1
  is "$(last outcome)" undecided
  cat >.lexecon/policies/people.yaml <<'END'
relations:
  - {id: agents-trade, type: permits, subject: 'actor:ai_agent:*', action: 'action:trade'}
  - {type: requires, action: 'action:trade', requirement: second_look}
END
  lex 0 policy activate
  asked 3 --actor ai_agent:trader --action trade
  has "$stderr" 'conditional action:trade: conditional: unmet second_look'
  is "$(last outcome)" conditional
  lex 0 ledger verify --deep
}

@test "the document says what was checked" {
  asked 2 "${production[@]}" --json
  is "$(jq -c '[.schema, .outcome, .judged, .replayed, .recorded, .seq]' <<<"$output")" \
    '["lexecon.gate/1","undecided","escalated",false,true,5]'
  has "$(jq -r .escalation_id <<<"$output")" esc_dec_
  is "$(jq -r .entry_hash <<<"$output")" "$(value /entry_hash ledger show 5)"
  is "$(value /ledger_entry_id gate --node .lexecon "${deploy[@]}")" entry_7
}

@test "a pinned file has to have its digest, and has to be there" {
  echo built >app.tar
  echo other >other.tar
  asked 0 "${deploy[@]}" --pin "app.tar=$(digest app.tar)" --json
  is "$(status_of pins)" 'pass 1'
  is "$(last pins)" "[\"$(sha256sum <app.tar | cut -c 1-64)\"]"
  asked 1 "${deploy[@]}" --pin "other.tar=$(digest app.tar)"
  has "$stderr" "\`other.tar\` is $(sha256sum <other.tar | cut -c 1-64)"
  asked 1 "${deploy[@]}" --pin "app.tar=$(digest app.tar)" --pin "gone.tar=$(digest app.tar)" --json
  is "$(status_of pins)" 'fail 2'
  is "$(jq -r .reason <<<"$output")" '`gone.tar` cannot be read'
  asked 1 "${deploy[@]}" --pin ".=$(digest app.tar)"
  is "$(last outcome)" refused
  cp app.tar a=b
  asked 0 "${deploy[@]}" --pin "a=b=$(digest app.tar)"
  lex 0 ledger verify --deep
}

@test "what escalated passes once people approved it, while that lasts, under the same key" {
  add_operators
  local esc
  asked 2 "${production[@]}" --idempotency-key release-7 --json
  esc=$(jq -r .escalation_id <<<"$output")
  asked 2 "${production[@]}" --idempotency-key release-7
  asked 2 "${production[@]}" --idempotency-key release-7 --require-approval
  lex 0 escalation resolve "$esc" --approve "${by_alice[@]}"
  asked 0 "${production[@]}" --idempotency-key release-7 --require-approval --json
  is "$(jq -c '[.outcome, .judged, .reason, .replayed]' <<<"$output")" \
    '["passed","approved","approved by people",true]'
  is "$(status_of approvals)" 'pass 1'
  asked 65 "${deploy[@]}" --idempotency-key release-7
  lex 0 oversight stop --all --reason drill
  asked 1 "${production[@]}" --idempotency-key release-7
  has "$stderr" 'emergency_stop'
  lex 0 ledger verify --deep
}

@test "what people refused is refused" {
  add_operators
  local esc
  asked 2 "${production[@]}" --idempotency-key release-8 --json
  esc=$(jq -r .escalation_id <<<"$output")
  lex 0 escalation resolve "$esc" --deny "${by_alice[@]}"
  asked 1 "${production[@]}" --idempotency-key release-8
  has "$stderr" 'people refused it'
  lex 0 ledger verify --deep
}

@test "what nobody approved does not pass where people have to" {
  asked 1 "${deploy[@]}" --require-approval --json
  is "$(jq -c '[.outcome, .judged]' <<<"$output")" '["refused","approved"]'
  is "$(status_of approvals)" 'fail 0'
  has "$stderr" 'nobody approved it'
  lex 0 ledger verify --deep
}

@test "a decision on record is asked about as it stands now, for exactly its request" {
  local id
  id=$(said decide "${deploy[@]}" --no-token --pointer /decision_id)
  asked 0 "${deploy[@]}" --decision "$id" --json
  is "$(jq -r '.decision_id, .replayed' <<<"$output" | paste -sd ' ')" "$id true"
  asked 65 "${production[@]}" --decision "$id"
  has "$stderr" 'is for another request: its resource is another'
  asked 65 "${deploy[@]}" --tool kubectl --decision "$id"
  asked 66 "${deploy[@]}" --decision dec_00000000000000000000000000
  cat >>.lexecon/policies/freeze.yaml <<'END'
relations:
  - {id: freeze, type: forbids, action: 'action:deploy'}
END
  lex 0 policy activate
  asked 1 "${deploy[@]}" --decision "$id"
  has "$stderr" 'judged again now it is denied (forbidden)'
  lex 0 ledger verify --deep
}

@test "a receipt counts for exactly its request, from a trusted log, while it is young" {
  receipt good "${deploy[@]}"
  receipt other "${production[@]}"
  asked 0 "${deploy[@]}" --receipt good --json
  is "$(status_of receipts)" 'pass 1'
  is "$(last receipts)" "[\"$(jq -j .entry good | sha256sum | cut -c 1-64)\"]"
  asked 1 "${deploy[@]}" --receipt other
  has "$stderr" 'the receipt `other` does not count: of a decision that is escalated'
  asked 1 "${deploy[@]}" --tool kubectl --receipt good
  has "$stderr" 'its tool is another'
  asked 1 "${deploy[@]}" --receipt good --receipt gone
  has "$stderr" 'the receipt `gone` does not count: it cannot be read'
  sed 's/approved/approveD/' good >bad
  asked 1 "${deploy[@]}" --receipt bad
  has "$stderr" 'invalid'
  lex 0 receipt make 1 -o entry
  asked 1 "${deploy[@]}" --receipt entry
  has "$stderr" 'not of a decision'
  sleep 1.1
  asked 1 "${deploy[@]}" --receipt good --max-age 1s
  has "$stderr" 'too old'
  asked 0 "${deploy[@]}" --receipt good --max-age 1h
  lex 0 ledger verify --deep
}

@test "a receipt of another log counts under its key alone" {
  mkdir other
  HOME=$PWD/other lex 0 init other/node --id other --origin example.org/other --template enterprise
  HOME=$PWD/other LEXECON_NODE=$PWD/other/node receipt theirs "${deploy[@]}"
  asked 1 "${deploy[@]}" --receipt theirs
  asked 0 "${deploy[@]}" --receipt theirs --key "$("$LEXECON_BIN" --node other/node key show)"
}

@test "an ACTA receipt counts at the node of its log, and nowhere else" {
  local id
  id=$(said decide "${deploy[@]}" --no-token --pointer /decision_id)
  lex 0 receipt make "$id" --format acta -o acta
  asked 0 "${deploy[@]}" --receipt acta --json
  is "$(status_of receipts)" 'pass 1'
  is "$(last receipts)" "[\"$(value /entry_hash ledger show 3)\"]"
  asked 1 "${deploy[@]}" --tool kubectl --receipt acta
  has "$stderr" 'the receipt `acta` does not count: for another request: its tool is another'
  sed 's/allow/deny/' acta >bad
  asked 1 "${deploy[@]}" --receipt bad
  has "$stderr" 'the receipt `bad` does not count: invalid: it is not signed by the pinned key'
  id=$(said decide "${production[@]}" --no-token --pointer /decision_id)
  lex 0 receipt make "$id" --format acta -o waits
  asked 1 "${deploy[@]}" --receipt waits
  has "$stderr" 'of a decision that is escalated'
  lex 0 ledger verify --deep
  # An artefact of a build is all that a job without a node has: this one says too little.
  lex 1 gate --receipt acta --key "$vkey" "${deploy[@]}"
  has "$stderr" 'an ACTA receipt says neither for whom nor on what: only the node of its log can tell'
  # Another node does not have the decision, whoever is trusted.
  mkdir other
  HOME=$PWD/other lex 0 init other/node --id theirs --origin example.org/theirs --template enterprise
  HOME=$PWD/other lex 1 gate --node other/node "${deploy[@]}" --receipt acta --key "$vkey" \
    --key "$("$LEXECON_BIN" --node other/node key show)"
  has "$stderr" 'this log does not have its decision'
}

@test "a job in a clone passes with the receipt in the note of its commit, or in its artefact" {
  receipt good "${deploy[@]}"
  git init -q repository
  git -C repository commit -q --allow-empty -m release
  git -C repository notes --ref=lexecon add -C "$(git -C repository hash-object -w ../good)"
  git clone -q repository clone 2>/dev/null
  mkdir artefact
  cp good artefact/approved.receipt.json
  mv .lexecon gone
  cd clone
  git fetch -q origin 'refs/notes/*:refs/notes/*'
  git notes --ref=lexecon show | lex 0 gate --receipt - --key "$vkey" "${deploy[@]}"
  git notes --ref=lexecon show | lex 1 gate --receipt - --key "$vkey" "${production[@]}"
  lex 0 gate --receipt ../artefact/approved.receipt.json --key "$vkey" "${deploy[@]}"
}

@test "without a node a receipt alone allows, nothing is recorded, and the answer says so" {
  receipt good "${deploy[@]}"
  mv .lexecon gone
  lex 0 gate --receipt good --key "$vkey" "${deploy[@]}"
  has "$output" 'passed action:deploy on resource:env:staging/web: approved by receipt (dec_'
  has "$output" ', not recorded)'
  lex 0 gate --receipt good --key "$vkey" "${deploy[@]}" --json
  is "$(jq -c '[.outcome, .recorded, .seq, .judged, [.checks[] | .name + ":" + .status]]' <<<"$output")" \
    '["passed",false,null,null,["pins:not_run","receipts:pass"]]'
  lex 1 gate --receipt good --key "$vkey" "${production[@]}"
  has "$stderr" 'for another request: its resource is another'
  lex 1 gate --receipt good --key "$vkey" --actor ai_agent:other --action deploy --resource env:staging/web
  lex 1 gate --receipt good "${deploy[@]}"
  has "$stderr" 'key_not_pinned'
  lex 1 gate --receipt gone.json --key "$vkey" "${deploy[@]}"
  lex 1 gate --receipt - --key "$vkey" "${deploy[@]}" </dev/null
  has "$stderr" 'nothing_to_check'
  lex 1 gate --receipt good --key "$vkey" "${deploy[@]}" --pin "good=sha256:$(printf %064d 0)"
}

@test "where there is nothing to check nothing passes" {
  echo built >app.tar
  lex 4 gate "${deploy[@]}"
  has "$stderr" 'nothing_to_check action:deploy on resource:env:staging/web: neither a node nor a receipt was given'
  lex 4 gate "${deploy[@]}" --key "$vkey" --pin "app.tar=$(digest app.tar)" --json
  is "$(jq -r .outcome <<<"$output")" nothing_to_check
  is "$(entries)" 3
}

@test "another log or another key in the node's place is exit 77" {
  local before
  before=$(entries)
  lex 77 gate --node .lexecon --origin example.org/other "${deploy[@]}"
  mkdir other
  HOME=$PWD/other lex 0 init other/node --id other --origin example.org/log
  lex 77 gate --node .lexecon --key "$("$LEXECON_BIN" --node other/node key show)" "${deploy[@]}"
  is "$(entries)" "$before"
}

@test "what cannot be meant, and a node that cannot answer" {
  asked 64 --action deploy </dev/null
  asked 64 "${deploy[@]}" --pin app.tar
  asked 64 "${deploy[@]}" --pin app.tar=sha256:00
  asked 64 "${deploy[@]}" --max-age 0s
  asked 65 --actor ai_agent:x --action 'no such'
  lex 64 gate "${deploy[@]}" --decision dec_00000000000000000000000000
  has "$stderr" 'expected a node for --decision'
  lex 64 gate "${deploy[@]}" --require-approval
  lex 66 gate --node nowhere "${deploy[@]}"
  cannot_write gate --node .lexecon "${deploy[@]}"
  exec 9>.lexecon/lock
  flock 9
  asked 69 "${deploy[@]}" --timeout 0
  exec 9>&-
  rm .lexecon/head.note
  asked 76 "${deploy[@]}"
}

@test "a model passes the gate once somebody else than who registered it approved it" {
  add_operators
  printf "registry: {models: required}\n" >>.lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 0 model register writer@1 --digest "$(printf '%064d' 1)" "${by_alice[@]}"
  lex 1 gate --node "$PWD/.lexecon" "${deploy[@]}" --model writer@1
  has "$stderr" model_not_approved
  lex 0 model approve writer@1 --provider-change no "${by_bob[@]}"
  lex 0 gate --node "$PWD/.lexecon" "${deploy[@]}" --model writer@1 --json
  is "$(jq -r '.checks[] | select(.name == "registry") | .status' <<<"$output")" pass
  lex 0 ledger verify --deep
}
