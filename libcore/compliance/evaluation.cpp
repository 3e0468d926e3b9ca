#include "compliance/evaluation.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace lexecon::compliance {
namespace {

using State = EvidenceState;

/// Of the system, else of the whole node. What was declared after the period is no evidence of it, as with entries.
const Statement* declaration_of(const Demand& demand, const Record& record,
                                std::optional<std::string_view> kind) {
  const auto newest = [&](std::optional<std::string_view> system) {
    return record.statements.newest(StatementSort::declared, system, record.rulebook.id, demand.id,
                                    kind, start_of(plus_days(record.to, 1)));
  };
  const auto* const own = record.system ? newest(*record.system) : nullptr;
  return own != nullptr ? own : newest(std::nullopt);
}

bool is_document_kind(const EvidenceKind& kind) { return kind.matches.empty(); }

/// Whether a document of the demand can only be of that kind.
bool is_only_document_kind(const EvidenceKind& kind, const Demand& demand,
                           const Rulebook& rulebook) {
  return is_document_kind(kind) &&
         std::count_if(demand.kinds.begin(), demand.kinds.end(), [&](const std::string& id) {
           const auto* const each = rulebook.kind(id);
           return each != nullptr && is_document_kind(*each);
         }) == 1;
}

std::string age_of(const EvidenceMark& last, const Span& span) {
  const auto months = span.months;
  const auto days = span.micros / 86'400'000'000;
  std::string limit = std::to_string(days) + " days";
  if (months > 0) limit = std::to_string(months) + " months";
  return "last on " + to_text(date_of(last.at)) + ", more than " + limit + " before the end";
}

bool is_stale(const EvidenceKind& kind, const EvidenceSet& set, const Date& to) {
  return kind.stands && kind.stale_after && set.last &&
         set.last->at + *kind.stale_after < start_of(plus_days(to, 1));
}

bool has_document(const Statement& statement, const Record& record) {
  return statement.evidence_id && !record.found.erased.contains(*statement.evidence_id);
}

void declare(KindFinding& out, const Statement& statement, const Record& record) {
  out.statement = &statement;
  if (is_expired(statement, record.to)) {
    out.state = State::stale;
    out.detail = "declared until " + to_text(*statement.expires_on);
    return;
  }
  const bool has = has_document(statement, record);
  out.state = has ? State::external : State::declared;
  if (!has && statement.evidence_id) out.detail = "the document that it names was erased";
}

/// What speaks for a kind: entries, then a document, then a declaration of that kind.
KindFinding finding_of(const EvidenceKind& kind, const Demand& demand, const Record& record,
                       const EvidenceFinding& row) {
  KindFinding out;
  out.kind = &kind;
  const bool is_elsewhere = demand.reach == Reach::external;
  const bool is_asked = !is_elsewhere || names_demands(kind);
  const auto* const set = is_asked ? record.found.of(kind, demand.id) : nullptr;
  const bool has_entries = set != nullptr && set->count > 0;
  if (has_entries && !is_stale(kind, *set, record.to)) {
    // What was linked to a demand that is met elsewhere is a document of it.
    out.state = is_elsewhere ? State::external : State::present;
    out.entries = set;
    return out;
  }
  const auto* statement = declaration_of(demand, record, kind.id);
  if (statement == nullptr && kind.id == "declaration") statement = row.declaration;
  if (statement != nullptr) declare(out, *statement, record);
  if (out.state != State::external && row.documents != nullptr &&
      is_only_document_kind(kind, demand, record.rulebook)) {
    out = KindFinding{};
    out.kind = &kind;
    out.state = State::external;
    out.entries = row.documents;
  }
  if (out.state == State::none && has_entries) {
    out.state = State::stale;
    out.entries = set;
    out.detail = age_of(*set->last, *kind.stale_after);
  }
  return out;
}

/// How many kinds, and what speaks for the demand as a whole.
struct Tally {
  std::size_t entries = 0;  // kinds that entries show
  std::size_t documents = 0;
  std::size_t declarations = 0;
  std::size_t stale = 0;
  std::size_t lacking = 0;
  bool beside = false;  // a document or a declaration, of a kind or of the whole
};

Tally tally_of(const EvidenceFinding& row, const Date& on) {
  Tally out;
  for (const auto& each : row.kinds) {
    if (each.state == State::present) ++out.entries;
    if (each.state == State::external) ++out.documents;
    if (each.state == State::declared) ++out.declarations;
    if (each.state == State::stale) ++out.stale;
    if (each.state == State::none) ++out.lacking;
  }
  const bool is_declared = row.declaration != nullptr && !is_expired(*row.declaration, on);
  out.beside = out.documents + out.declarations > 0 || row.documents != nullptr || is_declared;
  return out;
}

/// Where no entry says anything: documents before declarations, and both before what ran out.
State without_entries(const EvidenceFinding& row, const Tally& tally, const Record& record) {
  const auto* const whole = row.declaration;
  const bool holds = whole != nullptr && !is_expired(*whole, record.to);
  if (tally.documents > 0 || row.documents != nullptr || (holds && has_document(*whole, record))) {
    return State::external;
  }
  if (tally.declarations > 0 || holds) return State::declared;
  return tally.stale > 0 || whole != nullptr ? State::stale : State::none;
}

/// Entries speak, and the most that they can say is `most`.
State with_entries(const Tally& tally, bool is_whole, State most) {
  if (is_whole) return most;
  const bool is_only_old = tally.stale > 0 && tally.lacking == 0;
  return is_only_old ? State::stale : State::partial;
}

State state_of(const Demand& demand, const EvidenceFinding& row, const Record& record) {
  const auto tally = tally_of(row, record.to);
  if (tally.entries == 0) return without_entries(row, tally, record);
  const bool is_complete = tally.stale + tally.lacking == 0;
  if (!demand.strength.empty()) {
    const bool is_strong = demand.strength == "strong";
    return with_entries(tally, is_complete, is_strong ? State::present : State::partial);
  }
  switch (demand.reach) {
    case Reach::evidences:
      return with_entries(tally, is_complete, State::present);
    case Reach::supports:
      return with_entries(tally, is_complete, tally.beside ? State::present : State::partial);
    case Reach::external:
      break;
  }
  throw Error(ErrorCode::internal, "entries for what is met elsewhere", demand.id);
}

bool is_unmapped(const Demand& demand, const Rulebook& rulebook) {
  return rulebook.versions.empty() && demand.strength.empty() && demand.kinds.empty();
}

std::string action_for(const EvidenceKind& kind, const Demand& demand, const Record& record) {
  if (!kind.matches.empty() && demand.reach != Reach::external) {
    std::string types;
    for (const auto& match : kind.matches) {
      if (types.find(match.event_type) != std::string::npos) continue;
      types += (types.empty() ? "" : ", ") + match.event_type;
    }
    return "record " + kind.id + " (" + kind.meaning + "): entries " + types;
  }
  return "declare " + kind.id + " (" + kind.meaning + ") or link the document to " +
         record.rulebook.id + ":" + demand.id;
}

bool is_open(const EvidenceFinding& evidence) {
  switch (evidence.state) {
    case State::present:
      return false;
    case State::declared:
    case State::external:
      return !evidence.lacks.empty();
    case State::none:
    case State::partial:
    case State::stale:
      return true;
  }
  throw Error(ErrorCode::internal, "evidence in no state");
}

/// What lacks, without what need not happen where something else of the demand did.
std::vector<std::string> missing_kinds(const EvidenceFinding& evidence) {
  const bool has_regular =
      std::any_of(evidence.kinds.begin(), evidence.kinds.end(), [](const KindFinding& each) {
        return each.state == State::present && !each.kind->is_occasional;
      });
  std::vector<std::string> out;
  for (const auto& each : evidence.kinds) {
    const bool lacks = each.state == State::none || each.state == State::stale;
    if (lacks && !(has_regular && each.kind->is_occasional)) out.push_back(each.kind->id);
  }
  return out;
}

/// Whether all that is asked is there but what need not happen.
bool is_full(const Demand& demand, const EvidenceFinding& evidence, const Record& record) {
  if (!missing_kinds(evidence).empty() || evidence.lacks.empty()) return false;
  if (!demand.strength.empty()) return demand.strength == "strong";
  return demand.reach == Reach::evidences || tally_of(evidence, record.to).beside;
}

void tell_missing(Gap& gap, const Demand& demand, const EvidenceFinding& evidence,
                  const Record& record) {
  gap.missing = missing_kinds(evidence);
  if (is_unmapped(demand, record.rulebook)) {
    gap.missing.emplace_back("evidence from elsewhere");
    gap.action = "show it outside this tool, and link the document or have somebody assess it";
  } else if (gap.missing.empty()) {
    gap.missing.emplace_back("a document or a declaration beside the entries");
    gap.action = "declare how it is met beyond what entries show, or link the document to " +
                 record.rulebook.id + ":" + demand.id;
  } else {
    gap.action = action_for(*record.rulebook.kind(gap.missing.front()), demand, record);
  }
}

/// The newest assessment that is about a part of the period.
const Statement* assessment_of(const Demand& demand, const Record& record) {
  std::optional<std::string_view> system;
  if (record.system) system = *record.system;
  return record.statements.newest_about(system, record.rulebook.id, demand.id, record.from,
                                        record.to);
}

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case State::present:
      return "present";
    case State::partial:
      return "partial";
    case State::none:
      return "none";
    case State::declared:
      return "declared";
    case State::external:
      return "external";
    case State::stale:
      return "stale";
  }
  throw Error(ErrorCode::internal, "evidence in no state");
}

