#include "report_arguments.hpp"

#include <utility>

#include "json/parse.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "service/node.hpp"
#include "statement_options.hpp"

namespace lexecon::cli {
std::vector<Option> with_report_options(std::vector<Option> own) {
  for (const Option& option :
       {Option{"--system", "ID", "The system, of several that have a profile"},
        Option{"--from", "DAY", "The first day of the period; a year before --to"},
        Option{"--to", "DAY", "The last day of the period; today"},
        Option{"--as-of", "DAY", "The day whose law is asked; today"},
        Option{"--size", "N", "The ledger as it was signed at this size; its last checkpoint"}}) {
    own.push_back(option);
  }
  return own;
}

reporting::Wish wish_from(const Arguments& given, Context& context, reporting::Kind kind) {
  constexpr std::int32_t year = 12;
  const auto today = date_of(context.session().now);
  reporting::Wish wish;
  wish.kind = kind;
  wish.system = given.text("--system");
  wish.to = day_option(given, "--to").value_or(today);
  wish.from = day_option(given, "--from").value_or(plus_months(wish.to, -year));
  wish.as_of = day_option(given, "--as-of").value_or(today);
  if (const auto size = given.integer("--size", 1, json::max_integer)) {
    wish.size = static_cast<std::uint64_t>(*size);
  }
  wish.state_home = context.session().write.state_home;
  return wish;
}

Json make_report(const reporting::Wish& wish, Context& context) {
  const auto node = service::open_node(context.node());
  Progress progress(context, "entries read");
  return reporting::make_report(
      node, wish, [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
}

Json report_basis(const Json& report) {
  const auto& header = report.at("header");
  const auto& system = header.at("system");
  const auto& rulebook = header.at("rulebooks").front();
  const auto& ledger = header.at("ledger");
  return {{"system", system.is_null() ? Json() : system.at("id")},
          {"rulebook",
           {{"id", rulebook.at("id")},
            {"name", rulebook.at("name")},
            {"version", rulebook.at("version")},
            {"sha256", rulebook.at("sha256")}}},
          {"period", header.at("period")},
          {"as_of", header.at("as_of")},
          {"tree_size", ledger.at("tree_size")},
          {"root_hash", ledger.at("root_hash")}};
}

std::string basis_text(const Json& basis) {
  const auto& rulebook = basis.at("rulebook");
  const auto& period = basis.at("period");
  return facts(
      {{"system", basis.at("system").is_null() ? "the whole node" : shown(basis, "system")},
       {"rulebook", shown(rulebook, "name") + ", " + shown(rulebook, "version")},
       {"period", shown(period, "from") + " to " + shown(period, "to")},
       {"law of", shown(basis, "as_of")},
       {"ledger",
        shown(basis, "tree_size") + " entries, root " + shown(basis, "root_hash").substr(0, 16)}});
}

}  // namespace lexecon::cli
