// The threads of the verifier: they examine batches, which are joined in the order they were read.
//
// Errors   what examining throws is kept in the batch; without threads the caller does the work itself
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "ledger/verify_batch.hpp"

namespace lexecon::ledger {

class Pool {
 public:
  using Work = std::function<void(Batch&)>;
  /// `work` runs on several threads at once, on different batches.
  explicit Pool(Work work);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Batches that keep every thread busy while the caller reads and joins.
  [[nodiscard]] std::size_t depth() const { return 2 * threads_.size() + 2; }
  void submit(Batch& batch);
  /// The batch submitted first, examined; until then the caller examines others.
  Batch& oldest();

 private:
  struct Job {
    Batch* batch;
    bool taken = false;
    bool done = false;
  };

  void loop();
  void perform(Job& job, std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Job* next();

  Work work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;  // in the order of submission; a deque keeps the places of the others
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace lexecon::ledger
