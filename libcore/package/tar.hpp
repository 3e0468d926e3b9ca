// A package as one file: the headers of a ustar archive.
//
// Shapes   name = the whole path where it fits, else its last part, with all before it as prefix; files
//          0644 and folders 0755 of nobody; a member is padded to 512 bytes, two blocks of zeros end
// Units    at most 8 GiB a member; last part at most 100 bytes, the rest at most 155
// Errors   Error{bad_input} for what such a header cannot say
// Source   lexecon-package(5), Tar; POSIX.1-1988 ustar
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace lexecon::package {

inline constexpr std::size_t tar_block = 512;
inline constexpr std::size_t tar_end_bytes = 2 * tar_block;

/// The block before the bytes of a file, or alone for a folder, whose path ends with a slash.
[[nodiscard]] std::string tar_header(std::string_view path, std::uint64_t size, Timestamp modified);
/// The zeros behind a member of that size.
[[nodiscard]] std::string tar_padding(std::uint64_t size);

}  // namespace lexecon::package
