#include <string>

#include "chain/proof.hpp"
#include "fuzz/targets.hpp"

void lexecon::fuzz::proof(std::string_view bytes) {
  const auto text = chain::to_text(chain::parse_inclusion_proof(bytes));
  require(chain::to_text(chain::parse_inclusion_proof(text)) == text, "a proof is not stable");
}
