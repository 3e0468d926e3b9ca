#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node enterprise
  git init -q app
}

install() { lex "$1" hook install pre-push --actor ai_agent:coder --repo app "${@:2}"; }

@test "install writes an executable hook that names node, log, repository and actor" {
  install 0
  has "$output" '--no-verify'
  has "$output" 'pre-receive'
  [[ -x app/.git/hooks/pre-push ]]
  local script
  script=$(<app/.git/hooks/pre-push)
  has "$script" "--node $PWD/.lexecon "
  has "$script" '--origin example.org/log '
  has "$script" '--repository app '
  has "$script" '--actor actor:ai_agent:coder '
  if command -v shellcheck >/dev/null; then shellcheck app/.git/hooks/pre-push; fi
}

@test "as JSON" {
  install 0 --json --repository shop
  is "$(jq -c '[.schema, .hook, .earlier, .runs_earlier, .repository]' <<<"$output")" \
    '["lexecon.hook/1","pre-push",null,false,"shop"]'
  is "$(jq -r .path <<<"$output")" "$PWD/app/.git/hooks/pre-push"
}

@test "an earlier hook is moved aside, run first with the same input, and its failure refuses" {
  cat >app/.git/hooks/pre-push <<'SH'
#!/bin/sh
printf '%s\n' "$@" >"$HOME/arguments"
cat >"$HOME/input"
exit "$(cat "$HOME/status")"
SH
  chmod +x app/.git/hooks/pre-push
  install 0
  has "$output" 'earlier hook is run first'
  [[ -x app/.git/hooks/pre-push.before-lexecon ]]
  echo 7 >"$HOME/status"
  local status=0 line
  line="refs/heads/x $(printf '%040d' 1) refs/heads/x $(printf '%040d' 0)"
  echo "$line" | app/.git/hooks/pre-push origin url 2>/dev/null || status=$?
  is "$status" 7
  is "$(<"$HOME/arguments")" $'origin\nurl'
  is "$(<"$HOME/input")" "$line"
  echo 0 >"$HOME/status"
  (cd app && echo "$line" | .git/hooks/pre-push origin url)
  is "$(value /entries/0/entry/data/action ledger log --reverse --limit 1)" action:git:create
}

@test "an earlier hook that is gone later refuses" {
  printf '#!/bin/sh\nexit 0\n' >app/.git/hooks/pre-push
  chmod +x app/.git/hooks/pre-push
  install 0
  rm app/.git/hooks/pre-push.before-lexecon
  run ! app/.git/hooks/pre-push </dev/null
}

@test "an earlier hook that git ignored stays ignored" {
  printf '#!/bin/sh\nexit 3\n' >app/.git/hooks/pre-push
  install 0
  has "$output" 'git ignored it'
  app/.git/hooks/pre-push </dev/null
}

@test "core.hooksPath is honoured, relative and absolute, and mentioned" {
  git -C app config core.hooksPath shared/hooks
  install 0
  has "$stderr" 'core.hooksPath'
  [[ -x app/shared/hooks/pre-push && ! -e app/.git/hooks/pre-push ]]
  mkdir -p app/deep/er
  git -C app config core.hooksPath "$PWD/elsewhere"
  lex 0 hook install pre-push --actor ai_agent:coder --repo app/deep/er
  [[ -x elsewhere/pre-push ]]
}

@test "names that a shell would read are quoted" {
  mkdir "it's \$HOME; here"
  mv .lexecon "it's \$HOME; here/.lexecon"
  lex 0 --node "it's \$HOME; here/.lexecon" hook install pre-push --repo app --actor ai_agent:coder \
    --repository "a'b \$(touch pwned)"
  app/.git/hooks/pre-push </dev/null
  [[ ! -e pwned && ! -e app/pwned ]]
}

@test "install never overwrites" {
  install 0
  local before
  before=$(<app/.git/hooks/pre-push)
  install 73
  has "$stderr" 'hook uninstall'
  is "$(<app/.git/hooks/pre-push)" "$before"
  rm app/.git/hooks/pre-push
  touch app/.git/hooks/pre-push.before-lexecon
  install 73
  rm app/.git/hooks/pre-push.before-lexecon
  mkdir app/.git/hooks/pre-push
  install 73
}

@test "what is missing" {
  lex 64 hook install pre-push --repo app
  has "$stderr" '--actor'
  lex 64 hook install pre-psh --repo app --actor ai_agent:coder
  has "$stderr" 'did you mean `pre-push`?'
  lex 65 hook install pre-push --repo app --actor 'a*'
  mkdir -p "$BATS_TEST_TMPDIR/plain"
  lex 66 hook install pre-push --repo "$BATS_TEST_TMPDIR/plain" --actor ai_agent:coder
  lex 66 --node nowhere hook install pre-push --repo app --actor ai_agent:coder
  [[ ! -e app/.git/hooks/pre-push ]]
}

@test "from a linked working tree the repository keeps its name" {
  git -C app commit -q --allow-empty -m first
  git -C app worktree add -q ../other
  lex 0 hook install pre-push --actor ai_agent:coder --repo other --json
  is "$(jq -r .repository <<<"$output")" app
  is "$(jq -r .path <<<"$output")" "$PWD/app/.git/hooks/pre-push"
  is "${stderr//*core.hooksPath*/hooksPath}" "$stderr"
}
