#!/usr/bin/env bats

# shellcheck source=tests/cli/registry.bash
. "$BATS_TEST_DIRNAME/registry.bash"

setup() { registry_node prompt; }

@test "what nobody approved is rejected, for good" { ends prompt reject rejected; }
