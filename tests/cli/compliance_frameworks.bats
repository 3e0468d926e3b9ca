#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

@test "every rulebook with its edition, its size and its digest, without a node" {
  lex 0 compliance frameworks --json
  is "$(jq -c '[.schema,(.rulebooks|length),.rulebooks[0].schema]' <<<"$output")" \
    '["lexecon.rulebooks/1",10,"lexecon.rulebook_summary/1"]'
  is "$(jq -c '[.rulebooks[]|{(.id):.demands}]|add' <<<"$output")" \
    '{"eu_ai_act":208,"annex_iv":26,"soc2":61,"iso27001":93,"iso42001":38,"gdpr":47,"hipaa":28,"pci_dss":250,"nist_csf":106,"nist_ai_rmf":72}'
  is "$(jq -c '[.rulebooks[0].law[]|[.id,.from]]' <<<"$output")" \
    '[["2024/1689","2024-08-01"],["2026/1744","2026-07-27"]]'
  is "$(jq '[.rulebooks[]|select(.mapped > .demands or .mapped < 1)]|length' <<<"$output")" 0
  is "$(jq -r '.rulebooks[2]|.law|length' <<<"$output")" 0
  has "$(jq -r '.rulebooks[8].denominator' <<<"$output")" 'all 106 subcategories'
}

@test "the digest is that of the file in the source tree" {
  lex 0 compliance frameworks --format jsonl
  while IFS=$'\t' read -r id digest; do
    is "$digest" "$(sha256sum <"$BATS_TEST_DIRNAME/../../policies/rulebooks/$id.yaml" | cut -d' ' -f1)"
  done < <(jq -r '[.id,.sha256]|@tsv' <<<"$output")
}

@test "a table for people" {
  lex 0 compliance frameworks
  has "$output" 'ID           NAME'
  has "$output" 'pci_dss      PCI DSS'
}

@test "what is refused" {
  lex 64 compliance frameworks soc2
  lex 64 compliance frameworks --json --format jsonl
  lex 66 compliance frameworks --pointer /rulebooks/10
}
