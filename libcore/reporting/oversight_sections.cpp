#include <algorithm>
#include <array>
#include <map>

#include "authority/operators.hpp"
#include "json/slices.hpp"
#include "registry/operators.hpp"
#include "reporting/facts.hpp"
#include "reporting/sections.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;
using compliance::EvidenceSet;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;

/// The five abilities of Art. 14(4), and the kinds of entries that show one in use.
struct Ability {
  std::string_view point;
  std::string_view is;
  std::string_view never_shown;
};
constexpr std::array abilities{
    Ability{"14(4)(a)", "understand its capacities and limits, monitor it, notice anomalies",
            "what somebody understood"},
    Ability{"14(4)(b)", "stay aware of automation bias", "what somebody was aware of"},
    Ability{"14(4)(c)", "interpret its output correctly", "how somebody read it"},
    Ability{"14(4)(d)", "decide not to use it, disregard, override or reverse its output",
            "output that was disregarded without telling the ledger"},
    Ability{"14(4)(e)", "intervene in it or stop it", "a stop by other means"},
};

/// Of an event, which ability it shows in use; empty for none, and where no person signed.
std::string_view ability_of(const Seen& seen) {
  if (!json::slice(seen.data, "approval").starts_with('{')) return {};
  const auto type = seen.entry.event_type;
  if (type == "escalation.acknowledged"sv || type == "escalation.assigned"sv ||
      type == "escalation.raised"sv) {
    return "14(4)(a)";
  }
  if (type == "escalation.resolved"sv) {
    return text_of(seen, "outcome") == "denied" ? "14(4)(d)"sv : "14(4)(a)"sv;
  }
  if (type == "override.created"sv) return "14(4)(d)";
  if (type == "oversight.stopped"sv || type == "oversight.resumed"sv ||
      type == "oversight.intervened"sv) {
    return "14(4)(e)";
  }
  return {};
}

class Abilities final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!counts(seen)) return;
    if (const auto point = ability_of(seen); !point.empty()) used_.add(point, seen);
    if (seen.entry.event_type == "decision"sv && seen.selected) decisions_.add("", seen);
    if (seen.entry.event_type == "override.created"sv) overrides_.add(text_of(seen, "type"), seen);
  }

  [[nodiscard]] Json tell(const Ground& /*ground*/, Book& book) override {
    auto section = new_section("abilities", "What people could do, as far as they did it");
    section["text"].push_back(
        "Article 14(4) lists abilities, not numbers. It names no rate of overrides and no time to "
        "answer: few "
        "overrides may mean good output, and very short answers may mean that nobody looked. What "
        "nobody signed, as a stop by a script, is not counted as of a person.");
    add_fact(section, "Decisions", decisions_.take(""), "decisions of the system", book);
    for (const auto& [type, set] : overrides_.take_all()) {
      add_fact(section, "Overrides: " + type, set, "overrides of the type " + type, book);
    }
    auto table = new_table({"ability", "is to", "what entries never show"});
    for (const auto& ability : abilities) {
      const auto set = used_.take(ability.point);
      add_row(table,
              {"Art. " + std::string(ability.point), std::string(ability.is),
               std::string(ability.never_shown)},
              set, "signed acts under Art. " + std::string(ability.point), book);
    }
    section["table"] = std::move(table);
    return section;
  }

 private:
  Tally used_;
  Tally decisions_;
  Tally overrides_;
};

/// How long a person took, as a label; in order.
constexpr std::array<std::pair<std::int64_t, std::string_view>, 6> waits{{
    {10 * second, "below 10 seconds"},
    {minute, "below 1 minute"},
    {10 * minute, "below 10 minutes"},
    {hour, "below 1 hour"},
    {24 * hour, "below 1 day"},
    {std::int64_t{1} << 62, "1 day or longer"},
}};

