# What the tests of compliance share: a node with people and the profile of a system.
# shellcheck shell=bash

# set_profile [OPTION...]: of triage, a use of Annex III by a deployer; signed by bob.
set_profile() {
  # shellcheck disable=SC2154 # by_bob is of add_operators
  lex 0 compliance profile set triage --actor 'ai_agent:triage*' --role deployer --route annex_iii \
    --annex-iii '5(d)' --profiling yes "$@" "${by_bob[@]}"
}

# governed_node: operators, and that system.
governed_node() {
  fresh_node
  add_operators
  set_profile --law-enforcement no
}

# entries TYPE: the data of the entries of that type, a line each.
entries() { said ledger log --type "$1" --format jsonl | jq -c .data; }
