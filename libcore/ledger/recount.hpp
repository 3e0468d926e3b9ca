// The limits, breakers and budgets that bore on each decision, counted again from entries alone, by no
// table: whether each was told rightly, held where it was full, and was told of when it had to be.
//
// Shapes   settings are those of the node.yaml that was activated; another one takes over what the
//          entries before it counted
// Units    16 bytes of memory a counted decision and limit, of one window
// Errors   a fault is an answer; entries without their shape are for other checks
// Source   lexecon-node(5), Limits; lexecon-ledger(5), limit.tripped
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "chain/entry_view.hpp"
#include "decision/limits.hpp"
#include "ledger/records.hpp"
#include "ledger/stories.hpp"

namespace lexecon::ledger {

class Recount {
 public:
  /// The records must outlive it.
  explicit Recount(Records& records) : records_(&records) {}

  /// Takes in the entry that stands at `seq`; what is wrong with it.
  [[nodiscard]] Fault take(const chain::EntryView& view, std::uint64_t seq, std::string_view bytes);
  /// What is missing behind the last entry.
  [[nodiscard]] Fault finish() const;

 private:
  /// What counts of one subject; each with its time.
  struct Window {
    std::deque<std::pair<Timestamp, std::int64_t>> items;
    decision::Sum added;
    decision::Sum dropped;
  };
  using TripKey =
      std::tuple<decision::Per, std::string, decision::LimitKind, std::string>;  // subject, name

  void activate(const chain::Entry& entry);
  void take_over(std::uint64_t before, Timestamp at);
  Fault decide(const chain::Entry& entry);
  Fault told(const chain::Entry& entry);
  [[nodiscard]] decision::Gauge gauge(const decision::Limit& limit, Window& window,
                                      const decision::Counted& decided, Timestamp at) const;
  void add(std::size_t index, const decision::Counted& decided, Timestamp at);
  void follow(const decision::Counted& decided);
  [[nodiscard]] std::optional<decision::Trip> trip_of(const decision::Limit& limit,
                                                      std::string_view subject) const;
  Window& window(std::size_t index, const decision::Counted& decided);

  Records* records_;
  std::vector<decision::Limit> limits_;
  std::map<std::pair<std::size_t, std::string>, Window> windows_;
  std::map<TripKey, decision::Trip> trips_;  // the newest of each
  std::deque<Json> awaited_;                 // limit.tripped that must follow
};

}  // namespace lexecon::ledger
