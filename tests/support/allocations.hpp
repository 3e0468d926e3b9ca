// Counting what operator new gives, in the whole test program.
#pragma once

#include <cstddef>

namespace lexecon::test {

/// How often this thread has asked operator new for memory.
[[nodiscard]] std::size_t allocations();

}  // namespace lexecon::test
