#include "policy/index.hpp"

#include <algorithm>

namespace lexecon::policy {
namespace {

/// Below this a range is read through rather than probed.
constexpr std::size_t short_range = 8;

using Entries = std::span<const IndexEntry>;

std::uint64_t pair_key(PatternId subject, PatternId action) {
  return (std::uint64_t{subject} << 32U) | action;
}

bool holds(std::span<const PatternId> sorted, PatternId pattern) {
  return std::binary_search(sorted.begin(), sorted.end(), pattern);
}

/// Of entries of one subject and action, those of the objects.
void take_objects(Entries range, std::span<const PatternId> objects, std::vector<IndexEntry>& out) {
  if (range.size() <= std::max(short_range, objects.size())) {
    for (const auto& entry : range) {
      if (holds(objects, entry.object)) out.push_back(entry);
    }
    return;
  }
  struct ByObject {
    bool operator()(const IndexEntry& entry, PatternId object) const {
      return entry.object < object;
    }
    bool operator()(PatternId object, const IndexEntry& entry) const {
      return object < entry.object;
    }
  };
  for (const auto object : objects) {
    const auto [first, last] = std::equal_range(range.begin(), range.end(), object, ByObject{});
    out.insert(out.end(), first, last);
  }
}

}  // namespace

Index::Index(std::vector<IndexEntry> entries) : entries_(std::move(entries)) {
  std::sort(entries_.begin(), entries_.end());
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const auto& entry = entries_[i];
    const Range one{i, i};
    by_subject_.try_emplace(entry.subject, one).first->second.end = i + 1;
    by_subject_action_.try_emplace(pair_key(entry.subject, entry.action), one).first->second.end =
        i + 1;
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
      const auto pair = by_subject_action_.find(pair_key(subject, action));
      if (pair != by_subject_action_.end()) take_objects(entries(pair->second), objects, out);
    }
  }
  std::sort(out.begin(), out.end(),
            [](const IndexEntry& a, const IndexEntry& b) { return a.relation < b.relation; });
  return out;
}

}  // namespace lexecon::policy
