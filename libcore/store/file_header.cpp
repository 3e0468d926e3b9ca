#include "store/file_header.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "store/sqlite_error.hpp"

namespace lexecon::store {
namespace {

constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr std::string_view journal_magic{"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8};
constexpr std::size_t header_bytes = 100;

/// The first bytes of a file, as many as there are.
std::string start_of(const Path& path, std::size_t count) {
  const Descriptor file = try_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  if (!file.open()) {
    throw system_error(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io, "open", path, errno);
  }
  std::string bytes(count, '\0');
  const auto got = ::pread(file.get(), bytes.data(), count, 0);
  if (got < 0) throw system_error(ErrorCode::io, "read", path, errno);
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (const char byte : bytes.substr(at, 4)) {
    out = out << 8U | static_cast<unsigned char>(byte);
  }
  return out;
}

}  // namespace

std::optional<FileHeader> read_header(const Path& database) {
  const auto bytes = start_of(database, header_bytes);
  if (bytes.size() < header_bytes || !bytes.starts_with(magic)) return std::nullopt;
  return FileHeader{.uses_wal = bytes[18] != 1 || bytes[19] != 1,
                    .user_version = big_endian(bytes, 60),
                    .application_id = big_endian(bytes, 68)};
}

bool has_journal(const Path& database) {
  const Path journal = journal_of(database.string());
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::symlink_status(journal, failed))) return false;
  return start_of(journal, journal_magic.size()) == journal_magic;
}

std::string library_version() { return sqlite3_libversion(); }

bool is_library_as_built() { return std::string_view(sqlite3_sourceid()) == SQLITE_SOURCE_ID; }

}  // namespace lexecon::store
