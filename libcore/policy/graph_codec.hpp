// The compiled form of a set as bytes and back, for the cache.
//
// Shapes   files, mode, relations, terms; patterns and index follow from the relations and are made
//          again, so that they cannot disagree with them
// Units    about 1 µs for each relation that is read
// Errors   Error{bad_input} for whatever pack() would not have written
#pragma once

#include <memory>

#include "base/packed.hpp"
#include "policy/graph.hpp"

namespace lexecon::policy {

void pack(Packer& packer, const Graph& graph);
[[nodiscard]] std::unique_ptr<const Graph> unpack_graph(Unpacker& unpacker);

}  // namespace lexecon::policy
