// lexecon ledger watch: each new entry, as soon as a signed root covers it.
#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_text.hpp"
#include "filters.hpp"
#include "interrupts.hpp"
#include "json/json.hpp"
#include "ledger/follow.hpp"
#include "request_arguments.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto pause = std::chrono::milliseconds(200);
constexpr std::array<std::string_view, 4> levels{"low", "medium", "high", "critical"};

/// Where the level stands among the four; nothing for one that was not scored.
std::optional<std::size_t> level_rank(std::string_view level) {
  const auto* const found = std::find(levels.begin(), levels.end(), level);
  if (found == levels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - levels.begin());
}

std::optional<std::size_t> rank_of(const Json& data) {
  const auto risk = data.find("risk");
  if (risk == data.end() || !risk->is_object()) return std::nullopt;
  return level_rank(risk->value("level", ""));
}

struct Wanted {
  ledger::EntryFilter filter;
  std::uint64_t from_seq = 0;
  std::optional<std::size_t> min_rank;
  bool jsonl = false;

  [[nodiscard]] bool takes(const chain::Entry& entry) const {
    return entry.seq >= from_seq && ledger::passes(entry, filter) &&
           (!min_rank || rank_of(entry.data) >= min_rank);
  }
  /// A token that is issued later belongs to its decision too.
  void learn(const chain::Entry& entry) {
    const auto token = entry.data.find("token");
    if (!filter.decision_id || token == entry.data.end() || !token->is_object()) return;
    filter.jtis.push_back(token->value("jti", ""));
  }
};

Wanted wanted_by(const Arguments& given, Context& context, const service::Node& node) {
  auto database = service::open_ledger(node);
  Wanted wanted{
      .filter = with_tokens(entry_filter(given, context.session().now), database),
      .from_seq = 0,
      .min_rank = std::nullopt,
      .jsonl = given.text("--format").value_or(context.wants_json() ? "jsonl" : "") == "jsonl"};
  if (const auto level = given.text("--min-level")) wanted.min_rank = level_rank(*level);
  return wanted;
}

/// The first entry of that time or later; behind the last one when there is none yet.
std::optional<std::uint64_t> first_seq(const Arguments& given, const service::Node& node,
                                       const ledger::EntryFilter& filter) {
  const auto typed = given.integer("--from-seq", 0, std::numeric_limits<std::int64_t>::max());
  if (typed && filter.from) {
    throw Error(ErrorCode::usage, "expected --from or --from-seq, seen both");
  }
  if (typed) return static_cast<std::uint64_t>(*typed);
  if (!filter.from) return std::nullopt;
  auto database = service::open_ledger(node);
  ledger::EntryFilter since;
  since.from = filter.from;
  since.limit = 1;
  std::optional<std::uint64_t> seq;
  ledger::each_entry(database, since,
                     [&seq](const ledger::StoredEntry& each) { seq = each.entry.seq; });
  return seq;
}

std::string line_of(const ledger::StoredEntry& each, bool jsonl) {
  if (jsonl) return each.bytes + "\n";
  const auto& entry = each.entry;
  return printable(std::to_string(entry.seq) + "  " + to_text(entry.timestamp) + "  " +
                   entry.event_type + "  " + entry.actor + "  " + subject(entry.data)) +
         "\n";
}

class Watch {
 public:
  Watch(const Context& context, Wanted wanted, std::optional<Clock::time_point> end)
      : context_(context), wanted_(std::move(wanted)), end_(end) {}

  /// Until it is told to end, the time is up, or it has printed what was asked for.
  void run(ledger::Follower& follower) {
    for (;;) {
      const auto found = follower.next();
      for (const auto& each : found) {
        if (is_done() || !print(each)) return;
      }
      if (is_done() || is_late()) return;
      const auto moment = found.empty() ? pause_left() : std::chrono::milliseconds(0);
      if (interrupts_.wait(moment)) return;
    }
  }

  /// Whether there was a number to print, and it was not reached.
  [[nodiscard]] bool fell_short() const { return wanted_.filter.limit && !is_done(); }

 private:
  [[nodiscard]] bool is_done() const { return printed_ == wanted_.filter.limit; }
  [[nodiscard]] bool is_late() const { return end_ && Clock::now() >= *end_; }

  [[nodiscard]] std::chrono::milliseconds pause_left() const {
    if (!end_) return pause;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*end_ - Clock::now());
    return std::clamp(left, std::chrono::milliseconds(0), pause);
  }

  /// False when nobody wants to read on.
  bool print(const ledger::StoredEntry& each) {
    if (!wanted_.takes(each.entry)) return true;
    if (interrupts_.wait_for_output()) return false;
    wanted_.learn(each.entry);
    context_.print_at_once(line_of(each, wanted_.jsonl));
    ++printed_;
    return true;
  }

  const Context& context_;
  Wanted wanted_;
  std::optional<Clock::time_point> end_;
  Interrupts interrupts_;
  std::uint64_t printed_ = 0;
};

ExitCode run(const Arguments& given, Context& context) {
  if (given.has("--pointer")) {
    throw Error(ErrorCode::usage, "a watch is many documents, --pointer is for one");
  }
  std::optional<Clock::time_point> end;
  if (const auto seconds = seconds_option(given, "--timeout")) {
    end = Clock::now() + std::chrono::seconds(*seconds);
  }
  const auto node = service::open_node(context.node());
  auto wanted = wanted_by(given, context, node);
  const auto from_seq = first_seq(given, node, wanted.filter);
  wanted.from_seq = from_seq.value_or(0);
  ledger::Follower follower(node.files, context.session().write.state_home, from_seq);
  Watch watch(context, wanted, end);
  watch.run(follower);
  return watch.fell_short() ? ExitCode::undecided : ExitCode::yes;
}

}  // namespace

const Command ledger_watch{
    .name = "ledger watch",
    .summary = "Print each new entry as soon as it is signed",
    .options = {{"--type", "TYPE", "Only entries of this type"},
                {"--decision", "ID", "Only what belongs to this decision"},
                {"--actor", "ID", "Only entries of this actor"},
                {"--outcome", "OUTCOME", "Only decisions that ended so", false,
                 "approved|conditional|escalated|denied"},
                {"--tenant", "ID", "Only decisions for this tenant"},
                {"--min-level", "LEVEL", "Only decisions of this risk or a higher one", false,
                 "low|medium|high|critical"},
                {"--from", "TIME", "Begin there: RFC 3339, or a span back from now as in 30d"},
                {"--from-seq", "N", "Begin with this entry instead of the next one"},
                {"--limit", "N", "End after so many"},
                {"--timeout", "SPAN", "End after this time"},
                {"--format", "FORMAT", "A line for people, or the stored bytes of one entry a line",
                 false, "table|jsonl"}},
    .examples = {"lexecon ledger watch --from-seq 0 --limit 3",
                 "lexecon ledger watch --type escalation.created --timeout 1s"},
    .run = run,
};

}  // namespace lexecon::cli
