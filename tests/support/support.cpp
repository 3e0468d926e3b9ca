#include "support/support.hpp"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>

namespace lexecon::test {

namespace {

// Nothing of the tests has to survive the power, and they sync a lot: in memory where that can be.
Path place_of_folders() {
  const Path memory = "/dev/shm";
  const bool in_memory = std::getenv("TMPDIR") == nullptr && access(memory.c_str(), W_OK) == 0;
  return in_memory ? memory : std::filesystem::temp_directory_path();
}

}  // namespace

TempFolder::TempFolder() {
  std::string name = (place_of_folders() / "lexecon-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Entropy seeded_entropy(std::uint64_t seed) {
  auto engine = std::make_shared<std::mt19937_64>(seed);
  return Entropy([engine](std::span<std::uint8_t> out) {
    for (auto& byte : out) byte = static_cast<std::uint8_t>((*engine)() & 0xFF);
  });
}

int rounds() {
  const char* const wanted = std::getenv("LEXECON_TEST_ROUNDS");
  return wanted == nullptr ? 1 : std::stoi(wanted);
}

std::uint64_t first_seed() {
  const char* const wanted = std::getenv("LEXECON_TEST_SEED");
  return wanted == nullptr ? 20'261'121 : std::stoull(wanted);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
  const auto width = static_cast<std::uint64_t>(high - low) + 1;
  return low + static_cast<std::int64_t>(engine_() % width);
}

std::string Random::text(std::size_t length, const std::string& alphabet) {
  std::string out;
  for (std::size_t i = 0; i < length; ++i) {
    out += alphabet[static_cast<std::size_t>(
        between(0, static_cast<std::int64_t>(alphabet.size()) - 1))];
  }
  return out;
}

Path data_file(const std::string& name) { return source_folder() / "tests" / "data" / name; }

std::optional<Path> public_vectors(const std::string& name) {
  const auto path = source_folder() / ".." / "shared" / "vectors" / name;
  if (std::filesystem::exists(path)) return path;
  std::cout << "skipped: no public vectors " << name << " beside this checkout\n";
  return std::nullopt;
}

std::string slurp(const Path& path) { return read_file(path, 64U << 20U); }

}  // namespace lexecon::test
