#include <algorithm>
#include <map>

#include "base/date.hpp"
#include "chain/entry.hpp"
#include "decision/retention.hpp"
#include "json/parse.hpp"
#include "json/slices.hpp"
#include "reporting/facts.hpp"
#include "reporting/sections.hpp"
#include "reporting/set_in_force.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;
using compliance::EvidenceSet;

/// Arts. 19(1), 26(6): by the calendar, not 180 days.
constexpr std::int32_t months_of_logs = 6;

class LoggedEvents final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!counts(seen)) return;
    all_.add("", seen);
    types_.add(seen.entry.event_type, seen);
  }

  [[nodiscard]] Json tell(const Ground& /*ground*/, Book& book) override {
    auto section = new_section("events", "What was logged by itself");
    section["text"].push_back(
        "Each entry was written by the program in the transaction of what it records, before the "
        "answer was "
        "given. What an agent did without asking is in no entry.");
    add_fact(section, "Entries about the system, and about all systems", all_.take(""),
             "entries of the period about the system or about all systems", book);
    auto table = new_table({"event"});
    for (const auto& [type, set] : types_.take_all()) {
      add_row(table, {type}, set, "entries " + type, book);
    }
    section["table"] = std::move(table);
    return section;
  }

 private:
  Tally all_;
  Tally types_;
};

/// What a class keeps, held against six calendar months from any day.
std::string against_six_months(const decision::RetentionClass& rule) {
  if (rule.from) return "counts from a date, not from the event";
  const bool shorter = rule.keep.months == 0
                           ? rule.keep.micros < std::int64_t{184} * 86'400 * 1'000'000
                           : rule.keep.months < months_of_logs;
  if (!shorter) return rule.is_floor ? "kept at least six months" : "six months or longer";
  return rule.erases ? "may be erased before six months are over" : "shorter than six months";
}

class KeptLogs final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!seen.selected || seen.entry.event_type != "decision"sv) return;
    ever_.add("", seen);
  }

  [[nodiscard]] Json tell(const Ground& ground, Book& book) override {
    auto section = new_section("kept", "How long logs are kept");
    section["text"].push_back(
        "Articles 19(1) and 26(6) ask for at least six months, counted here by the calendar from "
        "each event, "
        "for high-risk systems. Law on the protection of personal data may ask for less.");
    const auto ever = ever_.take("");
    add_fact(section, "Decisions of the system on record, of any time", ever,
             "decisions of the system since the log began", book);
    section["text"].push_back(span_of(ever, ground));
    add_classes(section, ground);
    return section;
  }

 private:
  static std::string span_of(const EvidenceSet& ever, const Ground& ground) {
    const auto back = plus_months(ground.wish.as_of, -months_of_logs);
    if (!ever.first)
      return "No decision of the system is on record, so nothing shows how long its log is.";
    const auto first =
        "The first decision of the system on record is of " + to_text(date_of(ever.first->at));
    if (date_of(ever.first->at) > back) {
      return first + ", after " + to_text(back) +
             ": six months are not over for any that is here, and nothing can show that they are "
             "kept.";
    }
    return first + ". On " + to_text(ground.wish.as_of) + " six months are over for those up to " +
           to_text(back) + "; whether each of them is still here, this does not show.";
  }

  static void add_classes(Json& section, const Ground& ground) {
    const auto set = set_in_force(ground);
    const auto* const rules = set ? &set->rules : nullptr;
    if (rules == nullptr || rules->classes.empty()) {
      section["text"].push_back(
          "The set in force has no class of retention: nothing expires by itself, and nothing "
          "forbids an "
          "operator to erase sealed content.");
      return;
    }
    auto table = new_table({"class", "keeps", "basis", "law", "beside six months"});
    for (const auto& rule : rules->classes) {
      add_row(table, {rule.name, rule.keep_text, rule.basis, rule.law, against_six_months(rule)},
              set->seq);
    }
    section["table"] = std::move(table);
  }

  Tally ever_;
};

/// What was erased or moved away, and how old it was.
class ErasedLogs final : public Section {
 public:
  void see(const Seen& seen) override {
    if (seen.selected && seen.entry.event_type == "decision"sv) {
      decisions_.emplace_back(seen.entry.seq, seen.entry.timestamp);
    }
    if (!seen.in_period) return;
    if (seen.entry.event_type == "sealed.erased"sv) {
      erasures_.push_back(
          {seen.entry.seq, seen.entry.timestamp, std::string(text_of(seen, "legal_basis")),
           json::parse(json::slice(seen.data, "seqs")).get<std::vector<std::uint64_t>>()});
    } else if (seen.entry.event_type == "ledger.archived"sv) {
      archives_.add("", seen);
    } else if (seen.entry.event_type == "clock.accepted"sv) {
      clocks_.add("", seen);
    }
  }

  [[nodiscard]] Json tell(const Ground& /*ground*/, Book& book) override {
    auto section = new_section("erased", "What of the logs is gone, and what stays");
    section["text"].push_back(
        "An erasure takes the sealed request of a decision, that is what was asked in its own "
        "words; the entry "
        "with actor, action, outcome, rules and time stays, and so does the chain.");
    add_fact(section, "Archives: times that entries were moved into a package", archives_.take(""),
             "entries that moved others into a package", book);
    add_fact(section, "Clock found behind the log, and accepted", clocks_.take(""),
             "entries that accepted a clock behind the log", book);
    auto table = new_table(
        {"erased on", "legal basis", "decisions of the system", "younger than six months"});
    for (const auto& erasure : erasures_) {
      const auto [all, young] = of_system(erasure);
      add_row(
          table,
          {to_text(date_of(erasure.at)), erasure.basis, std::to_string(all), std::to_string(young)},
          erasure.seq);
    }
    section["table"] = std::move(table);
    return section;
  }

 private:
  struct Erasure {
    std::uint64_t seq;
    Timestamp at;
    std::string basis;
    std::vector<std::uint64_t> seqs;
  };

  [[nodiscard]] std::pair<std::size_t, std::size_t> of_system(const Erasure& erasure) const {
    std::pair<std::size_t, std::size_t> out;
    for (const auto seq : erasure.seqs) {
      const auto found =
          std::lower_bound(decisions_.begin(), decisions_.end(), seq,
                           [](const auto& each, auto wanted) { return each.first < wanted; });
      if (found == decisions_.end() || found->first != seq) continue;
      ++out.first;
      if (plus_months(date_of(found->second), months_of_logs) > date_of(erasure.at)) ++out.second;
    }
    return out;
  }

  std::vector<std::pair<std::uint64_t, Timestamp>> decisions_;
  std::vector<Erasure> erasures_;
  Tally archives_;
  Tally clocks_;
};

}  // namespace

std::unique_ptr<Section> logged_events() { return std::make_unique<LoggedEvents>(); }
std::unique_ptr<Section> kept_logs() { return std::make_unique<KeptLogs>(); }
std::unique_ptr<Section> erased_logs() { return std::make_unique<ErasedLogs>(); }

}  // namespace lexecon::reporting
