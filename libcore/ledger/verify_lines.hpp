// A bare list of entries, one a line, as the verifier's rows: no columns, nothing beside them.
//
// Shapes   each line ends with LF, the last one may do without; a line's number from 0 is its place
// Units    a line that is longer than an entry can be is cut, and no entry any more
// Errors   Error{io}, kept in the batch
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/verify_rows.hpp"

namespace lexecon::ledger {

class LineSource final : public RowSource {
 public:
  /// Reads `descriptor`, which stays the caller's, from where it stands to its end.
  LineSource(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  void fill(Batch& batch, std::size_t most) override;

 private:
  void read(Batch& batch, std::size_t most);
  std::optional<std::string_view> next_line();
  void refill();

  int descriptor_;
  std::string name_;
  std::string buffer_;
  std::size_t start_ = 0;  // of the line that comes next
  std::uint64_t position_ = 0;
  bool ended_ = false;
};

}  // namespace lexecon::ledger
