#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "every series, in the text format that Prometheus reads" {
  lex 0 decide --actor human:alice --action read
  lex 0 metrics
  has "$output" 'lexecon_info{node="demo",origin="example.org/log",version="'
  has "$output" 'lexecon_decisions_total{outcome="approved"} 1'
  has "$output" $'# TYPE lexecon_decisions_total counter\n'
  is "$(grep -vcE '^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9]+)$' <<<"$output")" 0
  is "$(value /metrics/0/samples/0/labels/node metrics)" demo
  lex 0 metrics --pointer /metrics/1/samples/0/value
  is "$output" 4
}

@test "the page names what there is" {
  lex 0 metrics
  is "$(sed -n 's/^# TYPE \([a-z_]*\) .*/\1/p' <<<"$output" | sort)" \
    "$(sed -n 's/^\.It Li \(lexecon_[a-z_]*\).*/\1/p' "$BATS_TEST_DIRNAME/../../man/lexecon-metrics.7" | sort)"
}

@test "a file of the collector is replaced whole, and nothing stays beside it" {
  mkdir collector
  echo old >collector/lexecon.prom
  lex 0 metrics --textfile collector/lexecon.prom
  is "$output" ''
  is "$(tail -n +2 collector/lexecon.prom | head -n 1)" '# TYPE lexecon_info gauge'
  is "$(ls collector)" lexecon.prom
  lex 73 metrics --textfile nowhere/lexecon.prom
}

@test "what is refused" {
  lex 64 metrics --textfile lexecon.txt
  has "$stderr" 'ends in .prom'
  lex 64 metrics --textfile x.prom --json
  lex 66 --node nowhere metrics
  cannot_write metrics
}
