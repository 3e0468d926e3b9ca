#!/usr/bin/env bats

# shellcheck source=tests/cli/registry.bash
. "$BATS_TEST_DIRNAME/registry.bash"

setup() { registry_node model; }

@test "a version is registered by the digest of its bytes" { registers model; }

@test "what is refused" { refuses_to_register model; }
