#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  git init -q app
}

@test "uninstall leaves nothing behind" {
  lex 0 hook install pre-push --actor ai_agent:coder --repo app
  lex 0 hook uninstall pre-push --repo app
  is "$(find app/.git/hooks -name 'pre-push*' ! -name '*.sample')" ''
}

@test "uninstall puts the earlier hook back, byte for byte" {
  printf '#!/bin/sh\nexit 3\n' >app/.git/hooks/pre-push
  chmod 750 app/.git/hooks/pre-push
  lex 0 hook install pre-push --actor ai_agent:coder --repo app
  lex 0 hook uninstall pre-push --repo app --json
  is "$(jq -c '[.schema, .hook, .restored]' <<<"$output")" '["lexecon.hook_removed/1","pre-push",true]'
  is "$(<app/.git/hooks/pre-push)" $'#!/bin/sh\nexit 3'
  is "$(stat -c %a app/.git/hooks/pre-push)" 750
  [[ ! -e app/.git/hooks/pre-push.before-lexecon ]]
}

@test "a hook that is not ours stays" {
  lex 66 hook uninstall pre-push --repo app
  printf '#!/bin/sh\nexit 3\n' >app/.git/hooks/pre-push
  lex 66 hook uninstall pre-push --repo app
  [[ -e app/.git/hooks/pre-push ]]
  lex 66 hook uninstall pre-push --repo "$BATS_TEST_TMPDIR/home"
  lex 64 hook uninstall post-commit --repo app
  lex 64 hook uninstall
}
