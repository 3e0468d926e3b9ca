// What the unit tests share: a folder that goes, a seeded source of values, our data, public vectors.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/entropy.hpp"
#include "base/files.hpp"

namespace lexecon::test {

/// A fresh private folder, removed with everything in it at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] const Path& path() const { return path_; }
  [[nodiscard]] Path operator/(const std::string& name) const { return path_ / name; }

 private:
  Path path_;
};

/// Repeatable "random" bytes.
[[nodiscard]] Entropy seeded_entropy(std::uint64_t seed);

/// How often to go through what takes long with other seeds: once, or LEXECON_TEST_ROUNDS times.
[[nodiscard]] int rounds();
/// Where the seeds begin: LEXECON_TEST_SEED, or a fixed number. Tests print the seeds they use.
[[nodiscard]] std::uint64_t first_seed();

/// Repeatable random values; CAPTURE(seed) beside it.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  /// Both ends included.
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high);
  [[nodiscard]] bool chance(int percent) { return between(1, 100) <= percent; }
  template <class T>
  [[nodiscard]] const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(from.size()) - 1))];
  }
  /// A string of `length` bytes of the alphabet.
  [[nodiscard]] std::string text(std::size_t length, const std::string& alphabet);

 private:
  std::mt19937_64 engine_;
};

/// The top of the checkout that these tests were built from.
[[nodiscard]] Path source_folder();
/// A file of tests/data.
[[nodiscard]] Path data_file(const std::string& name);
/// A path in the folder of public vectors beside the checkout; nothing, with a line that says
/// "skipped", where that folder is absent.
[[nodiscard]] std::optional<Path> public_vectors(const std::string& name);
[[nodiscard]] std::string slurp(const Path& path);

}  // namespace lexecon::test
