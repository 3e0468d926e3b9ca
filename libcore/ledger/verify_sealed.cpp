#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "json/scan.hpp"
#include "ledger/reader.hpp"
#include "ledger/sealed_request.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// Whether unseal() would take the bytes, told without building the value; a no is only a maybe.
bool is_sealed_shape(std::string_view bytes) {
  constexpr std::string_view before = "{\"salt\":\"";
  constexpr std::string_view after = "\",\"value\":";
  constexpr std::size_t digits = 64;
  constexpr std::size_t start = before.size() + digits + after.size();
  if (bytes.size() <= start || bytes.size() > chain::max_sealed_bytes) return false;
  return bytes.starts_with(before) && is_hex(bytes.substr(before.size(), digits), digits) &&
         bytes.substr(before.size() + digits).starts_with(after) && bytes.ends_with('}') &&
         json::is_canonical(bytes) &&
         json::is_canonical(bytes.substr(start, bytes.size() - start - 1));
}

// Each S hashes to its commitment; what is missing was erased, what was erased is missing.
class SealedCheck final : public Check {
  void start(Evidence& evidence) override {
    auto negative = evidence.database.prepare("SELECT count(*) FROM sealed WHERE seq < 0");
    negative.step();
    if (negative.integer(0) > 0) fail(std::nullopt, "sealed content has a negative number");
    rows_.emplace(
        evidence.database.prepare("SELECT seq, body FROM sealed WHERE seq >= 0 ORDER BY seq"));
    advance();
  }

  void entry(Evidence& evidence, const Seen& seen) override {
    skip_rows_before(seen.row.seq);
    const bool has_row = row_ && *row_ == seen.row.seq;
    if (seen.entry != nullptr) {
      compare(*seen.entry, seen.row.seq, has_row);
      if (seen.entry->event_type == "sealed.erased") note_erasures(evidence, *seen.entry);
    }
    if (has_row) advance();
  }

  void end(Evidence& /*evidence*/) override {
    while (row_) {
      orphan(false);
      advance();
    }
    for (const std::uint64_t seq : missing_) {
      if (!erased_.contains(seq)) {
        fail(seq,
             "the sealed content of " + chain::entry_id(seq) + " is missing and was never erased");
      }
    }
    for (const std::uint64_t seq : erased_) {
      if (!std::binary_search(missing_.begin(), missing_.end(), seq)) {
        fail(seq, "the sealed content of " + chain::entry_id(seq) + " was erased and is there");
      }
    }
  }

  void advance() {
    row_.reset();
    if (rows_->step()) row_ = static_cast<std::uint64_t>(rows_->integer(0));
  }

  // An entry that does not exist cannot be bad.
  void orphan(bool has_entry = true) {
    fail(has_entry ? row_ : std::nullopt,
         "there is sealed content for " + chain::entry_id(*row_) + ", which has none");
  }

  void skip_rows_before(std::uint64_t seq) {
    for (; row_ && *row_ < seq; advance()) orphan();
  }

  void compare(const chain::Entry& entry, std::uint64_t seq, bool has_row) {
    if (!entry.sealed_hash) {
      if (has_row) orphan();
      return;
    }
    saw();
    if (!has_row) {
      missing_.push_back(seq);
      return;
    }
    const std::string_view bytes = rows_->view(1);
    const std::string what = "the sealed content of " + chain::entry_id(seq);
    if (crypto::sha256(bytes) != *entry.sealed_hash) {
      return fail(seq, what + " does not hash to its commitment");
    }
    if (!is_sealed_shape(bytes)) {
      try {
        static_cast<void>(chain::unseal(bytes));
      } catch (const Error& error) {
        return fail(seq, what + " has no shape: " + error.message());
      }
    }
    if (entry.event_type != "decision") return;
    if (const auto fault = request_fault(bytes, entry.data)) fail(seq, what + " " + *fault);
  }

  // The shape of the list is for the check of events; what it names is for this one.
  void note_erasures(Evidence& evidence, const chain::Entry& erasure) {
    const auto seqs = erasure.data.find("seqs");
    if (seqs == erasure.data.end() || !seqs->is_array()) return;
    for (const Json& named : *seqs) {
      if (!named.is_number_integer() || named.get<std::int64_t>() < 0) continue;
      const auto seq = named.get<std::uint64_t>();
      if (!erased_.insert(seq).second) {
        fail(erasure.seq, chain::entry_id(seq) + " is erased a second time");
      } else if (!has_commitment(evidence, seq)) {
        fail(erasure.seq, chain::entry_id(seq) + " is erased and never had sealed content");
      }
    }
  }

  static bool has_commitment(Evidence& evidence, std::uint64_t seq) {
    try {
      const auto stored = read_entry(evidence.database, seq);
      return stored && stored->entry.sealed_hash;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::integrity) return false;  // other checks name that entry
      throw;
    }
  }

  std::optional<store::Statement> rows_;
  std::optional<std::uint64_t> row_;
  std::vector<std::uint64_t> missing_;  // ascending
  std::set<std::uint64_t> erased_;
};

// Sixteen bytes an entry: prefixes of the commitments, compared in full only where two are alike.
class SealedUniqueCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr || !seen.entry->sealed_hash) return;
    saw();
    std::uint64_t prefix = 0;
    std::memcpy(&prefix, seen.entry->sealed_hash->bytes.data(), sizeof prefix);
    seen_.emplace_back(prefix, seen.row.seq);
  }

  void end(Evidence& evidence) override {
    std::sort(seen_.begin(), seen_.end());
    for (std::size_t i = 1; i < seen_.size(); ++i) {
      if (seen_[i].first == seen_[i - 1].first)
        compare(evidence, seen_[i - 1].second, seen_[i].second);
    }
  }

  void compare(Evidence& evidence, std::uint64_t first, std::uint64_t second) {
    try {
      const auto one = read_entry(evidence.database, first);
      const auto other = read_entry(evidence.database, second);
      if (one && other && one->entry.sealed_hash != other->entry.sealed_hash) return;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::integrity) throw;
    }
    fail(second, chain::entry_id(second) + " has the sealed content of " + chain::entry_id(first));
  }

  std::vector<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

}  // namespace

NewCheck new_sealed_check() { return std::make_unique<SealedCheck>(); }
NewCheck new_sealed_unique_check() { return std::make_unique<SealedUniqueCheck>(); }

}  // namespace lexecon::ledger
