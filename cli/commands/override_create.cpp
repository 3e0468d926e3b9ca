// lexecon override create: another outcome for a decision, signed and justified.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "override_text.hpp"
#include "service/overrides.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_justification_bytes = 65'536;

std::string required(const Arguments& given, const std::string& name) {
  auto text = given.text(name);
  if (!text) throw Error(ErrorCode::usage, "expected " + name);
  return *std::move(text);
}

std::string justification_from(const Arguments& given, Context& context) {
  const auto text = given.text("--justification");
  const auto file = given.text("--justification-file");
  if (text.has_value() == file.has_value()) {
    throw Error(ErrorCode::usage, "expected --justification or --justification-file");
  }
  return text ? *text : context.read_input(*file, max_justification_bytes);
}

/// A span from now on, or a time.
std::optional<Timestamp> end_from(const Arguments& given, Timestamp now) {
  const auto text = given.text("--expires");
  if (!text) return std::nullopt;
  if (const auto span = parse_span(*text)) return now + *span;
  if (const auto time = parse_time(*text)) return time;
  throw Error(ErrorCode::usage,
              "expected a span as in 12h or 30d, or an RFC 3339 time, got `" + *text + "`",
              "--expires");
}

service::NewOverride override_from(const Arguments& given, Context& context) {
  service::NewOverride added{.decision_id = given.text("DECISION").value_or(""),
                             .type = required(given, "--type"),
                             .scope = *authority::override_scope_from(required(given, "--scope")),
                             .approves = required(given, "--outcome") == "approved",
                             .relations = given.texts("--relation"),
                             .justification = justification_from(given, context),
                             .expires_at = end_from(given, context.session().now)};
  if (!added.approves && (!added.relations.empty() || added.expires_at)) {
    throw Error(ErrorCode::usage, "a denial takes neither --relation nor --expires");
  }
  return added;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto added = override_from(given, context);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto made = service::create_override(node, added, signer, context.session());
  context.answer(service::to_json(made), override_text);
  return ExitCode::yes;
}

}  // namespace

const Command override_create{
    .name = "override create",
    .summary = "Put another outcome in the place of a decision, signed and justified",
    .positionals = {{"DECISION", "The id of the decision, dec_…"}},
    .options = with_tenant(with_signing(
        {{"--type", "TYPE", "What kind of override it is", false, override_types},
         {"--scope", "SCOPE", "For which requests it holds", false, override_scopes},
         {"--outcome", "OUTCOME", "What holds instead", false, "approved|denied"},
         {"--relation", "ID", "A relation to lift; unless given, those that stood against it",
          true},
         {"--justification", "TEXT", "Why, in 20 characters or more; sealed"},
         {"--justification-file", "FILE", "The same from a file, or - for standard input"},
         {"--expires", "WHEN", "A span from now, as in 12h, or an RFC 3339 time"}})),
    .examples = {"lexecon override create $(lexecon decision list --outcome escalated --reverse "
                 "--limit 1 --format jsonl | jq -r .decision_id) --type business_exception --scope "
                 "single_decision --outcome approved --justification 'agreed with the customer, "
                 "change 4711' --as bob --sign-with bob"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"DECISION"}},
};

}  // namespace lexecon::cli
