#!/usr/bin/env bats

# shellcheck source=tests/cli/registry.bash
. "$BATS_TEST_DIRNAME/registry.bash"

setup() { registry_node prompt; }

@test "a version is shown by its id, or by its digest" { shows prompt; }
