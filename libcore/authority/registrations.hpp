// Models and prompts on record: the digest of each version, and who approved it until when.
//
// Shapes   registered -> approved | rejected; approved -> retired, and by time expired -> approved | retired.
//          Rejected and retired are final. Told by model.* and prompt.*, in order of seq; one digest has one id
//          of a kind
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Registries
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/approval.hpp"
#include "authority/operators.hpp"
#include "chain/entry.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"

namespace lexecon::authority {

enum class RegistryKind : std::uint8_t { model, prompt };
/// As event types begin, and the member of their data is called.
[[nodiscard]] std::string_view to_string(RegistryKind kind);
/// Of an entry model.* or prompt.*.
[[nodiscard]] std::optional<RegistryKind> registry_kind_of(std::string_view event_type);
/// How a request names a digest.
inline constexpr std::string_view digest_prefix = "sha256:";

/// One entry on the way of a registration.
struct RegistryStep {
  std::uint64_t seq = 0;
  Timestamp at;
  std::string operator_id;
  decision::RegistryState state = decision::RegistryState::registered;  // that it led to
  std::optional<Timestamp> expires_at;                                  // of an approval
};

struct Registration {
  RegistryKind kind = RegistryKind::model;
  std::string id;      // <name>@<version>
  std::string digest;  // 64 hex
  Hash hash;           // of the entry that registered it
  std::vector<RegistryStep> steps;

  [[nodiscard]] const RegistryStep& registered() const { return steps.front(); }
  /// By the entries before `seq`, at that time.
  [[nodiscard]] decision::RegistryState state(std::uint64_t seq, Timestamp at) const;
};

class Registrations {
 public:
  /// Entries of other types say nothing, and so does what nobody signed. After a fault all is as before.
  Fault take(const chain::Entry& entry, const Hash& hash);

  /// By its id, or by `sha256:` and its digest; nullptr when there is none.
  [[nodiscard]] const Registration* find(RegistryKind kind, std::string_view named) const;
  /// Every one there ever was, oldest first.
  [[nodiscard]] const std::vector<Registration>& all() const { return all_; }

  /// How what a request names stands, by the entries before `seq`; nothing when it names neither.
  [[nodiscard]] std::optional<decision::RegistryFact> fact(std::optional<std::string_view> model,
                                                           std::optional<std::string_view> prompt,
                                                           std::uint64_t seq, Timestamp at) const;

 private:
  Fault add(RegistryKind kind, const chain::Entry& entry, const Hash& hash);

  std::vector<Registration> all_;
  using Places = std::map<std::string, std::size_t, std::less<>>;
  std::array<Places, 2> places_;  // of each kind, by both names
};

/// Whether this entry approves what its operator registered.
[[nodiscard]] bool approves_own(const chain::Entry& entry, const Registrations& registrations);
/// Nobody approves what he registered, unless one person suffices.
[[nodiscard]] std::optional<Refusal> check_registrant(const chain::Entry& entry,
                                                      const Operators& operators,
                                                      const Registrations& registrations);

}  // namespace lexecon::authority
