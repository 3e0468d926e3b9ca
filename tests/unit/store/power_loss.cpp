#include "unit/store/power_loss.hpp"

#include <algorithm>
#include <vector>

namespace lexecon::test {
namespace {

constexpr std::size_t sector = 512;

struct Platter {
  bool there = false;           // surely
  bool in_doubt = false;        // made or removed, and that was not synced
  std::string bytes;            // surely
  std::vector<Change> pending;  // writes and truncations that were not synced
};

void put(std::string& bytes, std::size_t offset, std::string_view piece, char filler) {
  if (bytes.size() < offset + piece.size()) bytes.resize(offset + piece.size(), filler);
  bytes.replace(offset, piece.size(), piece);
}

void apply(std::string& bytes, const Change& change, char filler) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.operation == Operation::truncate) return bytes.resize(offset, filler);
  put(bytes, offset, change.bytes, filler);
}

// A sector is written from its start to its end, so what is torn has new bytes before old ones.
void apply_torn(std::string& bytes, const Change& change, char filler, Random& random) {
  if (change.operation == Operation::truncate) return apply(bytes, change, filler);
  for (std::size_t at = 0; at < change.bytes.size();) {
    const auto offset = static_cast<std::size_t>(change.offset) + at;
    const auto length = std::min(sector - offset % sector, change.bytes.size() - at);
    const auto piece = std::string_view(change.bytes).substr(at, length);
    if (random.chance(50)) put(bytes, offset, piece, filler);
    if (random.chance(10)) {
      const auto torn = random.between(0, static_cast<std::int64_t>(length));
      put(bytes, offset, piece.substr(0, static_cast<std::size_t>(torn)), filler);
    }
    at += length;
  }
}

// The file as it may be found; what lies between its old end and a later write is anything.
std::string left_of(const Platter& platter, Loss loss, Random& random) {
  std::string bytes = platter.bytes;
  const char filler = random.chance(50) ? '\0' : '\x5A';
  for (const Change& change : platter.pending) {
    if (loss == Loss::reordered && random.chance(50)) apply(bytes, change, filler);
    if (loss == Loss::torn) apply_torn(bytes, change, filler, random);
  }
  return bytes;
}

void issue(Platter& platter, const Change& change) {
  switch (change.operation) {
    case Operation::open:
    case Operation::remove:
      platter.in_doubt = true;
      break;
    case Operation::write:
    case Operation::truncate:
      platter.pending.push_back(change);
      break;
    case Operation::sync:
    case Operation::read:
    case Operation::size:
    case Operation::lock:
    case Operation::look_for:
      break;
  }
}

// What holds from the return of the call on.
void settle(Platter& platter, const Change& change) {
  if (change.operation == Operation::sync) {
    for (const Change& each : platter.pending) apply(platter.bytes, each, '\0');
    platter.pending.clear();
    platter.there = true;
    platter.in_doubt = false;
  }
  if (change.operation == Operation::remove && change.synced) platter = {};
}

}  // namespace

Disk after_power_loss(const Disk& before, std::span<const Change> changes, std::size_t at,
                      Loss loss, Random& random) {
  std::map<std::string, Platter> platters;
  for (const auto& [path, bytes] : before) platters[path] = {true, false, bytes, {}};
  for (std::size_t i = 0; i < std::min(at + 1, changes.size()); ++i) {
    Platter& platter = platters[changes[i].path];
    issue(platter, changes[i]);
    if (i < at) settle(platter, changes[i]);
  }
  Disk disk;
  for (const auto& [path, platter] : platters) {
    const bool changed = platter.in_doubt && loss != Loss::dropped && random.chance(50);
    if (platter.there != changed) disk[path] = left_of(platter, loss, random);
  }
  return disk;
}

}  // namespace lexecon::test
