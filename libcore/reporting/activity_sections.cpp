#include <array>

#include "json/slices.hpp"
#include "reporting/facts.hpp"
#include "reporting/sections.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;

bool is_decision(const Seen& seen) {
  return seen.in_period && seen.selected && seen.entry.event_type == "decision"sv;
}

class Outcomes final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!seen.in_period || !seen.selected) return;
    if (seen.entry.event_type == "decision"sv) {
      all_.add("", seen);
      outcomes_.add(text_of(seen, "outcome"), seen);
      reasons_.add(text_of(seen, "reason_code"), seen);
    } else if (seen.entry.event_type == "override.created"sv) {
      overrides_.add("", seen);
    }
  }

  [[nodiscard]] Json tell(const Ground& /*ground*/, Book& book) override {
    auto section = new_section("outcomes", "What was decided");
    add_fact(section, "Decisions", all_.take(""), "decisions of the system", book);
    add_fact(section, "Overrides by people", overrides_.take(""), "overrides of decisions", book);
    std::vector<std::pair<std::string, compliance::EvidenceSet>> sets;
    for (const auto outcome : {"approved", "conditional", "escalated", "denied"}) {
      sets.emplace_back(outcome, outcomes_.take(outcome));
    }
    section["figure"] = bars("Decisions by outcome", "decisions", std::move(sets), book);
    auto table = new_table({"reason"});
    for (const auto& [reason, set] : reasons_.take_all()) {
      add_row(table, {reason}, set, "decisions with the reason " + reason, book);
    }
    section["table"] = std::move(table);
    return section;
  }

 private:
  Tally all_;
  Tally outcomes_;
  Tally reasons_;
  Tally overrides_;
};

class RiskLevels final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!is_decision(seen)) return;
    const auto level = json::unquoted(json::slice(json::slice(seen.data, "risk"), "level"));
    levels_.add(level.empty() ? "not scored"sv : level, seen);
  }

  [[nodiscard]] Json tell(const Ground& /*ground*/, Book& book) override {
    auto section = new_section("risk", "How risky it was");
    section["text"].push_back(
        "Levels are those of the risk model in force at each decision. They say nothing about "
        "whether the "
        "system is high-risk in the sense of Article 6, which is a property of the system.");
    std::vector<std::pair<std::string, compliance::EvidenceSet>> sets;
    for (const auto level : {"low", "medium", "high", "critical", "unknown", "not scored"}) {
      sets.emplace_back(level, levels_.take(level));
    }
    for (auto& other : levels_.take_all()) sets.push_back(std::move(other));
    section["figure"] = bars("Decisions by risk level", "decisions", std::move(sets), book);
    return section;
  }

 private:
  Tally levels_;
};

}  // namespace

std::unique_ptr<Section> outcomes() { return std::make_unique<Outcomes>(); }
std::unique_ptr<Section> risk_levels() { return std::make_unique<RiskLevels>(); }

}  // namespace lexecon::reporting
