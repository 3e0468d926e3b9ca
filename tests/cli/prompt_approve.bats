#!/usr/bin/env bats

# shellcheck source=tests/cli/registry.bash
. "$BATS_TEST_DIRNAME/registry.bash"

setup() { registry_node prompt; }

@test "somebody else approves it, until when he says" { approves prompt; }

@test "a person is asked what Art. 25(1) asks" { asks_a_person prompt; }

@test "nobody approves what he registered" { takes_four_eyes prompt; }

@test "what is refused" { refuses_to_approve prompt; }
