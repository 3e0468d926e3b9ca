#include "chain/custody_shapes.hpp"

#include <array>

#include "base/ids.hpp"

namespace lexecon::chain {
namespace {

void versioned(const Json& value, const Place& at) {
  free_identifier(value, at);
  if (!is_version_id(value.get_ref<const std::string&>())) refuse("`<name>@<version>`", at);
}

/// What Art. 25(1) of Regulation (EU) 2024/1689 asks of a change: whether it makes the deployer a provider.
void provider_change(const Json& value, const Place& at) {
  one_of({"no", "own_name", "substantial_modification", "intended_purpose"},
         "no, own_name, substantial_modification or intended_purpose", value, at);
}

constexpr auto model_registered = std::to_array<Member>({{"digest", hex_64}, {"model", versioned}});
constexpr auto model_approved = std::to_array<Member>({
    {"expires_at", or_null<entry_instant>},
    {"model", versioned},
    {"provider_change", provider_change},
});
constexpr auto model_ended = std::to_array<Member>({{"model", versioned}, {"reason", code}});
constexpr auto prompt_registered =
    std::to_array<Member>({{"digest", hex_64}, {"prompt", versioned}});
constexpr auto prompt_approved = std::to_array<Member>({
    {"expires_at", or_null<entry_instant>},
    {"prompt", versioned},
    {"provider_change", provider_change},
});
constexpr auto prompt_ended = std::to_array<Member>({{"prompt", versioned}, {"reason", code}});
constexpr auto hold_placed =
    std::to_array<Member>({{"hold_id", free_identifier}, {"seqs", earlier_seqs}});
constexpr auto hold_released = std::to_array<Member>({{"hold_id", free_identifier}});
void limit_kind(const Json& value, const Place& at) {
  one_of({"limit", "breaker", "budget"}, "limit, breaker or budget", value, at);
}
void limit_per(const Json& value, const Place& at) {
  one_of({"actor", "model", "node", "tenant"}, "actor, model, node or tenant", value, at);
}
constexpr auto limit_tripped = std::to_array<Member>({
    {"allowed", count},
    {"decision_id", decision_id},
    {"kind", limit_kind},
    {"name", name_id},
    {"per", limit_per},
    {"subject", or_null<line>},
    {"until", entry_instant},
    {"used", count},
});
constexpr auto sealed_erased = std::to_array<Member>(
    {{"legal_basis", code}, {"requested_at", entry_instant}, {"seqs", earlier_seqs}});

/// Whom or what an export was about, as it was asked for.
void privacy_subject(const Json& value, const Place& at) {
  line(value, at);
  const std::string_view text = value.get_ref<const std::string&>();
  for (const std::string_view kind : {"actor:", "operator:", "resource:", "tenant:"}) {
    if (text.starts_with(kind)) return;
  }
  refuse("an actor, an operator, a tenant or a resource", at);
}

constexpr auto privacy_exported = std::to_array<Member>({{"entries", positive},
                                                         {"sealed", count},
                                                         {"subject", privacy_subject},
                                                         {"tree_size", positive}});

void of_what_was_there(const Json& data, const Place& at) {
  if (data.at("tree_size").get<std::uint64_t>() > at.seq) {
    refuse("a size of the log before this entry", at.below("tree_size"));
  }
}

}  // namespace

std::span<const EventShape> custody_shapes() {
  using enum Signing;
  static const auto table = std::to_array<EventShape>({
      {"model.registered", model_registered, by_operator},
      {"model.approved", model_approved, by_operator},
      {"model.rejected", model_ended, by_operator},
      {"model.retired", model_ended, by_operator},
      {"prompt.registered", prompt_registered, by_operator},
      {"prompt.approved", prompt_approved, by_operator},
      {"prompt.rejected", prompt_ended, by_operator},
      {"prompt.retired", prompt_ended, by_operator},
      {"hold.placed", hold_placed, by_operator},
      {"hold.released", hold_released, by_operator},
      {"limit.tripped", limit_tripped},
      {"sealed.erased", sealed_erased, by_operator},
      {"privacy.exported", privacy_exported, by_operator, of_what_was_there},
  });
  return table;
}

}  // namespace lexecon::chain
