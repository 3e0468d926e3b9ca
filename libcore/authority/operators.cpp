#include "authority/operators.hpp"

#include <array>

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::authority {
namespace {

constexpr std::array<std::pair<std::string_view, Role>, 4> roles{{
    {"viewer", Role::viewer},
    {"auditor", Role::auditor},
    {"compliance_officer", Role::compliance_officer},
    {"admin", Role::admin},
}};

std::string text(const chain::Entry& entry, const char* name) {
  return entry.data.at(name).get<std::string>();
}

}  // namespace

std::string_view to_string(Role role) {
  for (const auto& [name, each] : roles) {
    if (each == role) return name;
  }
  throw Error(ErrorCode::internal, "a role without a name");
}

std::optional<Role> role_from(std::string_view text) {
  for (const auto& [name, each] : roles) {
    if (name == text) return each;
  }
  return std::nullopt;
}

Fault Operators::take(const chain::Entry& entry, const Hash& hash) {
  if (entry.event_type == "operator.added") return add(entry, hash);
  if (entry.event_type == "operator.rotated") return rotate(entry);
  if (entry.event_type == "operator.revoked") return revoke(entry);
  if (entry.event_type == "policy.activated") {
    one_suffices_.emplace_back(entry.seq, text(entry, "four_eyes") == "single");
  }
  return std::nullopt;
}

Fault Operators::add(const chain::Entry& entry, const Hash& hash) {
  const auto id = text(entry, "operator");
  if (operators_.contains(id)) {
    return "there was an operator `" + id + "` before, and a name is one person's for ever";
  }
  const auto key = text(entry, "public_key");
  if (auto fault = take_key(key, id)) return fault;
  Operator added{.id = id,
                 .role = role_from(text(entry, "role")).value_or(Role::viewer),
                 .public_key = key,
                 .actors = entry.data.at("actors").get<std::vector<std::string>>(),
                 .added_seq = entry.seq,
                 .added_hash = hash,
                 .key_seq = entry.seq};
  operators_[id].push_back({.as = std::move(added), .from = entry.seq, .to = last});
  if (!first_) first_ = entry.seq;
  return std::nullopt;
}

Fault Operators::rotate(const chain::Entry& entry) {
  const auto id = text(entry, "operator");
  auto* const current = in_force(id);
  if (current == nullptr) return "there is no operator `" + id + "`";
  const auto key = text(entry, "public_key");
  if (auto fault = take_key(key, id)) return fault;
  Version next = *current;
  current->to = entry.seq;
  next.from = entry.seq;
  next.as.public_key = key;
  next.as.key_seq = entry.seq;
  operators_[id].push_back(std::move(next));
  return std::nullopt;
}

Fault Operators::revoke(const chain::Entry& entry) {
  const auto id = text(entry, "operator");
  auto* const current = in_force(id);
  if (current == nullptr) return "there is no operator `" + id + "`";
  current->to = entry.seq;
  return std::nullopt;
}

// SECURITY: two names with one key would be one person with four eyes.
Fault Operators::take_key(const std::string& key, const std::string& id) {
  const auto [found, is_new] = key_of_.emplace(key, id);
  if (is_new) return std::nullopt;
  return "the key is one that the operator `" + found->second + "` has or had";
}

Operators::Version* Operators::in_force(std::string_view id) {
  const auto found = operators_.find(id);
  if (found == operators_.end() || found->second.back().to != last) return nullptr;
  return &found->second.back();
}

const Operator* Operators::find(std::string_view id, std::uint64_t seq) const {
  const auto found = operators_.find(id);
  if (found == operators_.end()) return nullptr;
  for (const auto& version : found->second) {
    if (version.from < seq && seq <= version.to) return &version.as;
  }
  return nullptr;
}

const Operator* Operators::find_ever(std::string_view id) const {
  const auto found = operators_.find(id);
  return found == operators_.end() ? nullptr : &found->second.back().as;
}

bool Operators::one_suffices(std::uint64_t seq) const {
  bool out = false;
  for (const auto& [from, is_single] : one_suffices_) {
    if (from < seq) out = is_single;
  }
  return out;
}

std::vector<Operators::Member> Operators::all() const {
  std::vector<Member> out;
  for (const auto& [id, versions] : operators_) {
    const auto& version = versions.back();
    out.push_back({&version.as, version.to == last ? std::nullopt : std::optional(version.to)});
  }
  return out;
}

}  // namespace lexecon::authority
