#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

@test "a node in .lexecon, and the line for the auditor at the end" {
  lex 0 init --id build-1
  has "$output" 'give this line to your auditor now:'
  is "$(tail -n 1 <<<"$output")" "$("$LEXECON_BIN" key show 2>/dev/null)"
  is "$(stat -c %a .lexecon)" 700
  is "$(stat -c %a .lexecon/keys/ledger.key .lexecon/keys/token.key)" $'600\n600'
  lex 0 ledger verify
}

@test "the document names the node, its log and its set" {
  lex 0 init deep --id build-1 --origin example.org/build --template enterprise --json
  is "$(jq -r .schema <<<"$output")" lexecon.init/1
  is "$(jq -r .origin <<<"$output")" example.org/build
  is "$(jq -r .folder <<<"$output")" "$PWD/deep"
  is "$(jq -r .policy_hash <<<"$output")" "$("$LEXECON_BIN" --node deep policy hash)"
  is "$(jq -r .checkpoint.tree_size <<<"$output")" 3
}

@test "nothing that stands there is overwritten" {
  lex 0 init --id one
  sha256sum .lexecon/ledger.db .lexecon/keys/* >before
  lex 73 init --id two
  sha256sum --check --quiet before
  mkdir full && touch full/file
  lex 73 init full --id two
  is "$(ls -A full)" file
}

@test "each template is a node at once, and lint finds nothing in it" {
  for name in minimal enterprise financial healthcare gdpr eu_ai_act_deployer coding_agent; do
    lex 0 init "$name" --id "${name//_/-}" --template "$name"
    lex 0 --node "$name" ledger verify
    lex 0 --node "$name" policy lint --strict
    has "$output" '0 errors, 0 warnings'
    lex 0 --node "$name" policy test --threshold 100
  done
}

@test "the coding agent's template answers the hook before its tools" {
  mkdir app
  lex 0 init node --id workshop --template coding_agent
  lex 0 --node node hook install claude-code --actor ai_agent:coder --project app
  jq -r '.hooks.PreToolUse[0].hooks[0].command' app/.claude/settings.json >hook.sh
  answer_to() {
    jq -n --arg cwd "$PWD/app" --arg tool "$1" --argjson input "$2" \
      '{hook_event_name: "PreToolUse", $cwd, tool_name: $tool, tool_input: $input}' |
      sh hook.sh | jq -r '.hookSpecificOutput.permissionDecision'
  }
  is "$(answer_to Write '{"file_path": "src/main.c"}')" allow
  is "$(answer_to Grep '{"pattern": "x"}')" allow
  is "$(answer_to Write '{"file_path": "/etc/hosts"}')" deny
  is "$(answer_to Read '{"file_path": "config/.env"}')" deny
  is "$(answer_to Edit '{"file_path": ".claude/settings.json"}')" deny
  is "$(answer_to Bash '{"command": "cd src && make -j4 2>&1 | tail -n 5 > /dev/null"}')" allow
  is "$(answer_to Bash '{"command": "git commit -m \"Read long names\""}')" allow
  is "$(answer_to Bash '{"command": "git push --force origin main"}')" deny
  is "$(answer_to Bash '{"command": "cat .env"}')" deny
  is "$(answer_to Bash '{"command": "rm -rf $HOME"}')" deny
  is "$(answer_to WebFetch '{"url": "https://docs.rs/serde"}')" allow
  is "$(answer_to WebFetch '{"url": "https://example.org/"}')" deny
  is "$(answer_to TodoWrite '{}')" allow
  is "$(answer_to mcp__deploy__release '{}')" deny
  is "$(answer_to Teleport '{}')" deny
  lex 0 --node node decision list --json
  is "$(jq -r '.decisions | map(select(.outcome == "approved")) | length' <<<"$output")" 6
  is "$(jq -r '.decisions | map(select(.outcome == "escalated")) | length' <<<"$output")" 2
}

@test "a folder is a template too" {
  lex 0 init first --id one
  lex 0 init second --id two --template ./first
  cmp first/policies/tests/minimal.yaml second/policies/tests/minimal.yaml
  lex 0 --node second status --json
  is "$(jq -r .node_id <<<"$output")" two
  cmp first/policies/minimal.yaml second/policies/minimal.yaml
  printf '{"tokens": {"ttl": "5m"}}\n' >first/node.yaml
  lex 0 init third --id three --template ./first
  is "$(jq -r .id third/node.yaml)" three
}

@test "git may track what is no secret, and nothing else" {
  git init -q .
  lex 0 init --id one
  git add .
  is "$(git ls-files)" '.lexecon/.gitignore
.lexecon/keys/ledger.pub
.lexecon/keys/token.pub
.lexecon/node.yaml
.lexecon/policies/.gitattributes
.lexecon/policies/minimal.yaml
.lexecon/policies/tests/minimal.yaml
.lexecon/risk.yaml'
}

@test "a clone of the node is a template: it reads its hash and decides nothing" {
  git init -q source
  (cd source && lex 0 init --id one && git add . && git commit -qm node)
  git clone -q source clone
  cd clone
  lex 78 decide --actor human:alice --action read
  has "$stderr" 'init --from'
  has "$stderr" 'gate --receipt'
  lex 0 policy hash
  is "$output" "$("$LEXECON_BIN" --node ../source/.lexecon policy hash --active)"
}

@test "what cannot be made leaves nothing" {
  lex 64 init
  lex 64 init --id one --bogus
  lex 65 init --id 'Not Good'
  lex 65 init --id one --origin lexecon.internal/log/00
  lex 66 init --id one --template minimaal
  has "$stderr" 'minimal'
  lex 66 init --id one --template ./nowhere
  mkdir template template/policies
  printf 'id: x\n' >template/node.yaml
  printf 'threshold: 80\n' >template/risk.yaml
  printf 'relations: 5\n' >template/policies/broken.yaml
  lex 65 init --id one --template ./template
  has "$stderr" 'broken.yaml:1'
  is "$(ls -A)" template
}

@test "a place is said once, and its parent must be there" {
  setup_home
  lex 64 init one --id a --node two
  lex 73 init none/deeper --id a
  has "$stderr" 'mkdir -p'
  [[ ! -e one && ! -e two && ! -e none ]]
}

@test "the first operator comes with the node, or not at all" {
  new_key alice
  lex 0 init --id build-1 --operator alice --ssh-key keys/alice.pub --json
  is "$(jq -r '.operator, .checkpoint.tree_size' <<<"$output")" $'alice\n4'
  lex 0 status
  has "$output" 'no human authority before entry_3; four eyes: double'
  printf 'threshold: 70\n' >.lexecon/risk.yaml
  lex 77 policy activate
  lex 0 policy activate --as alice --sign-with keys/alice
  lex 0 ledger verify --deep
  lex 0 init piped --id build-2 --operator alice --ssh-key - <keys/alice.pub
  has "$output" 'alice, admin'
  lex 64 init other --id build-3 --operator alice
  lex 64 init other --id build-3 --ssh-key keys/alice.pub
  lex 65 init other --id build-3 --operator Alice --ssh-key keys/alice.pub
  lex 65 init other --id build-3 --operator alice --ssh-key keys/alice
  lex 66 init other --id build-3 --operator alice --ssh-key nothing.pub
  is "$(ls -d other* 2>/dev/null)" ''
}
