// Which entries name the same id, told at the end in twelve bytes of memory a naming.
//
// Shapes   an id is kept as 56 bits of a fingerprint, so entries that come out together may still name
//          different ones: only the entries themselves say
// Units    seqs below 2^38; a larger one is left out, for a ledger that holds it has a gap
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace lexecon::ledger {

/// A ULID, the hex digits of a token's id, or the beginning of a digest.
struct WideId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const WideId&, const WideId&) = default;
};
[[nodiscard]] std::uint64_t fingerprint(const WideId& id);
/// Whether entries that name the one come out with those that name the other.
[[nodiscard]] bool are_told_together(const WideId& a, const WideId& b);

/// What an entry is to the id that it names.
enum class Naming : std::uint8_t {
  opens,     // there must be one, and nothing before it
  expected,  // found to be right where it stood
  follows,   // right or wrong by what stands before it
};

class Gathered {
 public:
  void reserve(std::size_t namings) { namings_.reserve(namings); }
  void add(const WideId& id, std::uint64_t seq, Naming naming);
  /// The seqs, ascending, of each id about which there is something to say: it was not opened exactly
  /// once, or followed.
  void each_open(const std::function<void(std::span<const std::uint64_t>)>& visit);

 private:
  using Packed =
      std::array<std::uint32_t, 3>;  // fingerprint, seq, naming; from the highest bit down
  /// Forgets what opens an id that surely nothing else names: nearly all, so that few are sorted.
  void leave_out_single();
  std::vector<Packed> namings_;
};

}  // namespace lexecon::ledger
