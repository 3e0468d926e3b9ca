// lexecon incident record: what happened and who knew when; later what became of it, and who was told.
#include <algorithm>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "incident_text.hpp"
#include "service/incidents.hpp"
#include "service/profiles.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_description_bytes =
    65'537;  // a longer one is refused with what is expected
constexpr auto of_facts = {
    "--severity", "--occurred-at", "--aware-at",    "--link-established-at", "--system",
    "--decision", "--title",       "--description", "--description-file"};
constexpr auto of_reports = {"--reported-to", "--reported-at", "--report", "--evidence"};

template <class Names>
const char* first_given(const Arguments& given, const Names& names) {
  for (const auto* name : names) {
    if (given.has(name)) return name;
  }
  return nullptr;
}

/// An act says one thing.
void refuse_beside(const char* what, const char* other) {
  if (other == nullptr) return;
  throw Error(ErrorCode::usage,
              std::string("expected nothing of this beside ") + what + ", seen " + other, {},
              "what an incident is, a report of it and its end are recorded one by one");
}

std::optional<std::string> description_from(const Arguments& given, Context& context) {
  const auto text = given.text("--description");
  const auto file = given.text("--description-file");
  if (text && file) {
    throw Error(ErrorCode::usage, "expected --description or --description-file, seen both");
  }
  return file ? std::optional(context.read_input(*file, max_description_bytes)) : text;
}

service::IncidentFacts facts_from(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  return {.severity = given.text("--severity"),
          .occurred_at = time_option(given, "--occurred-at", now),
          .aware_at = time_option(given, "--aware-at", now),
          .link_established_at = time_option(given, "--link-established-at", now),
          .system = given.text("--system"),
          .decisions = given.texts("--decision"),
          .title = given.text("--title"),
          .description = description_from(given, context)};
}

Json record_new(const Arguments& given, Context& context) {
  for (const auto* name : {"--severity", "--occurred-at", "--aware-at", "--title"}) {
    if (!given.has(name)) {
      throw Error(ErrorCode::usage,
                  std::string("expected ") + name + ", or --incident with the id of one on record");
    }
  }
  const auto facts = facts_from(given, context);
  const auto signer = signatory(given);
  return service::record_incident(service::open_node(context.node()), facts, signer,
                                  context.session());
}

Json report(const Arguments& given, Context& context, const std::string& id) {
  const auto to = given.text("--reported-to");
  if (!to) throw Error(ErrorCode::usage, "expected --reported-to, who was told");
  refuse_beside("--reported-to", first_given(given, of_facts));
  const auto now = context.session().now;
  const service::NewIncidentReport wanted{
      .to = *to,
      .sort = given.text("--report").value_or("initial"),
      .reported_at = time_option(given, "--reported-at", now).value_or(now),
      .evidence_id = given.text("--evidence")};
  const auto signer = signatory(given);
  return service::report_incident(service::open_node(context.node()), id, wanted, signer,
                                  context.session());
}

Json close(const Arguments& given, Context& context, const std::string& id) {
  refuse_beside("--close", first_given(given, of_facts));
  refuse_beside("--close", first_given(given, of_reports));
  const auto signer = signatory(given);
  return service::close_incident(service::open_node(context.node()), id,
                                 given.text("--close").value_or(""), signer, context.session());
}

Json follow_up(const Arguments& given, Context& context, const std::string& id) {
  if (given.has("--close")) return close(given, context, id);
  if (first_given(given, of_reports) != nullptr) return report(given, context, id);
  if (first_given(given, of_facts) == nullptr) {
    throw Error(ErrorCode::usage, "expected what is new of the incident, --reported-to or --close");
  }
  const auto facts = facts_from(given, context);
  const auto signer = signatory(given);
  return service::update_incident(service::open_node(context.node()), id, facts, signer,
                                  context.session());
}

/// An incident is recorded at once, whatever is known of its system; but reports are of systems with a profile.
void warn_of_unknown(const Json& system, Context& context) {
  if (system.is_null()) return;
  const auto all = service::profile_history(service::open_node(context.node()), std::nullopt);
  const bool is_known = std::any_of(all.begin(), all.end(),
                                    [&](const Json& each) { return each["system"] == system; });
  if (is_known) return;
  context.note(
      "the system `" + system.get<std::string>() +
      "` has no profile: no report shows this until it has one, or --incident with --system "
      "names another");
}

ExitCode run(const Arguments& given, Context& context) {
  const auto id = given.text("--incident");
  if (!id && given.has("--close"))
    throw Error(ErrorCode::usage, "expected --incident beside --close");
  if (!id && first_given(given, of_reports) != nullptr) {
    throw Error(ErrorCode::usage,
                "expected --incident beside " + std::string(first_given(given, of_reports)));
  }
  const auto document = id ? follow_up(given, context, *id) : record_new(given, context);
  context.answer(document, incident_text);
  warn_of_unknown(document["system"], context);
  if (!document["hold"].is_null()) {
    context.note("the records of a serious incident stay as they are; nobody holds them yet: " +
                 document["hold"].get<std::string>());
  }
  return ExitCode::yes;
}

}  // namespace

const Command incident_record{
    .name = "incident record",
    .summary = "Record an incident, what became of it, or whom it was reported to",
    .options = with_tenant(with_signing(
        {{"--incident", "ID", "One on record, which this follows up"},
         {"--severity", "SEVERITY", "How serious it is", false, severities},
         {"--occurred-at", "TIME", "When it happened: RFC 3339, or a span back from now as in 2h"},
         {"--aware-at", "TIME", "When you knew of it: from then on the clock runs"},
         {"--link-established-at", "TIME", "When it was established that the system caused it"},
         {"--system", "ID", "The system that it is about"},
         {"--decision", "ID", "A decision that it is about", true},
         {"--title", "TEXT", "In one line, sealed beside the entry"},
         {"--description", "TEXT", "What happened, sealed beside the entry"},
         {"--description-file", "FILE", "The same from a file, or - for standard input"},
         {"--reported-to", "WHOM", "Who was told", false,
          "authority|provider|importer|distributor|affected_person|other"},
         {"--reported-at", "TIME", "When; now, unless given"},
         {"--report", "SORT", "Which report it was; initial, unless given", false,
          "initial|complete|update"},
         {"--evidence", "ID", "The report itself, evidence on record"},
         {"--close", "CODE", "Nothing more is to come: why, as in resolved"}})),
    .examples =
        {"lexecon incident record --severity fundamental_rights --occurred-at 2d --aware-at "
         "1h --system triage --title 'applications of one region refused'"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"--decision", "--evidence"}},
};

}  // namespace lexecon::cli
