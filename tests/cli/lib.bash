# What the black-box tests share. Each test has its own HOME; the program under test is $LEXECON_BIN.
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

LEXECON_BIN=${LEXECON_BIN:-$BATS_TEST_DIRNAME/../../build/dev/cli/lexecon}

# What the JSON documents of a test are kept in; see tests/repo/documents.py.
documents=${LEXECON_DOCUMENTS:-$BATS_RUN_TMPDIR/documents}
mkdir -p "$documents"

# Nothing of the caller's environment, no configuration of git but this.
setup_home() {
  unset LEXECON_NODE LEXECON_OUTPUT LEXECON_NOW XDG_STATE_HOME XDG_CONFIG_HOME TRACEPARENT
  unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_QUARANTINE_PATH
  export HOME=$BATS_TEST_TMPDIR/home LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1
  mkdir -p "$HOME" "$BATS_TEST_TMPDIR/work"
  git config --global init.defaultBranch main
  git config --global user.name Tester
  git config --global user.email tester@example.org
  cd "$BATS_TEST_TMPDIR/work" || return
}

# fresh_node [TEMPLATE]: a node in ./.lexecon, the log example.org/log.
fresh_node() {
  setup_home
  lex 0 init --id demo --origin example.org/log --template "${1:-minimal}"
}

# lex EXIT ARGUMENT...: runs the program with our stdin and demands that exit code; then $output is
# its stdout and $stderr its stderr. A failure to answer has printed nothing on stdout.
lex() {
  local wanted=$1 status=0
  shift
  "$LEXECON_BIN" "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
  output=$(<"$BATS_TEST_TMPDIR/out")
  stderr=$(<"$BATS_TEST_TMPDIR/err")
  keep_documents "$status" "$@"
  if ((status != wanted)); then
    printf 'expected exit %s, seen %s: lexecon %s\n--- stdout\n%s\n--- stderr\n%s\n' \
      "$wanted" "$status" "$*" "$output" "$stderr"
    return 1
  fi
  if ((status >= 64)) && [[ -s $BATS_TEST_TMPDIR/out ]]; then
    printf 'exit %s with something on stdout: lexecon %s\n%s\n' "$status" "$*" "$output"
    return 1
  fi
}

# keep_documents EXIT ARGUMENT...: the JSON that $output and $stderr hold, for tests/repo/documents.py:
# a line `> FILE EXIT ARGUMENT...` with 0x1f between, then stdout as lines `1 …`, of stderr those of
# JSON as `2 …`. Built from nothing but the shell, since every call of the program passes here, and without
# a loop over stdout, since bats runs code of its own before each command.
keep_documents() {
  local IFS=$'\x1f' line lines
  [[ $IFS$*$IFS != *"$IFS--pointer$IFS"* ]] || return 0
  [[ $IFS$*$IFS == *"$IFS--json$IFS"* || $output == '{'* || $stderr == '{'* ]] || return 0
  {
    printf '> %s\x1f%s\n' "${BATS_TEST_FILENAME##*/}" "${*//$'\n'/ }"
    [[ -z $output ]] || {
      mapfile -t lines <<<"$output"
      printf '1 %s\n' "${lines[@]}"
    }
    while read -r line; do
      [[ $line != '{'* ]] || printf '2 %s\n' "$line"
    done <<<"$stderr"
  } >>"$documents/${BATS_TEST_FILENAME##*/}.$BATS_TEST_NUMBER"
}

# has TEXT PART: PART stands in TEXT.
has() {
  [[ $1 == *"$2"* ]] && return
  printf 'expected to find: %s\nin: %s\n' "$2" "$1"
  return 1
}

# is SEEN EXPECTED
is() {
  [[ $1 == "$2" ]] && return
  printf 'expected: %s\nseen:     %s\n' "$2" "$1"
  return 1
}

# said ARGUMENT...: its stdout, whatever the answer was.
said() {
  local output status=0 stderr=
  output=$("$LEXECON_BIN" "$@" 2>/dev/null) || status=$?
  keep_documents "$status" "$@"
  [[ -z $output ]] || printf '%s\n' "$output"
  ((status < 64))
}

# value POINTER ARGUMENT...: one value of the JSON answer, whatever the answer was.
value() {
  said "${@:2}" --json | jq -cr --arg at "$1" \
    'getpath($at | split("/")[1:] | map(if test("^[0-9]+$") then tonumber else . end))'
}

# An answer that cannot be written is exit 74: to a full disk, and to a closed descriptor.
cannot_write() {
  local status=0
  "$LEXECON_BIN" "$@" >/dev/full 2>"$BATS_TEST_TMPDIR/err" || status=$?
  is "$status" 74 || return
  has "$(<"$BATS_TEST_TMPDIR/err")" 'standard output' || return
  status=0
  "$LEXECON_BIN" "$@" >&- 2>/dev/null || status=$?
  is "$status" 74
}

# new_key NAME: an SSH key without passphrase, keys/NAME and keys/NAME.pub.
new_key() {
  mkdir -p keys
  ssh-keygen -q -t ed25519 -N '' -C "$1" -f "keys/$1"
}

# add_operators: alice, an admin; bob, a compliance officer who speaks for human_user:bob; carol, a
# viewer. Sets `by_alice` and so on to what signs as each of them.
add_operators() {
  local name
  for name in alice bob carol; do new_key "$name"; done
  by_alice=(--as alice --sign-with keys/alice)
  by_bob=(--as bob --sign-with keys/bob)
  by_carol=(--as carol --sign-with keys/carol)
  export by_alice by_bob by_carol
  lex 0 operator add alice --role admin --key keys/alice.pub
  lex 0 operator add bob --role compliance_officer --key keys/bob.pub --actor human_user:bob "${by_alice[@]}"
  lex 0 operator add carol --role viewer --key keys/carol.pub "${by_alice[@]}"
}
