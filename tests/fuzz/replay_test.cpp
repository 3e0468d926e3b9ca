// Replays what the fuzzers found interesting, in every build and under every compiler.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <random>
#include <vector>

#include "base/error.hpp"
#include "fuzz/targets.hpp"
#include "support/support.hpp"

namespace lexecon::test {
namespace {

std::vector<Path> corpus_of(const fuzz::Target& target) {
  const auto folder = source_folder() / "tests" / "fuzz" / "corpus" / target.name;
  std::vector<Path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// True when the input was accepted; false when it was refused as it may be.
bool accepts(const fuzz::Target& target, std::string_view bytes) {
  try {
    target.run(bytes);
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// One byte changed, added, removed, or a stretch copied to another place.
std::string mutated(std::string bytes, std::mt19937_64& engine) {
  const auto any = [&](std::size_t below) {
    return below == 0 ? 0 : static_cast<std::size_t>(engine() % below);
  };
  const auto at = any(bytes.size());
  switch (engine() % 4) {
    case 0:
      if (!bytes.empty()) bytes[at] = static_cast<char>(engine() & 0xFFU);
      break;
    case 1:
      bytes.insert(at, 1, static_cast<char>(engine() & 0xFFU));
      break;
    case 2:
      if (!bytes.empty()) bytes.erase(at, 1 + any(8));
      break;
    default:
      bytes.insert(at, bytes.substr(any(bytes.size() + 1), any(32)));
  }
  return bytes;
}

}  // namespace

TEST_SUITE("fuzz/replay") {
  TEST_CASE("every input of a corpus is accepted or refused, and a corpus holds both") {
    for (const auto& target : fuzz::targets) {
      CAPTURE(target.name);
      std::size_t accepted = 0;
      const auto files = corpus_of(target);
      for (const auto& file : files) {
        CAPTURE(file.string());
        bool taken = false;
        CHECK_NOTHROW(taken = accepts(target, slurp(file)));
        accepted += taken ? 1 : 0;
      }
      CHECK(accepted > 0);
      CHECK(accepted < files.size());
    }
  }

  TEST_CASE("slips of a byte are accepted or refused") {
    constexpr std::uint64_t seed = 20'261'121;
    std::size_t runs = 0;
    for (const auto& target : fuzz::targets) {
      CAPTURE(target.name);
      for (const auto& file : corpus_of(target)) {
        std::mt19937_64 engine(seed);
        const auto bytes = slurp(file);
        for (int round = 0; round < 60; ++round, ++runs) {
          const auto slip = mutated(bytes, engine);
          CAPTURE(file.string());
          CAPTURE(round);
          CHECK_NOTHROW(static_cast<void>(accepts(target, slip)));
        }
      }
    }
    std::cout << "fuzz/replay: " << runs << " slips\n";
  }
}

}  // namespace lexecon::test
