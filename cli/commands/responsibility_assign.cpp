// lexecon responsibility assign: who answers for a decision, and how far.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "responsibility_text.hpp"
#include "service/responsibilities.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_reasoning_bytes = 65'536;

std::string required(const Arguments& given, const char* option, const std::string& what) {
  if (auto typed = given.text(option)) return *std::move(typed);
  throw Error(ErrorCode::usage, std::string("expected ") + option + ", " + what);
}

authority::Assignment assignment_from(const Arguments& given, Timestamp now) {
  const auto responsible =
      required(given, "--responsible", "who answers: operator:NAME or an actor");
  authority::Assignment out{
      .id = {},
      .decision_id = given.text("DECISION").value_or(""),
      .responsible = who(responsible, "--responsible"),
      .maker = required(given, "--maker", "one of " + std::string(makers)),
      .level = required(given, "--level", "one of " + std::string(responsibility_levels)),
      .confidence = given.integer("--confidence", 0, 100),
      .liability_accepted = given.has("--accept-liability"),
      .review_due = time_to_come(given, "--review-due", now)};
  for (const auto& each : given.texts("--delegated-from")) {
    out.delegated_from.push_back(who(each, "--delegated-from"));
  }
  return out;
}

std::optional<std::string> reasoning_from(const Arguments& given, Context& context) {
  const auto text = given.text("--reasoning");
  const auto file = given.text("--reasoning-file");
  if (text && file) {
    throw Error(ErrorCode::usage, "expected --reasoning or --reasoning-file, seen both");
  }
  return file ? std::optional(context.read_input(*file, max_reasoning_bytes)) : text;
}

ExitCode run(const Arguments& given, Context& context) {
  auto assignment = assignment_from(given, context.session().now);
  const auto reasoning = reasoning_from(given, context);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  if (assignment.maker == "ai_system" && assignment.level == "full") {
    context.note(
        "level full says that a person answers alone, maker ai_system that a machine decided");
  }
  const auto document = service::assign_responsibility(node, std::move(assignment), reasoning,
                                                       signer, context.session());
  context.answer(document, assignment_text);
  return ExitCode::yes;
}

}  // namespace

const Command responsibility_assign{
    .name = "responsibility assign",
    .summary = "Record who answers for a decision, and how far",
    .positionals = {{"DECISION", "The id of the decision"}},
    .options = with_tenant(with_signing(
        {{"--responsible", "WHO", "Who answers: operator:NAME, or the id of an actor"},
         {"--maker", "MAKER", "Who or what made the decision", false, makers},
         {"--level", "LEVEL", "How far they answer", false, responsibility_levels},
         {"--confidence", "PERCENT", "Of the maker, 0 to 100"},
         {"--delegated-from", "WHO", "Who delegated, the first of them first", true},
         {"--accept-liability", "", "The operator who signs accepts liability"},
         {"--review-due", "TIME",
          "When to look at it again: RFC 3339, or a span from now as in 30d"},
         {"--reasoning", "TEXT", "Why, sealed beside the entry"},
         {"--reasoning-file", "FILE", "The same from a file, or - for standard input"}})),
    .examples = {"lexecon responsibility assign dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B --responsible "
                 "human_user:bob --maker human_operator --level full --review-due 30d"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"DECISION"}},
};

}  // namespace lexecon::cli
