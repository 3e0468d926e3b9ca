// What the checks of the verifier look up beside their pass: entries, sealed content, files and
// checkpoints of one log, wherever they are kept.
//
// Shapes   bytes as they are kept, checked by nobody: who asks hashes them
// Errors   Error{integrity} where the store cannot be read
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "ledger/log_keys.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

class Records {
 public:
  using Visit = std::function<void(std::uint64_t seq, std::string_view body)>;
  using VisitFile = std::function<void(std::string_view sha256, std::string_view body)>;

  Records() = default;
  virtual ~Records() = default;
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;

  /// In a pass, only what was read so far needs to be found.
  [[nodiscard]] virtual std::optional<std::string> entry(std::uint64_t seq) = 0;
  [[nodiscard]] virtual std::optional<std::string> sealed(std::uint64_t seq) = 0;
  /// Known before the pass begins.
  virtual void each_activation(const Visit& visit) = 0;
  /// The decisions after a moment, of those below `before`, in their order.
  virtual void each_decision_after(Timestamp moment, std::uint64_t before, const Visit& visit) = 0;
  /// The bytes that have this digest; Error{integrity} when others stand in their place.
  [[nodiscard]] virtual std::optional<std::string> policy_file(const Hash& sha256) = 0;
  /// Each with the digest it is kept under.
  virtual void each_policy_file(const VisitFile& visit) = 0;

  [[nodiscard]] virtual bool has_checkpoint(const LogKeys::Sizes& sizes) = 0;
  /// Whether each checkpoint that was ever signed is kept.
  [[nodiscard]] virtual bool keeps_every_checkpoint() const = 0;
  /// 0 when there is none.
  [[nodiscard]] virtual std::int64_t largest_checkpoint() = 0;
  /// The sizes of those after `last`, or of all.
  virtual void each_checkpoint_after(std::optional<std::int64_t> last,
                                     const std::function<void(std::int64_t size)>& visit) = 0;

  /// Sealed content that belongs to no entry up to `last`; its seq.
  [[nodiscard]] virtual std::optional<std::uint64_t> sealed_after(
      std::optional<std::uint64_t> last) = 0;
  /// Entries to set aside memory for, not more than can be there.
  [[nodiscard]] virtual std::size_t room() = 0;
  /// Whether an entry exists whose bytes were left out.
  [[nodiscard]] virtual bool withholds(std::uint64_t seq) const = 0;
};

/// The tables of a ledger. A list of entries, which keeps nothing beside them, has an empty one.
class TableRecords final : public Records {
 public:
  /// The database must outlive it.
  explicit TableRecords(store::Database& database) : database_(&database) {}

  [[nodiscard]] std::optional<std::string> entry(std::uint64_t seq) override;
  [[nodiscard]] std::optional<std::string> sealed(std::uint64_t seq) override;
  void each_activation(const Visit& visit) override;
  void each_decision_after(Timestamp moment, std::uint64_t before, const Visit& visit) override;
  [[nodiscard]] std::optional<std::string> policy_file(const Hash& sha256) override;
  void each_policy_file(const VisitFile& visit) override;
  [[nodiscard]] bool has_checkpoint(const LogKeys::Sizes& sizes) override;
  [[nodiscard]] bool keeps_every_checkpoint() const override { return true; }
  [[nodiscard]] std::int64_t largest_checkpoint() override;
  void each_checkpoint_after(std::optional<std::int64_t> last,
                             const std::function<void(std::int64_t size)>& visit) override;
  [[nodiscard]] std::optional<std::uint64_t> sealed_after(
      std::optional<std::uint64_t> last) override;
  [[nodiscard]] std::size_t room() override;
  [[nodiscard]] bool withholds(std::uint64_t /*seq*/) const override { return false; }

 private:
  store::Database* database_;
  std::optional<store::Statement> entry_;
};

}  // namespace lexecon::ledger
