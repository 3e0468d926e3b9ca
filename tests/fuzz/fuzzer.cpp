// One target as a libFuzzer program; LEXECON_FUZZ_TARGET names the function.
#include <cstddef>
#include <cstdint>

#include "base/error.hpp"
#include "fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    lexecon::fuzz::LEXECON_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  } catch (const lexecon::Error&) {
    return 0;  // refused, as it may be
  }
  return 0;
}
