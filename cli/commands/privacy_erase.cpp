// lexecon privacy erase: sealed content, gone from the ledger and from its files.
#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_argument.hpp"
#include "filters.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "service/privacy.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_list_bytes = 64 * 1024 * 1024;

std::vector<std::string> subjects_from(const Arguments& given, Context& context) {
  auto subjects = given.texts("SUBJECT");
  if (const auto file = given.text("--subjects")) {
    for (auto& line : split(context.read_input(*file, max_list_bytes), '\n')) {
      if (!line.empty()) subjects.emplace_back(line);
    }
  }
  return subjects;
}

std::string required(const Arguments& given, const std::string& name) {
  auto text = given.text(name);
  if (!text) throw Error(ErrorCode::usage, "expected " + name);
  return *std::move(text);
}

service::PrivacyErasure erasure_from(const Arguments& given, Context& context) {
  service::PrivacyErasure wanted;
  wanted.subjects = subjects_from(given, context);
  for (const auto& seq : given.texts("--seq")) wanted.seqs.push_back(seq_argument(seq));
  if (wanted.subjects.empty() && wanted.seqs.empty()) {
    throw Error(ErrorCode::usage, "expected a subject, --subjects or --seq");
  }
  wanted.legal_basis = required(given, "--legal-basis");
  (void)required(given, "--requested-at");
  wanted.requested_at = *time_option(given, "--requested-at", context.session().now);
  wanted.what_may = given.has("--what-may");
  wanted.dry_run = given.has("--dry-run");
  return wanted;
}

std::string list_of(const Json& names) {
  std::vector<std::string> out;
  for (const auto& each : names) out.push_back(shown(each));
  return join(out, ", ");
}

std::string stays_text(const Json& stays) {
  if (stays.empty()) return {};
  std::vector<std::vector<std::string>> rows{{"STAYS", "WHY", "IT"}};
  for (const auto& each : stays) {
    rows.push_back({shown(each, "ledger_entry_id"), shown(each, "code"), shown(each, "reason")});
  }
  return table(rows);
}

std::string remains_text(const Json& remains) {
  std::string out = "what remains: the entries, with their ids and digests, for ever\n";
  if (!remains["exports"].empty()) {
    out += "  exports that were made before: " + list_of(remains["exports"]) + "\n";
  }
  if (!remains["copies"].empty()) {
    out += "  earlier databases in this node: " + list_of(remains["copies"]) + "\n";
  }
  return out +
         "  backups and copies elsewhere, which no node knows of; and what a file system that "
         "copies "
         "on write,\n  or a disk that moves blocks, keeps of bytes that were overwritten\n";
}

std::string text_of(const Json& document) {
  const auto count = std::to_string(document["seqs"].size());
  if (document["dry_run"].get<bool>()) {
    return "would erase " + count + "\n" + stays_text(document["stays"]);
  }
  auto out = facts({{"erased", count},
                    {"by", shown(document["approval"], "operator")},
                    {"entries", list_of(document["ledger_entry_ids"])},
                    {"files", shown(document, "files_removed")},
                    {"bytes", shown(document, "bytes_before") + " before, " +
                                  shown(document, "bytes_after") + " after"}});
  out += stays_text(document["stays"]);
  if (!document["unfinished"].is_null()) {
    out += "on record, but some of it may stand in files until the next act: " +
           shown(document, "unfinished") + "\n";
  }
  return out + remains_text(document["remains"]);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto wanted = erasure_from(given, context);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::privacy_erase(node, wanted, signer, context.session()), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command privacy_erase{
    .name = "privacy erase",
    .summary = "Erase what is sealed about subjects, or beside entries, and say so on record",
    .positionals = {{"SUBJECT",
                     "actor:TYPE:ID, operator:ID, tenant:ID or resource:CLASS:PATH",
                     false,
                     {},
                     true}},
    .options = with_signing(
        {{"--subjects", "FILE", "More subjects, one a line, or - for standard input"},
         {"--seq", "N", "What is sealed beside this entry", true},
         {"--legal-basis", "CODE", "Why it is erased, as in gdpr:17; it stays on record"},
         {"--requested-at", "TIME", "When that was asked for: RFC 3339, or a span back from now"},
         {"--what-may", "", "Leave what may not be erased, and list it"},
         {"--dry-run", "", "Only say what would be erased and what stays"}}),
    .examples = {"lexecon privacy erase actor:human:alice --legal-basis gdpr:17 --requested-at 2d "
                 "--dry-run",
                 "lexecon privacy erase actor:human:alice --legal-basis gdpr:17 --requested-at 2d "
                 "--as bob --sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
