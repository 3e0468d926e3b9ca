#include <array>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "report/model.hpp"
#include "report/render.hpp"
#include "views/escape.hpp"

namespace lexecon::report {
namespace {

constexpr auto columns = std::to_array<std::string_view>({"part",
                                                          "report",
                                                          "system",
                                                          "as_of",
                                                          "from",
                                                          "to",
                                                          "tree_size",
                                                          "root_hash",
                                                          "rulebook",
                                                          "id",
                                                          "reference",
                                                          "title",
                                                          "applicability",
                                                          "applies_from",
                                                          "formal_from",
                                                          "reason",
                                                          "evidence",
                                                          "evidence_kind",
                                                          "kind_state",
                                                          "value",
                                                          "set",
                                                          "entries",
                                                          "first_entry",
                                                          "first_at",
                                                          "last_entry",
                                                          "last_at",
                                                          "digest",
                                                          "said_by",
                                                          "said_at",
                                                          "said_until",
                                                          "said_in_entry",
                                                          "conclusion",
                                                          "concluded_by",
                                                          "concluded_at",
                                                          "concluded_in_entry",
                                                          "gap_missing",
                                                          "gap_action",
                                                          "gap_owner",
                                                          "gap_due",
                                                          "gap_state"});

using Cells = std::vector<std::string>;

void append_row(std::string& out, const Cells& cells) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (at != 0) out += ',';
    views::append_csv(out, cells[at]);
  }
  out += "\r\n";
}

void append(Cells& out, const Cells& more) { out.insert(out.end(), more.begin(), more.end()); }

/// What is the same in every row, so that one alone still says what it is of.
Cells head_of(const Json& model) {
  const auto& header = at(model, "header");
  const auto& ledger = at(header, "ledger");
  const auto& period = at(header, "period");
  return {text_at(model, "kind"),      text_at(at(header, "system"), "id"),
          text_at(header, "as_of"),    text_at(period, "from"),
          text_at(period, "to"),       text_at(ledger, "tree_size"),
          text_at(ledger, "root_hash")};
}

Cells set_cells(const Json& set) {
  const auto& first = at(set, "first");
  const auto& last = at(set, "last");
  return {text_at(set, "id"),          text_at(set, "count"),     text_at(first, "entry_id"),
          text_at(first, "timestamp"), text_at(last, "entry_id"), text_at(last, "timestamp"),
          text_at(set, "digest")};
}

Cells statement_cells(const Json& statement) {
  return {text_at(statement, "by"), text_at(statement, "at"), text_at(statement, "expires_on"),
          text_at(statement, "entry_id")};
}

std::string conclusion_text(const Json& conclusion) {
  if (!conclusion.is_object()) return {};
  const std::string said = at(conclusion, "satisfied") == true ? "satisfied" : "not_satisfied";
  return at(conclusion, "expired") == true ? "expired: " + said : said;
}

Cells end_cells(const Json& row) {
  const auto& conclusion = at(row, "conclusion");
  const auto& gap = at(row, "gap");
  return {conclusion_text(conclusion),
          text_at(conclusion, "by"),
          text_at(conclusion, "at"),
          text_at(conclusion, "entry_id"),
          joined(list_at(gap, "missing"), "; "),
          text_at(gap, "action"),
          text_at(gap, "owner"),
          text_at(gap, "due"),
          text_at(gap, "state")};
}

Cells start_cells(const Json& row) {
  const auto& applicability = at(row, "applicability");
  return {text_at(row, "rulebook"),
          text_at(row, "id"),
          text_at(row, "reference"),
          text_at(row, "title"),
          text_at(applicability, "state"),
          text_at(applicability, "from"),
          text_at(applicability, "formal"),
          text_at(applicability, "reason"),
          text_at(at(row, "evidence"), "state")};
}

void append_demand(std::string& out, const Cells& head, const Json& row, const Sets& sets) {
  static const Json none_at_all = Json::array({Json::object()});
  const auto& kinds = list_at(at(row, "evidence"), "kinds");
  for (const auto& kind : kinds.empty() ? none_at_all : kinds) {
    Cells cells{"demand"};
    append(cells, head);
    append(cells, start_cells(row));
    append(cells, {text_at(kind, "kind"), text_at(kind, "state"), text_at(kind, "detail")});
    append(cells, set_cells(sets.find(text_at(kind, "evidence"))));
    append(cells, statement_cells(at(kind, "statement")));
    append(cells, end_cells(row));
    append_row(out, cells);
  }
}

void append_fact(std::string& out, const Cells& head, const Json& section, const Json& fact,
                 const Sets& sets) {
  Cells cells{"fact"};
  append(cells, head);
  append(cells, {"", text_at(section, "id"), text_at(section, "title"), text_at(fact, "label"), "",
                 "", "", "", "", "", "", text_at(fact, "value")});
  append(cells, set_cells(sets.find(text_at(fact, "evidence"))));
  cells.resize(columns.size());
  append_row(out, cells);
}

}  // namespace

std::string csv_of(const Json& model) {
  const Sets sets(model);
  const auto head = head_of(model);
  std::string out;
  append_row(out, {columns.begin(), columns.end()});
  for (const auto& row : list_at(model, "rows")) append_demand(out, head, row, sets);
  for (const auto& section : list_at(model, "sections")) {
    for (const auto& fact : list_at(section, "facts")) append_fact(out, head, section, fact, sets);
  }
  return out;
}

}  // namespace lexecon::report
