// Entries of a log as those read them who have no database.
#pragma once

#include <string>
#include <vector>

#include "chain/entry.hpp"
#include "chain/entry_view.hpp"
#include "json/json.hpp"

namespace lexecon::test {

struct LogLine {
  chain::Entry entry;
  std::string bytes;
  std::string time_text;

  [[nodiscard]] chain::EntryView view() const { return chain::view_of(entry, time_text); }
};

/// A line of that time in seconds; by the node unless an actor is named.
inline LogLine log_line(std::uint64_t seq, const std::string& event_type, const Json& data,
                        std::int64_t second = 0, const std::string& actor = "node:n") {
  LogLine out;
  out.entry.actor = actor;
  out.entry.data = data;
  out.entry.event_type = event_type;
  out.entry.origin = "example.org/log";
  out.entry.salt = std::string(32, 'a');
  out.entry.seq = seq;
  out.entry.timestamp = {1'700'000'000'000'000 + second * 1'000'000};
  if (seq > 0) out.entry.previous_hash.bytes.fill(1);
  out.bytes = chain::to_bytes(out.entry);
  out.time_text = to_text(out.entry.timestamp);
  return out;
}

}  // namespace lexecon::test
