#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

@test "status of a sound node" {
  lex 0 status
  has "$output" 'example.org/log'
  has "$output" 'as active'
  lex 0 status --check
  lex 0 status --json
  is "$(jq -r .schema <<<"$output")" lexecon.status/1
  is "$(jq -c '[.entries, .problems, .draft.differs]' <<<"$output")" '[3,[],false]'
}

@test "a draft is shown and is no problem" {
  echo '# a remark' >>.lexecon/risk.yaml
  lex 0 status
  has "$output" 'changed risk.yaml'
}

@test "what is wrong is exit 1 with --check alone" {
  lex 0 decide --actor ai_agent:x --action read --no-token
  rm .lexecon/head.note
  lex 0 status
  has "$output" 'problem:'
  lex 1 status --check
}

@test "no node, somebody else's, a template, keys that others can read" {
  lex 66 --node nowhere status
  mkdir empty && cd empty
  lex 0 status
  cd ..
  mkdir clone
  cp -r .lexecon/node.yaml .lexecon/risk.yaml .lexecon/policies clone/
  lex 78 --node clone status
  chmod 644 .lexecon/keys/ledger.key
  lex 77 decide --actor ai_agent:x --action read
}

@test "a discovered node of somebody else is refused, a named one is not" {
  ((EUID == 0)) || skip 'only root can give a folder away'
  chown 12345 .lexecon
  lex 77 status
  has "$stderr" '--node'
  lex 0 --node .lexecon status
  chown 0 .lexecon
  mkdir -p deep && ln -s "$PWD/.lexecon" deep/.lexecon && chown -h 12345 deep/.lexecon
  cd deep
  lex 77 status
}

@test "the node is named, by the environment, or the nearest one upward" {
  mkdir -p deep/er
  cd deep/er
  lex 0 status
  has "$stderr" "using node $(cd ../.. && pwd)/.lexecon"
  LEXECON_NODE='' lex 0 status
  LEXECON_NODE=nowhere lex 66 status
  LEXECON_NODE=nowhere lex 0 --node ../../.lexecon status
  is "$stderr" ''
}

@test "status that cannot be written is exit 74" { cannot_write status; }
