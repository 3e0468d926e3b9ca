#include "decision/set_codec.hpp"

#include <numeric>

#include "base/ids.hpp"
#include "base/packed.hpp"
#include "policy/graph_codec.hpp"

namespace lexecon::decision {
namespace {

// INVARIANT: bound member by member, as in policy/graph_codec.cpp.

constexpr std::size_t digest_bytes = 32;
constexpr std::size_t least_digest_bytes = 4 + digest_bytes;
constexpr std::size_t least_factor_bytes = 10;  // two texts and two numbers
constexpr int whole_weight = 10'000;

void pack(Packer& packer, const Hash& hash) { packer.bytes() += hash.view(); }

Hash unpack_hash(Unpacker& unpacker) {
  Hash hash;
  for (auto& byte : hash.bytes) byte = static_cast<std::uint8_t>(unpacker.number(1, 0, 255));
  return hash;
}

void pack(Packer& packer, const risk::Model& model) {
  const auto& [weights, first_of_level, escalate_from, factors, names] = model;
  for (const int weight : weights) packer.number(static_cast<std::uint64_t>(weight), 2);
  for (const int first : first_of_level) packer.number(static_cast<std::uint64_t>(first), 1);
  packer.number(static_cast<std::uint64_t>(escalate_from), 1);
  packer.count(factors.size());
  for (const auto& [name, when, dimension, add] : factors) {
    packer.text(name);
    packer.text(when.source());
    packer.choice(dimension);
    packer.number(static_cast<std::uint64_t>(add), 1);
  }
}

risk::Model unpack_model(Unpacker& unpacker) {
  risk::Model model;
  auto& [weights, first_of_level, escalate_from, factors, names] = model;
  for (auto& weight : weights) weight = static_cast<int>(unpacker.number(2, 1, whole_weight));
  for (auto& first : first_of_level) first = static_cast<int>(unpacker.number(1, 1, 100));
  escalate_from = static_cast<int>(unpacker.number(1, 0, 100));
  const auto count = unpacker.count(least_factor_bytes);
  for (std::size_t i = 0; i < count; ++i) {
    auto name = unpacker.text();
    policy::Condition when(unpacker.text());
    const auto dimension = unpacker.choice(risk::Dimension::financial);
    const auto add = static_cast<int>(unpacker.number(1, 1, 100));
    factors.push_back({std::move(name), std::move(when), dimension, add});
  }
  if (std::accumulate(weights.begin(), weights.end(), 0) != whole_weight ||
      first_of_level[0] >= first_of_level[1] || first_of_level[1] >= first_of_level[2]) {
    Unpacker::refuse();
  }
  return model;
}

void pack(Packer& packer, const NodeConfig& node) {
  const auto& [id, four_eyes, token_life_seconds, token_audience, on_escalation] = node;
  packer.text(id);
  packer.choice(four_eyes);
  packer.number(static_cast<std::uint64_t>(token_life_seconds), 4);
  packer.optional(token_audience, [&](const std::string& value) { packer.text(value); });
  packer.choice(on_escalation);
}

NodeConfig unpack_node(Unpacker& unpacker) {
  NodeConfig node;
  auto& [id, four_eyes, token_life_seconds, token_audience, on_escalation] = node;
  id = unpacker.text();
  four_eyes = unpacker.choice(FourEyes::single);
  token_life_seconds =
      static_cast<std::int64_t>(unpacker.number(4, 1, std::uint64_t{max_token_life_seconds}));
  if (unpacker.flag()) token_audience = unpacker.text();
  on_escalation = unpacker.choice(OnEscalation::ask);
  if (!is_node_id(id) || (token_audience && !is_audience(*token_audience))) Unpacker::refuse();
  return node;
}

}  // namespace

std::string pack_set(const ActiveSet& set) {
  const auto& [policy_hash, files, policies, risk, node] = set;
  Packer packer;
  pack(packer, policy_hash);
  packer.count(files.size());
  for (const auto& [name, sha256] : files) {
    packer.text(name);
    pack(packer, sha256);
  }
  pack(packer, node);
  pack(packer, risk);
  policy::pack(packer, policies.graph());
  return std::move(packer.bytes());
}

ActiveSet unpack_set(std::string_view bytes) {
  ActiveSet set;
  auto& [policy_hash, files, policies, risk, node] = set;
  Unpacker unpacker(bytes);
  policy_hash = unpack_hash(unpacker);
  files.resize(unpacker.count(least_digest_bytes));
  for (auto& [name, sha256] : files) {
    name = unpacker.text();
    sha256 = unpack_hash(unpacker);
  }
  node = unpack_node(unpacker);
  risk = unpack_model(unpacker);
  policies = policy::Set(policy::unpack_graph(unpacker));
  unpacker.finish();
  return set;
}

}  // namespace lexecon::decision
