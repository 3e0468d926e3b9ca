// The one pass of the verifier over the entries: each is read, hashed and parsed once, and shown to every
// check in its turn. Reading and joining is the caller's thread's, what rests on one row alone is anyone's.
//
// Errors   what ends the reading; Error{integrity} and Error{not_found} tell of an altered ledger
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ledger/verify_check.hpp"
#include "ledger/verify_rows.hpp"

namespace lexecon::ledger {

/// A check of the table in one verification.
struct Running {
  const CheckType* type;
  std::unique_ptr<Check> check;
  bool skipped;
  bool applies;                   // to what is verified
  std::string_view why = "none";  // it does not, or has nothing to see

  [[nodiscard]] bool runs() const { return applies && !skipped; }
};

/// Each check of the table that can be made of so much.
[[nodiscard]] std::vector<Running> checks_of(const VerifyOptions& options, Reach reach);
/// The verdict, once the pass is over; without evidence the pass never began.
[[nodiscard]] Verification conclude(const std::vector<Running>& checks, Evidence* evidence,
                                    const VerifyOptions& options);
/// A ledger that is gone was altered as much as one that does not hash.
[[nodiscard]] bool is_alteration(const Error& error);

class Pass {
 public:
  Pass(Evidence& evidence, std::vector<Running>& checks) : evidence_(evidence), checks_(checks) {}

  /// Of the database, in the snapshot that its transaction holds.
  void run();
  /// Of what comes from elsewhere.
  void run(RowSource& rows);

 private:
  bool start();
  template <class Action>
  void each(const Action& action);
  [[nodiscard]] bool runs(std::string_view name) const;
  void show_all(RowSource& rows);
  bool show_first(RowSource& rows);
  void show_rest(RowSource& rows);
  [[nodiscard]] std::optional<LogKeys> expected_keys() const;
  void join(const Batch& batch);
  void show(const Item& item);
  void note_rotation(const chain::Entry& entry, std::uint64_t position);
  void keep_root();

  Evidence& evidence_;
  std::vector<Running>& checks_;
  std::uint64_t entries_ = 0;  // by their largest number; 0 for a list that is not counted
};

}  // namespace lexecon::ledger
