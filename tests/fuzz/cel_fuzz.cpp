#include <vector>

#include "cel/describe.hpp"
#include "cel/evaluate.hpp"
#include "cel/parse.hpp"
#include "cel/reads.hpp"
#include "cel/tagged.hpp"
#include "cel/unparse.hpp"
#include "fuzz/targets.hpp"
#include "json/json.hpp"

namespace lexecon::fuzz {
namespace {

/// Whatever comes out can be written down, and a value reads back as what was written.
void report(const cel::Program& program, const cel::Outcome& outcome) {
  require(outcome.cost <= cel::max_cost, "more was paid than there was");
  if (outcome.value.is_error()) {
    const auto problem = cel::describe(program, outcome.value.failure());
    require(!problem.message.empty() && problem.at < program.ast.source.size(),
            "a failure without a word or a place");
    return;
  }
  const auto written = cel::to_tagged_json(outcome.value);
  cel::Arena arena;
  require(cel::to_tagged_json(cel::from_tagged_json(written, arena)) == written,
          "a value that reads back as another");
}

}  // namespace

void cel(std::string_view bytes) {
  static const cel::Names names{{"actor", "context", "request", "now"}, 1, std::nullopt};
  static const Json context = {{"a", 1}, {"b", {1.5, "text", nullptr}}, {"c", {{"d", true}}}};
  auto parsed = cel::parse(bytes);
  if (const auto* problem = std::get_if<cel::Problem>(&parsed)) {
    require(problem->at <= bytes.size() || bytes.size() > cel::max_source, "a place far away");
    throw cel::to_error(bytes, *problem);
  }
  const auto text = cel::unparse(std::get<cel::Ast>(parsed));
  const auto again = cel::parse(text);
  require(
      std::holds_alternative<cel::Ast>(again) && cel::unparse(std::get<cel::Ast>(again)) == text,
      "an expression that is written back as another");
  const auto compiled =
      cel::compile(std::move(std::get<cel::Ast>(parsed)), names, cel::Mode::lenient);
  const auto& program = std::get<cel::Program>(compiled);
  static_cast<void>(cel::reads_of(program, names));
  const std::vector<cel::Value> slots{cel::Value::text("actor:bot"), cel::Value::json(context),
                                      cel::Value::json(context),
                                      cel::Value::timestamp({1'800'000'000, 0})};
  cel::Arena arena;
  report(program, cel::evaluate(program, names, slots, arena));
}

}  // namespace lexecon::fuzz
