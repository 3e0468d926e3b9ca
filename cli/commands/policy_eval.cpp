// lexecon policy eval: the value of an expression, or what is wrong with it and where.
#include <unistd.h>

#include "cel/condition.hpp"
#include "cel/describe.hpp"
#include "cel/evaluate.hpp"
#include "cel/spell.hpp"
#include "cel/tagged.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "decision/request.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_input_bytes = 1U << 20U;

/// What the names of an expression stand for; the values are views of `document` and `arena`.
struct Surroundings {
  Json document = Json::object();
  cel::Arena arena;
  cel::Names names;
  std::vector<cel::Value> slots;
};

Json document_in(Context& context, const std::string& file) {
  return json::parse(context.read_input(file, max_input_bytes),
                     file == "-" ? "standard input" : file);
}

void bind_each(Surroundings& surroundings, bool typed) {
  for (const auto& [name, value] : surroundings.document.items()) {
    surroundings.names.variables.push_back(name);
    surroundings.slots.push_back(
        typed ? cel::from_tagged_json(value, surroundings.arena, "/" + json::pointer_token(name))
              : cel::Value::json(value));
  }
}

void bind_as_conditions(Surroundings& surroundings, Timestamp now) {
  surroundings.names = cel::condition_names();
  const auto bindings = cel::bind_request(surroundings.document, now);
  surroundings.slots.assign(bindings.slots().begin(), bindings.slots().end());
}

void read_surroundings(Surroundings& surroundings, const Arguments& given, Context& context) {
  const auto bindings = given.text("--bindings");
  const auto request = given.text("--request");
  const auto json = given.text("--context-json");
  if ((bindings ? 1 : 0) + (request ? 1 : 0) + (json ? 1 : 0) > 1) {
    throw Error(ErrorCode::usage, "expected one of --context-json, --request and --bindings");
  }
  auto& document = surroundings.document;
  if (bindings) document = document_in(context, *bindings);
  if (request) document = decision::parse_request(document_in(context, *request)).canonical;
  if (json) document["context"] = json::parse(*json, "--context-json");
  if (!document.is_object() || (json && !document["context"].is_object())) {
    throw Error(ErrorCode::bad_input, "expected an object of names and values");
  }
  if (bindings) {
    bind_each(surroundings, given.has("--typed"));
  } else {
    bind_as_conditions(surroundings, context.session().now);
  }
}

/// Shows the place above the error, then throws it.
[[noreturn]] void fail(Context& context, std::string_view source, const cel::Problem& problem) {
  const auto shown = cel::caret(source, problem.at);
  const auto line = shown.find('\n');
  context.note(shown.substr(0, line));
  context.note(shown.substr(line + 1));
  throw cel::to_error(source, problem);
}

std::string value_text(const Json& document, const cel::Value& value) {
  return facts({{"value", cel::to_text(value)},
                {"type", shown(document, "type")},
                {"cost", shown(document, "cost")}});
}

ExitCode run(const Arguments& given, Context& context) {
  const auto source = given.text("EXPR").value();
  Surroundings surroundings;
  read_surroundings(surroundings, given, context);
  const auto compiled = cel::compile(source, surroundings.names, cel::Mode::lenient);
  if (const auto* problems = std::get_if<std::vector<cel::Problem>>(&compiled)) {
    fail(context, source, problems->front());
  }
  const auto& program = std::get<cel::Program>(compiled);
  const auto evaluated =
      cel::evaluate(program, surroundings.names, surroundings.slots, surroundings.arena);
  const auto& value = evaluated.value;
  if (value.is_error()) fail(context, source, cel::describe(program, value.failure()));
  if (given.has("--typed")) {
    const Json document{{"schema", "lexecon.typed_value/1"}, {"value", cel::to_tagged_json(value)}};
    context.answer_bytes(document, json_text(document, isatty(STDOUT_FILENO) == 1));
    return ExitCode::yes;
  }
  context.answer({{"schema", "lexecon.value/1"},
                  {"value", cel::to_plain_json(value)},
                  {"type", cel::type_name(value.kind())},
                  {"cost", evaluated.cost}},
                 [&value](const Json& document) { return value_text(document, value); });
  return ExitCode::yes;
}

}  // namespace

const Command policy_eval{
    .name = "policy eval",
    .summary = "Evaluate a condition",
    .positionals = {{.name = "EXPR",
                     .help = "An expression as in lexecon-cel(7)",
                     .any_text = true}},
    .options = {{"--context-json", "JSON", "An object: the context, and what bare names mean"},
                {"--request", "FILE", "A request as for decide; - is standard input"},
                {"--bindings", "FILE", "An object of names and values; - is standard input"},
                {"--typed", "", "Bindings and value in the form that keeps types, as JSON"}},
    .examples = {"lexecon policy eval '1 + 1'",
                 "lexecon policy eval 'amount < 50' --context-json '{\"amount\": 20}'"},
    .run = run,
};

}  // namespace lexecon::cli
