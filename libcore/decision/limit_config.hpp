// `limits`, `breakers` and `budgets` of node.yaml.
//
// Shapes   ascending by name, no name twice; at most 16 of all three
// Units    a window of 1s to 366d; counts from 1, budgets from 0
// Errors   Error{bad_input} with file:line:col
// Source   lexecon-node(5), Limits
#pragma once

#include <string>
#include <vector>

#include "base/packed.hpp"
#include "decision/limits.hpp"
#include "json/node.hpp"

namespace lexecon::decision {

/// Those that the reader of node.yaml has.
[[nodiscard]] std::vector<Limit> read_limits(json::NodeReader& reader, const std::string& file);

void pack(Packer& packer, const std::vector<Limit>& limits);
/// Error{bad_input} for what no node.yaml can say.
[[nodiscard]] std::vector<Limit> unpack_limits(Unpacker& unpacker);

}  // namespace lexecon::decision
