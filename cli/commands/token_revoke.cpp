// lexecon token revoke: end a token before its time.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "service/tokens.hpp"
#include "token_argument.hpp"

namespace lexecon::cli {
namespace {

service::RevokeTarget target_from(const Arguments& given, Context& context) {
  const int named =
      int{given.has("--decision")} + int{given.has("--jti")} + int{given.has("--token-file")};
  if (named != 1) {
    throw Error(ErrorCode::usage, "expected exactly one of --decision, --jti and --token-file");
  }
  service::RevokeTarget target{given.text("--decision"), given.text("--jti"), std::nullopt};
  if (given.has("--token-file")) target.token = token_text(given, context);
  return target;
}

std::string text_of(const Json& document) {
  std::string out;
  for (const auto& jti : document["revoked"]) out += "revoked " + shown(jti) + "\n";
  for (const auto& jti : document["already_revoked"]) {
    out += "unchanged: " + shown(jti) + " was revoked before\n";
  }
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto target = target_from(given, context);
  const auto node = service::open_node(context.node());
  const auto revoked = service::revoke_tokens(
      node, target, given.text("--reason").value_or("unspecified"), context.session());
  context.answer(service::to_json(revoked), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command token_revoke{
    .name = "token revoke",
    .summary = "End a token before its time",
    .options = with_tenant(
        {{"--decision", "ID", "Every token of this decision"},
         {"--jti", "ID", "The token with this id, tok_…"},
         token_file_option(),
         {"--reason", "CODE", "Why, as a code of a-z 0-9 _ . : -; it stays on record"}}),
    .examples =
        {"lexecon token revoke --jti $(lexecon token list --reverse --limit 1 --format jsonl "
         "| jq -r .jti) --reason rotated || test $? -ge 64"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"--decision", "--jti"}},
};

}  // namespace lexecon::cli
