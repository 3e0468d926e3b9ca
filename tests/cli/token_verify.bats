#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  value /capability_token decide --actor ai_agent:x --action read --resource doc:a >token
}

verify() { lex "$1" token verify --node .lexecon --action read --resource doc:a --token-file token "${@:2}"; }

@test "a token is spent once" {
  verify 0 --peek
  verify 0 --json
  is "$(jq -r .valid <<<"$output")" true
  verify 1 --json
  is "$(jq -c '[.valid, .reason_code]' <<<"$output")" '[false,"used_up"]'
  verify 1 --peek
  lex 0 ledger verify
}

@test "sixteen at once spend it once" {
  local each
  for each in {1..16}; do
    { "$LEXECON_BIN" token verify --node .lexecon --action read --resource doc:a --token-file token --timeout 60 \
      >"out.$each" 2>/dev/null && echo yes >"won.$each"; } &
  done
  wait
  is "$(cat won.* | wc -l)" 1
}

@test "each claim that does not fit is exit 1 with its reason" {
  reason() { value /reason_code token verify --node .lexecon --peek --token-file token "$@"; }
  is "$(reason --action write --resource doc:a)" wrong_action
  is "$(reason --action read --resource doc:b)" wrong_resource
  is "$(reason --action read --resource doc:a --aud other)" wrong_audience
  is "$(reason --action read --resource doc:a --tool t)" wrong_tool
  sed -i 's/_[^_]*$/_AAAA/' token
  is "$(reason --action read --resource doc:a)" malformed
}

@test "a token from standard input" {
  lex 0 token verify --node .lexecon --action read --resource doc:a --token-file - <token
}

@test "offline it needs a key and no node, and says what was not checked" {
  lex 0 key show token --format pem
  cp "$BATS_TEST_TMPDIR/out" token.pem
  mkdir elsewhere
  cd elsewhere
  lex 0 token verify --offline --key ../token.pem --aud example.org/log --action read \
    --resource doc:a --token-file ../token --json
  [[ $(jq '.not_checked | length' <<<"$output") -ge 4 ]]
  lex 64 token verify --offline --action read --token-file ../token
}

@test "it never searches for a node, and each claim must be given" {
  lex 66 token verify --action read --resource doc:a --token-file token
  lex 64 token verify --node .lexecon --action read --token-file token
  lex 64 token verify --node .lexecon --resource doc:a --token-file token
  lex 64 token verify --node .lexecon --action read
  lex 66 token verify --node .lexecon --action read --token-file nowhere
  verify 64 --peek --offline
}

@test "a held lock is exit 69, an answer that cannot be written 74" {
  exec 9>>.lexecon/lock
  flock 9
  verify 69 --timeout 0
  exec 9>&-
  cannot_write token verify --node .lexecon --action read --resource doc:a --token-file token --peek
}
