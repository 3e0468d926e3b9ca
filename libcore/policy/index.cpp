#include "policy/index.hpp"

#include <algorithm>

namespace lexecon::policy {
namespace {

/// Below this a range is read through rather than probed.
constexpr std::size_t short_range = 8;

using Entries = std::span<const IndexEntry>;

bool holds(std::span<const PatternId> sorted, PatternId pattern) {
  return std::binary_search(sorted.begin(), sorted.end(), pattern);
}

/// Of a range that is sorted by `member`, the part that has `pattern` there.
Entries part_with(Entries range, PatternId IndexEntry::*member, PatternId pattern) {
  const auto first = std::partition_point(
      range.begin(), range.end(), [&](const auto& entry) { return entry.*member < pattern; });
  const auto last = std::partition_point(
      first, range.end(), [&](const auto& entry) { return entry.*member == pattern; });
  return {first, last};
}

/// Of entries of one subject and action, those of the objects.
void take_objects(Entries range, std::span<const PatternId> objects, std::vector<IndexEntry>& out) {
  if (range.size() <= std::max(short_range, objects.size())) {
    for (const auto& entry : range) {
      if (holds(objects, entry.object)) out.push_back(entry);
    }
    return;
  }
  for (const auto object : objects) {
    const auto found = part_with(range, &IndexEntry::object, object);
    out.insert(out.end(), found.begin(), found.end());
  }
}

}  // namespace

Index::Index(std::vector<IndexEntry> entries) : entries_(std::move(entries)) {
  std::sort(entries_.begin(), entries_.end());
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    by_subject_.try_emplace(entries_[i].subject, Range{i, i}).first->second.end = i + 1;
  }
}

Index::Entries Index::entries(Range range) const {
  return Entries(entries_).subspan(range.begin, range.end - range.begin);
}

std::vector<IndexEntry> Index::find(std::span<const PatternId> subjects,
                                    std::span<const PatternId> actions,
                                    std::span<const PatternId> objects) const {
  std::vector<IndexEntry> out;
  for (const auto subject : subjects) {
    const auto found = by_subject_.find(subject);
    if (found == by_subject_.end()) continue;
    const auto range = entries(found->second);
    if (range.size() <= std::max(short_range, actions.size())) {
      for (const auto& entry : range) {
        if (holds(actions, entry.action) && holds(objects, entry.object)) out.push_back(entry);
      }
      continue;
    }
    for (const auto action : actions) {
      take_objects(part_with(range, &IndexEntry::action, action), objects, out);
    }
  }
  std::sort(out.begin(), out.end(),
            [](const IndexEntry& a, const IndexEntry& b) { return a.relation < b.relation; });
  return out;
}

}  // namespace lexecon::policy
