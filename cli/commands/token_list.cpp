// lexecon token list: the tokens on record; their texts are nowhere.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "service/tokens.hpp"

namespace lexecon::cli {
namespace {

registry::TokenFilter filter_from(const Arguments& given, Timestamp now) {
  registry::TokenFilter filter;
  filter.decision_id = given.text("--decision");
  filter.actor = requesting_actor(given);
  filter.tenant = given.text("--tenant");
  put_window(filter, given, now);
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
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.tokens/1", "tokens", text_of}, [&](const Show& show) {
    service::each_token(node, filter,
                        [&](const registry::TokenRow& row) { show(service::to_json(row, now)); });
  });
  return ExitCode::yes;
}

}  // namespace

const Command token_list{
    .name = "token list",
    .summary = "List the tokens on record and where each stands",
    .options = with_format(with_window({{"--decision", "ID", "Only tokens of this decision"},
                                        {"--actor", "ID", "Only tokens of this actor"},
                                        {"--tenant", "ID", "Only what belongs to this tenant"}})),
    .examples = {"lexecon token list", "lexecon token list --reverse --limit 5 --format jsonl"},
    .run = run,
    .tenant_ids = {{"--decision"}},
};

}  // namespace lexecon::cli
