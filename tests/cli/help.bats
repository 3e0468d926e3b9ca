#!/usr/bin/env bats
# The frame that all commands share: words, options, errors, help. Every command is held against it.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

commands() { said help --json | jq -r '.commands[].name'; }

@test "help lists every command and every group" {
  lex 0 help
  while read -r word; do
    has "$output" "  $word " || false
    is "$word: $(grep -c "^  $word " <<<"$output")" "$word: 1"
  done < <(commands | cut -d ' ' -f 1 | sort -u)
}

@test "help of a command shows its usage, its examples and each of its options" {
  local name option
  while read -r name; do
    # shellcheck disable=SC2086
    lex 0 help $name
    has "$output" "  lexecon $name"
    has "$output" 'Examples'
    while read -r option; do has "$output" "$option"; done < <(
      said help --json | jq -r --arg n "$name" '.commands[] | select(.name == $n).options[].name'
    )
  done < <(commands)
}

@test "every command answers --help and -h, before its words and after them" {
  local name
  while read -r name; do
    # shellcheck disable=SC2086
    lex 0 $name --help
    # shellcheck disable=SC2086
    lex 0 -h $name
    has "$output" "lexecon $name"
  done < <(commands)
}

@test "help of a group shows its commands" {
  lex 0 help ledger
  has "$output" 'ledger log'
  lex 0 ledger --help
  has "$output" 'ledger log'
}

@test "a name of three words is one below a group of two" {
  lex 0 help compliance profile
  has "$output" 'compliance profile set '
  [[ $output != *'compliance declare'* ]]
  lex 0 compliance profile --help
  has "$output" 'compliance profile history'
  lex 0 help compliance
  has "$output" 'compliance profile set '
  has "$output" 'compliance declare '
  lex 0 help compliance profile set
  has "$output" 'lexecon compliance profile set SYSTEM'
  lex 64 compliance
  has "$stderr" 'profile, declare'
  lex 64 compliance profile
  has "$stderr" 'set, show, history'
  lex 64 compliance profile sett
  has "$stderr" 'did you mean `compliance profile set`?'
  lex 64 compliance profle set
  has "$stderr" 'did you mean `compliance profile`?'
  lex 64 help compliance profile sett
  has "$stderr" 'did you mean `compliance profile set`?'
  lex 64 help ledger verify more
  fresh_node
  lex 66 --json compliance --node .lexecon profile --timeout 1 show
  has "$stderr" 'no system has a profile'
}

@test "--help in the place of a value is no help, which would be exit 0" {
  lex 64 ledger log --actor --help
  has "$stderr" 'expected a value after `--actor`'
  fresh_node
  lex 1 decide --actor ai_agent:x --action nobody:permits '--intent=--help'
  lex 64 decide --actor ai_agent:x --action nobody:permits --intent --help
  lex 65 decide --actor ai_agent:x --action nobody:permits -- --help || lex 64 decide -- --help
}

@test "no command, an unknown one and an unknown group are usage errors with the nearest name" {
  lex 64
  has "$stderr" 'expected a command'
  lex 64 ldger
  has "$stderr" 'did you mean `ledger`?'
  lex 64 ledger
  has "$stderr" 'log, show'
  lex 64 ledger lgo
  has "$stderr" 'did you mean `ledger log`?'
  lex 64 help hepl
  has "$stderr" 'did you mean `help`?'
  lex 64 help ledger shwo
  has "$stderr" 'did you mean `ledger show`?'
  lex 64 completely-unknown
  has "$stderr" 'lexecon help'
  lex 64 -- version
  lex 64 ''
}

@test "an unknown option of any command is a usage error that names it, with the nearest one" {
  local name
  while read -r name; do
    # shellcheck disable=SC2086
    lex 64 $name --jsno
    has "$stderr" '--jsno'
    has "$stderr" 'did you mean `--json`?'
    # shellcheck disable=SC2086
    lex 64 $name -Z
    has "$stderr" 'unknown option `-Z`'
  done < <(commands)
}

@test "options are never abbreviated" {
  lex 64 version --jso
  lex 64 version --point /version
}

