#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node; }

# use ID COMMAND: a line of a transcript with one call of Bash.
use() {
  jq -cn --arg id "$1" --arg command "$2" '{type: "assistant", sessionId: "s", message: {role: "assistant",
    content: [{type: "text", text: "so"}, {type: "tool_use", id: $id, name: "Bash", input: {command: $command}}]}}'
}

# decided ID COMMAND: the hook was asked, whatever it answered.
decided() {
  jq -cn --arg id "$1" --arg command "$2" --arg cwd "$PWD" '{hook_event_name: "PreToolUse", cwd: $cwd,
    tool_name: "Bash", tool_input: {command: $command}, tool_use_id: $id}' |
    "$LEXECON_BIN" hook run claude-code --node "$PWD/.lexecon" --origin example.org/log --project "$PWD" \
      --actor ai_agent:coder >/dev/null
}

talk='{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"a","content":"x"}]}}'

@test "every call with a decision: 0, denied or not" {
  decided a ls
  decided b 'rm -rf /'
  { use a ls; echo "$talk"; echo '{"type":"summary"}'; use b 'rm -rf /'; use a ls; } >t.jsonl
  lex 0 hook audit t.jsonl
  is "$output" '2 tool calls, 0 without a decision'
  lex 0 hook audit - <t.jsonl
}

@test "calls without one, or with one for another input: 1, each with its line" {
  decided a ls
  decided b ls
  { echo "$talk"; use a ls; use b 'rm x'; use c ls; use 'no key' ls; } >t.jsonl
  lex 1 hook audit t.jsonl
  has "$output" $'LINE  TOOL  CALL    WHY\n3     Bash  b       decided with another input\n4     Bash  c       no decision\n'
  has "$output" '4 tool calls, 3 without a decision'
  lex 1 hook audit t.jsonl --json
  is "$(jq -c '[.schema, .calls, (.missing[] | [.line, .tool, .call_id, .reason])]' <<<"$output")" \
    '["lexecon.hook_audit/1",4,[3,"Bash","b","other_input"],[4,"Bash","c","no_decision"],[5,"Bash","no key","no_decision"]]'
}

@test "no call at all: 4" {
  : >empty
  lex 4 hook audit empty
  is "$output" '0 tool calls, 0 without a decision'
  echo "$talk" | lex 4 hook audit - --json
}

@test "a transcript that cannot be read says where" {
  for bytes in 'not json' '[]' '{"a":1,"a":2}' $'\xff' ''; do
    { use a ls; printf '%s\n' "$bytes"; } >t.jsonl
    lex 65 hook audit t.jsonl
    has "$stderr" t.jsonl:2
  done
  use a ls | head -c 40 >t.jsonl
  lex 65 hook audit t.jsonl
  has "$stderr" '[t.jsonl:1]'
  has "$stderr" 'the transcript was cut, or is still being written'
  printf '{"type":"assistant","message":{"content":[{"type":"tool_use","name":"Bash"}]}}\n' >t.jsonl
  lex 65 hook audit t.jsonl
  has "$stderr" t.jsonl:1
  lex 66 hook audit nowhere
  lex 66 --node nowhere hook audit t.jsonl
  lex 64 hook audit
}

@test "a long line is read, a huge one refused" {
  decided a ls
  { printf '{"type":"user","x":"'; head -c 3000000 /dev/zero | tr '\0' x; printf '"}\n'; use a ls; } >t.jsonl
  lex 0 hook audit t.jsonl
  { head -c 70000000 /dev/zero | tr '\0' x; echo; } >t.jsonl
  lex 65 hook audit t.jsonl
  has "$stderr" '64 MiB'
}

@test "what a transcript says reaches a terminal escaped" {
  use $'\e[31m' ls >t.jsonl
  lex 1 hook audit t.jsonl
  has "$output" '\u{1b}[31m'
}
