#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() { governed_node; }

# decided NUMBER: so many decisions of the agent that the profile of triage selects.
decided() {
  local i
  for ((i = 0; i < $1; i++)); do
    lex 0 decide --actor ai_agent:triage --action read --no-token
  done
}

framework() { lex "$1" compliance report --kind framework --framework soc2 "${@:2}"; }

@test "a report is text of Markdown, and stands on record with its digest" {
  decided 2
  lex 0 compliance report --kind ai-act
  has "$output" '# EU AI Act: what applies, and what is on record'
  has "$output" 'System **triage**'
  has "$output" 'not legal advice'
  has "$stderr" 'on record in entry_'
  is "$(entries report.made | jq -c '[.kind, .system, .framework, .disclosure, .files[0].format, .rulebooks[0].id]')" \
    '["ai-act","triage",null,"none","markdown","eu_ai_act"]'
  is "$(entries report.made | jq -r '.files[0].sha256')" \
    "$(sha256sum <"$BATS_TEST_TMPDIR/out" | cut -d ' ' -f 1)"
  lex 0 ledger verify --deep
  lex 0 ledger rebuild
  lex 0 ledger verify --deep
}

@test "several formats go into a folder, each with its digest on record" {
  decided 1
  local format formats=(markdown html json csv oscal-ar oscal-poam)
  framework 0 "${formats[@]/#/--format=}" -o out --json
  is "$(jq -c '[.made, .fault, .kind, .system, .failed, .incomplete, .recorded.approval]' <<<"$output")" \
    '[true,null,"framework",null,[],[],null]'
  is "$(find out -type f | wc -l)" 6
  while read -r format path sha256 bytes; do
    is "$(sha256sum <"$path" | cut -d ' ' -f 1)" "$sha256"
    is "$(wc -c <"$path")" "$bytes"
    is "$(entries report.made | jq -r --arg f "$format" '.files[] | select(.format == $f).sha256')" "$sha256"
  done < <(jq -r '.files[] | [.format, .path, .sha256, .bytes] | @tsv' <<<"$output")
  is "$(jq -r .schema out/framework.json)" lexecon.report/1
  is "$(jq -cS . out/framework.json)" "$(cat out/framework.json)"
  is "$(jq -r .header.recorded out/framework.json)" true
  xmllint --html --noout out/framework.html 2>&1 | grep -v 'Tag \(header\|main\|footer\|section\|figure\|figcaption\|details\|summary\|svg\|rect\|text\|title\|path\|g\) invalid' | grep error && return 1
  cmark-gfm -e table out/framework.md | grep -q '<table>'
  is "$(find . -name '*.part*')" ''
}

@test "the same size, days and rulebook give the same bytes, whatever was recorded since" {
  decided 3
  local size
  size=$(value /tree_size compliance report --kind ai-act --no-record)
  local same=(--kind ai-act --size "$size" --as-of 2026-11-21 --from 2026-01-01 --to 2026-11-21)
  for format in html json csv oscal-ar oscal-poam markdown; do
    lex 0 compliance report "${same[@]}" --format "$format" -o "one.$format"
    decided 1
    lex 0 compliance report "${same[@]}" --format "$format" -o "two.$format"
    cmp "one.$format" "two.$format"
  done
}

@test "a report that is not to be recorded says so" {
  framework 0 --no-record
  has "$output" 'This report is not on record'
  is "$(entries report.made)" ''
  framework 0 --no-record --json --format json
  is "$(jq -c '.recorded' <<<"$output")" null
  is "$(jq -r '.files[0].text' <<<"$output" | jq .header.recorded)" false
  framework 0
  [[ $output != *'This report is not on record'* ]]
}

@test "what a caller does not want in a report is exit 1, and the report is made" {
  framework 1 --fail-on gap
  has "$output" '## Gaps'
  has "$stderr" 'gaps'
  framework 0 --fail-on stale --complete
  framework 1 --fail-on gap --fail-on stale --json
  is "$(jq -c .failed <<<"$output")" '["gap"]'
  set_profile --role provider
  lex 1 compliance report --kind article-11 --complete --json
  is "$(jq -c '.failed' <<<"$output")" '["incomplete"]'
  [[ $(jq '.incomplete | length' <<<"$output") -gt 0 ]]
  lex 1 compliance report --kind article-11 --complete
  has "$stderr" 'incomplete: '
}

@test "a ledger that does not verify has no report" {
  decided 2
  sqlite3 .lexecon/ledger.db 'UPDATE entries SET actor = "actor:human:eve" WHERE seq = 6' ||
    sqlite3 .lexecon/ledger.db "PRAGMA writable_schema = 1; UPDATE entries SET body = replace(body, 'triage', 'eniart')"
  lex 1 compliance report --kind ai-act
  is "$output" ''
  has "$stderr" 'no report: '
  lex 1 compliance report --kind ai-act --json
  is "$(jq -c '[.made, .kind, (.fault.message | length > 0)]' <<<"$output")" '[false,"ai-act",true]'
  lex 1 compliance report --kind ai-act -o out.md
  [[ ! -e out.md ]]
}

