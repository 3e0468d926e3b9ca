#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

here=$BATS_TEST_DIRNAME
copies=$here/../../completions

# offers SHELL: what the shell itself would offer for each line of stdin.
offers() {
  case $1 in
    bash) bash "$here/completion.bash" "$copies/lexecon.bash" ;;
    zsh)
      mkdir -p "$BATS_TEST_TMPDIR/zsh"
      zsh -f "$here/completion.zsh" "$copies" "$BATS_TEST_TMPDIR/zsh"
      ;;
    fish) fish --no-config "$here/completion.fish" "$copies/lexecon.fish" ;;
  esac
}

# A trailing space is a word that begins there.
expected() {
  cat <<'LINES'
lexecon led=> ledger
lexecon ledger ch=> checkpoint
lexecon --node . ledger ch=> checkpoint
lexecon ledger --json ch=> checkpoint
lexecon ledger log --rev=> --reverse
lexecon ledger log --format => jsonl table
lexecon ledger log --format js=> jsonl
lexecon ledger log --actor ledger --rev=> --reverse
lexecon hook install pre-p=> pre-push
lexecon completion => bash fish zsh
lexecon decision wait --tim=> --timeout
lexecon compliance prof=> profile
lexecon compliance profile => history set show
lexecon compliance --json profile hi=> history
lexecon compliance profile set triage --pub=> --public-body
lexecon compliance profile set triage --annex-iii 2=> 2
lexecon --ver=> --version
lexecon ledger verify --against file=> file.note
lexecon ledger verify --against file.note --against file=> file.note
LINES
}

offers_what_is_expected() {
  touch file.note
  is "$(expected | sed 's/=> .*//' | offers "$1")" "$(expected)"
}

# offers_points SHELL POINTS: as that shell puts parentheses on a line.
offers_points() {
  is "$(offers "$1" <<<'lexecon compliance profile set triage --annex-iii 8')" \
    "lexecon compliance profile set triage --annex-iii 8=> $2"
}

# Every long option of every command, and no other.
offers_every_option() {
  local wanted
  wanted=$(said help --json | jq -r '[.global_options[].name] as $all | .commands[] |
    "lexecon \(.name) --=> " + ([.options[].name] + $all | unique | join(" "))')
  is "$(sed 's/=> .*//' <<<"$wanted" | offers "$1")" "$wanted"
}

@test "the copies in completions/ are what the program prints" {
  lex 0 completion bash
  cmp "$BATS_TEST_TMPDIR/out" "$copies/lexecon.bash"
  lex 0 completion zsh
  cmp "$BATS_TEST_TMPDIR/out" "$copies/_lexecon"
  lex 0 completion fish
  cmp "$BATS_TEST_TMPDIR/out" "$copies/lexecon.fish"
}

@test "each shell can read its script" {
  bash -n "$copies/lexecon.bash"
  zsh -n "$copies/_lexecon"
  fish --no-execute "$copies/lexecon.fish"
}

@test "the document names the shell and holds the script" {
  lex 0 completion fish
  is "$(value /script completion fish)" "$output"
  is "$(value /shell completion fish)" fish
}

@test "bash offers commands, options, their values and files" {
  offers_what_is_expected bash
  is "$(offers bash <<<'lexecon ledger log --format = js')" 'lexecon ledger log --format = js=> jsonl'
  offers_points bash '8(a) 8(b)'
  offers_every_option bash
}

@test "zsh offers commands, options, their values and files" {
  offers_what_is_expected zsh
  offers_points zsh '8\(a\) 8\(b\)'
  offers_every_option zsh
}

@test "fish offers commands, options, their values and files" {
  offers_what_is_expected fish
  offers_points fish '8(a) 8(b)'
  offers_every_option fish
}

@test "another shell is a usage error, and no answer that cannot be written" {
  lex 64 completion tcsh
  lex 64 completion
  cannot_write completion bash
}
