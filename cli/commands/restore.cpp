// lexecon restore: put a backup in the place of a ledger that is gone or damaged.
#include "service/restore.hpp"

#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "pins.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_note_bytes = 65'536;

std::string text_of(const Json& restored) {
  std::vector<std::string> missing;
  for (const auto& key : restored["missing_keys"]) missing.push_back(key.get<std::string>());
  return facts({{"restored", shown(restored, "folder")},
                {"log", shown(restored["head"], "origin")},
                {"size", shown(restored["head"], "tree_size")},
                {"root", shown(restored["head"], "root_hash")},
                {"key", shown(restored, "ledger_vkey")},
                {"replaced", shown(restored, "replaced")},
                {"missing", missing.empty() ? "-" : join(missing, ", ")}});
}

ExitCode run(const Arguments& given, Context& context) {
  service::RestoreFrom from{.file = given.text("FILE").value_or(""), .pins = {}, .older_notes = {}};
  for (const auto& each : given.texts("--key")) from.pins.push_back(read_pin(each, context));
  for (const auto& each : given.texts("--against")) {
    from.older_notes.push_back(context.read_input(each, max_note_bytes));
  }
  const auto restored = service::restore(context.node(), from, context.session());
  context.answer(service::to_json(restored), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command restore{
    .name = "restore",
    .summary = "Put a backup in the place of a ledger that is gone or damaged",
    .positionals = {{"FILE", "What `lexecon backup` made"}},
    .options = {{"--against", "FILE", "A checkpoint kept elsewhere that the backup must contain",
                 true},
                {"--key", "PIN", "A key that must be the log's: a vkey, or a key file", true}},
    .examples = {"lexecon backup kept && rm .lexecon/ledger.db && lexecon restore kept"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
