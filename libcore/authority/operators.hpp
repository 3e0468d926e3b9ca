// Operators: who they are, by which key and in which role, at every entry of a log.
//
// Shapes   told by operator.added, .rotated, .revoked and policy.activated, in order of seq
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Approvals
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chain/entry.hpp"

namespace lexecon::authority {

/// From the least to the most that it may do.
enum class Role : std::uint8_t { viewer, auditor, compliance_officer, admin };
[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> role_from(std::string_view text);

struct Operator {
  std::string id;
  Role role = Role::viewer;
  std::string public_key;           // "<type> <base64>"
  std::vector<std::string> actors;  // whom they speak for
  std::uint64_t added_seq = 0;
  Hash added_hash;
  std::uint64_t key_seq = 0;  // the entry that gave them this key
};

/// What is wrong with an entry, told by those before it.
using Fault = std::optional<std::string>;

class Operators {
 public:
  /// Entries of other types say nothing.
  Fault take(const chain::Entry& entry, const Hash& hash);

  /// As the entries before `seq` have it; nothing when none is in force.
  [[nodiscard]] const Operator* find(std::string_view id, std::uint64_t seq = last) const;
  /// The same, those too who were revoked.
  [[nodiscard]] const Operator* find_ever(std::string_view id) const;
  [[nodiscard]] bool any(std::uint64_t seq = last) const { return first_ && *first_ < seq; }
  /// The entry from which on there was human authority.
  [[nodiscard]] std::optional<std::uint64_t> first() const { return first_; }
  /// `roles.four_eyes: single` in the set in force: one person may do what takes two.
  [[nodiscard]] bool one_suffices(std::uint64_t seq = last) const;
  struct Member {
    const Operator* as;
    std::optional<std::uint64_t> revoked_seq;
  };
  /// Everybody who ever was one, by id, with the key they have or had last.
  [[nodiscard]] std::vector<Member> all() const;

  static constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();

 private:
  struct Version {
    Operator as;
    std::uint64_t from = 0;  // in force for the entries above it
    std::uint64_t to = last;
  };
  Fault add(const chain::Entry& entry, const Hash& hash);
  Fault rotate(const chain::Entry& entry);
  Fault revoke(const chain::Entry& entry);
  Fault take_key(const std::string& key, const std::string& id);
  [[nodiscard]] Version* in_force(std::string_view id);

  std::map<std::string, std::vector<Version>, std::less<>> operators_;
  std::map<std::string, std::string, std::less<>> key_of_;  // every key ever named, and whose it is
  std::vector<std::pair<std::uint64_t, bool>> one_suffices_;
  std::optional<std::uint64_t> first_;
};

}  // namespace lexecon::authority
