#include "batch.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "batch_input.hpp"
#include "clock.hpp"
#include "json/canonical.hpp"
#include "output.hpp"
#include "service/bench.hpp"

namespace lexecon::cli {
namespace {

std::string refusal(const Error& error, std::uint64_t line) {
  auto document = error_document(error);
  document["error"]["line"] = line;
  return json_text(document, false);
}

std::string line_of(service::Answer answer, std::uint64_t number, bool explain) {
  if (const auto* const refused = std::get_if<Error>(&answer)) return refusal(*refused, number);
  auto& decision = std::get<service::Decision>(answer);
  return json::canonical(service::to_json(std::move(decision), explain)) + "\n";
}

struct Answers {
  std::string text;         // a line each
  bool all_decided = true;  // none was refused
};

Answers answers_to(const AskedGroup& asked, std::vector<service::Answer> decided, bool explain) {
  Answers answers;
  auto next = decided.begin();
  auto number = asked.first_line;
  for (const auto& refused : asked.refusals) {
    const bool is_decided = !refused && std::holds_alternative<service::Decision>(*next);
    answers.all_decided = answers.all_decided && is_decided;
    answers.text +=
        refused ? refusal(*refused, number) : line_of(std::move(*next++), number, explain);
    ++number;
  }
  return answers;
}

/// Nothing is locked where there is nothing to decide.
Answers answered(AskedGroup asked, bool explain, service::Bench& bench) {
  Answers answers;
  const auto show = [&](std::vector<service::Answer> decided) {
    answers = answers_to(asked, std::move(decided), explain);
  };
  if (asked.requests.empty()) {
    show({});
  } else {
    bench.decide_each(std::move(asked.requests), show);
  }
  return answers;
}

}  // namespace

ExitCode decide_batch(const Batch& batch, const ledger::NodeFiles& files,
                      const service::DecideOptions& options, Context& context) {
  BatchInput input(batch.input);
  service::Bench bench(files, options, context.session());
  bool all_decided = true;
  bool warned = false;
  for (;;) {
    auto asked = input.next();
    if (asked.refusals.empty()) return all_decided ? ExitCode::yes : ExitCode::bad_input;
    context.session().now = clock_now();
    const bool has_address = asked.has_address;
    const auto answers = answered(std::move(asked), batch.explain, bench);
    context.print_at_once(answers.text);
    all_decided = all_decided && answers.all_decided;
    if (has_address && !std::exchange(warned, true)) {
      context.note(
          "warning: an id in the batch looks like a person's address and can never be erased");
    }
  }
}

}  // namespace lexecon::cli
