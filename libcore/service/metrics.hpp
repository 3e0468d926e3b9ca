// Where a node stands in numbers, as Prometheus reads them.
//
// Shapes   counts of rows, which the verifier alone holds against their entries; nothing is hashed again
// Units    whole numbers; names end in _total (counters), _seconds or _bytes
// Source   lexecon-metrics(7); Prometheus text format 0.0.4
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "json/fwd.hpp"
#include "service/node.hpp"

namespace lexecon::service {

struct Sample {
  std::vector<std::pair<std::string, std::string>> labels;
  std::int64_t value = 0;
};

struct Metric {
  std::string name;
  bool is_counter = false;  // else a gauge
  std::string help;         // one line
  std::vector<Sample> samples;
};

/// In the order of lexecon-metrics(7). `version` is that of the program.
[[nodiscard]] std::vector<Metric> metrics(const Node& node, Timestamp now,
                                          const std::string& version);
[[nodiscard]] std::string to_prometheus(const std::vector<Metric>& metrics);
/// lexecon.metrics/1
[[nodiscard]] Json to_json(const std::vector<Metric>& metrics);

}  // namespace lexecon::service
