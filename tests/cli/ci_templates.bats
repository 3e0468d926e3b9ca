#!/usr/bin/env bats
# templates/ci: what a build server runs, with a real git repository and a change in it.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  setup_home
  mkdir bin
  ln -s "$LEXECON_BIN" bin/lexecon
  PATH=$PWD/bin:$PATH
  git init -q repository
  cp -r "$BATS_TEST_DIRNAME/../../policies/minimal" repository/node
  cd repository || return
  git add .
  git commit -qm before
}

# checked EXIT: as in a pull request, from a clean clone of what was committed.
checked() {
  local status=0
  git add .
  git commit -qm change --allow-empty
  rm -rf ../clone
  git clone -q . ../clone
  "$BATS_TEST_DIRNAME/../../templates/ci/policy-check" ../clone/node ../out 2>../err || status=$?
  is "$status" "$1" || { cat ../err ../out/*; return 1; }
}

failures() { grep -c '<failure' ../out/tests.xml || true; }
results() { jq '.runs[0].results | length' ../out/lint.sarif; }

@test "what is good passes both" {
  checked 0
  is "$(jq -r .version ../out/lint.sarif)" 2.1.0
  is "$(failures)" 0
  is "$(cat ../err)" ''
}

@test "a rule that can never match fails the build, with its place for the code host" {
  cat >>node/policies/extra.yaml <<'END'
policy_id: pol_extra_v1
relations:
  - {id: never, type: forbids, action: 'action:read', when: 'actor == "ai_agent:x"', justification: none}
END
  checked 1
  has "$(cat ../err)" 'policy lint'
  is "$(jq -r '[.runs[0].results[] | select(.level == "error")][0].locations[0].physicalLocation.region.startLine' ../out/lint.sarif)" 3
}

@test "a test that no longer holds fails the build" {
  sed -i 's/outcome: approved/outcome: denied/' node/policies/tests/*.yaml
  checked 1
  has "$(cat ../err)" 'policy test'
  (($(failures) > 0))
}

@test "a relation that no test reaches fails the build" {
  cat >node/policies/extra.yaml <<'END'
policy_id: pol_extra_v1
relations:
  - {id: untested, type: forbids, action: 'action:untested', justification: none}
END
  checked 1
  has "$(cat ../err)" 'policy test'
}

@test "without tests, and with a policy that cannot be read, nothing passes" {
  rm -r node/policies/tests
  checked 4
  echo '{' >node/policies/broken.yaml
  checked 1
}
