#include "ledger/stories.hpp"

#include <array>

#include "base/octets.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::uint8_t no_digit = 0xFF;

constexpr auto crockford = [] {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = no_digit;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values.at(static_cast<unsigned char>(alphabet[i])) = static_cast<std::uint8_t>(i);
  }
  return values;
}();

/// The 128 bits of a ULID; nothing when a digit is none. The first is below 8.
std::optional<WideId> ulid_number(std::string_view ulid) {
  unsigned all = 0;
  const auto part = [&](std::size_t first, std::size_t size) {
    std::uint64_t out = 0;
    for (const char c : ulid.substr(first, size)) {
      const std::uint8_t digit = crockford[static_cast<unsigned char>(c)];
      all |= digit;
      out = out << 5U | digit;
    }
    return out;
  };
  const std::uint64_t first = part(0, 13);
  const std::uint64_t second = part(13, 12);
  const std::uint64_t last = part(25, 1);
  if (all >= 32) return std::nullopt;
  return WideId{.high = first << 1U | second >> 59U, .low = second << 5U | last};
}

/// What 32 hex digits say; nothing when one is none.
std::optional<WideId> hex_id(std::string_view digits) {
  std::array<std::uint64_t, 4> numbers{};
  std::uint64_t wrong = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint64_t eight = eight_octets(digits.data() + 8 * i);
    wrong |= not_hex(eight);
    numbers[i] = hex_number(eight);
  }
  if (wrong != 0) return std::nullopt;
  return WideId{.high = numbers[0] << 32U | numbers[1], .low = numbers[2] << 32U | numbers[3]};
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

}  // namespace

std::optional<WideId> decision_in(const chain::DataView& data) {
  return decision_number(data.decision_id);
}

std::optional<WideId> decision_number(std::string_view id) {
  if (!id.starts_with("dec_") || id.size() != 30 || id[4] > '7') return std::nullopt;
  return ulid_number(id.substr(4));
}

std::optional<WideId> token_in(const chain::DataView& data) {
  if (!data.token) return std::nullopt;
  const std::string_view jti = data.token->jti;
  if (!jti.starts_with("tok_") || jti.size() != 36) return std::nullopt;
  return hex_id(jti.substr(4));
}

Fault TokenStory::take(const chain::EntryView& entry) {
  const auto id = token_in(entry.data);
  if (!id) return std::nullopt;
  const chain::TokenView& token = *entry.data.token;
  if (entry.event_type == "decision" || entry.event_type == "token.issued") {
    return issue(*id, entry);
  }
  const auto hash = hash_from_hex(token.token_hash);
  if (!hash) return std::nullopt;
  const std::string name = "the token " + quoted(token.jti);
  const auto found = tokens_.find(*id);
  if (found == tokens_.end()) return name + " was never issued";
  if (found->second.hash != *hash) return name + " was issued with another hash";
  if (entry.event_type == "token.used") return use(found->second, entry);
  found->second.revoked = true;
  return std::nullopt;
}

Holder TokenStory::holder_of(const chain::EntryView& entry) const {
  if (stops_->all().empty()) return {};
  if (entry.event_type == "decision") {
    return {std::string(entry.data.actor), std::string(entry.data.tenant)};
  }
  const auto found = holders_->find(entry.data.token->jti);
  return found == holders_->end() ? Holder() : found->second;
}

Fault TokenStory::issue(const WideId& id, const chain::EntryView& entry) {
  const chain::TokenView& token = *entry.data.token;
  const auto hash = hash_from_hex(token.token_hash);
  const auto expires_at = token_time(token.expires_at);
  if (!hash || !expires_at) return std::nullopt;
  const Token issued{.hash = *hash,
                     .expires_at = *expires_at,
                     .uses = token.uses,
                     .used = 0,
                     .revoked = false,
                     .holder = holder_of(entry)};
  if (tokens_.emplace(id, issued).second) return std::nullopt;
  return "the token " + quoted(token.jti) + " is issued a second time";
}

Fault TokenStory::use(Token& token, const chain::EntryView& entry) {
  const std::string name = "the token " + quoted(entry.data.token->jti);
  const std::int64_t use = entry.data.use;
  if (use == 0) return std::nullopt;
  if (token.revoked) return name + " is used after it was revoked";
  if (entry.timestamp >= token.expires_at) return name + " is used after it expired";
  if (const auto* stop = stops_->find(token.holder.actor, token.holder.tenant, entry.seq)) {
    return name + " is used while `" + stop->id + "` stopped its holder";
  }
  if (use != token.used + 1) {
    return "use " + std::to_string(use) + " of " + name + " follows use " +
           std::to_string(token.used);
  }
  if (use > token.uses) return name + " is used more often than it may be";
  token.used = use;
  return std::nullopt;
}

}  // namespace lexecon::ledger
