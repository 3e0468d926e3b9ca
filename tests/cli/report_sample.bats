#!/usr/bin/env bats
# Every report of a node that was in use, in every format, from one model.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup_file() {
  export SAMPLE=$BATS_FILE_TMPDIR/sample
  "$BATS_TEST_DIRNAME/sample_node.sh" "$LEXECON_BIN" "$SAMPLE" 1000
}

setup() {
  # shellcheck source=/dev/null
  . "$SAMPLE/ids.sh"
  # shellcheck disable=SC2153 # ids.sh sets it
  export LEXECON_NODE=$NODE HOME=$SAMPLE XDG_STATE_HOME=$SAMPLE/state
  cd "$BATS_TEST_TMPDIR" || return
}

# holds FOLDER KIND: what the formats of one report have to have in common.
holds() {
  local json=$1/$2.json html=$1/$2.html markdown=$1/$2.md csv=$1/$2.csv set
  is "$(jq -r .header.ledger.verification.verdict "$json")" valid
  is "$(jq '.header.ledger.redecided.judged + .header.ledger.redecided.erased' "$json")" 1002
  [[ $(grep -c '<script' "$html") == 0 ]]
  # Each set of entries that a number leads to is there, with its digest.
  grep -oE 'href="#E[0-9]+"' "$html" | grep -oE 'E[0-9]+' | sort -u >named
  jq -r '.evidence[] | [.id, if .count > 0 then .digest else "id" end] | join(" ")' "$json" >sets
  while read -r set; do
    grep -q "id=\"$set\"" "$html"
    grep -qF "$(grep "^$set " sets | cut -d ' ' -f 2)" "$html"
  done <named
  # What nobody said is in none of them.
  ! grep -qiE 'we attest|is compliant|fully compliant' "$html" "$markdown" "$csv"
  (($(wc -l <"$csv") > $(jq '.rows | length' "$json")))
}

@test "every kind of report of the law, in every format" {
  local kind
  for kind in ai-act article-11 article-12 article-14 article-26 article-73 executive; do
    lex 0 compliance report --kind "$kind" --system triage --format html --format markdown --format json --format csv \
      --format oscal-ar -o "$kind"
    holds "$kind" "$kind"
  done
  lex 0 compliance report --kind article-26 --system deployer --format oscal-poam -o plan.json
  lex 0 compliance report --kind article-86 --decision "$ESCALATED" --system triage --format html --format markdown \
    --format json --format csv --format oscal-ar -o explained
  is "$(jq -r .kind explained/article-86.json)" article-86
  lex 0 ledger verify --deep
}

@test "every framework, of which all controls are rows and few have evidence" {
  local framework of
  for framework in soc2 iso27001 iso42001 gdpr hipaa pci_dss nist_csf nist_ai_rmf; do
    lex 0 compliance report --kind framework --framework "$framework" --format html --format markdown --format json \
      --format csv --format oscal-ar --format oscal-poam -o "$framework"
    holds "$framework" framework
    of=$(jq '.summary.coverage.of' "$framework/framework.json")
    is "$(jq '.rows | length' "$framework/framework.json")" "$of"
    (($(jq '.summary.coverage.evidenced' "$framework/framework.json") < of))
  done
}
