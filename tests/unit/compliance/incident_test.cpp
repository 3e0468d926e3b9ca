#include "compliance/incident.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"

using namespace lexecon;
using compliance::clock_of;
using compliance::Incidents;

namespace {

const std::string id = "inc_01JNX8A0000000000000000001";  // NOLINT(cert-err58-cpp)

/// The log of one incident: an entry a call, at the time that is set.
struct Log {
  void at(const std::string& text) { now = entry_time(text + ":00.000000Z").value(); }

  std::optional<std::string> take(const std::string& type, Json data) {
    chain::Entry entry;
    entry.event_type = type;
    entry.seq = ++seq;
    entry.timestamp = now;
    data["incident_id"] = id;
    entry.data = std::move(data);
    return incidents.take(entry);
  }
  std::optional<std::string> say(const std::string& type, const std::string& severity,
                                 const std::string& occurred_at, const std::string& aware_at) {
    return take(type, {{"aware_at", aware_at + ":00.000000Z"},
                       {"decisions", Json::array()},
                       {"link_established_at", nullptr},
                       {"occurred_at", occurred_at + ":00.000000Z"},
                       {"severity", severity},
                       {"system", "triage"}});
  }
  std::optional<std::string> tell(const std::string& to, const std::string& sort,
                                  const std::string& reported_at) {
    return take("incident.reported", {{"evidence_id", nullptr},
                                      {"report", sort},
                                      {"reported_at", reported_at + ":00.000000Z"},
                                      {"to", to}});
  }
  [[nodiscard]] const compliance::Incident& incident() const { return *incidents.find(id); }
  [[nodiscard]] compliance::Clock clock() const { return clock_of(incident(), now).value(); }

  Timestamp now;
  std::uint64_t seq = 0;
  Incidents incidents;
};

Log recorded(const std::string& severity) {
  Log log;
  log.at("2028-02-20T12:00");
  CHECK_FALSE(log.say("incident.recorded", severity, "2028-02-01T08:00", "2028-02-20T10:30"));
  return log;
}

}  // namespace

TEST_SUITE("compliance/incident") {
  TEST_CASE("every severity has the clock of its paragraph, counted from awareness") {
    struct Row {
      const char* severity;
      const char* provision;
      std::int32_t days;
      const char* due;
    };
    // 2028 is a leap year: February has 29 days.
    for (const auto& row :
         {Row{"death", "Art. 73(4)", 10, "2028-03-01T10:30:00.000000Z"},
          Row{"widespread", "Art. 73(3)", 2, "2028-02-22T10:30:00.000000Z"},
          Row{"infrastructure", "Art. 73(3)", 2, "2028-02-22T10:30:00.000000Z"},
          Row{"serious_harm", "Art. 73(2)", 15, "2028-03-06T10:30:00.000000Z"},
          Row{"fundamental_rights", "Art. 73(2)", 15, "2028-03-06T10:30:00.000000Z"},
          Row{"property_or_environment", "Art. 73(2)", 15, "2028-03-06T10:30:00.000000Z"}}) {
      CAPTURE(row.severity);
      const auto clock = recorded(row.severity).clock();
      CHECK(clock.provision == row.provision);
      CHECK(clock.days == row.days);
      CHECK(to_text(clock.due) == row.due);
      CHECK_FALSE(clock.met_at);
      CHECK_FALSE(clock.is_late);
    }
    CHECK_FALSE(clock_of(recorded("not_serious").incident(), Timestamp{}));
  }

  TEST_CASE("a clock is late once it has run out, and met by the first report to an authority") {
    auto log = recorded("infrastructure");
    log.at("2028-02-22T10:30");
    CHECK_FALSE(log.clock().is_late);
    log.now.micros += 1;
    CHECK(log.clock().is_late);
    CHECK_FALSE(log.tell("provider", "initial", "2028-02-21T09:00"));
    CHECK(log.clock().is_late);
    CHECK_FALSE(log.tell("authority", "complete", "2028-02-22T10:00"));
    CHECK_FALSE(log.tell("authority", "initial", "2028-02-21T10:00"));
    CHECK(to_text(log.clock().met_at.value()) == "2028-02-21T10:00:00.000000Z");
    CHECK_FALSE(log.clock().is_late);
    CHECK(log.incident().reports.size() == 3);
    CHECK(compliance::first_report(log.incident(), "importer") == nullptr);
  }

  TEST_CASE("a report that came too late stays late") {
    auto log = recorded("widespread");
    log.at("2028-02-25T00:00");
    CHECK_FALSE(log.tell("authority", "initial", "2028-02-22T10:31"));
    CHECK(log.clock().is_late);
  }

  TEST_CASE("an update is what counts, and does not hide what was recorded first") {
    auto log = recorded("serious_harm");
    log.at("2028-02-23T12:00");
    CHECK_FALSE(log.say("incident.updated", "death", "2028-02-02T08:00", "2028-02-22T10:30"));
    const auto& incident = log.incident();
    CHECK(incident.severity == "death");
    CHECK(incident.seq == 2);
    CHECK(incident.first_seq == 1);
    CHECK(to_text(incident.aware_at) == "2028-02-22T10:30:00.000000Z");
    CHECK(to_text(incident.first_aware_at) == "2028-02-20T10:30:00.000000Z");
    CHECK(incident.entries == std::vector<std::uint64_t>{1, 2});
    CHECK(to_text(log.clock().due) == "2028-03-03T10:30:00.000000Z");
  }

  TEST_CASE("it is closed once, until an update opens it again") {
    auto log = recorded("death");
    CHECK_FALSE(log.take("incident.closed", {{"reason", "mended"}}));
    CHECK(log.incident().closed_for == "mended");
    CHECK(log.take("incident.closed", {{"reason", "again"}}) == "`" + id + "` was closed before");
    CHECK(log.incident().entries.size() == 2);
    CHECK_FALSE(log.say("incident.updated", "death", "2028-02-01T08:00", "2028-02-20T10:30"));
    CHECK_FALSE(log.incident().closed_at);
    CHECK_FALSE(log.take("incident.closed", {{"reason", "again"}}));
  }

  TEST_CASE("what cannot be is a fault, and changes nothing") {
    auto log = recorded("death");
    CHECK(log.say("incident.recorded", "death", "2028-02-01T08:00", "2028-02-20T10:30"));
    CHECK(log.say("incident.updated", "death", "2028-02-01T08:00", "2028-02-20T12:01"));
    CHECK(log.tell("authority", "initial", "2028-02-20T12:01"));
    CHECK(log.tell("authority", "initial", "2028-02-01T07:59"));
    CHECK(log.incident().entries.size() == 1);
    CHECK(log.incident().reports.empty());
    CHECK(to_text(log.incident().aware_at) == "2028-02-20T10:30:00.000000Z");
    Log empty;
    for (const char* type : {"incident.updated", "incident.reported", "incident.closed"}) {
      CHECK(empty.take(type, Json::object()) == "the incident `" + id + "` was never recorded");
    }
    CHECK_FALSE(empty.take("hold.placed", Json::object()));
    CHECK(empty.incidents.all().empty());
  }
}
