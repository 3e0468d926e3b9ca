#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() { governed_node; }

@test "the profile in force is shown, of the only system unless one is named" {
  lex 0 compliance profile show
  has "$output" 'route            annex_iii'
  is "$(value /profile/roles compliance profile show triage)" '["deployer"]'
  set_profile --size-class sme --name Desk
  is "$(value /profile/size_class compliance profile show)" sme
  is "$(value /name compliance profile show)" Desk
  cannot_write compliance profile show
}

@test "several systems have to be told apart, and one without a profile is not found" {
  lex 66 compliance profile show tirage
  has "$stderr" 'did you mean `triage`?'
  lex 0 compliance profile set scoring --actor '*' --role deployer --route none "${by_bob[@]}"
  lex 64 compliance profile show
  has "$stderr" 'one of scoring, triage'
  lex 0 compliance profile show scoring
  lex 0 init other --id other --origin example.org/other --template minimal
  lex 66 compliance profile show --node other
  has "$stderr" 'profile set'
}

@test "what was sealed is told as erased once it was" {
  set_profile --name Desk
  lex 0 privacy erase --seq "$(value /seq compliance profile show)" --legal-basis gdpr:17 --requested-at 1h "${by_alice[@]}"
  has "$(said compliance profile show)" 'name       erased'
  is "$(said compliance profile show --json | jq -c '[.erased, .name]')" '[true,null]'
}
