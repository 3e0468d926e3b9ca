#include <algorithm>
#include <string>
#include <vector>

#include "authority/custody.hpp"
#include "base/error.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "oversight/incidents.hpp"
#include "reporting/facts.hpp"
#include "reporting/sections.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;
using compliance::Clock;
using compliance::EvidenceGatherer;
using compliance::Incident;

std::string time_text(const std::optional<Timestamp>& at, const char* none) {
  return at ? to_text(*at) : std::string(none);
}

void add(EvidenceGatherer& set, const Ground& ground, std::uint64_t seq) {
  const auto stored = ledger::read_entry(ground.database, seq);
  if (!stored) throw Error(ErrorCode::integrity, "an entry is missing", chain::entry_id(seq));
  set.add(seq, stored->entry.timestamp, stored->hash);
}

Timestamp time_of(const Ground& ground, std::uint64_t seq) {
  const auto stored = ledger::read_entry(ground.database, seq);
  if (!stored) throw Error(ErrorCode::integrity, "an entry is missing", chain::entry_id(seq));
  return stored->entry.timestamp;
}

/// Recorded by the end of the period, and still open in it or recorded, reported, closed in it.
bool is_of_period(const Ground& ground, const Incident& incident) {
  if (time_of(ground, incident.first_seq) >= ground.end) return false;
  return !incident.closed_at || *incident.closed_at >= start_of(ground.wish.from);
}

/// Of the system, or all; the one that was asked for.
std::vector<const Incident*> incidents_of(const Ground& ground) {
  std::vector<const Incident*> out;
  if (const auto& asked = ground.wish.incident) {
    const auto* const found = ground.incidents.find(*asked);
    if (found != nullptr) return {found};
    throw Error(ErrorCode::not_found, "there is no incident `" + *asked + "`", {},
                "lexecon incident list shows them");
  }
  for (const auto& incident : ground.incidents.all()) {
    const bool is_of_system =
        ground.profile == nullptr || incident.system == ground.profile->system;
    if (is_of_system && is_of_period(ground, incident)) out.push_back(&incident);
  }
  return out;
}

std::string clock_text(const Clock& clock) {
  if (clock.met_at) return clock.is_late ? "reported after it was due" : "reported in time";
  return clock.is_late ? "over, and no report on record" : "running, and no report on record";
}

/// The three times of each incident, and its clock.
class IncidentClocks final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& book) override {
    auto section = new_section("incidents", "Incidents and their clocks");
    section["text"] = {
        "Every clock of Article 73 runs from awareness, not from the event and not from finding "
        "the "
        "cause. The authority is told immediately; the days are the outer limit: 10 of a death, 2 "
        "of a "
        "widespread infringement or a disruption of critical infrastructure, 15 of any other "
        "serious "
        "incident.",
        "Whether an incident is serious is what people recorded. Incidents that nobody recorded "
        "are "
        "in no ledger."};
    const auto incidents = incidents_of(ground);
    EvidenceGatherer recorded;
    auto table =
        new_table({"incident", "severity", "state", "occurred", "aware", "link established",
                   "clock", "authority told by", "authority told", "so the clock is"});
    for (const auto* const incident : incidents) {
      add(recorded, ground, incident->first_seq);
      add_row(table, cells_of(*incident, ground.end), incident->seq);
      add_moved(section, *incident);
      if (ground.wish.sealed) add_text(section, ground, *incident);
    }
    add_fact(section, "Incidents", recorded.finish(), "incidents on record", book);
    if (incidents.empty()) {
      section["text"].push_back("No incident is on record for this system and period.");
    } else {
      section["table"] = std::move(table);
    }
    return section;
  }

 private:
  static std::vector<std::string> cells_of(const Incident& incident, Timestamp end) {
    const auto clock = compliance::clock_of(incident, end);
    std::vector<std::string> out{incident.id,
                                 incident.severity,
                                 incident.closed_at ? "closed" : "open",
                                 to_text(incident.occurred_at),
                                 to_text(incident.aware_at),
                                 time_text(incident.link_established_at, "not on record")};
    if (clock) {
      out.insert(out.end(), {clock->provision + ", " + std::to_string(clock->days) + " days",
                             to_text(clock->due), time_text(clock->met_at, "not on record"),
                             clock_text(*clock)});
    } else {
      out.insert(out.end(), {"none: recorded as not serious", "-", "-", "-"});
    }
    return out;
  }

  /// A clock that was moved is told beside where it stands now.
  static void add_moved(Json& section, const Incident& incident) {
    if (incident.first_aware_at == incident.aware_at) return;
    add_fact(section, "Awareness of " + incident.id + ", as it was recorded first",
             to_text(incident.first_aware_at), incident.first_seq);
  }

  static void add_text(Json& section, const Ground& ground, const Incident& incident) {
    const auto text = oversight::text_of(ground.database, incident);
    if (text.title) add_fact(section, "Title of " + incident.id, *text.title, incident.first_seq);
    if (text.description) {
      add_fact(section, "Description of " + incident.id, *text.description, incident.first_seq);
    }
    if (text.erased) {
      add_fact(section, "Text of " + incident.id, "some of it was erased", incident.first_seq);
    }
  }
};

