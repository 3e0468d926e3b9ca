// lexecon token list: the tokens on record; their texts are nowhere.
#include <limits>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "service/tokens.hpp"

namespace lexecon::cli {
namespace {

registry::TokenFilter filter_from(const Arguments& given, Timestamp now) {
  registry::TokenFilter filter;
  filter.decision_id = given.text("--decision");
  if (const auto actor = given.text("--actor")) {
    filter.actor = policy::request_term(policy::TermType::actor, *actor, "--actor");
  }
  filter.from = time_option(given, "--from", now);
  filter.to = time_option(given, "--to", now);
  const auto limit = given.integer("--limit", 1, std::numeric_limits<std::int64_t>::max());
  if (limit) filter.limit = static_cast<std::uint64_t>(*limit);
  filter.reverse = given.has("--reverse");
  return filter;
}

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "EXPIRES", "STATE", "USED", "ACTOR", "AUDIENCE", "TOKEN", "DECISION"}};
  for (const auto& each : document["tokens"]) {
    rows.push_back({shown(each, "seq"), shown(each, "expires_at"), shown(each, "state"),
                    shown(each, "used") + "/" + shown(each, "uses"), shown(each, "actor"),
                    shown(each, "audience"), shown(each, "jti"), shown(each, "decision_id")});
  }
  return rows.size() == 1 ? "no tokens\n" : table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto filter = filter_from(given, now);
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  auto tokens = Json::array();
  const auto node = service::open_node(context.node());
  service::each_token(node, filter, [&](const registry::TokenRow& row) {
    auto document = service::to_json(row, now);
    if (format == "jsonl") return context.print(json_text(document, false));
    tokens.push_back(std::move(document));
  });
  if (format != "jsonl") {
    context.answer({{"schema", "lexecon.tokens/1"}, {"tokens", tokens}}, text_of);
  }
  return ExitCode::yes;
}

}  // namespace

const Command token_list{
    .name = "token list",
    .summary = "List the tokens on record and where each stands",
    .options = {{"--decision", "ID", "Only tokens of this decision"},
                {"--actor", "ID", "Only tokens of this actor"},
                {"--from", "TIME", "Issued from this time on: RFC 3339, or a span back as in 30d"},
                {"--to", "TIME", "Issued before this time"},
                {"--limit", "N", "At most so many"},
                {"--reverse", "", "The newest first"},
                {"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}},
    .examples = {"lexecon token list", "lexecon token list --reverse --limit 5 --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
