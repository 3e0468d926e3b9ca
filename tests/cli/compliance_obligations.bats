#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

@test "an article by the law of today, without a node" {
  lex 0 compliance obligations --article 12 --as-of 2026-11-21
  has "$output" 'aia-12.1    Art. 12(1)     evidences  2027-12-02/2028-08-02  Automatic event recording'
  lex 0 compliance obligations --article 73 --as-of 2026-11-21
  has "$output" '2026-08-02? 2027-12-02/2028-08-02'
  lex 0 compliance obligations --article 999
  is "$output" 'no obligations'
}

@test "all of an obligation as a document" {
  lex 0 compliance obligations --article 26 --as-of 2026-11-21 --json
  is "$(jq -c '[.schema,.obligations[6].id,.obligations[6].law,.obligations[6].roles,.obligations[6].penalty_tier]' \
    <<<"$output")" '["lexecon.obligations/1","aia-26.6","2026/1744",["deployer"],"art_99_4"]'
  is "$(jq -c '.obligations[6].dates|[.all,.annex_iii,.annex_i,.formal,.disputed]' <<<"$output")" \
    '[null,"2027-12-02","2028-08-02",null,false]'
  is "$(jq -c '.obligations[6].dates.transitions[0]|[.of,.route,.placed_before,.from,.public_bodies]' <<<"$output")" \
    '["system","annex_iii","2027-12-02",null,"2030-08-02"]'
  has "$(jq -r '.obligations[6].penalty' <<<"$output")" 'EUR 15 million'
}

@test "the law in force on another day" {
  lex 0 compliance obligations --as-of 2026-05-01 --json
  is "$(jq -c '[(.obligations|length),([.obligations[].law]|unique)]' <<<"$output")" '[204,["2024/1689"]]'
  is "$(jq -r '.obligations[]|select(.id=="aia-12.1")|.dates.annex_iii' <<<"$output")" 2026-08-02
  has "$(jq -r '.obligations[]|select(.id=="aia-4.1")|.duty' <<<"$output")" 'to ensure'
  is "$(jq '[.obligations[]|select(.dates.disputed)]|length' <<<"$output")" 0
  lex 0 compliance obligations --as-of 2026-07-27 --format jsonl
  is "$(wc -l <<<"$output")" 208
  has "$(jq -r 'select(.id=="aia-4.1")|.duty' <<<"$output")" 'support the development'
}

@test "without a day it is the law of now" {
  [[ $(value /test_clock version) == true ]] || skip 'this build has no clock for tests'
  export LEXECON_NOW=2026-05-01T00:00:00Z
  lex 0 compliance obligations --article 4a
  is "$output" 'no obligations'
}

@test "what binds a role, and what binds everybody" {
  lex 0 compliance obligations --role importer --format jsonl
  is "$(jq -r .id <<<"$output" | head -1)" aia-5.1.a
  is "$(jq -c 'select(.article != "5")|.roles|select(length > 0 and (index("importer")|not))' <<<"$output")" ''
  has "$output" 'aia-23.1'
}

@test "Annex IV, and a framework whole" {
  lex 0 compliance obligations --rulebook annex_iv --json
  is "$(jq -c '[.obligations[]|select(.id=="aiv-2.d")|.condition,.source,.fields]' <<<"$output")" \
    '["where relevant","external",["datasheets"]]'
  lex 0 compliance obligations --rulebook soc2
  has "$output" 'CC6.1  CC6.1      strong    Logical access security over protected assets'
  has "$output" 'CC6.4  CC6.4      -         Physical access to facilities and assets'
  lex 0 compliance obligations --rulebook gdpr --format jsonl
  is "$(jq -c 'select(.id=="5.1.e")|[.reference,.strength,.dates,.law,.duty]' <<<"$output")" \
    '["Art. 5(1)(e)","strong",null,null,null]'
}

@test "what is refused" {
  lex 64 compliance obligations --rulebook soc3
  lex 64 compliance obligations --role boss
  lex 64 compliance obligations --as-of yesterday
  lex 64 compliance obligations --as-of 2026-02-30
  lex 65 compliance obligations --as-of 2024-07-31
  lex 64 compliance obligations --rulebook soc2 --article 1
  lex 64 compliance obligations --rulebook soc2 --role provider
  lex 64 compliance obligations --json --format jsonl
}
