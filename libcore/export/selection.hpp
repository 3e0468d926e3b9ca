// What a package is to be made of, and whether it can be.
//
// Errors   Error{not_found} for a size that was not signed; Error{bad_input} for one that the key or an erasure
//          rules out
// Source   lexecon-export(1), lexecon-package(5)
#pragma once

#include <cstdint>
#include <vector>

#include "chain/checkpoint.hpp"
#include "package/manifest.hpp"
#include "package/scope.hpp"
#include "service/node.hpp"

namespace lexecon::exporting {

struct Selection {
  std::uint64_t size = 0;  // of a stored checkpoint
  package::Disclosure disclosure = package::Disclosure::none;
  package::Filter filter = {};
};

/// The stored checkpoint of that size, opened.
[[nodiscard]] chain::Checkpoint checkpoint_of(store::Database& database, const service::Node& node,
                                              std::uint64_t size);
/// The key that a package of that size is signed by: the last one that its entries name.
[[nodiscard]] crypto::Identity signer_of(const service::Node& node, std::uint64_t size);
/// Throws unless a package of that selection can be made; what a filter leaves out, collect() alone knows.
void require_possible(store::Database& database, const service::Node& node,
                      const Selection& selection);

/// Sealed content that the log says was erased, by entries below a size and by later ones; ascending.
struct Erased {
  std::vector<std::uint64_t> before;
  std::vector<std::uint64_t> after;
};
[[nodiscard]] Erased read_erased(store::Database& database, std::uint64_t size);
[[nodiscard]] bool has(const std::vector<std::uint64_t>& ascending, std::uint64_t seq);
/// Of what is shown, and was erased behind the size.
[[noreturn]] void refuse_hidden_erasure(std::uint64_t seq);

}  // namespace lexecon::exporting
