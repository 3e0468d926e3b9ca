#include "policy/graph_codec.hpp"

#include <algorithm>

namespace lexecon::policy {
namespace {

// INVARIANT: what is packed is bound member by member, here and below: a member that comes to a
// struct does not compile until it is packed and read again.

constexpr std::size_t least_file_bytes = 12;  // two texts, a byte and three flags
constexpr std::size_t least_relation_bytes =
    32;  // five texts, two bytes, two numbers, two flags, a count
constexpr std::size_t least_text_bytes = 4;
constexpr std::size_t least_key_bytes = least_text_bytes + 1;
constexpr std::size_t least_term_bytes = 17;  // a text, three lists and a flag
constexpr std::size_t edge_bytes = 6;
constexpr std::uint64_t last_micros = 253'402'300'799'999'999;  // the end of year 9999

void pack_time(Packer& packer, const std::optional<Timestamp>& at) {
  packer.optional(
      at, [&](Timestamp value) { packer.number(static_cast<std::uint64_t>(value.micros), 8); });
}

std::optional<Timestamp> unpack_time(Unpacker& unpacker) {
  if (!unpacker.flag()) return std::nullopt;
  return Timestamp{static_cast<std::int64_t>(unpacker.number(8, 0, last_micros))};
}

void pack(Packer& packer, const File& file) {
  const auto& [name, policy_id, mode, effective_from, effective_until, context] = file;
  packer.text(name);
  packer.text(policy_id);
  packer.choice(mode);
  pack_time(packer, effective_from);
  pack_time(packer, effective_until);
  packer.optional(context, [&](const std::vector<cel::DeclaredKey>& keys) {
    packer.count(keys.size());
    for (const auto& [key, type] : keys) {
      packer.text(key);
      packer.choice(type);
    }
  });
}

std::vector<cel::DeclaredKey> unpack_keys(Unpacker& unpacker) {
  std::vector<cel::DeclaredKey> keys(unpacker.count(least_key_bytes));
  for (auto& [key, type] : keys) {
    key = unpacker.text();
    type = unpacker.choice(cel::JsonType::any);
  }
  const auto unordered = std::adjacent_find(
      keys.begin(), keys.end(),
      [](const auto& left, const auto& right) { return left.name >= right.name; });
  if (unordered != keys.end()) Unpacker::refuse();
  return keys;
}

File unpack_file(Unpacker& unpacker) {
  File file;
  auto& [name, policy_id, mode, effective_from, effective_until, context] = file;
  name = unpacker.text();
  policy_id = unpacker.text();
  mode = unpacker.choice(Mode::paranoid);
  effective_from = unpack_time(unpacker);
  effective_until = unpack_time(unpacker);
  if (unpacker.flag()) context = unpack_keys(unpacker);
  return file;
}

void pack(Packer& packer, const Relation& relation) {
  const auto& [id, type, on_unmet, file, approvals, subject, action, object, when, requirement,
               met_when, justification] = relation;
  packer.text(id);
  packer.choice(type);
  packer.choice(on_unmet);
  packer.number(file, 2);
  packer.number(approvals, 2);
  packer.text(subject);
  packer.text(action);
  packer.optional(object, [&](const std::string& value) { packer.text(value); });
  packer.count(when.size());
  for (const auto& condition : when) packer.text(condition.source());
  packer.text(requirement);
  packer.optional(met_when, [&](const Condition& value) { packer.text(value.source()); });
  packer.text(justification);
}

/// The number of a file; there are `files`.
std::uint16_t unpack_file_number(Unpacker& unpacker, std::size_t files) {
  if (files == 0) Unpacker::refuse();
  return static_cast<std::uint16_t>(unpacker.number(2, 0, files - 1));
}

Relation unpack_relation(Unpacker& unpacker, std::size_t files) {
  Relation relation;
  auto& [id, type, on_unmet, file, approvals, subject, action, object, when, requirement, met_when,
         justification] = relation;
  id = unpacker.text();
  type = unpacker.choice(RelationType::requirement);
  on_unmet = unpacker.choice(Outcome::denied);
  file = unpack_file_number(unpacker, files);
  approvals = static_cast<std::uint16_t>(unpacker.number(2, confirmed_only, UINT16_MAX));
  subject = unpacker.text();
  action = unpacker.text();
  if (unpacker.flag()) object = unpacker.text();
  const auto conditions = unpacker.count(least_text_bytes);
  for (std::size_t i = 0; i < conditions; ++i) when.emplace_back(unpacker.text());
  requirement = unpacker.text();
  if (unpacker.flag()) met_when.emplace(unpacker.text());
  justification = unpacker.text();
  return relation;
}

void pack(Packer& packer, const std::vector<Terms::Edge>& edges) {
  packer.count(edges.size());
  for (const auto& [to, file] : edges) {
    packer.number(to, 4);
    packer.number(file, 2);
  }
}

std::vector<Terms::Edge> unpack_edges(Unpacker& unpacker, std::size_t files) {
  std::vector<Terms::Edge> edges(unpacker.count(edge_bytes));
  for (auto& [to, file] : edges) {
    to = static_cast<Symbol>(unpacker.number(4, 0, UINT32_MAX));  // Terms knows how many there are
    file = unpack_file_number(unpacker, files);
  }
  return edges;
}

void pack(Packer& packer, const Terms::Term& term) {
  // Places serve messages about a set that does not load.
  const auto& [id, groups, group_places, contains, owners, is_declared] = term;
  packer.text(id);
  pack(packer, groups);
  pack(packer, contains);
  pack(packer, owners);
  packer.choice(is_declared);
}

Terms::Term unpack_term(Unpacker& unpacker, std::size_t files) {
  Terms::Term term;
  auto& [id, groups, group_places, contains, owners, is_declared] = term;
  id = unpacker.text();
  groups = unpack_edges(unpacker, files);
  contains = unpack_edges(unpacker, files);
  owners = unpack_edges(unpacker, files);
  is_declared = unpacker.flag();
  return term;
}

}  // namespace

void pack(Packer& packer, const Graph& graph) {
  const auto& [files, mode, relations, terms, patterns, index, names, has_conditions] = graph;
  packer.count(files.size());
  for (const auto& file : files) pack(packer, file);
  packer.choice(mode);
  packer.count(relations.size());
  for (const auto& relation : relations) pack(packer, relation);
  packer.count(terms.list().size());
  for (const auto& term : terms.list()) pack(packer, term);
}

std::unique_ptr<const Graph> unpack_graph(Unpacker& unpacker) {
  auto graph = std::make_unique<Graph>();
  graph->files.resize(unpacker.count(least_file_bytes));
  const auto files = graph->files.size();
  if (files > max_files) Unpacker::refuse();
  for (auto& file : graph->files) file = unpack_file(unpacker);
  graph->mode = unpacker.choice(Mode::paranoid);
  graph->relations.resize(unpacker.count(least_relation_bytes));
  for (auto& relation : graph->relations) relation = unpack_relation(unpacker, files);
  std::vector<Terms::Term> terms(unpacker.count(least_term_bytes));
  for (auto& term : terms) term = unpack_term(unpacker, files);
  graph->terms = Terms(std::move(terms));
  derive(*graph);
  return graph;
}

}  // namespace lexecon::policy
