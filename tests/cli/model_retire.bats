#!/usr/bin/env bats

# shellcheck source=tests/cli/registry.bash
. "$BATS_TEST_DIRNAME/registry.bash"

setup() { registry_node model; }

@test "what was approved is retired, for good" { ends model retire retired; }
