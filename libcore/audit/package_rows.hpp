// The entries of a package as the verifier reads them: each leaf with the entry that is shown for it, and
// the sealed content and checkpoints beside them.
//
// Shapes   one reader on one thread; where its entry is withheld, a leaf is all there is of it
// Units    16 bytes of memory an entry shown, and as many a sealed content
// Errors   Error{integrity} for a file that changed while it was read
// Source   lexecon-package(5), Payload
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/lines.hpp"
#include "ledger/records.hpp"
#include "ledger/verify_rows.hpp"

namespace lexecon::audit {

/// Where the lines of a file are, by the seq of what stands in them.
class LineIndex {
 public:
  struct Place {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };
  void reserve(std::size_t lines) { places_.reserve(lines); }
  /// The seqs must ascend.
  void add(std::uint64_t seq, const Place& place);
  [[nodiscard]] std::optional<Place> find(std::uint64_t seq) const;
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] std::uint64_t seq_at(std::size_t index) const { return places_[index].seq; }

 private:
  struct Packed {
    std::uint64_t offset;
    std::uint32_t seq;
    std::uint32_t size;
  };
  std::vector<Packed> places_;
};

class PackageRows final : public ledger::RowSource, public ledger::Records {
 public:
  /// The container must outlive it. `notes` are those of older keys, and the checkpoint, by size.
  PackageRows(const Container& container, std::map<std::uint64_t, std::string> notes);

  /// Something is wrong with a file as a whole, which no entry tells; once everything was read.
  [[nodiscard]] std::optional<std::string> leaves_fault() const { return leaves_fault_; }
  [[nodiscard]] std::optional<std::string> entries_fault() const { return entries_fault_; }
  [[nodiscard]] bool discloses() const { return sealed_.has_value(); }
  [[nodiscard]] std::uint64_t sealed_lines() const { return sealed_lines_; }

  /// Every line of the entries, ahead of the pass.
  void each_line(const std::function<void(std::string_view line)>& visit) const;

  void fill(ledger::Batch& batch, std::size_t most) override;

  [[nodiscard]] std::optional<std::string> entry(std::uint64_t seq) override;
  [[nodiscard]] std::optional<std::string> sealed(std::uint64_t seq) override;
  void each_activation(const Visit& visit) override;
  void each_decision_after(Timestamp moment, std::uint64_t before, const Visit& visit) override;
  [[nodiscard]] std::optional<std::string> policy_file(const Hash& sha256) override;
  void each_policy_file(const VisitFile& visit) override;
  [[nodiscard]] bool has_checkpoint(const ledger::LogKeys::Sizes& sizes) override;
  [[nodiscard]] bool keeps_every_checkpoint() const override { return false; }
  [[nodiscard]] std::int64_t largest_checkpoint() override;
  void each_checkpoint_after(std::optional<std::int64_t> last,
                             const std::function<void(std::int64_t size)>& visit) override;
  [[nodiscard]] std::optional<std::uint64_t> sealed_after(
      std::optional<std::uint64_t> last) override;
  [[nodiscard]] std::size_t room() override;
  [[nodiscard]] bool withholds(std::uint64_t seq) const override;

 private:
  void read(ledger::Batch& batch, std::size_t most);
  [[nodiscard]] bool read_row(ledger::Batch& batch);
  void read_entry(ledger::Batch& batch, ledger::Item& item);
  void read_sealed(ledger::Batch& batch, ledger::Item& item);
  void next_entry();
  void next_sealed();
  [[nodiscard]] std::size_t first_after(Timestamp moment);
  [[nodiscard]] std::optional<std::string> bytes_at(const MemberFile& file, const LineIndex& index,
                                                    std::uint64_t seq) const;

  const Container& container_;
  std::map<std::uint64_t, std::string> notes_;
  std::map<std::uint64_t, std::string>::const_iterator next_note_;
  std::unique_ptr<MemberFile> entries_file_;
  std::unique_ptr<MemberFile> sealed_file_;
  Lines entries_;
  Lines leaves_;
  std::optional<Lines> sealed_;
  std::optional<Line> entry_;  // the next one that is shown
  std::uint64_t entry_seq_ = 0;
  std::optional<Line> sealed_line_;
  Hash sealed_hash_;  // of that line
  std::uint64_t position_ = 0;
  std::uint64_t sealed_lines_ = 0;
  bool is_first_ = true;
  LineIndex shown_;
  LineIndex disclosed_;
  std::optional<std::string> leaves_fault_;
  std::optional<std::string> entries_fault_;
};

}  // namespace lexecon::audit
