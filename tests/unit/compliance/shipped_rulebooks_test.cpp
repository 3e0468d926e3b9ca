#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "chain/event_shapes.hpp"
#include "compliance/rulebook.hpp"

TEST_SUITE_BEGIN("compliance/shipped_rulebooks");

namespace lexecon::compliance {
namespace {

TEST_CASE("every rulebook that the program carries can be read, and names itself") {
  for (const auto& id : rulebook_ids()) {
    CAPTURE(id);
    const auto& book = rulebook(id);
    CHECK(book.id == id);
    CHECK(&rulebook(id) == &book);
    CHECK_FALSE(book.sources.empty());
    CHECK(book.checked_on >= book.version);
    CHECK(parse_date(book.version) <= parse_date("2026-11-21"));
    CHECK(book.find("no-such-demand") == nullptr);
    CHECK(std::is_sorted(book.kinds.begin(), book.kinds.end(),
                         [](const auto& left, const auto& right) { return left.id < right.id; }));
    for (const auto& each : book.demands) {
      CHECK(book.find(each.id) == &each);
      CHECK(each.dates.size() == book.versions.size());
      for (const auto& kind : each.kinds) CHECK(book.kind(kind) != nullptr);
    }
  }
}

TEST_CASE("each rulebook has as many demands as what it is of") {
  const std::map<std::string, std::size_t> expected{
      {"eu_ai_act", 208}, {"annex_iv", 26},    {"soc2", 61},  {"iso27001", 93},
      {"iso42001", 38},   {"gdpr", 47},        {"hipaa", 28}, {"pci_dss", 250},
      {"nist_csf", 106},  {"nist_ai_rmf", 72},
  };
  CHECK(expected.size() == rulebook_ids().size());
  for (const auto& each : expected) {
    CHECK_MESSAGE(rulebook(each.first).demands.size() == each.second, each.first);
  }
}

/// Everything that some demand of some rulebook names.
std::vector<EvidenceKind> named_kinds() {
  std::map<std::string, EvidenceKind> found;
  for (const auto& id : rulebook_ids()) {
    for (const auto& kind : rulebook(id).kinds) found.emplace(kind.id, kind);
  }
  std::vector<EvidenceKind> out;
  for (auto& [id, kind] : found) out.push_back(std::move(kind));
  return out;
}

TEST_CASE("entries that are evidence are of types that a ledger has") {
  std::set<std::string_view> known{"token.refused"};
  for (const auto& shape : chain::event_shapes()) known.insert(shape.event_type);
  // What statements, incidents and reports write.
  for (const char* type :
       {"profile.set", "compliance.remediated", "incident.recorded", "incident.updated",
        "incident.reported", "incident.closed", "report.made"}) {
    known.insert(type);
  }
  for (const auto& kind : named_kinds()) {
    for (const auto& match : kind.matches) {
      CAPTURE(kind.id);
      CHECK_MESSAGE(known.count(match.event_type) == 1, match.event_type);
    }
  }
}

TEST_CASE("nothing that a node has from its birth is evidence of anything") {
  // `init` writes these, the last two without a signature of an operator.
  const std::set<std::string> of_birth{"genesis", "key.added", "clock.accepted", "policy.activated",
                                       "operator.added"};
  const std::set<std::string> unsigned_ones{"policy.activated", "operator.added"};
  for (const auto& kind : named_kinds()) {
    for (const auto& match : kind.matches) {
      CAPTURE(kind.id);
      if (of_birth.count(match.event_type) == 0) continue;
      CHECK(unsigned_ones.count(match.event_type) == 1);
      CHECK(match.is_signed);
    }
  }
}

TEST_CASE("that a report was made is evidence of nothing") {
  for (const auto& kind : named_kinds()) {
    CAPTURE(kind.id);
    for (const auto& match : kind.matches) CHECK(match.event_type != "report.made");
  }
}

TEST_CASE("what ledgers show, they show by entries") {
  for (const auto& id : rulebook_ids()) {
    const auto& book = rulebook(id);
    for (const auto& each : book.demands) {
      if (each.reach != Reach::evidences) continue;
      CAPTURE(each.id);
      CHECK_FALSE(each.kinds.empty());
      CHECK(std::any_of(each.kinds.begin(), each.kinds.end(), [&](const std::string& kind) {
        return !book.kind(kind)->matches.empty();
      }));
    }
  }
}

}  // namespace
}  // namespace lexecon::compliance
