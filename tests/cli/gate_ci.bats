#!/usr/bin/env bats
# .pre-commit-hooks.yaml and templates/ci: what they have run, taken out of them, in clones of a real
# repository.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

top=$BATS_TEST_DIRNAME/../..

setup() {
  fresh_node enterprise
  mkdir bin
  ln -s "$LEXECON_BIN" bin/lexecon
  PATH=$PWD/bin:$PATH
  lex 0 key show ledger
  vkey=$output
  node=$PWD/.lexecon
  lex 0 receipt make "$(said decide --actor ai_agent:deployer --action deploy --resource env:staging/web --no-token --pointer /decision_id)" -o approved.receipt.json
  git init -q repository
  cp -r "$top/policies/minimal" repository/policy
  mv approved.receipt.json repository
  git -C repository add .
  git -C repository commit -qm one
  # A build server has the clone, and no node.
  git clone -q repository clone
  cd clone || return
}

# in_yaml FILE EXPRESSION: what Python's expression on the document `d` gives, as text or a line an item.
in_yaml() {
  /usr/bin/python3 -c 'import sys, yaml
d = yaml.safe_load(open(sys.argv[1]))
v = eval(sys.argv[2])
print(v if isinstance(v, str) else "\n".join(v))' "$@"
}

gates() { "$LEXECON_BIN" --node "$node" ledger log --type gate.checked --format jsonl | wc -l; }

# --- pre-commit

