// The sections that there are.
//
// Source   lexecon-report(5), Sections
#pragma once

#include <memory>

#include "reporting/section.hpp"

namespace lexecon::reporting {

/// What was decided: outcomes, and how risky it was.
[[nodiscard]] std::unique_ptr<Section> outcomes();
[[nodiscard]] std::unique_ptr<Section> risk_levels();
/// What is logged, since when, and whether six months of it are there: Arts. 12, 19(1), 26(6).
[[nodiscard]] std::unique_ptr<Section> logged_events();
[[nodiscard]] std::unique_ptr<Section> kept_logs();
[[nodiscard]] std::unique_ptr<Section> erased_logs();
/// Who may oversee, what they did, and how soon: Arts. 14, 26(2).
[[nodiscard]] std::unique_ptr<Section> oversight_abilities();
[[nodiscard]] std::unique_ptr<Section> response_times();
[[nodiscard]] std::unique_ptr<Section> overseers();
/// What became different, and who approved it: Annex IV, point 6; Art. 25(1).
[[nodiscard]] std::unique_ptr<Section> changes();
/// Which controls of a framework apply, and who left out which: ISO/IEC 27001:2022, 6.1.3 d).
[[nodiscard]] std::unique_ptr<Section> statement_of_applicability();
/// Of Annex IV, what is not on record: `--complete` asks whether there is any. It is asked of whoever makes the
/// dossier, whether or not Article 11 binds the system.
[[nodiscard]] std::unique_ptr<Section> to_complete();
/// Whether something is on record of every kind that the row asks for.
[[nodiscard]] bool is_whole(const Json& row);
/// Where data goes, by the set in force and as it was seen.
[[nodiscard]] std::unique_ptr<Section> data_flow();
/// From an article to the relations that name it, the decisions that they made, and the evidence for it.
[[nodiscard]] std::unique_ptr<Section> traceability();
/// Incidents, whom they were reported to, and whether the system was altered after them: Art. 73.
[[nodiscard]] std::unique_ptr<Section> incident_clocks();
[[nodiscard]] std::unique_ptr<Section> incident_reports();
[[nodiscard]] std::unique_ptr<Section> incident_custody();
/// One decision, explained to whom it concerns: Art. 86.
[[nodiscard]] std::unique_ptr<Section> what_was_decided();
[[nodiscard]] std::unique_ptr<Section> rules_that_decided();
[[nodiscard]] std::unique_ptr<Section> main_factors();
[[nodiscard]] std::unique_ptr<Section> people_and_machine(const Wish& wish);
[[nodiscard]] std::unique_ptr<Section> how_to_contest();

}  // namespace lexecon::reporting
