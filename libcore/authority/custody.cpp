#include "authority/custody.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::authority {
namespace {

std::string hold_id(const chain::Entry& entry) { return entry.data.at("hold_id"); }

std::vector<std::uint64_t> seqs_of(const chain::Entry& entry) { return entry.data.at("seqs"); }

std::string content_of(std::uint64_t seq) {
  return "the sealed content of " + chain::entry_id(seq) + " ";
}

}  // namespace

bool Hold::names(std::uint64_t seq_of_content) const {
  return std::binary_search(seqs.begin(), seqs.end(), seq_of_content);
}

Fault Custody::take(const chain::Entry& entry, const Hash& hash, const Ground& ground) {
  if (entry.event_type == "hold.placed") return place(entry, hash, ground);
  if (entry.event_type == "hold.released") return release(entry);
  if (entry.event_type == "sealed.erased") return erase(entry, ground);
  return std::nullopt;
}

const Hold* Custody::hold_on(std::uint64_t seq) const {
  const auto found = std::find_if(holds_.begin(), holds_.end(), [seq](const Hold& hold) {
    return !hold.released_seq && hold.names(seq);
  });
  return found == holds_.end() ? nullptr : &*found;
}

const Hold* Custody::find(std::string_view id) const {
  const auto found =
      std::find_if(holds_.begin(), holds_.end(), [&](const Hold& hold) { return hold.id == id; });
  return found == holds_.end() ? nullptr : &*found;
}

Fault Custody::place(const chain::Entry& entry, const Hash& hash, const Ground& ground) {
  const auto id = hold_id(entry);
  if (find(id) != nullptr) return "the hold `" + id + "` is there a second time";
  auto seqs = seqs_of(entry);
  for (const auto seq : seqs) {
    if (auto fault = content_fault(seq, ground)) return fault;
  }
  holds_.push_back({.id = id,
                    .seqs = std::move(seqs),
                    .actor = entry.actor,
                    .seq = entry.seq,
                    .at = entry.timestamp,
                    .hash = hash,
                    .released_seq = std::nullopt,
                    .released_at = std::nullopt});
  return std::nullopt;
}

Fault Custody::release(const chain::Entry& entry) {
  const auto id = hold_id(entry);
  const auto found =
      std::find_if(holds_.begin(), holds_.end(), [&](const Hold& hold) { return hold.id == id; });
  if (found == holds_.end()) return "there is no hold `" + id + "`";
  if (found->released_seq) return "the hold `" + id + "` was released before";
  found->released_seq = entry.seq;
  found->released_at = entry.timestamp;
  return std::nullopt;
}

Fault Custody::erase(const chain::Entry& entry, const Ground& ground) {
  const auto seqs = seqs_of(entry);
  for (const auto seq : seqs) {
    if (auto fault = content_fault(seq, ground)) return fault;
    if (const auto* const hold = hold_on(seq)) {
      return content_of(seq) + "is under the hold `" + hold->id + "`";
    }
    if (!ground.kept) continue;
    if (auto fault = ground.kept(seq, entry)) return fault;
  }
  for (const auto seq : seqs) erased_.emplace(seq, entry.seq);
  return std::nullopt;
}

Fault Custody::content_fault(std::uint64_t seq, const Ground& ground) const {
  if (const auto erased = erased_.find(seq); erased != erased_.end()) {
    return content_of(seq) + "was erased before, by " + chain::entry_id(erased->second);
  }
  if (ground.has_sealed && !ground.has_sealed(seq)) {
    return chain::entry_id(seq) + " has no sealed content";
  }
  return std::nullopt;
}

}  // namespace lexecon::authority
