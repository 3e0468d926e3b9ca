#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  add_operators
  lex 0 decide --actor human:alice --action read --no-token --json
  decision=$(jq -r .decision_id <<<"$output")
  seq=$(jq -r .seq <<<"$output")
}

@test "a decision is held with its evidence, by an officer who saw what he signed" {
  echo report >report
  evidence=$(value /evidence_id evidence add report --type attestation --decision "$decision")
  lex 0 hold place "$decision" --id case-1 --reason 'a claim' "${by_bob[@]}" --json
  has "$stderr" '"event_type": "hold.placed"'
  is "$(jq -c '[.hold_id, .state, (.seqs | length), .seqs[0], .reason, .erased, .actor, .released]' <<<"$output")" \
    "[\"case-1\",\"in_force\",2,$seq,\"a claim\",false,\"operator:bob\",null]"
  lex 0 hold place "$evidence" --seq "$seq" --id case-2 --reason 'another' "${by_alice[@]}"
  has "$output" 'in force'
  lex 0 hold place "entry_$seq" --id case-3 --reason 'another' "${by_alice[@]}" --json
  is "$(jq -c .seqs <<<"$output")" "[$seq]"
  lex 0 ledger verify --deep
}

@test "a subject is held with all of its decisions, a tenant and a time too" {
  lex 0 decide --actor human:bob --action read --no-token --tenant acme
  lex 0 hold place --subject human:alice --id one --reason x "${by_bob[@]}" --json
  is "$(jq -c .seqs <<<"$output")" "[$seq]"
  lex 0 hold place --tenant acme --id two --reason x "${by_bob[@]}" --json
  is "$(jq '.seqs | length' <<<"$output")" 1
  lex 0 hold place --from 1h --id three --reason x "${by_bob[@]}" --json
  is "$(jq '.seqs | length' <<<"$output")" 2
  lex 65 hold place --to 1h --id four --reason x "${by_bob[@]}"
  has "$stderr" 'no sealed content'
}

@test "what is refused" {
  lex 64 hold place
  lex 64 hold place "$decision" --reason x "${by_bob[@]}"
  lex 64 hold place "$decision" --id x "${by_bob[@]}"
  lex 64 hold place --id x --reason x "${by_bob[@]}"
  lex 64 hold place "$decision" --id 'no id' --reason x "${by_bob[@]}"
  lex 64 hold place --seq one --id x --reason x "${by_bob[@]}"
  lex 65 hold place "$decision" --id x --reason '' "${by_bob[@]}"
  lex 65 hold place --seq 0 --id x --reason x "${by_bob[@]}"
  has "$stderr" 'genesis has no sealed content'
  lex 66 hold place dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B --id x --reason x "${by_bob[@]}"
  lex 66 hold place entry_4711 --id x --reason x "${by_bob[@]}"
  lex 77 hold place "$decision" --id x --reason x
  has "$stderr" 'compliance_officer or above'
  lex 77 hold place "$decision" --id x --reason x "${by_carol[@]}"
  has "$stderr" '[insufficient_role]'
  lex 0 hold place "$decision" --id x --reason x "${by_bob[@]}"
  lex 65 hold place "$decision" --id x --reason x "${by_bob[@]}"
  has "$stderr" 'there a second time'
  lex 0 ledger verify
}
