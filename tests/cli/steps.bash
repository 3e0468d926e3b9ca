# What the shown stories share: a folder of their own, and steps that are shown, run and held to an exit code.
# shellcheck shell=bash

program=$(realpath "$1")
folder=$(mktemp -d "${TMPDIR:-/tmp}/lexecon-story-XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit
# Nothing of the caller's: no node, no configuration of git, no agent.
unset LEXECON_NODE LEXECON_OUTPUT LEXECON_NOW XDG_CONFIG_HOME TRACEPARENT SSH_AUTH_SOCK
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_QUARANTINE_PATH
export HOME=$folder XDG_STATE_HOME=$folder/state GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export LEXECON_NODE=$folder/node
mkdir bin && ln -s "$program" bin/lexecon && PATH=$folder/bin:$PATH

title() { printf '\n-- %s\n' "$*"; }

# step EXIT COMMAND: prints the command, runs it, prints what it printed, and wants that exit code.
step() {
  local wanted=$1 status=0
  printf '\n$ %s\n' "$2"
  bash -o pipefail -c "$2" 2>&1 | sed -e "s|$folder/||g" -e "s|$folder|.|g" || status=${PIPESTATUS[0]}
  ((status == 0)) || printf '(exit %s)\n' "$status"
  ((status == wanted)) && return
  printf 'expected exit %s, saw %s\n' "$wanted" "$status" >&2
  exit 1
}
