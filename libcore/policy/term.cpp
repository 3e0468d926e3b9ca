#include "policy/term.hpp"

#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/term.hpp"

namespace lexecon::policy {
namespace {

constexpr std::array<TermType, 5> types{TermType::actor, TermType::action, TermType::resource,
                                        TermType::data_class, TermType::context};
constexpr std::array<std::string_view, 5> type_names{"actor", "action", "resource", "data_class",
                                                     "context"};
constexpr std::array<std::string_view, 5> long_prefixes{
    "actor:", "action:", "resource:", "data:", "context:"};
// A context term never stands in a request, so it has no short prefix.
constexpr std::array<std::string_view, 4> short_prefixes{"act_", "axn_", "res_", "data_"};
constexpr std::size_t request_types = short_prefixes.size();

/// `id` with its long prefix; `open_end`: it is followed by a '*'.
std::optional<std::string> id_fault(TermType type, std::string_view id, bool open_end) {
  const auto bare = id.substr(long_prefix(type).size());
  if (bare.empty() && !open_end) return "expected a name after the prefix";
  if (id.size() + (open_end ? 1 : 0) > max_term_bytes) {
    return "expected at most 255 bytes, found " + std::to_string(id.size() + (open_end ? 1 : 0));
  }
  if (bare.find('*') != std::string_view::npos) {
    return "`*` may only stand alone or at the end, right after `:` or `/`";
  }
  if (auto fault = chain::name_fault(bare)) return fault;
  return type == TermType::resource ? chain::path_fault(bare, open_end) : std::nullopt;
}

std::optional<std::string> prefix_fault(TermType type, std::string_view id) {
  const auto prefix = long_prefix(type);
  if (id.starts_with(prefix)) return std::nullopt;
  return "expected an id that begins with `" + std::string(prefix) + "`";
}

}  // namespace

std::string_view to_string(TermType type) { return type_names.at(static_cast<std::size_t>(type)); }

std::optional<TermType> term_type_from(std::string_view text) {
  for (const auto type : types) {
    if (to_string(type) == text) return type;
  }
  return std::nullopt;
}

std::string_view long_prefix(TermType type) {
  return long_prefixes.at(static_cast<std::size_t>(type));
}

std::optional<TermType> type_of(std::string_view id) {
  for (const auto type : types) {
    if (id.starts_with(long_prefix(type))) return type;
  }
  return std::nullopt;
}

std::string request_term(TermType type, std::string_view text, const std::string& where) {
  const auto own = static_cast<std::size_t>(type);
  const auto refuse = [&](const std::string& why, const std::string& hint = {}) {
    throw Error(ErrorCode::bad_input,
                "bad " + std::string(to_string(type)) + " `" + printable(text) + "`: " + why, where,
                hint);
  };
  for (std::size_t other = 0; other < request_types; ++other) {
    if (other != own && text.starts_with(long_prefixes.at(other))) {
      refuse("it begins with the prefix `" + std::string(long_prefixes.at(other)) + "`",
             "write `" + std::string(long_prefix(type)) + "` before a name that begins so");
    }
  }
  std::string_view bare = text;
  if (bare.starts_with(long_prefixes.at(own))) {
    bare.remove_prefix(long_prefixes.at(own).size());
  } else if (own < request_types && bare.starts_with(short_prefixes.at(own))) {
    bare.remove_prefix(short_prefixes.at(own).size());
  }
  if (bare.find('*') != std::string_view::npos) refuse("a request names one term, never a `*`");
  auto id = std::string(long_prefix(type)) + std::string(bare);
  if (const auto fault = id_fault(type, id, false)) refuse(*fault);
  return id;
}

std::optional<std::string> term_fault(TermType type, std::string_view id) {
  if (auto fault = prefix_fault(type, id)) return fault;
  if (id.find('*') != std::string_view::npos) return "a term has one id, never a `*`";
  return id_fault(type, id, false);
}

std::optional<std::string> pattern_fault(TermType type, std::string_view pattern) {
  if (auto fault = prefix_fault(type, pattern)) return fault;
  if (!pattern.ends_with('*')) return id_fault(type, pattern, false);
  const auto stem = pattern.substr(0, pattern.size() - 1);
  if (!stem.ends_with(':') && !stem.ends_with('/')) {
    return "`*` may only stand alone or at the end, right after `:` or `/`";
  }
  return id_fault(type, stem, true);
}

}  // namespace lexecon::policy
