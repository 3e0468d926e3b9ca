#include "batch.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "clock.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "line_reader.hpp"
#include "output.hpp"
#include "request_arguments.hpp"
#include "service/bench.hpp"

namespace lexecon::cli {
namespace {

constexpr std::size_t most_in_a_group = 1'000;
constexpr std::chrono::milliseconds moment{50};

/// A line as it was read: the request it asks, or why it asks none.
using Asked = std::variant<decision::Request, Error>;

Asked asked(const Line& line) {
  if (line.too_long) return Error(ErrorCode::bad_input, "expected a line of at most 1 MiB");
  if (!line.ended) {
    return Error(ErrorCode::bad_input, "expected a line feed, found the end of the input", {},
                 "the line may be cut short, so nothing was decided");
  }
  try {
    return request_of(json::parse(line.text, "line " + std::to_string(line.number)));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return error;
  }
}

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

bool names_an_address(const std::vector<decision::Request>& requests) {
  return std::any_of(requests.begin(), requests.end(), looks_like_an_address);
}

struct Group {
  std::string answers;       // a line each
  bool all_decided = true;   // none was refused
  bool has_address = false;  // some id looks like a person's
};

Group answered(const std::vector<Line>& lines, bool explain, service::Bench& bench) {
  std::vector<std::optional<Error>> refusals;  // of each line that asks nothing
  std::vector<decision::Request> requests;     // of the others
  for (const auto& line : lines) {
    auto read = asked(line);
    if (auto* const request = std::get_if<decision::Request>(&read)) {
      requests.push_back(std::move(*request));
      refusals.emplace_back();
    } else {
      refusals.emplace_back(std::get<Error>(std::move(read)));
    }
  }
  auto answers = requests.empty() ? std::vector<service::Answer>() : bench.decide_each(requests);
  Group group;
  group.has_address = names_an_address(requests);
  auto next = answers.begin();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool decided = !refusals[i] && std::holds_alternative<service::Decision>(*next);
    group.all_decided = group.all_decided && decided;
    group.answers += refusals[i] ? refusal(*refusals[i], lines[i].number)
                                 : line_of(std::move(*next++), lines[i].number, explain);
  }
  return group;
}

}  // namespace

ExitCode decide_batch(const Batch& batch, const service::Node& node,
                      const service::DecideOptions& options, Context& context) {
  LineReader input(batch.input);
  service::Bench bench(node, options, context.session());
  bool all_decided = true;
  bool warned = false;
  for (;;) {
    // Nothing is locked while there is nothing to decide.
    const auto lines = input.next(most_in_a_group, moment);
    if (lines.empty()) return all_decided ? ExitCode::yes : ExitCode::bad_input;
    context.session().now = clock_now();
    const auto group = answered(lines, batch.explain, bench);
    context.print_at_once(group.answers);
    all_decided = all_decided && group.all_decided;
    if (group.has_address && !std::exchange(warned, true)) {
      context.note(
          "warning: an id in the batch looks like a person's address and can never be erased");
    }
  }
}

}  // namespace lexecon::cli
