#include "registration_commands.hpp"

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/ids.hpp"
#include "context.hpp"
#include "crypto/hash.hpp"
#include "filters.hpp"
#include "listing.hpp"
#include "question.hpp"
#include "registration_text.hpp"
#include "service/registrations.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

using authority::RegistryKind;

constexpr std::uint64_t max_text_bytes = 65'536;
constexpr std::string_view provider_changes =
    "no|own_name|substantial_modification|intended_purpose";
constexpr const char* provider_question =
    "Does putting this version to use make you the provider of a high-risk AI system,\n"
    "Art. 25(1) of Regulation (EU) 2024/1689?\n"
    "  no                        none of what follows\n"
    "  own_name                  (a) your name or trademark stands on one that is on the market\n"
    "  substantial_modification  (b) you modify one substantially, and it remains high-risk\n"
    "  intended_purpose          (c) you change what a system is for, so that it becomes one\n"
    "answer";

service::Version version_from(const Arguments& given, RegistryKind kind) {
  return {kind, given.text("ID").value_or("")};
}

void answer(Context& context, const service::VersionOnRecord& version) {
  context.answer(service::to_json(version), registration_text);
}

std::string digest_of_file(const std::string& file, Context& context) {
  const auto input = file == "-" ? context.open_input(file) : open_regular(file);
  crypto::Sha256 digest;
  each_piece(input.get(), file == "-" ? "standard input" : file,
             [&digest](std::string_view piece) { digest.update(piece); });
  return digest.finish().hex();
}

std::string digest_typed(const std::string& typed) {
  std::string_view digits = typed;
  if (digits.starts_with(authority::digest_prefix)) {
    digits.remove_prefix(authority::digest_prefix.size());
  }
  if (is_hex(digits, 64)) return std::string(digits);
  throw Error(ErrorCode::bad_input,
              "expected sha256: and 64 lower-case hex digits, got `" + typed + "`", "--digest");
}

template <RegistryKind kind>
ExitCode run_register(const Arguments& given, Context& context) {
  const auto file = given.text("--file");
  const auto digest = given.text("--digest");
  if (file.has_value() == digest.has_value()) {
    throw Error(ErrorCode::usage, "expected --file or --digest");
  }
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  service::NewVersion added{.version = version_from(given, kind),
                            .digest = file ? digest_of_file(*file, context) : digest_typed(*digest),
                            .file = std::nullopt,
                            .note = given.text("--note")};
  if (file && *file != "-") added.file = Path(*file).filename().string();
  answer(context, service::register_version(node, added, signer, context.session()));
  return ExitCode::yes;
}

/// Asked of a person; a script has to say it.
std::string provider_change_from(const Arguments& given) {
  if (auto said = given.text("--provider-change")) return *std::move(said);
  const auto typed = ask(provider_question);
  if (!typed) {
    throw Error(ErrorCode::usage, "expected --provider-change", {},
                "Art. 25(1) of Regulation (EU) 2024/1689: no, own_name, substantial_modification "
                "or intended_purpose");
  }
  for (const auto& choice : choices_of(provider_changes)) {
    if (*typed == choice) return *typed;
  }
  throw Error(ErrorCode::usage, "expected one of the four answers, got `" + *typed + "`");
}

std::optional<std::string> justification_from(const Arguments& given, Context& context) {
  const auto file = given.text("--justification-file");
  if (!file) return given.text("--justification");
  if (given.has("--justification")) {
    throw Error(ErrorCode::usage, "expected --justification or --justification-file, seen both");
  }
  return context.read_input(*file, max_text_bytes);
}

template <RegistryKind kind>
ExitCode run_approve(const Arguments& given, Context& context) {
  service::VersionApproval approval{
      .version = version_from(given, kind),
      .expires_at = time_to_come(given, "--expires", context.session().now),
      .provider_change = {},
      .justification = justification_from(given, context)};
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  approval.provider_change = provider_change_from(given);
  answer(context, service::approve_version(node, approval, signer, context.session()));
  return ExitCode::yes;
}

ExitCode run_end(const Arguments& given, Context& context, RegistryKind kind, const char* verb) {
  const auto reason = given.text("--reason");
  if (!reason) throw Error(ErrorCode::usage, "expected --reason, a code as in failed_evaluation");
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  answer(context, service::end_version(node, version_from(given, kind), verb, *reason, signer,
                                       context.session()));
  return ExitCode::yes;
}

