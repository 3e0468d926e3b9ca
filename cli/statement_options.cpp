#include "statement_options.hpp"

#include <utility>

#include "base/error.hpp"
#include "service/statements.hpp"
#include "signing.hpp"
#include "statement_text.hpp"

namespace lexecon::cli {
namespace {

constexpr std::string_view whole_node = "-";
constexpr std::uint64_t max_text_bytes = 65'537;  // a longer one is refused with what is expected

/// Exactly one of NAME and NAME-file.
std::string text_or_file(const Arguments& given, Context& context, const std::string& name) {
  const auto text = given.text(name);
  const auto file = given.text(name + "-file");
  if (text.has_value() == file.has_value()) {
    throw Error(ErrorCode::usage, "expected exactly one of " + name + " and " + name + "-file");
  }
  return text ? *text : context.read_input(*file, max_text_bytes);
}

}  // namespace

Positional item_positional() {
  return {"ITEM", "What is asked, RULEBOOK:ITEM, as in eu_ai_act:aia-26.2"};
}

std::vector<Option> statement_options(const std::vector<Option>& own, const Option& text,
                                      const Option& text_file) {
  std::vector<Option> out{
      {"--system", "SYSTEM", "The system that it is about, or - for the whole node"}};
  out.insert(out.end(), own.begin(), own.end());
  out.insert(out.end(), {text, text_file});
  return with_signing(std::move(out));
}

compliance::Statement statement_from(const Arguments& given, compliance::StatementSort sort) {
  const auto item = given.text("ITEM").value_or("");
  const auto colon = item.find(':');
  if (colon == 0 || colon == std::string::npos || colon + 1 == item.size()) {
    throw Error(ErrorCode::usage, "expected RULEBOOK:ITEM, seen `" + item + "`", {},
                "as in eu_ai_act:aia-26.2; lexecon compliance obligations lists them");
  }
  const auto system = required_text(given, "--system");
  compliance::Statement out;
  out.sort = sort;
  if (system != whole_node) out.system = system;
  out.rulebook = item.substr(0, colon);
  out.item = item.substr(colon + 1);
  return out;
}

std::optional<Date> day_option(const Arguments& given, std::string_view name) {
  const auto typed = given.text(name);
  if (!typed) return std::nullopt;
  const auto day = parse_date(*typed);
  if (day) return day;
  throw Error(ErrorCode::usage, "expected a day YYYY-MM-DD, seen `" + *typed + "`",
              std::string(name));
}

Date required_day(const Arguments& given, std::string_view name) {
  if (const auto day = day_option(given, name)) return *day;
  throw Error(ErrorCode::usage, "expected " + std::string(name) + ", a day YYYY-MM-DD");
}

std::string required_text(const Arguments& given, std::string_view name) {
  if (auto text = given.text(name)) return *std::move(text);
  throw Error(ErrorCode::usage, "expected " + std::string(name));
}

ExitCode state(const Arguments& given, Context& context, compliance::Statement said,
               const std::string& text) {
  const auto words = text_or_file(given, context, text);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::state(node, std::move(said), words, signer, context.session()),
                 statement_text);
  return ExitCode::yes;
}

}  // namespace lexecon::cli
