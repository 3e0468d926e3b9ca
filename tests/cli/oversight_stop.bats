#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

ask() { # EXIT ARGUMENT...
  lex "$1" decide --actor ai_agent:bot --action read "${@:2}"
}

@test "everything, a tenant, an actor: what is held, and how it is ended" {
  ask 0
  lex 0 oversight stop --actor ai_agent:bot --reason runaway
  has "$output" 'actor:ai_agent:bot'
  has "$output" "lexecon oversight resume stp_"
  has "$output" 'lexecon operator add NAME --key FILE.pub --role admin'
  ask 1
  has "$output" emergency_stop
  lex 0 decide --actor human:alice --action read
  lex 0 oversight stop --tenant acme --reason incident
  has "$output" 'tenant acme'
  lex 1 decide --actor human:alice --action read --tenant acme
  lex 0 decide --actor human:alice --action read --tenant other
  lex 0 oversight stop --all --reason incident --json
  is "$(jq -c '[.scope, .target, .reason, .actor, .approval, .has_operators]' <<<"$output")" \
    '["all",null,"incident","node:demo",null,false]'
  lex 1 decide --actor human:alice --action read --dry-run
  lex 0 status
  is "$(grep -c '^stopped: ' <<<"$output")" 3
  is "$(value /stops/1/target status)" acme
  lex 0 ledger verify --deep
}

@test "whoever signs is named, whatever the role; what he writes is sealed" {
  add_operators
  lex 0 oversight stop --all --reason incident --note 'the deployer runs wild' "${by_carol[@]}" --json
  is "$(jq -c '[.actor, .approval.role, .has_operators]' <<<"$output")" '["operator:carol","viewer",true]'
  is "$(said ledger log --format jsonl | grep -c wild)" 0
  is "$(value /sealed/note ledger show "$(value /stops/0/seq status)" --sealed)" 'the deployer runs wild'
  lex 0 ledger verify --deep
}

@test "a retry during a stop is no, and gets no token" {
  ask 0 --idempotency-key k
  lex 0 oversight stop --all --reason incident
  ask 1 --idempotency-key k
  has "$output" 'held now by emergency_stop'
  is "$(value /held_by decide --actor ai_agent:bot --action read --idempotency-key k)" emergency_stop
  is "$(value /outcome decide --actor ai_agent:bot --action read --idempotency-key k)" approved
  is "$(value /capability_token decide --actor ai_agent:bot --action read --idempotency-key k)" null
}

@test "tokens, batches and hooks during a stop; reading, people and checking go on" {
  value /capability_token decide --actor ai_agent:bot --action read >token
  id=$(value /decision_id decide --actor ai_agent:bot --action read --no-token)
  lex 0 oversight stop --all --reason incident
  lex 1 --node .lexecon token verify --action read --token-file token --peek
  is "$output" 'not valid: emergency_stop'
  lex 1 --node .lexecon token verify --action read --token-file token
  is "$output" 'not valid: emergency_stop'
  is "$(value /entries/0/entry/data/reason ledger log --type token.refused)" emergency_stop
  lex 77 token issue --decision "$id"
  has "$stderr" emergency_stop
  lex 0 decide --batch - <<<'{"actor":"ai_agent:bot","action":"read"}'
  is "$(jq -r .reason_code <<<"$output")" emergency_stop
  git init -q app
  git -C app commit -q --allow-empty -m one
  line="refs/heads/x $(git -C app rev-parse HEAD) refs/heads/x $(printf '0%.0s' {1..40})"
  lex 1 hook run pre-push --node .lexecon --origin example.org/log --repository app \
    --actor ai_agent:bot <<<"$line"
  has "$stderr" emergency_stop
  add_operators
  lex 0 decision show "$id"
  lex 0 ledger verify --deep
}

@test "what is refused" {
  lex 64 oversight stop --reason incident
  lex 64 oversight stop --all
  lex 64 oversight stop --all --tenant acme --reason incident
  lex 64 oversight stop --all --reason 'no code'
  lex 64 oversight stop --all --reason incident --as alice
  lex 65 oversight stop --tenant 'a b' --reason incident
  lex 65 oversight stop --tenant '' --reason incident
  lex 65 oversight stop --actor data:x --reason incident
  lex 65 oversight stop --all --reason incident --note ''
  lex 66 --node nowhere oversight stop --all --reason incident
  lex 66 oversight stop --all --reason incident --as alice --sign-with nowhere
  before=$(value /entries status)
  is "$before" 3
  lex 0 oversight stop --all --reason incident
  lex 65 oversight stop --all --reason again
  has "$stderr" 'stopped already, by `stp_'
  is "$(value /entries status)" 4
  add_operators
  lex 77 oversight stop --actor ai_agent:x --reason incident --as alice --sign-with keys/bob
  has "$stderr" '[wrong_key]'
}
