#include "request_arguments.hpp"

#include <array>
#include <cstdlib>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/parse.hpp"
#include "question.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_request_bytes = 1U << 20U;

struct Field {
  std::string_view option;
  const char* member;
};
constexpr std::array fields{Field{"--actor", "actor"},
                            Field{"--action", "action"},
                            Field{"--resource", "resource"},
                            Field{"--tool", "tool"},
                            Field{"--intent", "intent"},
                            Field{"--model", "model"},
                            Field{"--prompt", "prompt"},
                            Field{"--tenant", "tenant"},
                            Field{"--idempotency-key", "idempotency_key"}};
constexpr std::array lists{"--data-class", "--context", "--context-json"};

[[noreturn]] void fail(const std::string& message, const std::string& hint = {}) {
  throw Error(ErrorCode::usage, message, {}, hint);
}

std::string asked(std::string_view what) {
  if (auto line = ask(what)) return *std::move(line);
  fail("expected --actor and --action, or --request FILE",
       "lexecon decide --actor human:alice --action deploy --resource env:staging");
}

Json context_of(const Arguments& given) {
  auto values = Json::object();
  if (const auto text = given.text("--context-json")) {
    values = json::parse(*text, "--context-json");
    if (!values.is_object()) fail("expected a JSON object as --context-json");
  }
  for (const auto& pair : given.texts("--context")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      fail("expected --context KEY=VALUE, seen `" + pair + "`");
    }
    auto key = pair.substr(0, equals);
    if (values.contains(key)) fail("the context key `" + key + "` is given twice");
    values[std::move(key)] = pair.substr(equals + 1);
  }
  return values;
}

Json document_from_options(const Arguments& given) {
  auto document = Json::object();
  for (const auto& field : fields) {
    if (auto text = given.text(field.option)) document[field.member] = std::move(*text);
  }
  if (!document.contains("actor")) document["actor"] = asked("actor");
  if (!document.contains("action")) document["action"] = asked("action");
  if (given.has("--data-class")) document["data_classes"] = given.texts("--data-class");
  if (given.has("--context") || given.has("--context-json"))
    document["context"] = context_of(given);
  return document;
}

void take_over_trace(Json& document) {
  const char* traceparent = std::getenv("TRACEPARENT");
  if (traceparent == nullptr || !document.is_object() || document.contains("trace_id")) return;
  if (auto trace_id = trace_id_of(traceparent)) document["trace_id"] = std::move(*trace_id);
}

}  // namespace

std::optional<std::string> trace_id_of(std::string_view traceparent) {
  constexpr std::size_t version_end = 2;
  constexpr std::size_t trace_end = 35;
  constexpr std::size_t parent_end = 52;
  constexpr std::size_t whole = 55;
  if (traceparent.size() < whole || traceparent[version_end] != '-' ||
      traceparent[trace_end] != '-' || traceparent[parent_end] != '-') {
    return std::nullopt;
  }
  const auto version = traceparent.substr(0, version_end);
  const auto trace = traceparent.substr(version_end + 1, trace_end - version_end - 1);
  const auto parent = traceparent.substr(trace_end + 1, parent_end - trace_end - 1);
  const bool sound = is_hex(version, 2) && version != "ff" && is_hex(trace, 32) &&
                     is_hex(parent, 16) && is_hex(traceparent.substr(parent_end + 1, 2), 2) &&
                     trace.find_first_not_of('0') != std::string_view::npos &&
                     parent.find_first_not_of('0') != std::string_view::npos;
  const bool ends = version == "00" ? traceparent.size() == whole
                                    : traceparent.size() == whole || traceparent[whole] == '-';
  if (!sound || !ends) return std::nullopt;
  return std::string(trace);
}

std::optional<std::int64_t> seconds_option(const Arguments& given, std::string_view name) {
  constexpr std::int64_t second = 1'000'000;
  const auto typed = given.text(name);
  if (!typed) return std::nullopt;
  const auto span = parse_span(*typed);
  if (!span || span->months != 0 || span->micros % second != 0) {
    throw Error(ErrorCode::usage, "expected a span such as 5m or 12h, seen `" + *typed + "`",
                std::string(name));
  }
  return span->micros / second;
}

std::vector<Option> with_request(std::vector<Option> own) {
  const std::initializer_list<Option> request{
      {"--actor", "ID", "Who wants to act, as in ai_agent:support"},
      {"--action", "ID", "What they want to do, as in deploy"},
      {"--resource", "ID", "What it is done to"},
      {"--tool", "NAME", "The tool that does it"},
      {"--intent", "TEXT", "Why; kept sealed"},
      {"--data-class", "ID", "A class of data that it touches", true},
      {"--context", "KEY=VALUE", "A value that policies may look at, as a string; kept sealed",
       true},
      {"--context-json", "JSON", "The same with other types, as one object"},
      {"--model", "ID", "The model that asks"},
      {"--prompt", "ID", "The prompt that it runs"},
      {"--tenant", "ID", "For whom it is done"},
      {"--idempotency-key", "KEY", "The same key and request again give the recorded decision"},
      {"--request", "FILE", "The whole request as JSON, or - for standard input"},
  };
  own.insert(own.begin(), request);
  return own;
}

decision::Request request_of(Json document) {
  take_over_trace(document);
  return decision::parse_request(document);
}

bool looks_like_an_address(const decision::Request& request) {
  return request.actor.find('@') != std::string::npos ||
         request.resource.value_or("").find('@') != std::string::npos;
}

// It says everything; an option beside it would be a second word on the same thing.
void require_alone(const Arguments& given, const std::string& option) {
  const std::string clash = "expected " + option + " alone, seen it beside ";
  for (const auto& field : fields) {
    if (given.has(field.option)) fail(clash + std::string(field.option));
  }
  for (const auto* other : lists) {
    if (given.has(other)) fail(clash + other);
  }
}

decision::Request request_from(const Arguments& given, Context& context) {
  const auto file = given.text("--request");
  if (!file) return request_of(document_from_options(given));
  require_alone(given, "--request");
  return request_in(*file, context);
}

decision::Request request_in(const std::string& file, Context& context) {
  return request_of(json::parse(context.read_input(file, max_request_bytes),
                                file == "-" ? "standard input" : file));
}

}  // namespace lexecon::cli
