#include "audit/package_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "audit/inventory.hpp"
#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "ledger/entry_reading.hpp"
#include "package/names.hpp"

namespace lexecon::audit {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t hash_digits = 64;
constexpr std::uint64_t least_entry_bytes = 400;
constexpr std::uint64_t max_policy_file = std::uint64_t{16} << 20U;

std::unique_ptr<MemberFile> required(const Container& container, std::string_view name) {
  if (const auto* const member = container.find(name)) return container.open(*member);
  throw Error(ErrorCode::integrity, "the package has no `" + std::string(name) + "`");
}

std::unique_ptr<MemberFile> optional_file(const Container& container, std::string_view name) {
  const auto* const member = container.find(name);
  return member == nullptr ? nullptr : container.open(*member);
}

bool holds(std::string_view text, std::string_view part) {
  return ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

/// What follows the last occurrence of a member's name: in an entry, that is the member at the top.
std::string_view after_last(std::string_view text, std::string_view name) {
  const auto found = text.rfind(name);
  return found == std::string_view::npos ? std::string_view() : text.substr(found + name.size());
}

/// A guess, which places the entry; what it says is for the checks to hold against its place.
std::optional<std::uint64_t> seq_in(std::string_view entry) {
  const auto digits = after_last(entry, R"(,"seq":)");
  std::uint64_t seq = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), seq);
  return read.ec == std::errc() ? std::optional(seq) : std::nullopt;
}

std::optional<Hash> commitment_in(std::string_view entry) {
  return hash_from_hex(after_last(entry, R"("sealed_hash":")").substr(0, hash_digits));
}

}  // namespace

void LineIndex::add(std::uint64_t seq, const Place& place) {
  if (seq > UINT32_MAX) throw Error(ErrorCode::integrity, "a package of so many entries is none");
  places_.push_back({place.offset, static_cast<std::uint32_t>(seq), place.size});
}

std::optional<LineIndex::Place> LineIndex::find(std::uint64_t seq) const {
  const auto found = std::lower_bound(
      places_.begin(), places_.end(), seq,
      [](const Packed& place, std::uint64_t wanted) { return place.seq < wanted; });
  if (found == places_.end() || found->seq != seq) return std::nullopt;
  return Place{found->offset, found->size};
}

PackageRows::PackageRows(const Container& container, std::map<std::uint64_t, std::string> notes)
    : container_(container),
      notes_(std::move(notes)),
      next_note_(notes_.begin()),
      entries_file_(required(container, package::entries_name)),
      sealed_file_(optional_file(container, package::sealed_name)),
      entries_(required(container, package::entries_name), chain::max_entry_bytes),
      leaves_(required(container, package::leaves_name), hash_digits) {
  if (sealed_file_)
    sealed_.emplace(optional_file(container, package::sealed_name), chain::max_sealed_bytes);
  shown_.reserve(room());
}

void PackageRows::fill(ledger::Batch& batch, std::size_t most) {
  batch.clear();
  batch.is_last = false;
  try {
    read(batch, std::min(most, ledger::most_batch_rows));
  } catch (...) {
    batch.read_failure = std::current_exception();
    batch.is_last = true;
  }
}

void PackageRows::read(ledger::Batch& batch, std::size_t most) {
  if (is_first_) {
    next_entry();
    next_sealed();
    is_first_ = false;
  }
  while (batch.items.size() < most && batch.bytes() < ledger::most_batch_bytes) {
    if (!read_row(batch)) {
      batch.is_last = true;
      return;
    }
  }
}

bool PackageRows::read_row(ledger::Batch& batch) {
  const auto leaf = leaves_.next();
  if (!leaf && !entry_) return false;
  ledger::Item item;
  item.row.seq = position_;
  if (leaf) item.listed_leaf = hash_from_hex(leaf->text);
  if ((!leaf || !leaf->is_whole || !item.listed_leaf) && !leaves_fault_) {
    leaves_fault_ = leaf ? "line " + std::to_string(position_ + 1) + " of leaves.txt is no hash"
                         : "leaves.txt ends before " + chain::entry_id(position_);
  }
  if (entry_ && (!leaf || entry_seq_ <= position_)) {
    read_entry(batch, item);
  } else {
    item.is_absent = true;
    item.leaf = item.listed_leaf.value_or(Hash());
  }
  ++position_;
  for (; next_note_ != notes_.end() && next_note_->first <= position_; ++next_note_) {
    item.notes.push_back({.size = static_cast<std::int64_t>(next_note_->first),
                          .note = next_note_->second,
                          .opened = {}});
  }
  batch.items.push_back(std::move(item));
  return true;
}

void PackageRows::read_entry(ledger::Batch& batch, ledger::Item& item) {
  item.leaf_bytes = batch.keep(entry_->text, "\0"sv);
  item.row.body = item.leaf_bytes.substr(1);
  shown_.add(position_, {entry_->offset, static_cast<std::uint32_t>(entry_->text.size())});
  if (!entry_->is_whole && !entries_fault_) {
    entries_fault_ = "the line of " + chain::entry_id(position_) + " does not end as a line does";
  }
  read_sealed(batch, item);
  next_entry();
}

