#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  cat >>.lexecon/node.yaml <<'YAML'
retention:
  classes:
    - {name: short, applies: {actors: ['actor:human:*']}, keep: 1s, basis: own.rule, law: ours, then: erase}
    - {name: long, applies: {actors: ['actor:ai_agent:*']}, keep: 1d, basis: own.rule, law: ours, floor: true, then: erase}
YAML
  lex 0 policy activate
  add_operators
}

@test "what has expired is erased by a signed entry, what is held or kept stays" {
  lex 0 retention apply --json
  is "$(jq -c '[.seqs, .erasure]' <<<"$output")" '[[],null]'
  for name in alice bob; do
    lex 0 decide --actor "human:$name" --action read --no-token --intent "a secret of $name"
  done
  lex 0 decide --actor ai_agent:coder --action read --no-token
  lex 0 hold place --subject human:bob --id case-1 --reason claim "${by_bob[@]}"
  sleep 1.1
  lex 0 retention apply --dry-run --json
  is "$(jq -c '[.dry_run, (.seqs | length), .classes, .on_hold, .erasure]' <<<"$output")" \
    '[true,1,[{"contents":1,"name":"short"}],1,null]'
  lex 77 retention apply
  lex 77 retention apply "${by_carol[@]}"
  lex 0 retention apply --class long "${by_bob[@]}" --json
  is "$(jq -c .seqs <<<"$output")" '[]'
  lex 0 retention apply --class short "${by_bob[@]}" --json
  has "$stderr" '"event_type": "sealed.erased"'
  is "$(jq -c '[.dry_run, (.seqs | length), (.erasure.entries | length), .erasure.approval.operator]' <<<"$output")" \
    '[false,1,1,"bob"]'
  is "$(grep -c 'secret of alice' .lexecon/ledger.db || true)" 0
  grep -q 'secret of bob' .lexecon/ledger.db
  lex 0 hold release case-1 "${by_bob[@]}"
  lex 0 retention apply "${by_bob[@]}"
  has "$output" 'short'
  is "$(grep -c 'secret of bob' .lexecon/ledger.db || true)" 0
  is "$(value /counts/erased retention status)" 2
  lex 0 ledger verify --deep
}

@test "what is refused" {
  lex 64 retention apply --as bob
  lex 65 retention apply --class shrot --dry-run
  has "$stderr" 'did you mean `short`?'
  lex 66 --node nowhere retention apply
}
