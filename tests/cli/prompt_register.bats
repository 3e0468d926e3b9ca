#!/usr/bin/env bats

# shellcheck source=tests/cli/registry.bash
. "$BATS_TEST_DIRNAME/registry.bash"

setup() { registry_node prompt; }

@test "a version is registered by the digest of its bytes" { registers prompt; }

@test "what is refused" { refuses_to_register prompt; }
