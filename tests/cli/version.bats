#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

@test "version names the program and its formats" {
  lex 0 version
  has "$output" 'lexecon 0.'
  has "$output" 'lexecon-judge/1'
  lex 0 --version
  has "$output" 'lexecon 0.'
}

@test "version as JSON, and one value of it" {
  lex 0 version --json
  is "$(jq -r .schema <<<"$output")" lexecon.version/1
  lex 0 version --pointer /engine
  is "$output" lexecon-judge/1
  lex 0 version --pointer /test_clock
  [[ $output == true || $output == false ]]
}

@test "a pointer to nothing is exit 66, one that is none exit 64" {
  lex 66 version --pointer /nothing
  lex 66 version --pointer /version/deeper
  lex 64 version --pointer version
  lex 64 version --pointer '/~2'
  lex 0 version --pointer ''
  is "$(jq -r .schema <<<"$output")" lexecon.version/1
}

@test "version that cannot be written is exit 74" { cannot_write version; }

@test "LEXECON_NOW moves the clock of a test build and of no other" {
  fresh_node
  local now
  now=$(date -u +%Y)
  LEXECON_NOW=2031-05-06T07:08:09Z lex 0 decide --actor ai_agent:x --action read --no-token --json
  if [[ $(value /test_clock version) == true ]]; then
    is "$(jq -r .timestamp <<<"$output")" 2031-05-06T07:08:09.000000Z
    LEXECON_NOW=yesterday lex 64 version
  else
    is "$(jq -r .timestamp <<<"$output" | cut -c 1-4)" "$now"
    LEXECON_NOW=yesterday lex 0 version
  fi
}
