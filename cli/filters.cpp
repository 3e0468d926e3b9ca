#include "filters.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "policy/term.hpp"

namespace lexecon::cli {
namespace {

/// Actors of agents may be typed short; operators and the node have prefixes of their own.
std::string actor_id(const std::string& typed) {
  if (typed.starts_with("operator:") || typed.starts_with("node:")) return typed;
  return policy::request_term(policy::TermType::actor, typed, "--actor");
}

/// A slip must not look like an answer of nothing.
std::optional<std::string> shaped(const Arguments& given, std::string_view name,
                                  bool (*is_shaped)(std::string_view), const char* expected) {
  auto typed = given.text(name);
  if (typed && !is_shaped(*typed)) {
    throw Error(ErrorCode::bad_input,
                "expected " + std::string(expected) + ", seen `" + *typed + "`", std::string(name));
  }
  return typed;
}

[[noreturn]] void refuse_time(std::string_view name, const std::string& typed,
                              const std::string& direction) {
  throw Error(ErrorCode::usage,
              "expected a time or a span for `" + std::string(name) + "`, seen `" + typed + "`", {},
              "2026-01-31T12:00:00Z, or 90s 5m 12h 30d 2w 6mo 1y " + direction + " from now");
}

bool is_decision_id(std::string_view text) { return is_prefixed_ulid(text, "dec_"); }

}  // namespace

Window window_of(const Arguments& given, Timestamp now) {
  const auto limit = given.integer("--limit", 1, std::numeric_limits<std::int64_t>::max());
  return {.from = time_option(given, "--from", now),
          .to = time_option(given, "--to", now),
          .limit = limit ? std::optional(static_cast<std::uint64_t>(*limit)) : std::nullopt,
          .reverse = given.has("--reverse")};
}

std::vector<Option> with_window(std::vector<Option> own) {
  const std::initializer_list<Option> window{
      {"--from", "TIME", "From this time on: RFC 3339, or a span back from now as in 30d"},
      {"--to", "TIME", "Before this time"},
      {"--limit", "N", "At most so many"},
      {"--reverse", "", "The newest first"},
  };
  own.insert(own.end(), window);
  return own;
}

std::vector<Option> with_tenant(std::vector<Option> own) {
  own.push_back({"--tenant", "ID", "Only if it belongs to this tenant"});
  return own;
}

std::vector<Option> with_filters(std::vector<Option> own) {
  const std::initializer_list<Option> filters{
      {"--type", "TYPE", "Only entries of this type"},
      {"--decision", "ID", "Only what belongs to this decision"},
      {"--actor", "ID", "Only entries of this actor"},
      {"--outcome", "OUTCOME", "Only decisions that ended so", false,
       "approved|conditional|escalated|denied"},
      {"--tenant", "ID", "Only decisions for this tenant"},
  };
  own.insert(own.end(), filters);
  return with_window(std::move(own));
}

std::optional<Timestamp> time_option(const Arguments& given, std::string_view name, Timestamp now) {
  const auto typed = given.text(name);
  if (!typed) return std::nullopt;
  if (const auto at = parse_time(*typed)) return at;
  if (const auto span = parse_span(*typed)) {
    const auto at = now + Span{.months = -span->months, .micros = -span->micros};
    return Timestamp{std::max<std::int64_t>(at.micros, 0)};
  }
  refuse_time(name, *typed, "back");
}

std::optional<Timestamp> time_to_come(const Arguments& given, std::string_view name,
                                      Timestamp now) {
  const auto typed = given.text(name);
  if (!typed) return std::nullopt;
  if (const auto at = parse_time(*typed)) return at;
  if (const auto span = parse_span(*typed)) return now + *span;
  refuse_time(name, *typed, "on");
}

std::optional<Span> due_within(const Arguments& given) {
  const auto typed = given.text("--within");
  if (!typed) return given.has("--due") ? std::optional(Span{}) : std::nullopt;
  if (!given.has("--due")) throw Error(ErrorCode::usage, "expected --due beside --within");
  if (const auto span = parse_span(*typed)) return span;
  throw Error(ErrorCode::usage, "expected a span for `--within`, seen `" + *typed + "`", {},
              "as in 12h, 30d or 6mo");
}

ledger::EntryFilter entry_filter(const Arguments& given, Timestamp now) {
  const auto actor = given.text("--actor");
  ledger::EntryFilter filter;
  put_window(filter, given, now);
  filter.event_type = shaped(given, "--type", is_event_type, "a type as in token.used");
  filter.decision_id = shaped(given, "--decision", is_decision_id, "dec_ and a ULID");
  filter.tenant = given.text("--tenant");
  filter.outcome = given.text("--outcome");
  if (actor) filter.actor = actor_id(*actor);
  return filter;
}

std::vector<Option> with_decision_filters(const std::vector<Option>& own) {
  const std::initializer_list<Option> filters{
      {"--actor", "ID", "Only decisions for this actor"},
      {"--outcome", "OUTCOME", "Only decisions that ended so", false,
       "approved|conditional|escalated|denied"},
      {"--tenant", "ID", "Only decisions for this tenant"},
  };
  auto out = with_window(filters);
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

std::optional<std::string> requesting_actor(const Arguments& given) {
  const auto typed = given.text("--actor");
  if (!typed) return std::nullopt;
  return policy::request_term(policy::TermType::actor, *typed, "--actor");
}

oversight::DecisionFilter decision_filter(const Arguments& given, Timestamp now) {
  oversight::DecisionFilter filter;
  put_window(filter, given, now);
  filter.actor = requesting_actor(given);
  filter.outcome = given.text("--outcome");
  filter.tenant = given.text("--tenant");
  return filter;
}

}  // namespace lexecon::cli
