// lexecon version: which program this is, and which formats it writes.
#include "chain/entry.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "decision/judge.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

#ifdef LEXECON_TEST_CLOCK
constexpr bool test_clock = true;
#else
constexpr bool test_clock = false;
#endif

ExitCode run(const Arguments&, Context& context) {
  const Json document{{"schema", "lexecon.version/1"},
                      {"version", LEXECON_VERSION},
                      {"engine", decision::engine},
                      {"entry", chain::entry_version},
                      {"test_clock", test_clock}};
  context.answer(document, [](const Json& d) {
    const bool test = d["test_clock"].get<bool>();
    return "lexecon " + shown(d, "version") + "\n" +
           facts({{"engine", shown(d, "engine")},
                  {"entry", shown(d, "entry")},
                  {"clock", test ? "LEXECON_NOW is honoured: a build for tests alone" : "system"}});
  });
  return ExitCode::yes;
}

}  // namespace

const Command version{
    .name = "version",
    .summary = "Say which program this is, and which formats it writes",
    .examples = {"lexecon version", "lexecon version --pointer /version"},
    .run = run,
};

}  // namespace lexecon::cli
