#!/usr/bin/env bats
# One node takes in the packages of another: from then on the other one cannot go back.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  "$LEXECON_BIN" init other --id other --origin example.org/other >/dev/null 2>&1
  lex 0 decide --node other --actor ai_agent:x --action read --no-token
  lex 0 export --node other -o first --disclose sealed
}

@test "a valid package becomes an entry, and the next one must extend it" {
  lex 0 ledger import first --key other/keys/ledger.pub
  has "$output" 'nothing of this log'
  lex 0 decide --node other --actor ai_agent:x --action drop --no-token || true
  lex 0 export --node other --format tar -o second.tar
  lex 0 ledger import second.tar --json
  is "$(jq -c '[.schema, .verdict, .last.tree_size, .package.format, .ledger_entry_id]' <<<"$output")" \
    '["lexecon.import/1","valid",4,"tar","entry_4"]'
  lex 0 ledger show entry_4 --json
  is "$(jq -c '.entry.data | [.scope, .decisions, .redecided]' <<<"$output")" '["all",2,0]'
  lex 0 ledger verify --deep
  has "$output" 'imports'
}

@test "without a key a new log is undecidable, under another key invalid, and nothing is recorded" {
  size=$(value /head/tree_size ledger verify)
  lex 2 ledger import first
  has "$output" 'undecidable: key_not_pinned'
  has "$output" 'not taken in'
  lex 1 ledger import first --key .lexecon/keys/ledger.pub
  is "$(value /ledger_entry_id ledger import first)" null
  is "$(value /head/tree_size ledger verify)" "$size"
  lex 64 ledger import
  lex 66 ledger import nothing --key other/keys/ledger.pub
  lex 0 export -o own
  lex 65 ledger import own
  has "$stderr" 'does not take in its own log'
}

@test "a log that went back, and one with another history, are refused with both notes" {
  cp -r other before
  lex 1 decide --node other --actor ai_agent:x --action drop --no-token
  lex 0 export --node other -o second
  lex 0 ledger import second --key other/keys/ledger.pub
  is "$(jq '.conflicts | length' <<<"$(said ledger import first --json)")" 1
  lex 1 ledger import first
  has "$output" 'it was set back'
  has "$output" 'theirs:'
  # The folder of before, which knows nothing of what was signed since.
  rm -rf other state && mv before other
  export XDG_STATE_HOME=$PWD/state2
  for _ in 1 2 3; do lex 0 decide --node other --actor ai_agent:y --action read --no-token; done
  lex 0 export --node other -o forked
  lex 1 ledger import forked
  has "$output" 'two histories'
  lex 0 ledger verify
}

@test "a log that was recovered is taken in under its new key, with the gap named" {
  lex 0 ledger import first --key other/keys/ledger.pub
  rm other/head.note
  size=$(value /tree_size ledger checkpoint --node other)
  lex 0 recover --node other --accept-size "$size" --reason 'head.note was deleted'
  lex 0 export --node other -o second
  lex 2 ledger import second
  lex 0 ledger import second --key other/keys/ledger.pub --json
  is "$(jq .gaps[0].lost.tree_size <<<"$output")" "$size"
}
