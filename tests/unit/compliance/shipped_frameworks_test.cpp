#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "compliance/rulebook.hpp"

TEST_SUITE_BEGIN("compliance/shipped_frameworks");

namespace lexecon::compliance {
namespace {

const Demand& demand(const Rulebook& book, const std::string& id) {
  const auto* found = book.find(id);
  REQUIRE_MESSAGE(found != nullptr, id);
  return *found;
}

std::size_t beginning_with(const Rulebook& book, std::string_view prefix) {
  return static_cast<std::size_t>(
      std::count_if(book.demands.begin(), book.demands.end(),
                    [&](const Demand& each) { return each.id.starts_with(prefix); }));
}

TEST_CASE("the parts of a framework have as many controls as its publisher says") {
  CHECK(beginning_with(rulebook("soc2"), "CC") == 33);
  CHECK(beginning_with(rulebook("soc2"), "A1.") == 3);
  CHECK(beginning_with(rulebook("soc2"), "C1.") == 2);
  CHECK(beginning_with(rulebook("soc2"), "PI1.") == 5);
  CHECK(beginning_with(rulebook("iso27001"), "A.5.") == 37);
  CHECK(beginning_with(rulebook("iso27001"), "A.6.") == 8);
  CHECK(beginning_with(rulebook("iso27001"), "A.7.") == 14);
  CHECK(beginning_with(rulebook("iso27001"), "A.8.") == 34);
  const std::map<std::string, std::size_t> functions{{"GV.", 31}, {"ID.", 21}, {"PR.", 22},
                                                     {"DE.", 11}, {"RS.", 13}, {"RC.", 8}};
  for (const auto& [name, count] : functions) {
    CHECK(beginning_with(rulebook("nist_csf"), name) == count);
  }
  CHECK(beginning_with(rulebook("nist_ai_rmf"), "GOVERN-") == 19);
  CHECK(beginning_with(rulebook("nist_ai_rmf"), "MAP-") == 18);
  CHECK(beginning_with(rulebook("nist_ai_rmf"), "MEASURE-") == 22);
  CHECK(beginning_with(rulebook("nist_ai_rmf"), "MANAGE-") == 13);
}

TEST_CASE("every framework is whole: it has controls of which a ledger shows nothing") {
  for (const auto& id : rulebook_ids()) {
    const auto& book = rulebook(id);
    if (!book.versions.empty()) continue;
    CAPTURE(id);
    CHECK(book.denominator.find(std::to_string(book.demands.size())) != std::string::npos);
    CHECK(std::any_of(book.demands.begin(), book.demands.end(),
                      [](const Demand& each) { return each.strength.empty(); }));
    for (const auto& each : book.demands) CHECK(each.strength.empty() == each.kinds.empty());
  }
}

/// "CC5.3 CC6.1": controls that a kind is strong evidence of.
void check_strong(const std::string& kind, const std::string& id, const std::string& controls) {
  for (const auto& control : split(controls, ' ')) {
    const auto& found = demand(rulebook(id), control);
    CAPTURE(id);
    CAPTURE(control);
    CHECK(found.strength == "strong");
    CHECK_MESSAGE(std::find(found.kinds.begin(), found.kinds.end(), kind) != found.kinds.end(),
                  kind);
  }
}

TEST_CASE("what is strong evidence of a control is mapped to it") {
  struct Row {
    const char* kind;
    std::map<std::string, std::string> controls;
  };
  const auto rows = {
      Row{"policy_evaluation",
          {{"soc2", "CC5.3 CC6.1 CC6.3 CC8.1"},
           {"iso27001", "A.5.15 A.5.36 A.8.3 A.8.32"},
           {"iso42001", "A.6.2.5 A.9.2 A.9.4"},
           {"pci_dss", "7.3.2 7.3.3"},
           {"nist_csf", "GV.PO-01 GV.PO-02 PR.AA-05"},
           {"nist_ai_rmf", "GOVERN-1.4"}}},
      Row{"decision_record",
          {{"soc2", "CC5.3 CC6.1"},
           {"iso27001", "A.5.36 A.8.15"},
           {"iso42001", "A.6.2.6 A.6.2.8"},
           {"gdpr", "5.2 22"},
           {"hipaa", "164.312.b"},
           {"pci_dss", "10.2.1 10.2.2"},
           {"nist_csf", "GV.PO-02 PR.PS-04"},
           {"nist_ai_rmf", "MANAGE-4.1"}}},
      Row{"risk_assessment", {{"iso42001", "A.5.3"}}},
      Row{"escalation",
          {{"iso42001", "A.6.2.6"},
           {"gdpr", "22"},
           {"nist_csf", "RS.MA-04"},
           {"nist_ai_rmf", "GOVERN-3.2 MAP-3.5 MANAGE-4.1"}}},
      Row{"override",
          {{"iso27001", "A.5.3"},
           {"gdpr", "22"},
           {"nist_csf", "ID.RA-07"},
           {"nist_ai_rmf", "MAP-3.5 MANAGE-2.4 MANAGE-4.1"}}},
      Row{"evidence_artifact",
          {{"iso27001", "A.5.28"},
           {"iso42001", "A.5.3"},
           {"gdpr", "5.2"},
           {"hipaa", "164.316.b"},
           {"nist_csf", "RS.AN-06 RS.AN-07"}}},
      Row{"capability_token",
          {{"soc2", "CC6.1 CC6.3"},
           {"iso27001", "A.5.3 A.5.15 A.8.3"},
           {"iso42001", "A.9.4"},
           {"pci_dss", "7.2.5"},
           {"nist_csf", "PR.AA-05"},
           {"nist_ai_rmf", "MANAGE-2.4"}}},
      Row{"ledger_entry",
          {{"iso27001", "A.5.28 A.5.33 A.8.15"},
           {"iso42001", "A.6.2.8"},
           {"gdpr", "5.2"},
           {"hipaa", "164.312.b 164.312.c"},
           {"pci_dss", "10.2.1 10.3.2 10.3.4 10.5.1"},
           {"nist_csf", "PR.PS-04 RS.AN-06 RS.AN-07"},
           {"nist_ai_rmf", "GOVERN-1.4"}}},
      Row{"human_intervention",
          {{"soc2", "CC8.1"},
           {"iso27001", "A.5.3 A.8.32"},
           {"iso42001", "A.6.2.6 A.9.2"},
           {"gdpr", "22"},
           {"pci_dss", "7.2.3"},
           {"nist_ai_rmf", "GOVERN-3.2 MAP-3.5 MANAGE-1.1 MANAGE-2.4"}}},
      Row{"retention_hold",
          {{"iso27001", "A.5.28 A.5.33"},
           {"iso42001", "A.5.3"},
           {"gdpr", "5.1.e"},
           {"hipaa", "164.316.b"},
           {"pci_dss", "10.5.1"},
           {"nist_csf", "RS.AN-07"}}},
      Row{"model_prompt_approval",
          {{"soc2", "CC8.1"},
           {"iso27001", "A.8.32"},
           {"iso42001", "A.6.2.5"},
           {"nist_csf", "ID.RA-07"},
           {"nist_ai_rmf", "GOVERN-1.6 MANAGE-1.1"}}},
  };
  for (const auto& row : rows) {
    for (const auto& [id, controls] : row.controls) check_strong(row.kind, id, controls);
  }
}

TEST_CASE("controls have the ids of the editions that are named, not of earlier ones") {
  const auto& iso = rulebook("iso27001");
  for (const char* old : {"A.9.2.1", "A.12.4.1", "A.12.6.1", "A.16.1.4"})
    CHECK(iso.find(old) == nullptr);
  CHECK(demand(iso, "A.8.15").title == "Logging");
  CHECK(demand(iso, "A.8.17").title == "Clock synchronization");
  CHECK(demand(rulebook("soc2"), "CC7.2").title == "Monitor components for anomalies");
  CHECK(demand(rulebook("soc2"), "CC3.2").title == "Identify and analyse risks");
  const auto& override_kinds = demand(rulebook("soc2"), "CC6.8").kinds;
  CHECK(std::find(override_kinds.begin(), override_kinds.end(), "override") ==
        override_kinds.end());
  CHECK(rulebook("nist_csf").find("ID.AM-06") == nullptr);
  CHECK(rulebook("nist_csf").find("PR.AC-1") == nullptr);
}

}  // namespace
}  // namespace lexecon::compliance
