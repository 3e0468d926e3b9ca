#!/usr/bin/env bats
# hook install|uninstall claude-code|json: an entry in the host's settings, and nothing else of them touched.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  git init -q app
  settings=app/.claude/settings.json
}

install() { lex "$1" hook install claude-code --actor ai_agent:coder --project app "${@:2}"; }
uninstall() { lex "$1" hook uninstall claude-code --project app "${@:2}"; }
command_in() { jq -r '.hooks.PreToolUse[-1].hooks[0].command' "$settings"; }
event() {
  jq -cn --arg cwd "$PWD/app" '{cwd: $cwd, hook_event_name: "PreToolUse", tool_name: "Read",
    tool_input: {file_path: "x"}}'
}

@test "the entry names program, node, log, key, project and actor, and blocks on any failure" {
  install 0
  has "$output" "installed in $PWD/app/.claude/settings.json"
  is "$(jq -c '.hooks.PreToolUse[0] | [.matcher, .hooks[0].type, .hooks[0].timeout, .hooks[0].onFailure]' $settings)" \
    '["*","command",600,"block"]'
  local line
  line=$(command_in)
  has "$line" "sh -c '$(realpath "$LEXECON_BIN") hook run claude-code --node $PWD/.lexecon --origin example.org/log "
  has "$line" " --project $PWD/app --actor actor:ai_agent:coder || exit 2'"
  event | sh -c "$line" | jq -e '.hookSpecificOutput.permissionDecision == "deny"'
  is "$(value /entries/0/entry/data/via ledger log --type decision)" hook:claude-code
  run -2 sh -c "$line" </dev/null
  # A program that is gone, that cannot be executed, or that is killed: the line still ends with 2.
  cp "$(realpath "$LEXECON_BIN")" program
  line=${line//$(realpath "$LEXECON_BIN")/$PWD/program}
  event | sh -c "$line" >/dev/null
  chmod -x program
  run -2 sh -c "$line" < <(event)
  rm program
  run -2 sh -c "$line" < <(event)
  printf '#!/bin/sh\nkill -9 $$\n' >program
  chmod +x program
  run -2 sh -c "$line" < <(event)
}

@test "as JSON, and twice is once" {
  install 0 --json
  is "$(jq -c '[.schema, .hook, .changed, .origin, .actor]' <<<"$output")" \
    '["lexecon.tool_hook/1","claude-code",true,"example.org/log","actor:ai_agent:coder"]'
  is "$(jq -r .command <<<"$output")" "$(command_in)"
  local before
  before=$(<$settings)
  install 0 --json
  is "$(jq -c .changed <<<"$output")" false
  is "$(<$settings)" "$before"
  lex 73 hook install claude-code --actor ai_agent:other --project app
  has "$stderr" 'hook uninstall claude-code'
  is "$(<$settings)" "$before"
}

@test "what stands in the settings stays, byte for byte, and comes back" {
  mkdir -p app/.claude
  for before in '{}' $'{\n    "model": "opus",   "x": 1.50,\n\t"env": {"A": "\\u00e9"}\n}\n' \
    $'{\n  "hooks": {\n    "PostToolUse": [{"matcher": "Bash", "hooks": []}]\n  }\n}\n' \
    $'{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"a"}]}],"Stop":[]}}' \
    $'{"a":"}{\\"]","hooks":{"PreToolUse":[ {"hooks":[]} ] , "z":{}}}'; do
    printf '%s' "$before" >$settings
    install 0
    is "$(jq -S 'del(.hooks.PreToolUse[-1]) | if .hooks.PreToolUse == [] then del(.hooks.PreToolUse) else . end
      | if .hooks == {} then del(.hooks) else . end' $settings)" "$(jq -S . <<<"$before")"
    uninstall 0
    is "$(<$settings)" "${before%$'\n'}"
  done
}

@test "uninstall takes out exactly ours, wherever it stands, and twice is once" {
  install 0
  jq '.hooks.PreToolUse[0].hooks += [{type: "command", command: "mine"}] | .hooks.PreToolUse += [{matcher: "X", hooks: []}]' \
    $settings >new && mv new $settings
  uninstall 0 --json
  is "$(jq -c '[.schema, .hook, .removed, .restored]' <<<"$output")" '["lexecon.hook_removed/1","claude-code",1,false]'
  is "$(jq -c '[.hooks.PreToolUse[].hooks[].command, (.hooks.PreToolUse | length)]' $settings)" '["mine",2]'
  local before
  before=$(<$settings)
  uninstall 0
  has "$output" 'there is no hook of lexecon'
  is "$(<$settings)" "$before"
  rm $settings
  uninstall 0
  [[ ! -e $settings ]]
}

@test "settings that are damaged or of another shape are refused and stay as they are" {
  mkdir -p app/.claude
  for text in '' '[]' '{' '{"a":1,}' '{"a":1,"a":2}' $'// x\n{}' '{"hooks":[]}' '{"hooks":{"PreToolUse":{}}}' \
    '{"hooks":{"PreToolUse":[7]}}' '{"hooks":{"PreToolUse":[{"matcher":"*"}]}}' '{"hooks":{"PreToolUse":[{"hooks":7}]}}'; do
    printf '%s' "$text" >$settings
    install 65
    has "$stderr" settings.json
    uninstall 65
    is "$(<$settings)" "$text"
  done
  rm $settings
  mkdir $settings
  lex 65 hook install claude-code --actor ai_agent:coder --project app || install 74
}

@test "a link to settings stays a link, and permissions stay" {
  mkdir -p app/.claude dotfiles
  echo '{}' >dotfiles/settings.json
  chmod 0600 dotfiles/settings.json
  ln -s ../../dotfiles/settings.json $settings
  install 0
  [[ -L $settings ]]
  is "$(stat -c %a dotfiles/settings.json)" 600
  jq -e .hooks dotfiles/settings.json
}

@test "settings of no one project leave it to the host, which has to say where it is" {
  lex 0 hook install claude-code --actor ai_agent:coder --settings user.json
  local line
  line=$(jq -r '.hooks.PreToolUse[0].hooks[0].command' user.json)
  has "$line" '--project "$CLAUDE_PROJECT_DIR"'
  event | CLAUDE_PROJECT_DIR=$PWD/app sh -c "$line" | jq -e .hookSpecificOutput
  run -2 env -u CLAUDE_PROJECT_DIR sh -c "$line" < <(event)
  lex 0 hook uninstall claude-code --settings user.json
  is "$(<user.json)" '{}'
  (cd app && mkdir -p deep && cd deep && lex 0 --node ../../.lexecon hook install claude-code --actor ai_agent:coder)
  [[ -f $settings ]]
}

@test "names that a shell would read are quoted" {
  mkdir "it's \$(touch pwned)"
  lex 0 hook install claude-code --actor ai_agent:coder --project "it's \$(touch pwned)"
  local line
  line=$(jq -r '.hooks.PreToolUse[0].hooks[0].command' "it's \$(touch pwned)/.claude/settings.json")
  event | sh -c "$line" | jq -e .hookSpecificOutput
  [[ ! -e pwned ]]
}

@test "json: the line is printed and nothing is written" {
  lex 0 hook install json --actor ai_agent:coder --project app
  has "$output" ' hook run json --node '
  lex 0 hook install json --actor ai_agent:coder --project app --json
  is "$(jq -c '[.path, .changed]' <<<"$output")" '[null,false]'
  jq -cn --arg cwd "$PWD" '{schema: "lexecon.hook_request/1", action: "tool:x", tool: "x", cwd: $cwd}' |
    sh -c "$(jq -r .command <<<"$output")" | jq -e '.permission == "deny"'
  [[ ! -e app/.claude ]]
}

@test "what is missing or does not belong" {
  lex 64 hook install claude-code --project app
  lex 64 hook install claude-code --actor ai_agent:coder --repo app
  lex 64 hook install pre-push --actor ai_agent:coder --settings x
  lex 64 hook install json --actor ai_agent:coder --settings x
  lex 64 hook uninstall pre-push --project app
  lex 64 hook uninstall claude-code --repo app
  lex 64 hook uninstall json
  lex 65 hook install claude-code --actor 'a*' --project app
  lex 66 hook install claude-code --actor ai_agent:coder --project nowhere
  lex 66 --node nowhere hook install claude-code --actor ai_agent:coder --project app
  [[ ! -e app/.claude ]]
}
