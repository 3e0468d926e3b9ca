// What every list command does with the documents it finds: a table, one JSON document, or one a line.
//
// Errors   Error{usage} for --format beside --json
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "command.hpp"
#include "context.hpp"
#include "json/json.hpp"

namespace lexecon::cli {

/// Takes the next document of a list.
using Show = std::function<void(Json document)>;

struct Listing {
  const char* schema;  // of the document that holds them all
  const char* member;  // in which they stand
  std::string (*text_of)(const Json& document);
};

/// Whether --format asks for a document a line.
[[nodiscard]] bool prints_lines(const Arguments& given, const Context& context);

/// `find` is run once --format is known to be good, and shows what it finds.
void list(const Arguments& given, Context& context, const Listing& listing,
          const std::function<void(const Show& show)>& find);

/// --format, last.
[[nodiscard]] std::vector<Option> with_format(std::vector<Option> own);

}  // namespace lexecon::cli
