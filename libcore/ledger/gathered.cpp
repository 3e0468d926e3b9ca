#include "ledger/gathered.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace lexecon::ledger {
namespace {

constexpr std::uint64_t first_seq_too_large = std::uint64_t{1} << 38U;

}  // namespace

std::uint64_t fingerprint(const WideId& id) {
  // Ids that count up must not lie together: the finisher of SplitMix64.
  std::uint64_t mixed = id.high ^ (id.low * 0x9E3779B97F4A7C15U);
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31U);
}

bool are_told_together(const WideId& a, const WideId& b) {
  constexpr unsigned left_out_bits = 8;
  return (fingerprint(a) ^ fingerprint(b)) >> left_out_bits == 0;
}

void Gathered::add(const WideId& id, std::uint64_t seq, Naming naming) {
  if (seq >= first_seq_too_large) return;
  const std::uint64_t print = fingerprint(id);
  const std::uint64_t place = seq << 2U | static_cast<std::uint64_t>(naming);
  namings_.push_back(
      {static_cast<std::uint32_t>(print >> 32U),
       (static_cast<std::uint32_t>(print) & 0xFFFFFF00U) | static_cast<std::uint32_t>(place >> 32U),
       static_cast<std::uint32_t>(place)});
}

void Gathered::leave_out_single() {
  // Two bits for each of many slots: that an id of it was named, and that it may be more than one opening.
  constexpr std::size_t slots_a_naming = 8;
  constexpr std::size_t slots_a_word = 32;
  const std::size_t words = std::bit_ceil(namings_.size() * slots_a_naming / slots_a_word + 1);
  std::vector<std::uint64_t> slots(words);
  const auto place_of = [&](const Packed& naming) {
    return std::pair(naming[0] / slots_a_word & (words - 1), naming[0] % slots_a_word * 2);
  };
  for (const Packed& naming : namings_) {
    const auto [word, shift] = place_of(naming);
    const std::uint64_t is_known = slots[word] >> shift & 1U;
    const bool opens = static_cast<Naming>(naming[2] & 3U) == Naming::opens;
    slots[word] |= (1U | (is_known | (opens ? 0U : 1U)) << 1U) << shift;
  }
  std::erase_if(namings_, [&](const Packed& naming) {
    const auto [word, shift] = place_of(naming);
    return (slots[word] >> shift & 2U) == 0;
  });
}

void Gathered::each_open(const std::function<void(std::span<const std::uint64_t>)>& visit) {
  const auto is_of_one = [](const Packed& a, const Packed& b) {
    return a[0] == b[0] && (a[1] ^ b[1]) < 0x100U;
  };
  leave_out_single();
  std::sort(namings_.begin(), namings_.end());
  std::vector<std::uint64_t> seqs;
  for (auto first = namings_.begin(); first != namings_.end();) {
    auto last = first;
    std::size_t openings = 0;
    bool is_followed = false;
    for (; last != namings_.end() && is_of_one(*first, *last); ++last) {
      const auto naming = static_cast<Naming>((*last)[2] & 3U);
      if (naming == Naming::opens) ++openings;
      if (naming == Naming::follows) is_followed = true;
    }
    if (openings != 1 || is_followed) {
      seqs.clear();
      for (; first != last; ++first) {
        const std::uint64_t place = std::uint64_t{(*first)[1] & 0xFFU} << 32U | (*first)[2];
        seqs.push_back(place >> 2U);
      }
      visit(seqs);
    }
    first = last;
  }
}

}  // namespace lexecon::ledger