@test "a single-valued option of any command that stands there twice is a usage error" {
  local name option
  while IFS=$'\t' read -r name option; do
    # shellcheck disable=SC2086
    lex 64 $name "$option" x "$option" y
    [[ $stderr == *"\`$option\` stands there twice"* || $stderr == *"expected "* ]]
  done < <(said help --json | jq -r '.commands[] | .name as $n | .options[] |
    select(.value != "" and (.repeats | not)) | [$n, .name] | @tsv')
  lex 64 version --timeout 1 --timeout 2
  has "$stderr" 'stands there twice'
}

@test "an option without its value, or with one that it does not take, is a usage error" {
  lex 64 version --timeout
  lex 64 version --timeout=
  lex 64 version --pointer --json
  lex 64 version --json=false
  lex 64 version --pointer= /version
}

@test "a value outside the choices names them and the nearest" {
  lex 64 completion bsh
  has "$stderr" 'did you mean `bash`?'
  lex 64 ledger log --format tabel
  has "$stderr" 'table, jsonl'
  has "$stderr" 'did you mean `table`?'
}

@test "a missing argument and one too many are usage errors" {
  lex 64 completion
  has "$stderr" 'expected SHELL'
  lex 64 completion bash zsh
  has "$stderr" '`zsh`'
}

@test "global options stand before the words of a command, between them and after" {
  fresh_node
  lex 0 --node .lexecon --json ledger stats
  lex 0 ledger --node .lexecon stats --json
  lex 0 ledger stats --json --node=.lexecon
  is "$(jq -r .schema <<<"$output")" lexecon.stats/1
}

@test "numbers are whole, in full and in range" {
  local number
  for number in 010 0x10 +5 ' 5' 1e3 99999999999999999999 -1 5s ''; do
    lex 64 version --timeout "$number"
  done
  lex 0 version --timeout 0
}

@test "with --json an error is one lexecon.error/1 on stderr, errors of usage too" {
  lex 64 --json no-such-command
  is "$(wc -l <"$BATS_TEST_TMPDIR/err")" 1
  is "$(jq -c '[.schema, .error.code, .error.class]' <<<"$stderr")" \
    '["lexecon.error/1","usage","validation_error"]'
  is "$(jq -c '.error | keys' <<<"$stderr")" '["class","code","hint","message","where"]'
  lex 66 ledger stats --json
  is "$(jq -r .error.code <<<"$stderr")" not_found
  LEXECON_OUTPUT=json lex 66 ledger stats
  is "$(jq -r .error.class <<<"$stderr")" validation_error
}

@test "LEXECON_OUTPUT is json, text or nothing" {
  LEXECON_OUTPUT=json lex 0 version
  is "$(jq -r .schema <<<"$output")" lexecon.version/1
  LEXECON_OUTPUT='' lex 0 version
  LEXECON_OUTPUT=yaml lex 64 version
}

@test "help that cannot be written is exit 74" {
  cannot_write help
  cannot_write decide --help
}

@test "standard descriptors that are closed change nothing but what they carry" {
  fresh_node
  "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token <&- 2>&- >"$BATS_TEST_TMPDIR/out"
  local status=0
  "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token <&- >&- 2>&- || status=$?
  is "$status" 74
  lex 0 ledger verify
}

@test "the examples of every command run as they stand" {
  fresh_node
  local name example status failed=no
  git init -q . && git init -q --bare server.git
  PATH=$(cd "$(dirname "$LEXECON_BIN")" && pwd):$PATH
  lex 0 ledger checkpoint && cp "$BATS_TEST_TMPDIR/out" checkpoint.note
  examples_need
  while IFS=$'\t' read -r name example; do
    if [[ $name == 'hook uninstall' ]]; then
      lexecon hook install pre-push --actor ai_agent:coder >/dev/null 2>&1 || true
      lexecon hook install pre-receive --actor ai_agent:coder --repo server.git >/dev/null 2>&1 || true
    fi
    if [[ $name == init ]]; then
      mkdir -p made && (cd made && bash -o pipefail -c "HOME=\$PWD; $example" >/dev/null) && rm -r made
      continue
    fi
    status=0
    bash -o pipefail -c "$example" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
    # What takes people, their keys and their files is done with them by tests/repo/examples.py; here it
    # must know its options, and say in one line what is not there.
    if [[ $name =~ ^(archive|compliance|decision confirm|escalation|evidence|hold|incident|responsibility|operator|model|prompt|override|policy activate|privacy) ]] &&
      ((status == 64 || status == 66)) && grep -q '^lexecon: error: ' "$BATS_TEST_TMPDIR/err" &&
      ! grep -q 'unknown option' "$BATS_TEST_TMPDIR/err"; then
      continue
    fi
    if ((status >= 64)); then
      printf 'exit %s: %s\n%s\n' "$status" "$example" "$(<"$BATS_TEST_TMPDIR/err")"
      failed=yes
    fi
  done < <(said help --json | jq -r '.commands[] | .name as $n | .examples[] | [$n, .] | @tsv')
  is "$failed" no
}

# What the examples speak of beside a node: a second folder, a request, a token.
examples_need() {
  printf '{"actor":"ai_agent:coder","action":"read"}' >request.json
  lex 0 init witness --id witness --origin example.org/witness
  lex 0 init other --id other --origin example.org/other
}

@test "--help with --json is the table of commands" {
  lex 0 decide --help --json
  is "$(jq -r .schema <<<"$output")" lexecon.help/1
}
