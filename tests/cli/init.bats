#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

@test "init makes a node, private where it must be, and prints the auditor's line" {
  lex 0 init --id build-1
  has "$output" 'give this line to your auditor now'
  is "$(stat -c %a .lexecon)" 700
  is "$(stat -c %a .lexecon/keys)" 700
  is "$(stat -c %a .lexecon/keys/ledger.key .lexecon/keys/token.key .lexecon/ledger.db | sort -u)" 600
  is "$(tail -n 1 <<<"$output")" "$("$LEXECON_BIN" key show 2>/dev/null)"
  lex 0 status --check
  lex 0 ledger verify --key "$("$LEXECON_BIN" key show 2>/dev/null)"
}

@test "the ledger begins with genesis, the token key and the activated set" {
  lex 0 init --id build-1 --json
  is "$(jq -r .schema <<<"$output")" lexecon.init/1
  is "$("$LEXECON_BIN" ledger log --format jsonl 2>/dev/null | jq -r .event_type | paste -sd ' ')" \
    'genesis key.added policy.activated'
  is "$(value /tree_size ledger checkpoint)" 3
}

@test "an origin is made from the key, or given" {
  lex 0 init --id build-1 --pointer /origin
  [[ $output =~ ^lexecon\.internal/log/[0-9a-f]{32}$ ]]
  lex 0 init other --id build-2 --origin example.org/log --pointer /origin
  is "$output" example.org/log
}

@test "both templates decide, a folder is a template too" {
  lex 0 init a --id a --template minimal
  lex 0 init b --id b --template enterprise
  lex 0 init c --id c --template ./a
  is "$(value /policy_hash --node c policy hash --active)" \
    "$(value /policy_hash --node c policy hash)"
  lex 0 --node b decide --actor human:alice --action git:push --resource git:x/refs/heads/y
}

@test "--node and LEXECON_NODE say where, a trailing slash is no other folder" {
  lex 0 --node here/ init --id here
  [[ -f here/ledger.db ]]
  LEXECON_NODE=$PWD/there lex 0 init --id there
  [[ -f there/ledger.db && ! -e .lexecon ]]
}

@test "init overwrites nothing and leaves nothing behind" {
  mkdir .lexecon
  touch .lexecon/mine
  lex 73 init --id build-1
  is "$(find .lexecon -type f)" .lexecon/mine
  lex 73 init missing/parent --id build-1
  [[ ! -e missing ]]
  lex 0 init node --id build-1
  local before
  before=$(sha256sum node/ledger.db)
  lex 73 init node --id build-2
  is "$(sha256sum node/ledger.db)" "$before"
}

@test "what is wrong with its words" {
  lex 64 init
  has "$stderr" '--id'
  lex 65 init --id 'Not An Id'
  lex 65 init --id a --origin 'No Origin'
  lex 65 init --id a --origin lexecon.internal/log/mine
  lex 66 init --id a --template enterprize
  has "$stderr" 'enterprise'
  is "$(find . -mindepth 1)" ''
}

@test "a policy that does not load makes no node" {
  lex 0 init good --id good
  mkdir -p bad/policies
  cp good/node.yaml good/risk.yaml bad/
  printf 'policy_id: pol_x_v1\nname: x\nversion: 1.0.0\nrelatoins: []\n' >bad/policies/x.yaml
  lex 65 init node --id node --template ./bad
  has "$stderr" 'x.yaml:4'
  [[ ! -e node ]]
}

@test "init that cannot answer is exit 74" {
  local status=0
  "$LEXECON_BIN" init --id a >/dev/full 2>/dev/null || status=$?
  is "$status" 74
}
