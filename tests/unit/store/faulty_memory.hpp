// Memory for SQLite that runs out at the n-th request.
#pragma once

namespace lexecon::test {

/// SQLite's memory while it lives; no database may be open when it comes and goes.
class FaultyMemory {
 public:
  FaultyMemory();
  ~FaultyMemory();
  FaultyMemory(const FaultyMemory&) = delete;
  FaultyMemory& operator=(const FaultyMemory&) = delete;

  /// The n-th request from now on fails (from 1), and when `sticky` all after it; 0: none.
  void fail_at(int n, bool sticky);
  [[nodiscard]] bool was_triggered() const;
};

}  // namespace lexecon::test
