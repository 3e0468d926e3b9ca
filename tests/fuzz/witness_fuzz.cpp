#include "chain/witness_policy.hpp"
#include "fuzz/targets.hpp"

void lexecon::fuzz::witness(std::string_view bytes) {
  const auto policy = chain::parse_witness_policy(bytes, "policy");
  const chain::Note nobodys{"example.org/log\n1\n" + std::string(43, 'A') + "=\n", {}};
  require(!chain::witnessed(nobodys, policy, {}).is_quorum, "a quorum of nobody");
}