class ResponseTimes final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!seen.selected) return;
    const auto type = seen.entry.event_type;
    if (type == "escalation.created"sv) {
      open_.insert_or_assign(std::string(text_of(seen, "escalation_id")),
                             Opened{seen.entry.timestamp, {}});
      open_.find(text_of(seen, "escalation_id"))
          ->second.set.add(seen.entry.seq, seen.entry.timestamp, seen.hash);
      if (seen.in_period) tally_.add("opened", seen);
    } else if (type == "escalation.breached"sv && seen.in_period) {
      tally_.add("breached", seen);
    } else if (type == "escalation.resolved"sv) {
      resolve(seen);
    }
  }

  [[nodiscard]] Json tell(const Ground& /*ground*/, Book& book) override {
    auto section = new_section("response", "How soon people answered");
    section["text"].push_back(
        "From the entry that opened an escalation to the first that resolved it. No time is called "
        "good or bad.");
    add_fact(section, "Escalations opened", tally_.take("opened"), "escalations opened", book);
    const auto answered = tally_.take("answered");
    add_fact(section, "Escalations answered", answered, "first answers to escalations", book);
    add_fact(section, "Median answer", rank(5), answered, "first answers to escalations", book);
    add_fact(section, "Nine of ten within", rank(9), answered, "first answers to escalations",
             book);
    add_fact(section, "Breaches of an agreed time", tally_.take("breached"),
             "breaches of an agreed time", book);
    add_fact(section, "Open at the end", still_open(), "escalations that nobody had answered",
             book);
    std::vector<std::pair<std::string, EvidenceSet>> sets;
    for (const auto& [most, label] : waits) sets.emplace_back(label, tally_.take(label));
    section["figure"] = bars("Answers by the time they took", "answers", std::move(sets), book);
    return section;
  }

 private:
  struct Opened {
    Timestamp at;
    compliance::EvidenceGatherer set;
  };

  void resolve(const Seen& seen) {
    const auto opened = open_.find(text_of(seen, "escalation_id"));
    if (opened == open_.end()) return;
    const auto took =
        std::max<std::int64_t>(0, seen.entry.timestamp.micros - opened->second.at.micros);
    open_.erase(opened);
    if (!seen.in_period) return;
    times_.push_back(took);
    tally_.add("answered", seen);
    const auto* const wait = std::find_if(waits.begin(), waits.end(),
                                          [took](const auto& each) { return took < each.first; });
    tally_.add(wait->second, seen);
  }

  /// The time at or below which so many of ten lie.
  std::string rank(std::size_t of_ten) {
    if (times_.empty()) return "none";
    std::sort(times_.begin(), times_.end());
    return std::to_string(times_[(times_.size() * of_ten + 9) / 10 - 1] / second) + " s";
  }

  EvidenceSet still_open() {
    std::map<std::uint64_t, EvidenceSet> by_seq;
    for (auto& [id, opened] : open_) {
      auto set = opened.set.finish();
      by_seq.emplace(set.first->seq, set);
    }
    compliance::EvidenceGatherer all;
    for (const auto& [seq, set] : by_seq) all.add(seq, set.first->at, set.first->hash);
    return all.finish();
  }

  std::map<std::string, Opened, std::less<>> open_;
  std::vector<std::int64_t> times_;
  Tally tally_;
};

/// Who could sign at the end of the period, and what they did in it.
class Overseers final : public Section {
 public:
  void see(const Seen& seen) override {
    constexpr auto prefix = "operator:"sv;
    if (counts(seen) && seen.entry.actor.starts_with(prefix)) {
      acts_.add(seen.entry.actor.substr(prefix.size()), seen);
    }
  }

  [[nodiscard]] Json tell(const Ground& ground, Book& book) override {
    auto section = new_section("overseers", "Who oversees");
    section["text"].push_back(
        "Operators are people or desks whose key signs. Their competence, training and authority, "
        "which Articles "
        "14 and 26(2) ask for, are in no entry unless somebody declared them.");
    auto table = new_table({"operator", "role", "in force at the end"});
    const auto operators = registry::operators(ground.database);
    for (const auto& member : operators.all()) {
      if (member.as->added_seq >= ground.checkpoint.tree_size) continue;
      const bool revoked = member.revoked_seq && *member.revoked_seq < ground.checkpoint.tree_size;
      const auto set = acts_.take(member.as->id);
      add_row(table,
              {member.as->id, std::string(authority::to_string(member.as->role)),
               revoked ? "no, revoked" : "yes"},
              set, "acts of the operator " + member.as->id, book);
    }
    if (table.at("rows").empty()) {
      section["text"].push_back(
          "There is no operator: nothing in this log was signed by a person.");
    } else {
      section["table"] = std::move(table);
    }
    return section;
  }

 private:
  Tally acts_;
};

}  // namespace

std::unique_ptr<Section> oversight_abilities() { return std::make_unique<Abilities>(); }
std::unique_ptr<Section> response_times() { return std::make_unique<ResponseTimes>(); }
std::unique_ptr<Section> overseers() { return std::make_unique<Overseers>(); }

}  // namespace lexecon::reporting
