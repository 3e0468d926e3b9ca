#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

# effect NAME
effect() { said env --json | jq -r --arg n "$1" '.variables[] | select(.name == $n).effect'; }

@test "each variable with its value, its effect and its page; no node is needed" {
  lex 0 env
  has "$output" 'the nearest .lexecon/ is the node'
  lex 0 env --json
  is "$(jq -r .schema <<<"$output")" lexecon.env/1
  is "$(jq -c '.variables[0]' <<<"$output")" \
    '{"documented_in":"lexecon(1)","effect":"the nearest .lexecon/ is the node","name":"LEXECON_NODE","value":null}'
  is "$(jq -r '.variables[] | select(.name == "HOME").value' <<<"$output")" "$HOME"
}

@test "the effect is what the program makes of the value" {
  is "$(LEXECON_NODE=a/../b effect LEXECON_NODE)" "the node is $PWD/b"
  is "$(LEXECON_NODE='' effect LEXECON_NODE)" 'the nearest .lexecon/ is the node'
  is "$(effect LEXECON_OUTPUT)" 'answers are text for people'
  LEXECON_OUTPUT=json lex 0 env
  is "$(jq -r '.variables[1].effect' <<<"$output")" 'answers are JSON, as with --json'
  LEXECON_OUTPUT=xml lex 64 env
  is "$(XDG_STATE_HOME=/var/x effect XDG_STATE_HOME)" 'the second copy of the head is kept in /var/x/lexecon'
  is "$(XDG_STATE_HOME=relative effect XDG_STATE_HOME)" \
    "the second copy of the head is kept in $HOME/.local/state/lexecon"
  is "$(HOME='' effect HOME)" 'no second copy of the head is kept'
  is "$(effect GIT_DIR)" none
}

@test "a value is printed escaped, one that cannot be written is exit 74" {
  LEXECON_NODE=$'a\e[2J' lex 0 env
  [[ $output != *$'\e'* ]]
  LEXECON_NODE=$'\xff' lex 0 env --json
  jq -e . <<<"$output" >/dev/null
  cannot_write env
  lex 64 env now
}
