#include "package/tar.hpp"

#include <numeric>

#include "base/error.hpp"

namespace lexecon::package {
namespace {

constexpr std::size_t most_name = 100;
constexpr std::size_t most_prefix = 155;
constexpr std::uint64_t most_size = std::uint64_t{1} << 33U;  // 11 octal digits
constexpr std::int64_t second = 1'000'000;

struct Split {
  std::string_view name;
  std::string_view prefix;
};

Split split_path(std::string_view path) {
  if (path.size() <= most_name) return {path, {}};
  // A folder's own slash belongs to its last part.
  const auto slash = path.substr(0, path.size() - 1).rfind('/');
  if (slash == std::string_view::npos) return {path, {}};
  return {path.substr(slash + 1), path.substr(0, slash)};
}

/// Digits of base 8, in a field of `width` that ends with a NUL.
std::string octal(std::uint64_t value, std::size_t width) {
  std::string out(width, '0');
  out.back() = '\0';
  for (std::size_t at = width - 1; at > 0; --at, value >>= 3U) {
    out[at - 1] = static_cast<char>('0' + (value & 7U));
  }
  return out;
}

std::string field(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(width, '\0');
  return out;
}

}  // namespace

std::string tar_header(std::string_view path, std::uint64_t size, Timestamp modified) {
  const auto [name, prefix] = split_path(path);
  if (name.size() > most_name || prefix.size() > most_prefix || size >= most_size) {
    throw Error(ErrorCode::bad_input, "this file does not fit into a tar of the ustar format",
                std::string(path), "use --format bag");
  }
  const bool is_folder = path.ends_with('/');
  const std::string before = field(name, most_name) + octal(is_folder ? 0755 : 0644, 8) +
                             octal(0, 8) + octal(0, 8) + octal(size, 12) +
                             octal(static_cast<std::uint64_t>(modified.micros / second), 12);
  const std::string after = std::string(is_folder ? "5" : "0") + field({}, most_name) +
                            field("ustar", 6) + "00" + field({}, 32) + field({}, 32) + octal(0, 8) +
                            octal(0, 8) + field(prefix, most_prefix);
  const auto sum = [](const std::string& bytes, std::uint64_t start) {
    return std::accumulate(bytes.begin(), bytes.end(), start, [](std::uint64_t total, char c) {
      return total + static_cast<unsigned char>(c);
    });
  };
  // The checksum counts itself as eight spaces, and is written as six digits, a NUL and a space.
  const auto checksum = sum(after, sum(before, std::uint64_t{8} * ' '));
  return field(before + octal(checksum, 7) + " " + after, tar_block);
}

std::string tar_padding(std::uint64_t size) {
  return std::string(static_cast<std::size_t>((tar_block - size % tar_block) % tar_block), '\0');
}

}  // namespace lexecon::package
