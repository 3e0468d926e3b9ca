#!/usr/bin/env bats

# docs/anchoring.md as its reader runs it, and what its anchors find.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

page=$BATS_TEST_DIRNAME/../../docs/anchoring.md

# blocks HEADING: the `sh` blocks of one section, or of all.
blocks() {
  awk -v heading="## ${1-}" -v all="${1-all}" '
    /^## / { inside = $0 == heading }
    /^```/ { if (on) { on = 0 } else if ($0 == "```sh" && (inside || all == "all")) on = 1; next }
    on' "$page"
}

setup() {
  fresh_node
  PATH=$(cd "$(dirname "$LEXECON_BIN")" && pwd):$PATH
  lex 0 decide --actor ai_agent:coder --action read --no-token
  lex 0 key show
  printf '%s\n' "$output" >auditor.vkey
}

run_page() {
  blocks "$@" >page.sh
  [[ -s page.sh ]]
  bash -euo pipefail page.sh >said 2>&1 || { cat said; return 1; }
}

@test "every block of the page runs, and the ledger holds against every anchor" {
  run_page
  is "$(grep -c '^valid, ' said)" 3
  is "$(grep -c '^valid: the signed tree of 5 entries extends that of 4' said)" 1
  has "$(<said)" 'Verification: OK'
  has "$(<said)" 'Time stamp: '
}

@test "a ledger that was set back is found by what was pushed" {
  run_page 'In git'
  lex 0 ledger checkpoint
  cp -r .lexecon kept
  lex 0 decide --actor ai_agent:coder --action read --no-token
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" anchors/checkpoint.note
  git -C anchors commit -q -a -m later
  git -C anchors push -q origin HEAD
  rm -r .lexecon "$HOME/.local"
  mv kept .lexecon
  lex 0 ledger verify
  git -C anchors.git show HEAD:checkpoint.note >newest
  lex 1 ledger verify --against newest
  has "$output" 'it was set back'
  # The branch cannot be made to forget it.
  git -C anchors reset -q --hard HEAD~1
  run ! git -C anchors push -q --force origin HEAD
}

@test "a stamp is of these bytes, by this authority" {
  run_page 'By a time stamp'
  openssl ts -verify -data checkpoint.note -in checkpoint.tsr -CAfile tsa.pem
  sed '2s/$/0/' checkpoint.note >other.note
  run ! cmp -s checkpoint.note other.note
  run ! openssl ts -verify -data other.note -in checkpoint.tsr -CAfile tsa.pem
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -keyout other.key \
    -out other.pem -subj '/CN=Another' -addext extendedKeyUsage=critical,timeStamping 2>/dev/null
  run ! openssl ts -verify -data checkpoint.note -in checkpoint.tsr -CAfile other.pem
}
