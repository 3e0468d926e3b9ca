// lexecon compliance obligations: what a law or a framework asks, before anything is held against it.
#include <algorithm>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "compliance/rulebook_json.hpp"
#include "context.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "statement_options.hpp"

namespace lexecon::cli {
namespace {

constexpr std::string_view rulebooks =
    "eu_ai_act|annex_iv|soc2|iso27001|iso42001|gdpr|hipaa|pci_dss|nist_csf|nist_ai_rmf";
constexpr std::string_view roles =
    "provider|deployer|authorised_representative|importer|distributor|product_manufacturer|"
    "gpai_provider|third_party";

/// "2025-02-02"; by route "2027-12-02/2028-08-02"; disputed "2026-08-02?", and the others after it.
std::string from_text(const Json& dates) {
  if (dates.is_null()) return "-";
  if (!dates["all"].is_null()) return shown(dates, "all");
  const auto routes = shown(dates, "annex_iii") + "/" + shown(dates, "annex_i");
  return dates["formal"].is_null() ? routes : shown(dates, "formal") + "? " + routes;
}

std::string text_of(const Json& document) {
  const auto& demands = document["obligations"];
  if (demands.empty()) return "no obligations\n";
  const bool is_law = !demands[0]["law"].is_null();
  std::vector<std::vector<std::string>> rows;
  rows.push_back(is_law ? std::vector<std::string>{"ID", "REFERENCE", "REACH", "FROM", "TITLE"}
                        : std::vector<std::string>{"ID", "REFERENCE", "STRENGTH", "TITLE"});
  for (const auto& each : demands) {
    std::vector<std::string> row{shown(each, "id"), shown(each, "reference")};
    row.push_back(shown(each, is_law ? "reach" : "strength"));
    if (is_law) row.push_back(from_text(each["dates"]));
    row.push_back(shown(each, "title"));
    rows.push_back(std::move(row));
  }
  return table(rows);
}

bool is_asked_for(const compliance::Demand& demand, const Arguments& given) {
  const auto article = given.text("--article");
  const auto role = given.text("--role");
  const bool binds =
      !role || demand.roles.empty() ||
      std::find(demand.roles.begin(), demand.roles.end(), *role) != demand.roles.end();
  return binds && (!article || demand.article == *article);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto& book = compliance::rulebook(given.text("--rulebook").value_or("eu_ai_act"));
  const auto version =
      book.version_on(day_option(given, "--as-of").value_or(date_of(context.session().now)));
  if (book.versions.empty() && (given.has("--article") || given.has("--role"))) {
    throw Error(ErrorCode::usage, "expected --article and --role only of a law", {},
                book.id + " is a framework: its controls bind nobody by article or role");
  }
  list(given, context, {"lexecon.obligations/1", "obligations", text_of}, [&](const Show& show) {
    for (const auto& demand : book.demands) {
      const bool exists = book.versions.empty() || demand.dates[version].exists();
      if (exists && is_asked_for(demand, given)) show(compliance::to_json(book, demand, version));
    }
  });
  return ExitCode::yes;
}

}  // namespace

const Command compliance_obligations{
    .name = "compliance obligations",
    .summary = "List what a law or a framework asks, of whom and from when",
    .options = with_format({
        {"--article", "N", "Of this article alone, as in 26"},
        {"--as-of", "DATE", "By the law in force on that day; today unless given"},
        {"--role", "ROLE", "What binds this role, and what binds everybody", false, roles},
        {"--rulebook", "ID", "Of this rulebook; the EU AI Act unless given", false, rulebooks},
    }),
    .examples = {"lexecon compliance obligations --article 12",
                 "lexecon compliance obligations --role deployer --as-of 2026-05-01 --json",
                 "lexecon compliance obligations --rulebook soc2 --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