# hook EXIT ID ARGUMENT...: the entry, split as a shell would, and the args of the user behind it.
hook() {
  local words status=0
  mapfile -t words < <(/usr/bin/python3 -c 'import shlex, sys, yaml
hook = next(h for h in yaml.safe_load(open(sys.argv[1])) if h["id"] == sys.argv[2])
assert hook["language"] == "system" and not hook["pass_filenames"]
print("\n".join(shlex.split(hook["entry"])))' "$top/.pre-commit-hooks.yaml" "$2")
  "${words[@]}" "${@:3}" >../out 2>../err || status=$?
  is "$status" "$1" || { cat ../out ../err; return 1; }
}

@test "pre-commit: policies are linted and tested before a commit" {
  hook 0 lexecon-policy-lint policy
  hook 0 lexecon-policy-test policy
  sed -i 's/outcome: approved/outcome: denied/' policy/policies/tests/*.yaml
  hook 1 lexecon-policy-test policy
  echo '{' >policy/policies/broken.yaml
  hook 1 lexecon-policy-lint policy
  rm -r policy/policies/broken.yaml policy/policies/tests
  hook 4 lexecon-policy-test policy
}

@test "pre-commit: the gate stands before a push, with the arguments of the user" {
  local ask=(--node "$node" --origin example.org/log --actor ai_agent:deployer --action deploy)
  is "$(in_yaml "$top/.pre-commit-hooks.yaml" '[h["stages"][0] for h in d if h["id"] == "lexecon-gate"]')" pre-push
  hook 0 lexecon-gate "${ask[@]}" --resource env:staging/web
  hook 2 lexecon-gate "${ask[@]}" --resource env:production/web
  is "$(wc -l <../err)" 1
  is "$(gates)" 2
  hook 64 lexecon-gate
  hook 4 lexecon-gate --actor ai_agent:deployer --action deploy
}

@test "pre-commit: only files that bear on policies start its checks" {
  local pattern
  pattern=$(in_yaml "$top/.pre-commit-hooks.yaml" 'd[0]["files"]')
  is "$(printf '%s\n' node.yaml a/risk.yaml policies/x.yaml x/policies/tests/y.json xnode.yaml src/main.c policy.md |
    grep -cE "$pattern")" 4
}

# --- GitHub

# action EXIT: the step with $GATE_ARGUMENTS, as the runner starts it.
action() {
  local status=0
  in_yaml "$top/templates/ci/github-action/action.yml" 'd["runs"]["steps"][0]["run"]' >../step
  : >../outputs
  GITHUB_OUTPUT=../outputs GATE_DOCUMENT=gate.json \
    bash --noprofile --norc -eo pipefail ../step >../out 2>../err || status=$?
  is "$status" "$1" || { cat ../step ../err; return 1; }
}

@test "GitHub: a receipt in the repository lets its deployment through, and no other" {
  export GATE_ARGUMENTS="--receipt=approved.receipt.json
--key=$vkey
--actor=ai_agent:deployer
--action=deploy
--resource=env:staging/web
"
  action 0
  is "$(<../outputs)" outcome=passed
  is "$(jq -r .outcome gate.json)" passed
  GATE_ARGUMENTS=${GATE_ARGUMENTS/staging/production} action 1
  is "$(<../outputs)" outcome=refused
  is "$(jq -r .reason gate.json)" 'the receipt `approved.receipt.json` does not count: for another request: its resource is another'
  GATE_ARGUMENTS=${GATE_ARGUMENTS/$vkey/} action 64
  is "$(<../outputs)" outcome=
  GATE_ARGUMENTS=${GATE_ARGUMENTS/--receipt=approved.receipt.json/} action 4
  GATE_ARGUMENTS='' action 64
}

@test "GitHub: an argument is one line, and never shell" {
  GATE_ARGUMENTS='--actor=ai_agent:deployer
--action=$(touch pwned);`touch pwned`' action 65
  [ ! -e pwned ]
  is "$(in_yaml "$top/templates/ci/github-action/action.yml" '[d["runs"]["using"], str("${{" in d["runs"]["steps"][0]["run"])]')" $'composite\nFalse'
}

@test "GitHub: on a runner with a node the answer is on record" {
  local pin
  pin=policy/risk.yaml=sha256:$(sha256sum <policy/risk.yaml | cut -c 1-64)
  export GATE_ARGUMENTS="--node=$node
--origin=example.org/log
--actor=ai_agent:deployer
--action=deploy
--resource=env:staging/web
--pin=$pin"
  action 0
  is "$(gates)" 1
  echo '# changed' >>policy/risk.yaml
  action 1
  has "$(jq -r .reason gate.json)" '`policy/risk.yaml` is '
  is "$(gates)" 2
  GATE_ARGUMENTS=${GATE_ARGUMENTS/example.org\/log/example.org\/other} action 77
  is "$(gates)" 2
}

# --- GitLab

# job EXIT: the lines of the template, then the job's own, as the runner puts them together.
job() {
  local status=0
  {
    echo 'set -eo pipefail'
    in_yaml "$top/templates/ci/gitlab.yml" 'd[".lexecon-gate"]["before_script"]'
    echo 'touch deployed'
  } >../step
  rm -f deployed
  GATE_RECEIPT=$(in_yaml "$top/templates/ci/gitlab.yml" 'd[".lexecon-gate"]["variables"]["GATE_RECEIPT"]') \
    bash ../step >../out 2>../err || status=$?
  is "$status" "$1" || { cat ../step ../err; return 1; }
  if (($1)); then [[ ! -e deployed ]]; else [[ -e deployed ]]; fi
}

@test "GitLab: the job's own script runs only when the gate passes" {
  export LEXECON_KEY=$vkey GATE_ACTOR=ai_agent:deployer GATE_ACTION=deploy GATE_RESOURCE=env:staging/web
  job 0
  is "$(jq -r .outcome gate.json)" passed
  GATE_RESOURCE=env:production/web job 1
  LEXECON_KEY='' job 64
  GATE_RESOURCE='' job 64
  rm approved.receipt.json
  job 1
}

# --- Jenkins

# stage EXIT: the first `sh` of the pipeline, as Jenkins runs it.
stage() {
  local status=0
  sed -n "/sh '''/,/'''/p" "$top/templates/ci/Jenkinsfile" | sed '1d;$d' >../step
  sh -xe ../step >../out 2>../err || status=$?
  is "$status" "$1" || { cat ../step ../err; return 1; }
}

@test "Jenkins: a build that waits for people passes once they approved it" {
  local line
  while read -r line; do export "${line?}"; done < <(
    sed -n "s/^ *\(GATE_[A-Z]*\) = '\(.*\)'$/\1=\2/p" "$top/templates/ci/Jenkinsfile"
  )
  export LEXECON_NODE=$node LEXECON_LOG=example.org/log LEXECON_KEY=$vkey BUILD_TAG=jenkins-shop-7
  stage 0
  is "$(jq -r .replayed gate.json)" false
  stage 0
  is "$(jq -r .replayed gate.json)" true
  is "$(gates)" 2
  export GATE_RESOURCE=env:production/web BUILD_TAG=jenkins-shop-8
  stage 2
  new_key alice
  lex 0 operator add alice --role admin --key keys/alice.pub
  lex 0 escalation resolve "$(jq -r .escalation_id gate.json)" --approve --as alice --sign-with keys/alice
  stage 0
  is "$(jq -r .reason gate.json)" 'approved by people'
  LEXECON_LOG='' stage 64
  LEXECON_KEY='' stage 64
}
