#!/usr/bin/env bats
# A node that was set back, in every combination of what was: database, head.note, the user's copy.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  decide_times 2
  cp -a .lexecon yesterday
  cp .lexecon/head.note old.note
  decide_times 3
  cp -a .lexecon today
  cp .lexecon/head.note new.note
  heads=$HOME/.local/state/lexecon/heads
  copy=$heads/$(printf example.org/log | sha256sum | cut -c -32)
  cmp "$copy" new.note
}

decide_times() {
  local i
  for ((i = 0; i < $1; i++)); do lex 0 decide --actor ai_agent:x --action read --no-token; done
}

# scene DATABASE HEAD COPY: each is today's, yesterday's or missing.
scene() {
  rm -rf .lexecon
  cp -a today .lexecon
  cp "$1/ledger.db" .lexecon/ledger.db
  rm -f .lexecon/head.note "$copy"
  [[ $2 == missing ]] || cp "$2/head.note" .lexecon/head.note
  [[ $3 == missing ]] || cp "$3/head.note" "$copy"
}

# answer [OPTION...]: the exit code of verify, its cause, and up to where completeness is proven.
answer() {
  local status=0
  "$LEXECON_BIN" ledger verify --json "$@" >answer 2>errors || status=$?
  jq -r --arg status "$status" \
    '[$status, .cause // "-", .completeness.up_to_size // "-"] | map(tostring) | join(" ")' answer
}

@test "verify and decide see a rollback as far as anything tells of it" {
  local database head copied none old new decided status rows=0
  # `old` and `new` pin yesterday's and today's checkpoint; the last column is decide's exit code.
  while IFS='|' read -r database head copied none old new decided; do
    scene $database $head $copied
    is "$database $head $copied: $(answer)" "$database $head $copied: $none"
    is "$database $head $copied, old: $(answer --against old.note)" "$database $head $copied, old: $old"
    is "$database $head $copied, new: $(answer --against new.note)" "$database $head $copied, new: $new"
    status=0
    "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token >/dev/null 2>errors || status=$?
    is "$database $head $copied: decide $status" "$database $head $copied: decide $decided"
    rows=$((rows + 1))
  done <<'TABLE'
today|today|today|0 - -|0 - 5|0 - 8|0
today|today|yesterday|0 - -|0 - 5|0 - 8|0
today|today|missing|0 - -|0 - 5|0 - 8|0
today|yesterday|today|0 - -|0 - 5|0 - 8|0
today|yesterday|yesterday|0 - -|0 - 5|0 - 8|0
today|yesterday|missing|0 - -|0 - 5|0 - 8|0
today|missing|today|2 head_note_missing -|2 head_note_missing -|2 head_note_missing -|76
today|missing|yesterday|2 head_note_missing -|2 head_note_missing -|2 head_note_missing -|76
today|missing|missing|2 head_note_missing -|2 head_note_missing -|2 head_note_missing -|76
yesterday|today|today|1 - -|1 - -|1 - -|76
yesterday|today|yesterday|1 - -|1 - -|1 - -|76
yesterday|today|missing|1 - -|1 - -|1 - -|76
yesterday|yesterday|today|1 - -|1 - -|1 - -|76
yesterday|yesterday|yesterday|0 - -|0 - 5|1 - -|0
yesterday|yesterday|missing|0 - -|0 - 5|1 - -|0
yesterday|missing|today|1 - -|1 - -|1 - -|76
yesterday|missing|yesterday|2 head_note_missing -|2 head_note_missing -|1 - -|76
yesterday|missing|missing|2 head_note_missing -|2 head_note_missing -|1 - -|76
TABLE
  is "$rows" 18
}

@test "both notes are shown of a log that was set back" {
  scene yesterday today today
  lex 1 ledger verify --json
  is "$(jq -r .conflicts[0].ours <<<"$output")" "$(<old.note)"
  is "$(jq -r .conflicts[0].theirs <<<"$output")" "$(<new.note)"
  is "$(jq -r .first_bad_seq <<<"$output")" 5
  lex 1 ledger verify
  has "$output" "$(sed -n 3p old.note)"
  has "$output" "$(sed -n 3p new.note)"
}

# Where nothing tells of a later entry, the answer says that nothing does.
@test "a rollback of directory and user state together is valid, and what that proves is said" {
  scene yesterday yesterday yesterday
  lex 0 ledger verify
  has "$output" 'nothing proves there was no later entry'
  lex 0 ledger verify --key .lexecon/keys/ledger.pub
  has "$output" 'nothing proves there was no later entry'
  lex 1 ledger verify --key .lexecon/keys/ledger.pub --against new.note
}

@test "two that go on from one copy are two histories" {
  local one two
  cp -a yesterday other
  cp -a .lexecon mine
  # On another machine there is no copy of our head.
  for ((i = 0; i < 3; i++)); do
    XDG_STATE_HOME=$PWD/elsewhere lex 0 decide --node other --actor ai_agent:y --action read --no-token
  done
  lex 1 ledger verify --against other/head.note --json
  one=$output
  is "$(jq -r .conflicts[0].ours <<<"$one")" "$(<new.note)"
  is "$(jq -r .conflicts[0].theirs <<<"$one")" "$(<other/head.note)"
  export XDG_STATE_HOME=$PWD/elsewhere
  lex 1 ledger verify --node other --against new.note --json
  two=$output
  is "$(jq -r .conflicts[0].theirs <<<"$two")" "$(<new.note)"
  lex 0 ledger verify --node other
  lex 0 ledger verify --node other --against old.note
  # Either's database under the other's head: the same size, another root.
  cp other/ledger.db mine/ledger.db
  lex 1 ledger verify --node mine
  lex 76 decide --node mine --actor ai_agent:x --action read --no-token
}

@test "the whole ledger of another node is refused under a pinned key" {
  cp .lexecon/keys/ledger.pub pinned.pem
  lex 0 init foreign --id demo --origin example.org/other --template minimal
  lex 0 ledger verify --node foreign
  lex 1 ledger verify --node foreign --key pinned.pem
  is "$(head -c 7 <<<"$output")" invalid
  cp foreign/ledger.db foreign/head.note .lexecon/
  lex 1 ledger verify
  lex 76 decide --actor ai_agent:x --action read --no-token
}
