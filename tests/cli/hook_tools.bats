#!/usr/bin/env bats
# hook run claude-code and hook run json: whatever happens, a tool runs only after an answer that allows it.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  cat >.lexecon/policies/agent.yaml <<'YAML'
policy_id: pol_agent_v1
relations:
  - {type: permits, subject: actor:ai_agent:coder, action: action:file:read, object: "resource:file:*"}
  - {type: permits, subject: actor:ai_agent:coder, action: action:file:write, object: "resource:file:src/*"}
  - {type: forbids, action: action:file:write, object: "resource:file:src/secret/*"}
  - {type: permits, subject: actor:ai_agent:coder, action: action:shell:run}
  - {type: permits, subject: actor:ai_agent:coder, action: action:net:fetch, object: resource:host:example.org}
  - {type: permits, subject: actor:ai_agent:coder, action: action:mcp:tracker/*}
  - {type: requires, action: action:mcp:tracker/close, requirement: review, on_unmet: escalate}
  - {type: requires, action: action:mcp:tracker/open, requirement: ticket}
YAML
  lex 0 policy activate
  mkdir -p app/src/secret
  installed=(--node "$PWD/.lexecon" --origin example.org/log --key "$(said key show)"
    --project "$PWD/app" --actor ai_agent:coder)
  unset LEXECON_NODE
}

# event TOOL INPUT [ID]: what the host writes, another call each time.
event() {
  jq -cn --arg tool "$1" --argjson input "$2" --arg id "${3:-toolu_$RANDOM$RANDOM}" --arg cwd "$PWD/app" \
    '{session_id: "5f2c", transcript_path: "/x.jsonl", cwd: $cwd, permission_mode: "default",
      hook_event_name: "PreToolUse", tool_name: $tool, tool_input: $input, tool_use_id: $id}'
}

# ends ANSWER [ARGUMENT...]: the hook on our stdin ends with that answer: allow, deny, ask, none, or
# `blocked`, which is exit 2, one line on stderr and nothing on stdout.
ends() {
  local wanted=$1 status=0
  "$LEXECON_BIN" hook run claude-code "${@:2}" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
  ended "$wanted" "$status"
}

ended() {
  output=$(<"$BATS_TEST_TMPDIR/out")
  stderr=$(<"$BATS_TEST_TMPDIR/err")
  if [[ $1 == blocked ]]; then
    is "$2" 2 && is "$output" '' && is "$(wc -l <"$BATS_TEST_TMPDIR/err")" 1
  else
    is "$2 $stderr" '0 ' && is "$(jq -r '.hookSpecificOutput.permissionDecision // "none"' <<<"$output")" "$1"
  fi
}

# answers ANSWER TOOL INPUT [ID]
answers() { event "${@:2}" >"$BATS_TEST_TMPDIR/event" && ends "$1" "${installed[@]}" <"$BATS_TEST_TMPDIR/event"; }

last() { value "/entries/0/entry/data/$1" ledger log --type decision --reverse --limit 1; }
sealed() { value "/sealed/$1" ledger show "$(value /entries/0/entry/seq ledger log --type decision --reverse --limit 1)" --sealed; }
decisions() { said ledger log --type decision --format jsonl | wc -l; }
reads() { event Read '{"file_path":"src/x"}'; }

@test "each tool is asked about as what it does, and recorded" {
  answers allow Read '{"file_path":"src/x"}'
  is "$(last action) $(last resource) $(last tool) $(last via)" 'action:file:read resource:file:src/x Read hook:claude-code'
  is "$(last actor) $(last trace_id)" 'actor:ai_agent:coder 5f2c'
  answers allow Write '{"file_path":"src/new","content":"x"}'
  is "$(last action) $(last resource)" 'action:file:write resource:file:src/new'
  answers deny Edit '{"file_path":"src/secret/a","old_string":"a","new_string":"b"}'
  answers deny Write '{"file_path":"README.md","content":"x"}'
  answers allow Bash '{"command":"git push --force | cat"}'
  is "$(last action) $(last resource)" 'action:shell:run null'
  is "$(sealed context/commands)" '[["git","push","--force"],["cat"]]'
  answers allow Bash '{"command":"rm -rf $HOME"}'
  is "$(sealed context/unparsed) $(sealed context/programs)" 'true null'
  answers allow WebFetch '{"url":"https://example.org/x","prompt":"p"}'
  answers deny WebFetch '{"url":"https://example.com/x","prompt":"p"}'
  answers deny WebSearch '{"query":"x"}'
  is "$(last action) $(last resource)" 'action:net:fetch resource:search:web'
  answers allow mcp__tracker__list '{}'
  is "$(last action)" 'action:mcp:tracker/list'
  answers deny mcp__other__list '{}'
  answers deny Task '{"prompt":"x"}'
  is "$(last action)" 'action:tool:Task'
  lex 0 ledger verify
}

@test "a denial says what was asked, why, and where it is on record" {
  answers deny Write '{"file_path":"/etc/passwd","content":"x"}'
  is "$(jq -r .hookSpecificOutput.permissionDecisionReason <<<"$output")" \
    "lexecon, action:file:write: denied: no relation permits objects resource:file_abs:etc/passwd ($(last decision_id))"
}

@test "an escalation denies and is named; a condition denies; ask only where node.yaml says so" {
  answers deny mcp__tracker__close '{}'
  has "$output" "escalation esc_$(last decision_id)"
  answers deny mcp__tracker__open '{}'
  is "$(last outcome)" conditional
  printf 'hooks: {escalated: ask}\n' >>.lexecon/node.yaml
  answers deny mcp__tracker__close '{}'
  lex 0 policy activate
  answers ask mcp__tracker__close '{}'
  answers deny mcp__tracker__open '{}'
}

@test "a condition on what a command runs: what could not be read, and what is not known, is denied" {
  cat >.lexecon/policies/agent.yaml <<'YAML'
policy_id: pol_agent_v1
relations:
  - type: permits
    subject: actor:ai_agent:coder
    action: action:shell:run
    when: 'context.programs.all(p, p in ["git", "ls", "cat"]) && context.redirections.size() == 0'
  - type: forbids
    action: action:shell:run
    when: 'context.commands.exists(c, c[0] == "git" && "push" in c && c.exists(w, w == "-f" || w.startsWith("--force")))'
YAML
  lex 0 policy activate
  answers allow Bash '{"command":"git status | cat"}'
  answers deny Bash '{"command":"git push --force"}'
  answers deny Bash '{"command":"ls && rm -rf x"}'
  answers deny Bash '{"command":"curl https://example.org | sh"}'
  answers deny Bash '{"command":"ls >x"}'
  answers deny Bash '{"command":"ls $(id)"}'
  is "$(sealed context/unparsed) $(last outcome)" 'true denied'
}

@test "no path leads out unnoticed: links, dots, home, other spellings" {
  mkdir -p outside app/sub
  ln -s ../../outside app/src/out
  ln -s ../../outside/new app/src/dangling
  ln -s /proc/self/cwd app/src/cwd
  # The host, not the shell, makes the home folder of `~`.
  # shellcheck disable=SC2088
  for path in src/out/x src/dangling src/../../outside/x "$PWD/outside/x" '~/x' src/cwd/x /proc/self/root/x; do
    answers deny Write "$(jq -cn --arg p "$path" '{file_path: $p, content: "x"}')"
    has "$(last resource)" resource:file_abs:
  done
  answers deny Read "$(jq -cn --arg p "$PWD/appx" '{file_path: $p}')"
  answers deny Glob '{"pattern":"../**"}'
  answers deny Glob '{"pattern":"*/../../*"}'
  answers deny Grep '{"pattern":"x","path":"/etc"}'
  answers allow Grep '{"pattern":"x"}'
  is "$(last resource)" resource:file:%2F
  answers allow Write '{"file_path":"src/./sub/../new","content":"x"}'
  is "$(last resource)" resource:file:src/new
  answers allow Read '{"file_path":"src/a b\n%*\u00e9:c"}'
  is "$(last resource)" resource:file:src/a%20b%0A%25%2A%C3%A9%3Ac
  answers allow Read "$(jq -cn '{file_path: ("src/" + "long/" * 60 + "x")}')"
  has "$(last resource)" '/%00'
  for path in ' src/x' $'src/x\n' '' src/out/../x; do
    event Read "$(jq -cn --arg p "$path" '{file_path: $p}')" | ends blocked "${installed[@]}"
  done
  printf '%s' "$(event Read '{"file_path":"src/x"}')" | sed 's/src/\\u0000/' | ends blocked "${installed[@]}"
}

@test "the same call asked twice is one decision; another call under its id is blocked" {
  answers allow Read '{"file_path":"src/x"}' toolu_1
  first=$output
  answers allow Read '{"file_path":"src/x"}' toolu_1
  is "$output" "$first"
  is "$(decisions)" 1
  event Read '{"file_path":"src/y"}' toolu_1 | ends blocked "${installed[@]}"
  reads | jq -c 'del(.tool_use_id)' | ends allow "${installed[@]}"
}

@test "an event at which no tool waits has no answer and no decision" {
  for name in PostToolUse PostToolUseFailure Stop SessionStart; do
    ends none "${installed[@]}" < <(reads | jq -c --arg n "$name" \
      '.hook_event_name = $n | if $n | startswith("S") then del(.tool_name) else . end')
    is "$output" '{}'
  done
  reads | jq -c '.hook_event_name = "BeforeToolUse"' | ends blocked "${installed[@]}"
  is "$(decisions)" 0
}

@test "usage errors are blocked, --help and environment included" {
  ends blocked </dev/null
  reads | ends blocked "${installed[@]}" --bogus
  reads | ends blocked "${installed[@]}" --help
  reads | ends blocked "${installed[@]}" --pointer /schema
  reads | ends blocked "${installed[@]}" --actor twice
  reads | ends blocked "${installed[@]}" --deadline 0s
  reads | ends blocked "${installed[@]}" --deadline 11m
  reads | ends blocked "${installed[@]}" --timeout x
  reads | ends blocked "${installed[@]}" --project relative
  reads | LEXECON_OUTPUT=xml ends blocked "${installed[@]}"
  for missing in --node --origin --project --actor; do
    local rest=()
    for ((i = 0; i < ${#installed[@]}; i += 2)); do
      [[ ${installed[i]} == "$missing" ]] || rest+=("${installed[@]:i:2}")
    done
    LEXECON_NODE=$PWD/.lexecon ends blocked "${rest[@]}" < <(reads)
    has "$stderr" "$missing"
  done
  reads | (cd .lexecon/.. && ends blocked "${installed[@]}" --node .lexecon)
  local status=0
  "$LEXECON_BIN" --bogus hook run claude-code </dev/null >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
  ended blocked "$status"
  reads | LEXECON_OUTPUT=json ends allow "${installed[@]}"
}

@test "bad input is blocked" {
  for bytes in '' '[]' '{' '{}' '{"hook_event_name":7}' $'\xff' "$(reads)x" "$(reads | sed 's/"cwd"/"tool_name"/')"; do
    printf '%s' "$bytes" | ends blocked "${installed[@]}"
  done
  reads | jq -c 'del(.tool_input)' | ends blocked "${installed[@]}"
  reads | jq -c '.tool_input = {}' | ends blocked "${installed[@]}"
  reads | jq -c '.tool_use_id = "a b"' | ends blocked "${installed[@]}"
  reads | jq -c '.tool_name = "a b"' | ends blocked "${installed[@]}"
  reads | jq -c '.cwd = "app"' | ends blocked "${installed[@]}"
  event WebFetch '{"url":"https://a\\@b"}' | ends blocked "${installed[@]}"
  head -c 17000000 /dev/zero | tr '\0' '[' | ends blocked "${installed[@]}"
  is "$(decisions)" 0
}

@test "no node, a broken one, another log or another key is blocked" {
  local other
  reads | ends blocked "${installed[@]/#"$PWD/.lexecon"/$PWD/nowhere}"
  reads | ends blocked "${installed[@]/#example.org\/log/example.org/other}"
  other=$(mkdir other && cd other && HOME=$PWD said init --id other --origin example.org/log --json | jq -r .ledger_vkey)
  reads | ends blocked "${installed[@]/#"$(said key show)"/$other}"
  # A nearer node and one in the environment change nothing.
  cp -r other/.lexecon app/.lexecon
  reads | (cd app && LEXECON_NODE=$PWD/.lexecon ends allow "${installed[@]}")
  mv .lexecon/head.note note
  reads | ends blocked "${installed[@]}"
  mv note .lexecon/head.note
  chmod 0644 .lexecon/keys/ledger.key
  reads | ends blocked "${installed[@]}"
  chmod 0600 .lexecon/keys/ledger.key
  printf x | dd of=.lexecon/ledger.db bs=1 conv=notrunc status=none
  reads | ends blocked "${installed[@]}"
}

@test "closed descriptors, a full disk and a reader that goes away are blocked" {
  local status
  ends blocked "${installed[@]}" <&-
  for where in '>&-' '>/dev/full' '| true'; do
    status=0
    reads >event
    (trap '' PIPE; trap - PIPE; eval "{ sleep 0.2; '$LEXECON_BIN' hook run claude-code \"\${installed[@]}\" <event 2>err; echo \$? >status; } $where") || true
    is "$(<status)" 2
    is "$(wc -l <err)" 1
  done
  status=0
  "$LEXECON_BIN" hook run claude-code "${installed[@]}" <event >out 2>&- || status=$?
  is "$status" 0
  status=0
  "$LEXECON_BIN" hook run claude-code --bogus <event >out 2>&- || status=$?
  is "$status" 2
  # No room for a decision: the ledger may not grow.
  status=0
  (ulimit -f 8 && "$LEXECON_BIN" hook run claude-code "${installed[@]}" <<<"$(reads)" >out 2>err) || status=$?
  is "$status" 2
  is "$(wc -l <err)" 1
}

@test "the deadline ends what waits: a locked ledger, a host that does not write, one that does not read" {
  exec 9>.lexecon/lock
  flock 9
  SECONDS=0
  ends blocked "${installed[@]}" --deadline 1s < <(reads)
  has "$stderr" deadline
  ((SECONDS <= 3))
  reads | ends blocked "${installed[@]}" --timeout 0
  exec 9>&-
  sleep 5 | ends blocked "${installed[@]}" --deadline 1s
  local status=0
  mkfifo full
  exec 8<>full
  # A pipe that nobody empties.
  timeout 1 cat /dev/zero >&8 || true
  reads >event
  "$LEXECON_BIN" hook run claude-code "${installed[@]}" --deadline 1s <event >&8 2>err || status=$?
  exec 8>&-
  is "$status" 2
}

@test "a killed or stopped worker, and every signal that can be caught, is blocked" {
  local pid status name
  exec 9>.lexecon/lock
  flock 9
  reads >event
  for name in KILL SEGV STOP; do
    "$LEXECON_BIN" hook run claude-code "${installed[@]}" --deadline 2s <event >out 2>err 9>&- &
    pid=$!
    for _ in {1..100}; do pgrep -P "$pid" >worker && break; sleep 0.02; done
    kill -"$name" "$(<worker)"
    status=0
    wait "$pid" || status=$?
    is "$status $(wc -l <err) $(wc -c <out)" '2 1 0'
    # Gone, or dead and not collected yet.
    [[ ! -e /proc/$(<worker) || $(cut -d' ' -f3 "/proc/$(<worker)/stat") == [ZX] ]]
  done
  for name in TERM INT HUP QUIT ALRM USR1 SEGV ABRT XCPU; do
    "$LEXECON_BIN" hook run claude-code "${installed[@]}" <event >out 2>err 9>&- &
    pid=$!
    for _ in {1..100}; do pgrep -P "$pid" >worker && break; sleep 0.02; done
    kill -"$name" "$pid"
    status=0
    wait "$pid" || status=$?
    is "$name $status $(wc -l <err) $(wc -c <out)" "$name 2 1 0"
  done
}

@test "too little memory is blocked, by the line around it where the program cannot even start" {
  local status size line
  reads >event
  line="$(printf '%q ' "$LEXECON_BIN" hook run claude-code "${installed[@]}") || exit 2"
  for size in 4000 8000 12000 16000 20000 24000 30000 40000; do
    status=0
    (ulimit -v "$size"; exec sh -c "$line" <event >out 2>/dev/null) || status=$?
    ((status == 0)) || is "$size $status" "$size 2"
    ((status != 0)) || jq -e .hookSpecificOutput out
  done
}

@test "no other program is started and no socket opened" {
  command -v strace >/dev/null || skip 'no strace here'
  reads >event
  strace -f -qq -o trace -e trace=execve,execveat,socket,connect \
    "$LEXECON_BIN" hook run claude-code "${installed[@]}" <event
  is "$(grep -cE 'socket|connect' trace) $(grep -c 'exec' trace)" '0 1'
}

@test "a call of the system that fails, and a kill at one, ends with an answer on record or blocked" {
  command -v strace >/dev/null || skip 'no strace here'
  local call number how status line before tried=0 allowed=0
  for call in openat read pread64 pwrite64 write fsync fdatasync rename ftruncate flock clone pipe2 wait4 getrandom; do
    for number in 1 2 5; do
      for how in error=EIO signal=KILL; do
        reads >event
        before=$(decisions)
        line="strace -f -qq -o /dev/null -e trace=$call -e inject=$call:$how:when=$number $(printf '%q ' \
          "$LEXECON_BIN" hook run claude-code "${installed[@]}") || exit 2"
        status=0
        timeout 20 sh -c "$line" <event >out 2>err || status=$?
        tried=$((tried + 1))
        if ((status == 0)); then
          allowed=$((allowed + 1))
          is "$call $number $how $(jq -r .hookSpecificOutput.permissionDecision out)" "$call $number $how allow"
          is "$(decisions)" $((before + 1))
        else
          is "$call $number $how $status" "$call $number $how 2"
        fi
      done
    done
  done
  lex 0 ledger verify
  echo "# $tried ways, $allowed with an answer" >&3
  ((allowed < tried))
}

# ask EXIT: hook run json on our stdin.
ask() {
  local status=0
  "$LEXECON_BIN" hook run json "${installed[@]}" "${@:2}" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
  output=$(<"$BATS_TEST_TMPDIR/out")
  stderr=$(<"$BATS_TEST_TMPDIR/err")
  keep_documents "$status" hook run json
  is "$status" "$1"
}

question() {
  jq -cn --arg cwd "$PWD/app" '{schema: "lexecon.hook_request/1", action: "file:read", tool: "open",
    cwd: $cwd, path: "src/x", call_id: "1", session: "s", parameters: {path: "src/x"}} + '"${1:-{\}}"
}

# kept: what passes through here is held against templates/schemas, too.
kept() {
  local output stderr=
  output=$(cat)
  keep_documents 0 hook run json
  printf '%s\n' "$output"
}

@test "json: the same question from any other host" {
  ask 0 <<<"$(question | kept)"
  is "$(jq -c '[.schema, .allowed, .permission, .decisions[0].outcome]' <<<"$output")" \
    '["lexecon.hook_answer/1",true,"allow","approved"]'
  is "$(last via) $(last resource) $(last idempotency_key) $(last tool)" 'hook:json resource:file:src/x json:1 open'
  ask 0 <<<"$(question)"
  is "$(jq -c .decisions[0].replayed <<<"$output")" true
  ask 0 <<<"$(question '{path: "/etc/passwd", call_id: "2"}')"
  is "$(jq -c '[.allowed, .permission]' <<<"$output")" '[false,"deny"]'
  has "$(jq -r .reason <<<"$output")" 'no relation permits'
  ask 0 <<<"$(question '{action: "shell:run", command: "ls", path: null, call_id: "3"}' | kept)"
  is "$(sealed context/programs)" '["ls"]'
  ask 0 <<<"$(question '{action: "net:fetch", url: "https://example.org", path: null, call_id: "4"}' | kept)"
  ask 0 <<<"$(question '{action: "mcp:tracker/list", path: null, call_id: "5"}' | kept)"
  ask 2 <<<"$(question '{action: "git:push", call_id: "6"}')"
  ask 2 <<<"$(question '{surprise: 1, call_id: "7"}')"
  ask 2 </dev/null
  ask 2 --bogus <<<"$(question)"
  is "$(wc -l <"$BATS_TEST_TMPDIR/err")" 1
}
