#include "verification_text.hpp"

#include <algorithm>

#include "chain/note.hpp"
#include "json/json.hpp"
#include "operator_text.hpp"
#include "output.hpp"
#include "pins.hpp"

namespace lexecon::cli {
namespace {

// Two notes that cannot both be of one history, each once however many checks met them.
std::string notes_of(const Json& document) {
  std::string out;
  std::vector<Json> seen;
  for (const auto& conflict : document["conflicts"]) {
    if (std::find(seen.begin(), seen.end(), conflict) != seen.end()) continue;
    seen.push_back(conflict);
    for (const char* const whose : {"ours", "theirs"}) {
      out += "\n" + std::string(whose) + ":\n" + printable_lines(shown(conflict, whose));
    }
  }
  return out;
}

std::string redecided(const Json& document) {
  const auto& counts = document["redecided"];
  if (!counts.is_object()) return {};
  return ", " + shown(counts, "judged") + " of " + shown(counts, "decisions") +
         " decisions re-decided";
}

/// What somebody who reads one line must know.
std::string first_line(const Json& document) {
  std::string out = shown(document, "verdict");
  if (!document["cause"].is_null()) out += ": " + shown(document, "cause");
  return out + ", " + shown(document, "entries_verified") + " entries verified" +
         redecided(document) + "\n";
}

/// What the package does not show, and so cannot prove.
std::string withheld(const Json& contents) {
  std::string out;
  if (contents["withheld_entries"] != 0) {
    out += shown(contents, "withheld_entries") +
           " entries are withheld: that something did not happen rests on the exporter\n";
  }
  if (contents["withheld_sealed"] != 0) {
    out += shown(contents, "withheld_sealed") + " sealed contents are withheld\n";
  }
  if (contents["erased"] != 0) {
    out += shown(contents, "erased") + " sealed contents were erased, which the log says\n";
  }
  return out;
}

}  // namespace

ledger::VerifyOptions verify_options(const Arguments& given, Context& context, Progress& progress) {
  ledger::VerifyOptions options;
  for (const auto& each : given.texts("--key")) {
    options.pins.push_back(read_pin(each, context));
  }
  for (const auto& each : given.texts("--against")) {
    options.older_notes.push_back(context.read_input(each, chain::max_note_bytes));
  }
  if (const auto file = given.text("--witnesses")) {
    options.witnesses = chain::parse_witness_policy(
        context.read_input(*file, chain::max_witness_policy_bytes), *file);
  }
  options.progress = [&progress](std::uint64_t seen, std::uint64_t of) { progress.show(seen, of); };
  return options;
}

std::string completeness(const Json& document) {
  const auto& complete = document["completeness"];
  if (complete["established"].get<bool>()) {
    return "complete up to size " + shown(complete, "up_to_size") + ", proven by what was pinned";
  }
  const auto verified = document["entries_verified"].get<std::uint64_t>();
  const auto upto = verified == 0 ? std::string() : " up to #" + std::to_string(verified - 1);
  return "completeness NOT ESTABLISHED: nothing is missing" + upto +
         "; nothing proves there was no later entry (--against FILE pins a checkpoint)";
}

std::string checks_text(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"CHECK", "STATUS", "ITEMS", "DETAIL"}};
  for (const auto& check : document["checks"]) {
    rows.push_back({shown(check, "name"), shown(check, "status"), shown(check, "items"),
                    check.contains("detail") ? shown(check, "detail") : std::string()});
  }
  return table(rows) + notes_of(document);
}

std::string package_text(const Json& document) {
  std::string out = first_line(document);
  if (!document["first_bad_seq"].is_null()) {
    out += "first bad entry: #" + shown(document, "first_bad_seq") + "\n";
  }
  if (document["verdict"] == "valid") out += completeness(document) + "\n";
  const auto& package = document["package"];
  if (package.is_object()) {
    out += withheld(package["contents"]);
    const auto& head = document["head"];
    out += facts({{"package", shown(package, "export_id")},
                  {"scope", shown(package, "scope")},
                  {"made", shown(package, "generated_at") + " by " + shown(package, "generator")},
                  {"request", shown(package, "request")}});
    if (head.is_object()) {
      out += facts({{"log", shown(head, "origin")},
                    {"size", shown(head, "tree_size")},
                    {"root", shown(head, "root_hash")}});
    }
    out += human_authority(document) + "\n";
  }
  return out + checks_text(document);
}

}  // namespace lexecon::cli
