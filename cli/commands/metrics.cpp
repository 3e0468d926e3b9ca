// lexecon metrics: where the node stands in numbers, for Prometheus.
#include "service/metrics.hpp"

#include "base/error.hpp"
#include "base/files.hpp"
#include "commands.hpp"
#include "context.hpp"

namespace lexecon::cli {
namespace {

// The collector reads what is named so, and nothing else: not the file that becomes it.
Path textfile_from(const std::string& typed) {
  const Path path = typed;
  if (path.extension() == ".prom") return path;
  throw Error(ErrorCode::usage, "expected a name that ends in .prom, seen `" + typed + "`",
              "--textfile", "the textfile collector reads no other");
}

ExitCode run(const Arguments& given, Context& context) {
  const auto textfile = given.text("--textfile");
  if (textfile && (context.wants_json() || given.has("--pointer"))) {
    throw Error(ErrorCode::usage, "expected --textfile or --json, seen both");
  }
  const auto file = textfile ? std::optional(textfile_from(*textfile)) : std::nullopt;
  const auto node = service::open_node(context.node());
  const auto metrics = service::metrics(node, context.session().now, LEXECON_VERSION);
  const auto text = service::to_prometheus(metrics);
  if (file) {
    replace_file(*file, text, Access::as_umask);
  } else {
    context.answer_bytes(service::to_json(metrics), text);
  }
  return ExitCode::yes;
}

}  // namespace

const Command metrics{
    .name = "metrics",
    .summary = "Print where the node stands in numbers, for Prometheus",
    .options = {{"--textfile", "FILE.prom",
                 "Put them in the place of this file, for the textfile collector"}},
    .examples = {"lexecon metrics", "lexecon metrics --textfile lexecon.prom"},
    .run = run,
};

}  // namespace lexecon::cli
