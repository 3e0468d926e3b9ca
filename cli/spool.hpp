// Output that waits until the whole answer is known: in memory, then in a file without a name.
//
// Errors   Error{io}
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"

namespace lexecon::cli {

/// TMPDIR, or what stands for it here.
[[nodiscard]] Path temporary_folder();

class Spool {
 public:
  void append(std::string_view bytes);
  /// Writes everything to `descriptor`; a disk that is full or a closed pipe is an Error{io}.
  void write_to(int descriptor, const Path& name);

 private:
  void spill();

  std::string memory_;
  std::optional<Descriptor> file_;
};

}  // namespace lexecon::cli
