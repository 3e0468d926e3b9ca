#include "authority/custody.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::authority {
namespace {

std::string hold_id(const chain::Entry& entry) { return entry.data.at("hold_id"); }

std::vector<std::uint64_t> seqs_of(const chain::Entry& entry) { return entry.data.at("seqs"); }

std::string sentence_of(const Stays& stays) {
  return chain::entry_id(stays.seq) + " " + stays.sentence;
}

std::string period_text(const decision::Period& period) {
  return "until " + to_text(period.end) + " by the class `" + period.of->name + "`";
}

}  // namespace

std::optional<Stays> kept_by(const decision::RetentionRules& rules, const chain::Entry& content,
                             const chain::Entry& erasure) {
  const std::string basis = erasure.data.at("legal_basis");
  const auto floor = decision::floor_of(rules, content, basis);
  if (floor && floor->end > erasure.timestamp) {
    return Stays{content.seq, "below_floor", "is kept " + period_text(*floor)};
  }
  if (basis != decision::basis_retention) return std::nullopt;
  const auto expiry = decision::expiry_of(rules, content);
  if (!expiry) return Stays{content.seq, "not_expired", "never expires by itself"};
  if (expiry->end > erasure.timestamp) {
    return Stays{content.seq, "not_expired", "is kept " + period_text(*expiry)};
  }
  return std::nullopt;
}

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
    if (const auto found = gone(seq, ground)) return sentence_of(*found);
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

std::optional<Stays> Custody::stays(std::uint64_t seq, const chain::Entry& erasure,
                                    const Ground& ground) const {
  if (auto found = gone(seq, ground)) return found;
  if (const auto* const hold = hold_on(seq)) {
    return Stays{seq, "on_hold", "is under the hold `" + hold->id + "`"};
  }
  return ground.kept ? ground.kept(seq, erasure) : std::nullopt;
}

Fault Custody::erase(const chain::Entry& entry, const Ground& ground) {
  const auto seqs = seqs_of(entry);
  for (const auto seq : seqs) {
    if (const auto found = stays(seq, entry, ground)) return sentence_of(*found);
  }
  for (const auto seq : seqs) erased_.emplace(seq, entry.seq);
  return std::nullopt;
}

std::optional<Stays> Custody::gone(std::uint64_t seq, const Ground& ground) const {
  if (const auto erased = erased_.find(seq); erased != erased_.end()) {
    return Stays{seq, "erased_before", "was erased before"};
  }
  if (ground.has_sealed && !ground.has_sealed(seq)) {
    return Stays{seq, "nothing_sealed", "has no sealed content"};
  }
  return std::nullopt;
}

}  // namespace lexecon::authority
