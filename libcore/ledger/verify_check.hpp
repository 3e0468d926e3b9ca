// One check of the verifier, and what the single pass over the entries shows to all of them.
//
// Shapes   start() before the first entry, entry() for each in order, end() after the last
// Errors   a check reports and never throws for altered data; the store's Error{integrity} ends the pass
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authority/decision_story.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "crypto/identity.hpp"
#include "ledger/head.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/records.hpp"
#include "ledger/row.hpp"
#include "ledger/verify.hpp"
#include "ledger/verify_batch.hpp"

namespace lexecon::ledger {

/// What all checks share; the pass keeps it, the check of the checkpoints alone writes `vouched` and `head`.
struct Evidence {
  Records& records;
  store::Database& database;  // an empty one, where there are no tables to verify
  const NodeFiles& files;
  const VerifyOptions& options;
  Heads heads;
  bool rereads = true;                      // false of a list, which is read once and kept nowhere
  bool readable = true;                     // false when the tables are not ours to read
  std::optional<crypto::Identity> log{};    // from the genesis, once it was seen
  LogKeys keys{};                           // of that log, and every rotation seen so far
  authority::People people{};               // of every entry seen so far, by the check of approvals
  chain::CompactRange range{};              // every entry seen so far
  std::map<std::uint64_t, Hash> roots{};    // at the sizes that a check asked for in start()
  std::uint64_t vouched = 0;                // the largest size whose signed root was reproduced
  std::optional<chain::Checkpoint> head{};  // the checkpoint of that size
  std::vector<Conflict> conflicts{};
  std::optional<Redecided> redecided{};
  std::optional<std::string> undecidable{};
  std::vector<Archive> archives{};
};

struct Seen {
  std::uint64_t position = 0;  // counts rows from 0; differs from row.seq after a gap
  const Row& row;
  const Hash& hash;               // of the bytes, not of the column
  const chain::EntryView* entry;  // nullptr when the bytes are no entry
  const chain::Entry* whole;  // with its data: of the first entry, and where the view is not all
  const Item& item;
};

/// A fault among the entries [low, high): a signed root says that much and no more.
struct Stretch {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

struct Finding {
  bool failed = false;
  std::uint64_t items = 0;
  std::string detail;
  std::optional<std::uint64_t> seq;
  std::optional<Stretch> stretch;
};

class Check {
 public:
  Check() = default;
  virtual ~Check() = default;
  Check(const Check&) = delete;
  Check& operator=(const Check&) = delete;

  virtual void start(Evidence& /*evidence*/) {}
  virtual void entry(Evidence& /*evidence*/, const Seen& /*seen*/) {}
  /// In the place of entry(), for one whose bytes are not here: archived, or withheld from a package.
  virtual void absent(Evidence& /*evidence*/, const Seen& /*seen*/) {}
  virtual void end(Evidence& /*evidence*/) {}

  [[nodiscard]] const Finding& finding() const { return finding_; }
  /// Keeps the smallest seq and its detail; of faults without one, the first.
  void fail(std::optional<std::uint64_t> seq, const std::string& detail);

 protected:
  void saw(std::uint64_t items = 1) { finding_.items += items; }
  void fail_between(const Stretch& stretch, const std::string& detail);
  /// Only said while nothing failed.
  void remark(const std::string& detail);

 private:
  Finding finding_;
};

/// What a check can be made of.
enum class Reach : std::uint8_t {
  entries,  // entries alone
  proofs,   // and what a package has beside them: sealed content, policy files, checkpoints
  tables,   // the tables of a ledger and what stands beside its database
};

struct CheckType {
  std::string_view name;
  bool needed;  // a verdict of valid rests on it: it must have seen something
  Reach reach;
  std::unique_ptr<Check> (*make)();
};
[[nodiscard]] std::span<const CheckType> check_types();

}  // namespace lexecon::ledger