/// Who was told, in the order of the times that were recorded.
class IncidentReports final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& book) override {
    auto section = new_section("incident_reports", "Who was told");
    section["text"].push_back(
        "A deployer tells the provider first, then the importer or distributor and the authority "
        "(Art. 26(5)); where the provider cannot be reached, Article 73 binds the deployer as it "
        "does "
        "the provider. A report may come incomplete first, and complete later (Art. 73(5)).");
    EvidenceGatherer reported;
    auto table = new_table({"incident", "to", "report", "reported", "report as evidence"});
    std::vector<std::uint64_t> seqs;
    for (const auto* const incident : incidents_of(ground)) {
      add_order(section, *incident);
      for (const auto& report : in_order(*incident)) {
        seqs.push_back(report.seq);
        add_row(table,
                {incident->id, report.to, report.sort, to_text(report.reported_at),
                 report.evidence_id.value_or("not on record")},
                report.seq);
      }
    }
    std::sort(seqs.begin(), seqs.end());
    for (const auto seq : seqs) add(reported, ground, seq);
    add_fact(section, "Reports", reported.finish(), "reports of incidents", book);
    if (!seqs.empty()) section["table"] = std::move(table);
    return section;
  }

 private:
  static std::vector<compliance::IncidentReport> in_order(const Incident& incident) {
    auto out = incident.reports;
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.reported_at < b.reported_at; });
    return out;
  }

  static void add_order(Json& section, const Incident& incident) {
    const auto* const provider = compliance::first_report(incident, "provider");
    const auto* const authority = compliance::first_report(incident, "authority");
    if (authority == nullptr) return;
    if (provider == nullptr) {
      add_fact(section, "Provider told of " + incident.id, "no report on record", incident.seq);
    } else if (provider->reported_at > authority->reported_at) {
      add_fact(section, "Provider told of " + incident.id, "after the authority", provider->seq);
    }
  }
};

/// Art. 73(6): what changed after somebody knew, and what keeps the records.
class IncidentCustody final : public Section {
 public:
  void see(const Seen& seen) override {
    const auto type = seen.entry.event_type;
    if (type == "hold.placed"sv || type == "hold.released"sv) {
      const auto entry = chain::parse_entry(seen.bytes);
      if (const auto fault = custody_.take(entry, seen.hash)) {
        throw Error(ErrorCode::integrity, *fault, chain::entry_id(entry.seq),
                    "run lexecon ledger verify");
      }
    }
    const bool alters = type == "policy.activated"sv || type == "model.approved"sv ||
                        type == "prompt.approved"sv || type == "override.enacted"sv;
    if (alters && (seen.selected || seen.node_wide)) {
      changes_.push_back({seen.entry.seq, seen.entry.timestamp, seen.hash, std::string(type)});
    }
  }

  [[nodiscard]] Json tell(const Ground& ground, Book& book) override {
    auto section = new_section("article_73_6", "Whether the system was altered, and what is held");
    section["text"].push_back(
        "Before the authority is told, the system is not altered in a way that may affect a later "
        "evaluation of the causes (Art. 73(6)). Listed are changes on record after awareness; "
        "whether one of them affects an evaluation is for people to say.");
    auto table = new_table({"incident", "change", "when", "authority told before"});
    for (const auto* const incident : incidents_of(ground)) {
      add_changes(section, table, *incident, ground, book);
      add_holds(section, *incident, ground, book);
    }
    if (!table.at("rows").empty()) section["table"] = std::move(table);
    return section;
  }

 private:
  struct Change {
    std::uint64_t seq = 0;
    Timestamp at;
    Hash hash;
    std::string type;
  };

  void add_changes(Json& section, Json& table, const Incident& incident, const Ground& ground,
                   Book& book) const {
    const auto* const told = compliance::first_report(incident, "authority");
    EvidenceGatherer after;
    for (const auto& change : changes_) {
      if (change.at < incident.aware_at || change.at >= ground.end) continue;
      after.add(change.seq, change.at, change.hash);
      const bool was_told = told != nullptr && told->reported_at <= change.at;
      add_row(table, {incident.id, change.type, to_text(change.at), was_told ? "yes" : "no"},
              change.seq);
    }
    add_fact(section, "Changes after awareness of " + incident.id, after.finish(),
             "changes after awareness of " + incident.id, book);
  }

  void add_holds(Json& section, const Incident& incident, const Ground& ground, Book& book) const {
    std::vector<std::uint64_t> holds;
    std::size_t held = 0;
    for (const auto& id : incident.decisions) {
      const auto seq = oversight::find_decision(ground.database, id);
      const auto* const hold = seq ? custody_.hold_on(*seq) : nullptr;
      if (hold == nullptr) continue;
      ++held;
      holds.push_back(hold->seq);
    }
    std::sort(holds.begin(), holds.end());
    holds.erase(std::unique(holds.begin(), holds.end()), holds.end());
    EvidenceGatherer set;
    for (const auto seq : holds) add(set, ground, seq);
    add_fact(section, "Decisions of " + incident.id + " under a hold",
             std::to_string(held) + " of " + std::to_string(incident.decisions.size()),
             set.finish(), "holds on decisions of " + incident.id, book);
  }

  authority::Custody custody_;
  std::vector<Change> changes_;
};

}  // namespace

std::unique_ptr<Section> incident_clocks() { return std::make_unique<IncidentClocks>(); }
std::unique_ptr<Section> incident_reports() { return std::make_unique<IncidentReports>(); }
std::unique_ptr<Section> incident_custody() { return std::make_unique<IncidentCustody>(); }

}  // namespace lexecon::reporting
