// A file system for SQLite that fails at the n-th operation, as disks do, and keeps a record of what
// it was asked to change.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lexecon::test {

enum class Operation : std::uint8_t {
  open,
  read,
  write,
  truncate,
  sync,
  remove,
  size,
  lock,
  look_for  // whether a file is there
};

/// What the next operations do: the one with number `fail_at` (from 1) fails with `code`, which is
/// SQLite's own for the operation unless given, and when `sticky` all that follow it.
struct FaultPlan {
  std::vector<Operation> counted;
  int fail_at = 0;
  int code = SQLITE_OK;
  bool sticky = false;
  bool done_all_the_same = false;  // a failed removal took place: only its folder was not synced
  /// A write succeeds instead, with this bit of it the other way round, counted around its bytes.
  std::optional<std::size_t> flips = {};
};

/// What was done to a file, in the order in which it was asked for.
struct Change {
  Operation operation = Operation::write;  // `open` stands for the making of a file; no reads
  std::string path;
  std::int64_t offset = 0;  // of a write; the new size when truncated
  std::string bytes;        // of a write
  bool synced = false;      // removed, and its folder synced
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
  /// Operations of the plan's kinds since it was made.
  [[nodiscard]] int count() const;

  /// Keeps a record from now on; `before_each` runs before each change.
  void record(std::function<void()> before_each = {});
  /// Ends the record and returns it.
  [[nodiscard]] std::vector<Change> recorded();
};

}  // namespace lexecon::test
