// lexecon token verify: check a token against what its holder wants to do, and spend one use.
#include <algorithm>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "output.hpp"
#include "pins.hpp"
#include "policy/term.hpp"
#include "service/tokens.hpp"
#include "token_argument.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_params_bytes = 1U << 20U;

std::optional<std::string> term(const Arguments& given, policy::TermType type,
                                std::string_view name) {
  const auto typed = given.text(name);
  if (!typed) return std::nullopt;
  return policy::request_term(type, *typed, std::string(name));
}

std::vector<std::string> data_classes(const Arguments& given) {
  std::vector<std::string> ids;
  for (const auto& typed : given.texts("--data-class")) {
    ids.push_back(policy::request_term(policy::TermType::data_class, typed, "--data-class"));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

/// Hashed as a request's parameters are.
std::optional<std::string> params_hash(const Arguments& given, Context& context) {
  const auto file = given.text("--params");
  if (!file) return std::nullopt;
  const auto parameters = json::parse(context.read_input(*file, max_params_bytes), *file);
  return crypto::sha256(json::canonical(json::normalised(parameters))).hex();
}

token::Presented presented_from(const Arguments& given, Context& context) {
  const auto action = term(given, policy::TermType::action, "--action");
  if (!action) throw Error(ErrorCode::usage, "expected --action ID, what the holder wants to do");
  return {.audience = given.text("--aud").value_or(""),
          .action = *action,
          .tool = given.text("--tool"),
          .resource = term(given, policy::TermType::resource, "--resource"),
          .data_classes = data_classes(given),
          .params_hash = params_hash(given, context)};
}

service::TokenCheck check_offline(const Arguments& given, Context& context,
                                  const token::Presented& presented, const std::string& text) {
  const auto pin = given.text("--key");
  if (!pin) throw Error(ErrorCode::usage, "expected --key PIN, the token key, with --offline");
  if (presented.audience.empty()) {
    throw Error(ErrorCode::usage, "expected --aud NAME with --offline: no node gives a default");
  }
  return service::check_token_offline(text, read_pin(*pin, context), presented,
                                      context.session().now);
}

service::TokenCheck check_here(const Arguments& given, Context& context,
                               const token::Presented& presented, const std::string& text) {
  if (given.has("--key")) throw Error(ErrorCode::usage, "--key goes with --offline alone");
  const auto node = service::open_node(context.node());
  if (given.has("--peek")) {
    return service::peek_token(node, text, presented, context.session().now);
  }
  return service::verify_token(node, text, presented, context.session());
}

std::string text_of(const Json& document) {
  if (!document["valid"].get<bool>()) return "not valid: " + shown(document, "reason_code") + "\n";
  auto line = std::string("valid");
  if (!document["uses_left"].is_null()) line += ", uses left: " + shown(document, "uses_left");
  for (const auto& each : document["not_checked"]) line += "\nnot checked: " + shown(each);
  return line + "\n";
}

ExitCode run(const Arguments& given, Context& context) {
  if (given.has("--offline") && given.has("--peek")) {
    throw Error(ErrorCode::usage, "expected --offline or --peek, seen both");
  }
  const auto presented = presented_from(given, context);
  const auto text = token_text(given, context);
  const auto check = given.has("--offline") ? check_offline(given, context, presented, text)
                                            : check_here(given, context, presented, text);
  context.answer(service::to_json(check), text_of);
  return check.refusal ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command token_verify{
    .name = "token verify",
    .summary = "Check a token and spend one of its uses",
    .options = {{"--action", "ID", "What the holder wants to do"},
                {"--aud", "NAME", "Who is asked to accept it; the node's log unless given"},
                {"--tool", "NAME", "The tool that does it"},
                {"--resource", "ID", "What it is done to"},
                {"--data-class", "ID", "A class of data that it touches", true},
                {"--params", "FILE", "The parameters, as JSON"},
                token_file_option(),
                {"--peek", "", "Check only: spend and record nothing"},
                {"--offline", "",
                 "Without a node: policy, issue, revocation, stops and uses stay open"},
                {"--key", "PIN", "The token key, with --offline"}},
    .examples = {"lexecon token verify --node .lexecon --action deploy --resource env:staging "
                 "--token-file token.txt || test $? -ge 1"},
    .run = run,
    .discovers = false,
    .acts = true,
};

}  // namespace lexecon::cli
