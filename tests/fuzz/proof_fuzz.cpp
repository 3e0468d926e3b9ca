#include <string>

#include "chain/proof.hpp"
#include "fuzz/targets.hpp"

namespace {

template <class Parse>
void read_twice(std::string_view bytes, const Parse& parse) {
  const auto text = lexecon::chain::to_text(parse(bytes));
  lexecon::fuzz::require(lexecon::chain::to_text(parse(text)) == text, "a proof is not stable");
}

}  // namespace

void lexecon::fuzz::proof(std::string_view bytes) {
  if (bytes.starts_with("old ")) {
    read_twice(bytes, chain::parse_consistency_proof);
  } else {
    read_twice(bytes, chain::parse_inclusion_proof);
  }
}
