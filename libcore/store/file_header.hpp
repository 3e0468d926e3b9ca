// What a database file says of itself without being opened: opening may roll back or write.
//
// Source   SQLite's file format, The Database Header and The Rollback Journal
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/files.hpp"

namespace lexecon::store {

struct FileHeader {
  bool uses_wal = false;
  std::uint32_t user_version = 0;
  std::uint32_t application_id = 0;
};
/// Nothing when the file is no SQLite database; Error{not_found} or {io} when it cannot be read.
[[nodiscard]] std::optional<FileHeader> read_header(const Path& database);
/// True when a journal stands beside the database that the next opening would roll back, unless the
/// process that writes it is alive.
[[nodiscard]] bool has_journal(const Path& database);
/// "3.40.1"
[[nodiscard]] std::string library_version();
/// True when the program runs with the library that it was built with.
[[nodiscard]] bool is_library_as_built();

}  // namespace lexecon::store
