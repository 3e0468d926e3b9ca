#include "oversight/responsibilities.hpp"

#include <utility>

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

constexpr const char* event_type = "responsibility.assigned";

Reasoning parse_reasoning(const Json& value) {
  json::Reader reader(value);
  Reasoning reasoning{.text = reader.text("reasoning")};
  reader.finish();
  return reasoning;
}

}  // namespace

void each_responsibility(store::Database& database, std::optional<std::string_view> decision_id,
                         const std::function<void(Responsibility)>& visit) {
  registry::each_after(database, event_type, std::nullopt, decision_id,
                       [&](const chain::Entry& entry) {
                         auto assignment = authority::assignment_in(entry);
                         if (decision_id && assignment.decision_id != *decision_id) return;
                         visit({std::move(assignment), entry});
                       });
}

Json sealed_reasoning(const std::string& text) { return {{"reasoning", text}}; }

Reasoning reasoning_of(store::Database& database, const chain::Entry& entry) {
  if (!entry.sealed_hash) return {};
  const auto refuse = [&entry](const std::string& what) {
    return Error(ErrorCode::integrity, what, chain::entry_id(entry.seq),
                 "run lexecon ledger verify");
  };
  const auto sealed = ledger::read_sealed(database, entry);
  if (!sealed) {
    if (registry::was_erased(database, entry.seq)) return {.text = {}, .erased = true};
    throw refuse("the reasoning of this assignment is missing and was never erased");
  }
  try {
    return parse_reasoning(chain::unseal(*sealed));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    throw refuse("the sealed content of this assignment is no reasoning: " + error.message());
  }
}

void apply_responsibility(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .kept(
          "INSERT INTO responsibilities(seq, responsibility_id, decision_id, responsible, maker, "
          "level, review_due, timestamp) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("responsibility_id")))
      .bind(3, std::string_view(data.text("decision_id")))
      .bind(4, std::string_view(data.text("responsible")))
      .bind(5, std::string_view(data.text("maker")))
      .bind(6, std::string_view(data.text("level")))
      .bind(7, data.optional_text("review_due"))
      .bind(8, std::string_view(to_text(entry.timestamp)))
      .run();
}

}  // namespace lexecon::oversight