EvidenceFinding evidence_of(const Demand& demand, const Record& record) {
  EvidenceFinding out;
  out.documents = record.found.documents_of(demand.id);
  out.declaration = declaration_of(demand, record, std::nullopt);
  for (const auto& id : demand.kinds) {
    const auto* const kind = record.rulebook.kind(id);
    if (kind == nullptr)
      throw Error(ErrorCode::internal, "a kind of no rulebook: " + id, demand.id);
    out.kinds.push_back(finding_of(*kind, demand, record, out));
    const auto state = out.kinds.back().state;
    if (state == State::none || state == State::stale) out.lacks.push_back(id);
  }
  out.state = state_of(demand, out, record);
  if (is_unmapped(demand, record.rulebook)) out.note = "outside this tool";
  return out;
}

const Statement* conclusion_of(const Demand& demand, const Record& record) {
  const auto* const found = assessment_of(demand, record);
  return found != nullptr && found->satisfied ? found : nullptr;
}

const Statement* exclusion_of(const Demand& demand, const Record& record) {
  const auto* const found = assessment_of(demand, record);
  const bool leaves_out = found != nullptr && !found->satisfied && record.rulebook.versions.empty();
  return leaves_out && !is_expired(*found, record.to) ? found : nullptr;
}

std::optional<Gap> gap_of(const Demand& demand, const Applicability& applicability,
                          const EvidenceFinding& evidence, const Record& record) {
  if (applicability.state == Applicability::State::not_applicable || !is_open(evidence) ||
      is_full(demand, evidence, record)) {
    return std::nullopt;
  }
  Gap gap;
  tell_missing(gap, demand, evidence, record);
  std::optional<std::string_view> system;
  if (record.system) system = *record.system;
  gap.remediation =
      record.statements.newest(StatementSort::remediated, system, record.rulebook.id, demand.id);
  gap.due = gap.remediation != nullptr && gap.remediation->due ? gap.remediation->due
                                                               : applicability.from;
  return gap;
}

}  // namespace lexecon::compliance
