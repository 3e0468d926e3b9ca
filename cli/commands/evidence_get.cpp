// lexecon evidence get: the bytes of a file of evidence, hashed again on their way.
#include <fcntl.h>

#include <cerrno>

#include "base/error.hpp"
#include "base/scratch.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "service/evidence.hpp"

namespace lexecon::cli {
namespace {

/// Under its name only when every byte was found to be right.
service::Evidence write_file(const service::Node& node, const std::string& id, const Path& path) {
  const ScratchFolder scratch(path.string() + ".new");
  const Path inside = scratch.path() / "file";
  const auto file = try_open(inside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (!file.open()) throw system_error(ErrorCode::io, "create", inside, errno);
  auto evidence = service::read_evidence(
      node, id, [&](std::string_view piece) { write_all(file.get(), piece, inside); });
  sync_descriptor(file.get(), inside);
  move_to_new_name(inside, path);
  return evidence;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto id = given.text("ID").value_or("");
  const auto path = given.text("--output").value_or("");
  if (path.empty()) throw Error(ErrorCode::usage, "expected -o PATH, or -o - for standard output");
  if (path == "-" && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected -o PATH with --json: both would be on standard output");
  }
  const auto node = service::open_node(context.node());
  if (path == "-") {
    // Nothing of it is written before all of it was read.
    (void)service::read_evidence(node, id, [&](std::string_view piece) { context.print(piece); });
    return ExitCode::yes;
  }
  const auto evidence = write_file(node, id, path);
  context.answer(service::to_json(evidence),
                 [&path](const Json&) { return "wrote " + path + "\n"; });
  return ExitCode::yes;
}

}  // namespace

const Command evidence_get{
    .name = "evidence get",
    .summary = "Write a file of evidence, its bytes hashed again",
    .positionals = {{"ID", "Its id, evd_…, or that of its entry"}},
    .options = with_tenant({{"--output",
                             "PATH",
                             "Where, or - for standard output; nothing may be there yet",
                             false,
                             {},
                             "-o"}}),
    .examples =
        {"lexecon evidence get $(lexecon evidence list --reverse --limit 1 --format jsonl | "
         "jq -r .evidence_id) -o report.pdf"},
    .run = run,
    .tenant_ids = {{"ID"}},
};

}  // namespace lexecon::cli
