#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

# scored ACTOR RISK [TENANT]: a decision of which that security risk was scored.
scored() {
  said decide --no-token --json --request - <<<"{\"actor\":\"$1\",\"action\":\"read\",\"tenant\":\"${3:-umbrella}\",\"risk\":{\"security\":$2}}" >/dev/null
}

setup() {
  fresh_node
  scored human:alice 10
  scored human:alice 30 acme
  scored ai_agent:bot 60
  scored human:bob 90
  lex 0 decide --actor human:alice --action read
}

@test "the decisions of which something was scored, oldest first" {
  is "$(said risk list --format jsonl | jq -r .score | tr '\n' ' ')" '10 30 60 90 '
  is "$(said risk list --format jsonl --reverse --limit 2 | jq -r .score | tr '\n' ' ')" '90 60 '
  lex 0 risk list
  is "$(wc -l <<<"$output")" 5
  lex 0 risk list --json
  is "$(jq -c '[.schema, (.risks | length)]' <<<"$output")" '["lexecon.risks/1",4]'
}

@test "filters" {
  is "$(said risk list --format jsonl --min-level low | wc -l)" 4
  is "$(said risk list --format jsonl --min-level medium | jq -r .score | tr '\n' ' ')" '30 60 90 '
  is "$(said risk list --format jsonl --min-level high --limit 1 | jq -r .score)" 60
  is "$(said risk list --format jsonl --min-level critical | jq -r .outcome)" escalated
  is "$(said risk list --format jsonl --tenant acme | jq -r .score)" 30
  is "$(said risk list --format jsonl --actor human:bob --from 1h | jq -r .score)" 90
  is "$(said risk list --format jsonl --outcome escalated | jq -r .score)" 90
  lex 0 risk list --to 1h
  is "$output" 'no risk records'
}

@test "what is refused" {
  lex 64 risk list --min-level unknown
  lex 64 risk list --decision dec_1
  lex 64 risk list --type decision
  lex 64 risk list --limit 0
  lex 64 risk list --format table --json
  lex 66 --node nowhere risk list
  cannot_write risk list
}

@test "a level that the table has and the entry has not is refused" {
  sqlite3 .lexecon/ledger.db "UPDATE decisions SET risk_level = 'critical' WHERE seq = 3"
  lex 76 risk list --min-level critical
}
