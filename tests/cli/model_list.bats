#!/usr/bin/env bats

# shellcheck source=tests/cli/registry.bash
. "$BATS_TEST_DIRNAME/registry.bash"

setup() { registry_node model; }

@test "versions are listed as they stand" { lists model; }
