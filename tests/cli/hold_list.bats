#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "holds are listed, those in force, the newest, some" {
  lex 0 hold list
  has "$output" 'no holds'
  is "$(value /holds hold list)" '[]'
  add_operators
  lex 0 decide --actor human:alice --action read --no-token
  for id in one two three; do
    lex 0 hold place --subject human:alice --id "$id" --reason "why $id" "${by_bob[@]}"
  done
  lex 0 hold release two "${by_bob[@]}"
  is "$(said hold list --json | jq -c '[.holds[] | [.hold_id, .state]]')" \
    '[["one","in_force"],["two","released"],["three","in_force"]]'
  is "$(said hold list --json --in-force --reverse | jq -c '[.holds[].hold_id]')" '["three","one"]'
  lex 0 hold list --format jsonl --limit 1
  is "$(jq -r .hold_id <<<"$output")" one
  is "$(value /holds hold list --to 1h)" '[]'
  is "$(said hold list --json --from 1h | jq '.holds | length')" 3
  lex 0 hold list --format table
  has "$output" 'why three'
  cannot_write hold list
}

@test "what is refused" {
  lex 64 hold list --format jsonl --json
  lex 64 hold list --limit 0
  lex 66 --node nowhere hold list
}
