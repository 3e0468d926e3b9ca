// lexecon token inspect: what a token says, without any check of whether it is true.
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "service/tokens.hpp"
#include "token_argument.hpp"

namespace lexecon::cli {
namespace {

token::Token read(const std::string& text) {
  return text.starts_with("v4.public.") ? token::from_paseto(text) : token::parse(text);
}

std::string text_of(const Json& document) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [name, value] : document["claims"].items()) {
    pairs.emplace_back(name, shown(value));
  }
  return "not verified: this is only what the token says\n" + facts(pairs);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto token = read(token_text(given, context));
  const auto form = given.text("--as");
  if (form) {
    const auto text = form == "paseto" ? token::to_paseto(token) : token::to_text(token);
    context.answer_bytes({{"schema", "lexecon.token_text/1"}, {"form", *form}, {"token", text}},
                         text + "\n");
    return ExitCode::yes;
  }
  context.answer({{"schema", "lexecon.token_claims/1"},
                  {"verified", false},
                  {"claims", service::to_json(token.claims)}},
                 text_of);
  return ExitCode::yes;
}

}  // namespace

const Command token_inspect{
    .name = "token inspect",
    .summary = "Show what a token says, unverified",
    .options = {token_file_option(),
                {"--as", "FORM", "Print the same token in another form", false, "cap|paseto"}},
    .examples = {"lexecon token inspect --token-file token.txt || test $? -ge 64"},
    .run = run,
    .discovers = false,
};

}  // namespace lexecon::cli
