#include "batch_input.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "json/parse.hpp"
#include "request_arguments.hpp"

namespace lexecon::cli {
namespace {

constexpr std::size_t most_in_a_group = 1'000;
constexpr std::chrono::milliseconds moment{50};

std::variant<decision::Request, Error> asked(const Line& line) {
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

}  // namespace

BatchInput::~BatchInput() { lines_.stop(); }

AskedGroup BatchInput::next() {
  if (!coming_.valid()) coming_ = begin();
  auto group = coming_.get();
  if (!group.refusals.empty()) coming_ = begin();
  return group;
}

// Where no thread can be had, or should be, the group is read when it is asked for.
std::future<AskedGroup> BatchInput::begin() {
  const auto when =
      lines_.is_terminal() ? std::launch::deferred : std::launch::async | std::launch::deferred;
  return std::async(when, [this] { return read(); });
}

AskedGroup BatchInput::read() {
  AskedGroup group;
  const auto lines = lines_.next(most_in_a_group, moment);
  if (!lines.empty()) group.first_line = lines.front().number;
  for (const auto& line : lines) {
    auto read = asked(line);
    if (auto* const request = std::get_if<decision::Request>(&read)) {
      group.requests.push_back(std::move(*request));
      group.refusals.emplace_back();
    } else {
      group.refusals.emplace_back(std::get<Error>(std::move(read)));
    }
  }
  group.has_address =
      std::any_of(group.requests.begin(), group.requests.end(), looks_like_an_address);
  return group;
}

}  // namespace lexecon::cli