template <RegistryKind kind>
ExitCode run_reject(const Arguments& given, Context& context) {
  return run_end(given, context, kind, "rejected");
}

template <RegistryKind kind>
ExitCode run_retire(const Arguments& given, Context& context) {
  return run_end(given, context, kind, "retired");
}

template <RegistryKind kind>
ExitCode run_show(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  answer(context, service::show_version(node, version_from(given, kind), context.session().now));
  return ExitCode::yes;
}

std::string list_text(const Json& document) {
  return registration_table(document["registrations"]);
}

template <RegistryKind kind>
ExitCode run_list(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto entries = entry_filter(given, now);
  const auto state = given.text("--state");
  const service::VersionFilter filter{
      .state = state ? decision::registry_state_from(*state) : std::nullopt,
      .actor = entries.actor,
      .from = entries.from,
      .to = entries.to,
      .limit = entries.limit,
      .reverse = entries.reverse};
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.registrations/1", "registrations", list_text},
       [&](const Show& show) {
         for (const auto& each : service::list_versions(node, kind, filter, now)) {
           show(service::to_json(each));
         }
       });
  return ExitCode::yes;
}

Command command(const RegistryWords& words, std::vector<Option> options,
                ExitCode (*run)(const Arguments&, Context&), bool acts) {
  return {.name = words.name,
          .summary = words.summary,
          .positionals = {{"ID", "<name>@<version>"}},
          .options = std::move(options),
          .examples = words.examples,
          .run = run,
          .acts = acts};
}

std::vector<Option> with_reason() {
  return with_signing({{"--reason", "CODE", "Why, as in failed_evaluation"}});
}

}  // namespace

template <RegistryKind kind>
Command register_command(RegistryWords words) {
  return command(words,
                 with_signing({{"--file", "FILE",
                                "What it is; only its digest and its name are kept; - is "
                                "standard input"},
                               {"--digest", "DIGEST", "The same: sha256: and 64 hex digits"},
                               {"--note", "TEXT", "What there is to say of it; sealed"}}),
                 run_register<kind>, true);
}

template <RegistryKind kind>
Command approve_command(RegistryWords words) {
  return command(
      words,
      with_signing(
          {{"--provider-change", "ANSWER",
            "Whether it makes you a provider, Art. 25(1) of Regulation (EU) 2024/1689", false,
            provider_changes},
           {"--expires", "WHEN", "A span from now, as in 90d, or an RFC 3339 time"},
           {"--justification", "TEXT", "Why; sealed"},
           {"--justification-file", "FILE", "The same from a file, or - for standard input"}}),
      run_approve<kind>, true);
}

template <RegistryKind kind>
Command reject_command(RegistryWords words) {
  return command(words, with_reason(), run_reject<kind>, true);
}

template <RegistryKind kind>
Command retire_command(RegistryWords words) {
  return command(words, with_reason(), run_retire<kind>, true);
}

template <RegistryKind kind>
Command registrations_command(RegistryWords words) {
  auto out =
      command(words,
              with_format(with_window(
                  {{"--state", "STATE", "Only what stands so now", false,
                    "registered|approved|expired|rejected|retired"},
                   {"--actor", "ID", "Only what this operator registered, as in operator:bob"}})),
              run_list<kind>, false);
  out.positionals.clear();
  return out;
}

template <RegistryKind kind>
Command registration_command(RegistryWords words) {
  auto out = command(words, {}, run_show<kind>, false);
  out.positionals.front().help = "<name>@<version>, or sha256: and its digest";
  return out;
}

template Command register_command<RegistryKind::model>(RegistryWords);
template Command register_command<RegistryKind::prompt>(RegistryWords);
template Command approve_command<RegistryKind::model>(RegistryWords);
template Command approve_command<RegistryKind::prompt>(RegistryWords);
template Command reject_command<RegistryKind::model>(RegistryWords);
template Command reject_command<RegistryKind::prompt>(RegistryWords);
template Command retire_command<RegistryKind::model>(RegistryWords);
template Command retire_command<RegistryKind::prompt>(RegistryWords);
template Command registrations_command<RegistryKind::model>(RegistryWords);
template Command registrations_command<RegistryKind::prompt>(RegistryWords);
template Command registration_command<RegistryKind::model>(RegistryWords);
template Command registration_command<RegistryKind::prompt>(RegistryWords);

}  // namespace lexecon::cli
