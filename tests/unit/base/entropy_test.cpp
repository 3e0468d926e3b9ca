#include "base/entropy.hpp"

#include <doctest/doctest.h>

#include <set>

namespace lexecon {

TEST_SUITE("base/entropy") {
  TEST_CASE(
      "no bytes of the system come twice, however few are taken and whoever copied the source") {
    Entropy entropy = system_entropy();
    Entropy copy = entropy;
    std::set<std::string> seen;
    constexpr int rounds = 300;
    for (int i = 0; i < rounds; ++i) {
      seen.insert(entropy.bytes(11));
      seen.insert(copy.bytes(11));
    }
    CHECK(seen.size() == 2 * rounds);
  }

  TEST_CASE("more bytes than are kept at a time are none of them left zero") {
    const auto bytes = system_entropy().bytes(100'000);
    std::set<char> values(bytes.begin(), bytes.end());
    CHECK(values.size() == 256);
    CHECK(bytes.find(std::string(16, '\0')) == std::string::npos);
  }
}

}  // namespace lexecon