void PackageRows::read_sealed(ledger::Batch& batch, ledger::Item& item) {
  if (!sealed_line_ || commitment_in(item.row.body) != sealed_hash_) return;
  item.sealed = batch.keep(sealed_line_->text);
  disclosed_.add(position_,
                 {sealed_line_->offset, static_cast<std::uint32_t>(item.sealed->size())});
  next_sealed();
}

void PackageRows::next_entry() {
  entry_ = entries_.next();
  if (entry_) entry_seq_ = seq_in(entry_->text).value_or(0);
}

void PackageRows::next_sealed() {
  sealed_line_ = sealed_ ? sealed_->next() : std::nullopt;
  if (!sealed_line_) return;
  ++sealed_lines_;
  if (!sealed_line_->is_whole && !entries_fault_) {
    entries_fault_ =
        "line " + std::to_string(sealed_lines_) + " of sealed.jsonl does not end as one";
  }
  sealed_hash_ = crypto::sha256(sealed_line_->text);
}

std::optional<std::string> PackageRows::bytes_at(const MemberFile& file, const LineIndex& index,
                                                 std::uint64_t seq) const {
  const auto place = index.find(seq);
  if (!place) return std::nullopt;
  std::string out(place->size, '\0');
  out.resize(file.read(place->offset, out));
  return out;
}

std::optional<std::string> PackageRows::entry(std::uint64_t seq) {
  return bytes_at(*entries_file_, shown_, seq);
}

std::optional<std::string> PackageRows::sealed(std::uint64_t seq) {
  return sealed_file_ ? bytes_at(*sealed_file_, disclosed_, seq) : std::nullopt;
}

// Ahead of the pass: what is no activation after all, its parser says.
void PackageRows::each_activation(const Visit& visit) {
  each_line([&](std::string_view line) {
    if (holds(line, R"("event_type":"policy.activated")")) visit(seq_in(line).value_or(0), line);
  });
}

void PackageRows::each_line(const std::function<void(std::string_view line)>& visit) const {
  Lines lines(required(container_, package::entries_name), chain::max_entry_bytes);
  while (const auto line = lines.next()) visit(line->text);
}

void PackageRows::each_decision_after(Timestamp moment, std::uint64_t before, const Visit& visit) {
  for (auto at = first_after(moment); at < shown_.size() && shown_.seq_at(at) < before; ++at) {
    const auto seq = shown_.seq_at(at);
    const auto bytes = entry(seq).value_or("");
    if (!holds(bytes, R"("event_type":"decision")")) continue;
    const auto reading = ledger::read_bytes(bytes);
    if (reading.view && reading.view->event_type == "decision") visit(seq, bytes);
  }
}

// Times ascend, or another check says so.
std::size_t PackageRows::first_after(Timestamp moment) {
  std::size_t low = 0;
  std::size_t high = shown_.size();
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto bytes = entry(shown_.seq_at(middle)).value_or("");
    const auto reading = ledger::read_bytes(bytes);
    if (reading.view && reading.view->timestamp > moment) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

std::optional<std::string> PackageRows::policy_file(const Hash& sha256) {
  auto bytes = container_.read(policy_file_name(sha256), max_policy_file);
  if (bytes && crypto::sha256(*bytes) != sha256) {
    throw Error(ErrorCode::integrity, "a policy file is not what its name says", sha256.hex());
  }
  return bytes;
}

void PackageRows::each_policy_file(const VisitFile& visit) {
  for (const auto& member : container_.members()) {
    if (!member.name.starts_with(policies_folder)) continue;
    const auto sha256 = hash_from_hex(
        std::string_view(member.name).substr(policies_folder.size()).substr(0, hash_digits));
    const bool is_named = sha256 && member.name == policy_file_name(*sha256);
    visit(is_named ? sha256->view() : std::string_view(),
          container_.read(member.name, max_policy_file).value_or(""));
  }
}

bool PackageRows::has_checkpoint(const ledger::LogKeys::Sizes& sizes) {
  const auto found = notes_.lower_bound(sizes.first);
  return found != notes_.end() && found->first <= sizes.last;
}

std::int64_t PackageRows::largest_checkpoint() {
  return notes_.empty() ? 0 : static_cast<std::int64_t>(notes_.rbegin()->first);
}

void PackageRows::each_checkpoint_after(std::optional<std::int64_t> last,
                                        const std::function<void(std::int64_t size)>& visit) {
  for (const auto& [size, note] : notes_) {
    const auto number = static_cast<std::int64_t>(size);
    if (!last || number > *last) visit(number);
  }
}

// What no entry claimed, in the order of the file, holds up all that follows it.
std::optional<std::uint64_t> PackageRows::sealed_after(std::optional<std::uint64_t> /*last*/) {
  return sealed_line_ ? std::optional(position_) : std::nullopt;
}

std::size_t PackageRows::room() {
  return static_cast<std::size_t>(entries_file_->size() / least_entry_bytes);
}

bool PackageRows::withholds(std::uint64_t seq) const {
  return seq < position_ && !shown_.find(seq);
}

}  // namespace lexecon::audit
