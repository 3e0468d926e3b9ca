#include "reporting/log_pass.hpp"

#include <deque>
#include <exception>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "ledger/records.hpp"
#include "ledger/redecide.hpp"
#include "ledger/verify_batch.hpp"
#include "ledger/verify_pool.hpp"
#include "ledger/verify_rows.hpp"

namespace lexecon::reporting {
namespace {

constexpr const char* how_to_see = "run lexecon ledger verify --deep";

class LogPass {
 public:
  LogPass(const chain::Checkpoint& checkpoint, bool redecide,
          const std::function<void(const Read&)>& visit)
      : checkpoint_(checkpoint), redecide_(redecide), visit_(visit) {}

  Passed run(store::Database& database, const Progress& progress);

 private:
  void join(const ledger::Batch& batch);
  void take(const ledger::Item& item);
  void count(const ledger::Item& item);
  [[nodiscard]] bool is_over() const { return range_.size() >= checkpoint_.tree_size; }

  const chain::Checkpoint& checkpoint_;
  bool redecide_;
  const std::function<void(const Read&)>& visit_;
  chain::CompactRange range_;
  Passed passed_;
};

Passed LogPass::run(store::Database& database, const Progress& progress) {
  ledger::TableRecords records(database);
  std::optional<ledger::SetsOnRecord> sets;
  if (redecide_) sets.emplace(records);
  ledger::RowReader rows(database, {.sealed = redecide_, .notes = false});
  std::deque<ledger::Batch> batches;  // before the pool, whose threads refer to them
  ledger::Pool pool([sets = sets ? &*sets : nullptr](ledger::Batch& batch) {
    ledger::examine_rows(batch, false, 0);
    if (sets != nullptr) ledger::examine_decisions(batch, *sets);
  });
  bool is_last = false;
  const auto read = [&](ledger::Batch& batch) {
    rows.fill(batch, SIZE_MAX);
    is_last = batch.is_last;
    pool.submit(batch);
  };
  while (!is_last && batches.size() < pool.depth()) read(batches.emplace_back());
  for (std::size_t waiting = batches.size(); waiting > 0; --waiting) {
    auto& batch = pool.oldest();
    join(batch);
    if (progress) progress(range_.size(), checkpoint_.tree_size);
    if (is_last || is_over()) continue;
    read(batch);
    ++waiting;
  }
  if (range_.size() != checkpoint_.tree_size || range_.root() != checkpoint_.root) {
    throw Error(ErrorCode::integrity,
                "the entries do not give the root of the checkpoint of " +
                    std::to_string(checkpoint_.tree_size) + " entries",
                {}, how_to_see);
  }
  return passed_;
}

void LogPass::join(const ledger::Batch& batch) {
  if (batch.examine_failure) std::rethrow_exception(batch.examine_failure);
  for (const auto& item : batch.items) {
    if (!is_over()) take(item);
  }
  if (batch.read_failure && !is_over()) std::rethrow_exception(batch.read_failure);
}

void LogPass::take(const ledger::Item& item) {
  const auto seq = range_.size();
  range_.append(item.leaf);
  if (item.is_absent) {
    ++passed_.archived;
    return;
  }
  if (!item.read.view || item.row.seq != seq || item.read.view->seq != seq) {
    throw Error(ErrorCode::integrity, "the stored bytes are not that entry", chain::entry_id(seq),
                how_to_see);
  }
  if (redecide_) count(item);
  visit_({*item.read.view, item.row.body, item.hash});
}

void LogPass::count(const ledger::Item& item) {
  const auto refuse = [&](const std::string& fault) {
    throw Error(ErrorCode::integrity, fault, chain::entry_id(item.row.seq), how_to_see);
  };
  if (item.sealed_fault) refuse("the sealed content " + *item.sealed_fault);
  using Result = ledger::Redecision::Result;
  const auto& found = item.redecision;
  if (found && found->result == Result::differs) refuse(found->fault);
  if (item.read.view->event_type != "decision") return;
  auto& counts = passed_.redecided;
  ++counts.decisions;
  if (!item.sealed) {
    ++counts.erased;
  } else if (!found) {
    refuse("the decision could not be judged again");
  } else if (found->result == Result::engine_unknown) {
    ++counts.engine_unknown;
  } else {
    ++counts.judged;
  }
}

}  // namespace

Passed read_log(store::Database& database, const chain::Checkpoint& checkpoint, bool redecide,
                const Progress& progress, const std::function<void(const Read&)>& visit) {
  return LogPass(checkpoint, redecide, visit).run(database, progress);
}

}  // namespace lexecon::reporting
