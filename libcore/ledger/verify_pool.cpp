#include "ledger/verify_pool.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace lexecon::ledger {

Pool::Pool(Work work) : work_(std::move(work)) {
  constexpr unsigned most_threads = 8;
  const unsigned wanted = std::clamp(std::thread::hardware_concurrency(), 1U, most_threads) - 1;
  try {
    for (unsigned i = 0; i < wanted; ++i) threads_.emplace_back([this] { loop(); });
  } catch (const std::system_error&) {
    // Fewer threads, or none, are slower and no less right.
  }
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Pool::submit(Batch& batch) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back({.batch = &batch});
  }
  changed_.notify_all();
}

Batch& Pool::oldest() {
  std::unique_lock lock(mutex_);
  while (!jobs_.front().done) {
    if (Job* const job = next()) {
      perform(*job, lock);
    } else {
      changed_.wait(lock);
    }
  }
  Batch& batch = *jobs_.front().batch;
  jobs_.pop_front();
  return batch;
}

Pool::Job* Pool::next() {
  const auto job =
      std::find_if(jobs_.begin(), jobs_.end(), [](const Job& each) { return !each.taken; });
  return job == jobs_.end() ? nullptr : &*job;
}

void Pool::perform(Job& job, std::unique_lock<std::mutex>& lock) {
  job.taken = true;
  lock.unlock();
  try {
    work_(*job.batch);
  } catch (...) {
    job.batch->examine_failure = std::current_exception();
  }
  lock.lock();
  job.done = true;
  changed_.notify_all();
}

void Pool::loop() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    if (Job* const job = next()) {
      perform(*job, lock);
    } else {
      changed_.wait(lock);
    }
  }
}

}  // namespace lexecon::ledger
