#include "listing.hpp"

#include <utility>

#include "base/error.hpp"
#include "output.hpp"

namespace lexecon::cli {

bool prints_lines(const Arguments& given, const Context& context) {
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  return format == "jsonl";
}

void list(const Arguments& given, Context& context, const Listing& listing,
          const std::function<void(const Show& show)>& find) {
  if (prints_lines(given, context)) {
    find([&context](const Json& document) { context.print(json_text(document, false)); });
    return;
  }
  auto documents = Json::array();
  find([&documents](Json document) { documents.push_back(std::move(document)); });
  context.answer({{"schema", listing.schema}, {listing.member, std::move(documents)}},
                 listing.text_of);
}

std::vector<Option> with_format(std::vector<Option> own) {
  own.push_back({"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"});
  return own;
}

}  // namespace lexecon::cli
