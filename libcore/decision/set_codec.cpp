#include "decision/set_codec.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "base/ids.hpp"
#include "base/packed.hpp"
#include "decision/limit_config.hpp"
#include "policy/graph_codec.hpp"
#include "policy/term.hpp"

namespace lexecon::decision {
namespace {

// INVARIANT: bound member by member, as in policy/graph_codec.cpp.

constexpr std::size_t digest_bytes = 32;
constexpr std::size_t least_digest_bytes = 4 + digest_bytes;
constexpr std::size_t least_factor_bytes = 10;  // two texts and two numbers
constexpr std::size_t least_text_bytes = 4;
constexpr std::size_t least_path_bytes = 10;  // a flag, two counts and a role
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

void pack(Packer& packer, const Span& span) {
  packer.number(static_cast<std::uint64_t>(span.months), 4);
  packer.number(static_cast<std::uint64_t>(span.micros), 8);
}

Span unpack_span(Unpacker& unpacker) {
  Span span;
  span.months = static_cast<std::int32_t>(unpacker.number(4, 0, 12));
  span.micros =
      static_cast<std::int64_t>(unpacker.number(8, 0, std::numeric_limits<std::int64_t>::max()));
  if (!is_waiting_time(span)) Unpacker::refuse();
  return span;
}

void pack(Packer& packer, const EscalationConfig& config) {
  const auto& [sla, approval_life, paths] = config;
  for (const auto& span : sla) pack(packer, span);
  pack(packer, approval_life);
  packer.count(paths.size());
  for (const auto& [level, actions, roles] : paths) {
    packer.optional(level, [&](risk::Level value) { packer.choice(value); });
    packer.count(actions.size());
    for (const auto& action : actions) packer.text(action);
    packer.count(roles.size());
    for (const auto role : roles) packer.choice(role);
  }
}

EscalationPath unpack_path(Unpacker& unpacker) {
  EscalationPath path;
  auto& [level, actions, roles] = path;
  if (unpacker.flag()) level = unpacker.choice(risk::Level::critical);
  actions.resize(unpacker.count(least_text_bytes));
  for (auto& action : actions) {
    action = unpacker.text();
    if (action != "*" && policy::pattern_fault(policy::TermType::action, action)) {
      Unpacker::refuse();
    }
  }
  roles.resize(unpacker.count(1));
  for (auto& role : roles) role = unpacker.choice(Answerer::admin);
  const bool ascend =
      std::adjacent_find(roles.begin(), roles.end(), std::greater_equal<>()) == roles.end();
  if (roles.empty() || !ascend) Unpacker::refuse();
  return path;
}

EscalationConfig unpack_escalations(Unpacker& unpacker) {
  EscalationConfig config;
  auto& [sla, approval_life, paths] = config;
  for (auto& span : sla) span = unpack_span(unpacker);
  for (std::size_t i = 1; i < sla.size(); ++i) {
    if (!never_longer(sla.at(i), sla.at(i - 1))) Unpacker::refuse();
  }
  approval_life = unpack_span(unpacker);
  const auto count = unpacker.count(least_path_bytes);
  for (std::size_t i = 0; i < count; ++i) paths.push_back(unpack_path(unpacker));
  return config;
}

void pack(Packer& packer, const NodeConfig& node) {
  const auto& [id, four_eyes, token_life_seconds, token_audience, on_escalation, escalations,
               registry, tenant_required, limits, on_prohibited, export_approval] = node;
  packer.text(id);
  packer.choice(four_eyes);
  packer.number(static_cast<std::uint64_t>(token_life_seconds), 4);
  packer.optional(token_audience, [&](const std::string& value) { packer.text(value); });
  packer.choice(on_escalation);
  pack(packer, escalations);
  packer.choice(registry.models);
  packer.choice(registry.prompts);
  packer.number(tenant_required ? 1 : 0, 1);
  pack(packer, limits);
  packer.choice(on_prohibited);
  packer.choice(export_approval);
}

NodeConfig unpack_node(Unpacker& unpacker) {
  NodeConfig node;
  auto& [id, four_eyes, token_life_seconds, token_audience, on_escalation, escalations, registry,
         tenant_required, limits, on_prohibited, export_approval] = node;
  id = unpacker.text();
  four_eyes = unpacker.choice(FourEyes::single);
  token_life_seconds =
      static_cast<std::int64_t>(unpacker.number(4, 1, std::uint64_t{max_token_life_seconds}));
  if (unpacker.flag()) token_audience = unpacker.text();
  on_escalation = unpacker.choice(OnEscalation::ask);
  escalations = unpack_escalations(unpacker);
  registry.models = unpacker.choice(RegistryUse::required);
  registry.prompts = unpacker.choice(RegistryUse::required);
  tenant_required = unpacker.flag();
  limits = unpack_limits(unpacker);
  on_prohibited = unpacker.choice(OnProhibited::allow);
  export_approval = unpacker.choice(ExportApproval::all);
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
