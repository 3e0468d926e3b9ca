// A file system for SQLite that fails at the n-th operation, as disks do.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <vector>

namespace lexecon::test {

enum class Operation : std::uint8_t { open, read, write, truncate, sync, remove };

/// What the next operations do: the one with number `fail_at` (from 1) fails with `code`, and when
/// `sticky` all that follow it.
struct FaultPlan {
  std::vector<Operation> counted;
  int fail_at = 0;
  int code = SQLITE_IOERR;
  bool sticky = false;
};

/// The default file system of SQLite while it lives; one at a time.
class FaultyVfs {
 public:
  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  void plan(const FaultPlan& plan);
  /// Nothing fails any more.
  void heal() { plan({}); }
  [[nodiscard]] bool was_triggered() const;
};

}  // namespace lexecon::test
