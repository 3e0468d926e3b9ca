#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

# complete WORD...: what bash would offer for the last word.
complete_words() {
  bash -c '
    source "$1"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _lexecon
    printf "%s\n" "${COMPREPLY[@]}"' bash "$BATS_TEST_TMPDIR/out" "$@"
}

@test "the copy in completions/ is what the program prints" {
  lex 0 completion bash
  cmp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_DIRNAME/../../completions/lexecon.bash"
}

@test "the document names the shell and holds the script" {
  lex 0 completion bash
  is "$(value /script completion bash)" "$output"
  is "$(value /shell completion bash)" bash
}

@test "commands, options, choices and values are completed" {
  lex 0 completion bash
  bash -n "$BATS_TEST_TMPDIR/out"
  has "$(complete_words lexecon led)" ledger
  is "$(complete_words lexecon ledger ch)" checkpoint
  is "$(complete_words lexecon --node . ledger ch)" checkpoint
  has "$(complete_words lexecon ledger log --rev)" --reverse
  is "$(complete_words lexecon ledger log --format js)" jsonl
  is "$(complete_words lexecon ledger log --format = js)" jsonl
  is "$(complete_words lexecon ledger log --format =)" $'table\njsonl'
  is "$(complete_words lexecon hook install pre-p)" pre-push
  is "$(complete_words lexecon --ver)" --version
  touch file.note
  is "$(complete_words lexecon ledger verify --against file)" file.note
}

@test "every command and every option is in the script" {
  lex 0 completion bash
  local word
  while read -r word; do
    has "$output" "$word"
  done < <(said help --json | jq -r '.commands[] | .name, .options[].name')
}

@test "another shell is a usage error, and no answer that cannot be written" {
  lex 64 completion tcsh
  lex 64 completion
  cannot_write completion bash
}
