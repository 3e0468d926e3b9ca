// What a disk may hold after the power went: of whatever was not synced, all, some or nothing.
//
// Shapes   a write is durable once its file was synced, a new file once it was synced itself, a removed
//          one once its folder was; before that each may be there or not, in any order
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "support/support.hpp"
#include "unit/store/faulty_vfs.hpp"

namespace lexecon::test {

enum class Loss : std::uint8_t {
  dropped,    // nothing that was not synced is there
  reordered,  // some of the writes are, whatever came before them
  torn        // some of the 512-byte sectors of each write are, and one of them by half
};

/// The bytes of each file by its path; a file that is not there has no row.
using Disk = std::map<std::string, std::string>;

/// The disk after the power went in the middle of `changes[at]`, the ones before having returned; with
/// `at` the number of changes, after all of them.
[[nodiscard]] Disk after_power_loss(const Disk& before, std::span<const Change> changes,
                                    std::size_t at, Loss loss, Random& random);

}  // namespace lexecon::test
