// lexecon archive: finished matters leave the database for a signed package.
#include "export/archive.hpp"

#include "base/error.hpp"
#include "clock.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "package_options.hpp"
#include "progress.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& done) {
  if (done["archived"] == 0)
    return "nothing that ended before then is here: nothing was archived\n";
  return facts({{"archived", shown(done, "archived") + " entries"},
                {"package", shown(done, "path")},
                {"export", shown(done, "export_id")},
                {"size", shown(done, "tree_size")},
                {"recorded", shown(done, "ledger_entry_id")},
                {"database", shown(done, "bytes_before") + " bytes before, " +
                                 shown(done, "bytes_after") + " after"}}) +
         "keep the package: what left the database is nowhere else\n";
}

Timestamp cut_of(const Arguments& given, Timestamp now) {
  const auto before = time_option(given, "--before", now);
  const auto keep = time_option(given, "--keep", now);
  if (before.has_value() == keep.has_value()) {
    throw Error(ErrorCode::usage, "expected --before TIME or --keep SPAN", {},
                "lexecon archive --keep 1y -o archive-2026 --as NAME --sign-with FILE");
  }
  const auto cut = before ? *before : *keep;
  if (cut <= now) return cut;
  throw Error(ErrorCode::usage, "expected a time that is past, seen " + to_text(cut));
}

ExitCode run(const Arguments& given, Context& context) {
  const auto signer = signatory(given);
  const auto now = context.session().now;
  Progress progress(context, "entries collected");
  exporting::ArchiveOptions options;
  options.path = package_path(given);
  options.before = cut_of(given, now);
  options.generated_at = package_time(now);
  options.generator = package_generator();
  options.progress = [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); };
  options.clock = clock_now;
  const auto node = service::open_node(context.node());
  const auto done = exporting::archive(node, options, signer, context.session());
  context.answer(exporting::to_json(done), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command archive{
    .name = "archive",
    .summary = "Move finished matters out of the database into a signed package",
    .options = with_signing(
        {{"--output", "PATH", "The package; nothing may be there yet", false, {}, "-o"},
         {"--before", "TIME", "What ended before: RFC 3339, or a span back from now"},
         {"--keep", "SPAN", "What ended longer ago than this, as in 1y"}}),
    .examples = {"lexecon archive --keep 1y -o archive-2026 --as bob --sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