@test "sealed content takes the signature of a compliance officer, on record" {
  decided 1
  lex 77 compliance report --kind ai-act --sealed
  lex 64 compliance report --kind ai-act --sealed --no-record "${by_bob[@]}"
  lex 77 compliance report --kind ai-act --sealed "${by_carol[@]}" -o out.html --format html
  [[ ! -e out.html ]]
  lex 0 compliance report --kind ai-act --sealed "${by_bob[@]}" -o out.html --format html --json
  is "$(jq -r .recorded.approval.operator <<<"$output")" bob
  is "$(entries report.made | jq -r .disclosure)" sealed
  is "$(stat -c %a out.html)" 600
  has "$(cat out.html)" 'shows sealed content'
  lex 0 ledger verify --deep
}

@test "a template may be printed, copied and changed" {
  decided 1
  lex 0 compliance report --print-template --format html
  cp "$BATS_TEST_TMPDIR/out" mine.mustache
  framework 0 --no-record --format html -o plain.html
  framework 0 --no-record --format html --template mine.mustache -o mine.html
  cmp plain.html mine.html
  mkdir own
  printf '# {{title}} of ACME\n{{>rows}}\n{{>added}}\n' >own/report.mustache
  printf 'size {{ledger.tree_size}}\n' >own/added.mustache
  framework 0 --no-record --template own/report.mustache
  has "$output" ' of ACME'
  has "$output" '## Row by row'
  has "$output" 'size '
  printf '{{titel}}' >wrong.mustache
  framework 65 --template wrong.mustache
  has "$stderr" '`titel`'
  framework 66 --template missing.mustache
  framework 64 --template mine.mustache --format csv
  lex 64 compliance report --print-template
  lex 64 compliance report --print-template --format csv
}

@test "a PDF is what another program prints" {
  framework 64 --format pdf
  framework 0 --format pdf -o report.pdf
  is "$(head -c 5 report.pdf)" '%PDF-'
  is "$(entries report.made | jq -r '.files[0].format')" pdf
  # Every row is in its text, with what is said of it.
  pdftotext -layout report.pdf report.txt
  framework 0 --format json -o report.json --no-record
  local control
  for control in $(jq -r '.rows[].id' report.json); do grep -qF "$control" report.txt; done
  has "$(cat report.txt)" 'This report is not legal advice'
  has "$(cat report.txt)" 'Statement of applicability'
  printf '<h1>{{title}}</h1>' >bare.mustache
  framework 65 --format pdf --template bare.mustache -o bare.pdf
  [[ ! -e bare.pdf ]]
}

@test "what cannot be asked is refused, and leaves nothing" {
  lex 64 compliance report
  has "$stderr" '--kind'
  lex 64 compliance report --kind article-13
  lex 64 compliance report --kind ai-act --from yesterday
  lex 65 compliance report --kind ai-act --from 2026-02-01 --to 2026-01-01
  lex 66 compliance report --kind ai-act --system nobody
  lex 66 compliance report --kind framework --framework soc3
  lex 66 compliance report --kind ai-act --size 9999
  lex 64 compliance report --kind ai-act --format html --format csv
  lex 64 compliance report --kind ai-act --format csv --format csv -o out
  touch there
  lex 73 compliance report --kind ai-act -o there
  lex 64 compliance report --kind ai-act --decision dec_00000000000000000000000000
  lex 64 compliance report --kind ai-act --framework soc2
  is "$(entries report.made)" ''
  is "$(find . -name 'out*')" ''
}

@test "without a profile there is nothing to say of the law" {
  rm -r .lexecon
  lex 0 init --id other --origin example.org/other --template minimal
  lex 78 compliance report --kind ai-act
  has "$stderr" 'classification missing'
  has "$stderr" 'compliance profile set'
  framework 0
}

@test "every kind has its report" {
  decided 2
  local kind decision
  decision=$(value /decision_id decide --actor ai_agent:triage --action read --no-token)
  for kind in ai-act article-11 article-12 article-14 article-26 article-73 executive; do
    lex 0 compliance report --kind "$kind" --format json --no-record
    is "$(jq -r '.schema + .kind' <<<"$output")" "lexecon.report/1$kind"
    lex 0 compliance report --kind "$kind" --format html --no-record
    has "$output" '</html>'
  done
  local stated=(--system triage --statement 'read by me' "${by_bob[@]}")
  lex 0 compliance declare eu_ai_act:aia-4.1 --expires 2999-01-01 "${stated[@]}"
  lex 0 compliance declare eu_ai_act:aia-4.1 --kind training_record "${stated[@]}"
  lex 0 compliance assess eu_ai_act:aia-4.1 --conclusion satisfied --from 2026-01-01 --to 2026-06-30 "${stated[@]}"
  lex 0 compliance report --kind ai-act --format json --no-record --to 2026-12-31
  is "$(jq -c '.rows[] | select(.id == "aia-4.1") | [.conclusion.satisfied, .evidence.declaration.expires_on, (.evidence.kinds[0] | .kind, .statement.by)]' <<<"$output")" \
    '[true,"2999-01-01","training_record","operator:bob"]'
  framework 0 --format json --no-record
  is "$(jq .summary.coverage.of <<<"$output")" 61
  lex 0 compliance report --kind article-86 --decision "$decision" --format json
  is "$(entries report.made | jq -r .decision_id)" "$decision"
  lex 0 ledger verify --deep
}
