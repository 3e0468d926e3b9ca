// lexecon policy hash: the hash of the set in the folder, or of the active one.
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "service/draft.hpp"
#include "service/sets.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) { return shown(document, "policy_hash") + "\n"; }

/// A draft has a hash only when it loads: no other could ever be activated. Needs no ledger.
Hash draft_hash(const Path& folder) {
  return decision::load_set(service::read_draft({folder})).policy_hash;
}

ExitCode run(const Arguments& given, Context& context) {
  const bool active = given.has("--active");
  const auto& folder = context.node();
  const auto hash = active ? service::find_set(service::open_node(folder), std::nullopt).policy_hash
                           : draft_hash(folder);
  context.answer({{"schema", "lexecon.policy_hash/1"},
                  {"policy_hash", hash.hex()},
                  {"of", active ? "active" : "draft"}},
                 text_of);
  return ExitCode::yes;
}

}  // namespace

const Command policy_hash{
    .name = "policy hash",
    .summary = "Print the hash of the set in the folder",
    .options = {{"--active", "", "Of the active set instead"}},
    .examples = {"lexecon policy hash", "lexecon policy hash --active"},
    .run = run,
};

}  // namespace lexecon::cli
