#include "ledger/verify.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify_lines.hpp"
#include "ledger/verify_pass.hpp"
#include "store/schema.hpp"

namespace lexecon::ledger {
namespace {

CheckResult result_of(const Running& running) {
  const Finding& finding = running.check->finding();
  CheckResult result{std::string(running.type->name), CheckStatus::pass, finding.items,
                     finding.detail};
  if (finding.failed) {
    result.status = CheckStatus::fail;
  } else if (!running.runs() || finding.items == 0) {
    result.status = CheckStatus::not_run;
    if (result.detail.empty()) result.detail = running.skipped ? "skipped" : running.why;
  }
  return result;
}

// A stretch is only named when no check found the entry in it.
std::optional<std::uint64_t> first_bad(const std::vector<Running>& checks) {
  std::optional<std::uint64_t> first;
  for (const Running& running : checks) {
    const auto seq = running.check->finding().seq;
    if (seq && (!first || *seq < *first)) first = seq;
  }
  for (const Running& running : checks) {
    const auto& stretch = running.check->finding().stretch;
    if (stretch && (!first || *first >= stretch->high)) first = stretch->low;
  }
  return first;
}

Verdict verdict_of(const std::vector<Running>& checks, const Evidence* evidence,
                   std::optional<std::string>& cause) {
  bool is_whole = true;
  for (const Running& running : checks) {
    const Finding& finding = running.check->finding();
    if (finding.failed) return Verdict::invalid;
    if (running.type->needed && running.runs() && finding.items == 0) is_whole = false;
  }
  if (evidence == nullptr || evidence->range.size() == 0 || !is_whole)
    cause = "nothing_to_check";
  else
    cause = evidence->undecidable;
  return cause ? Verdict::undecidable : Verdict::valid;
}

void report_completeness(Verification& verification, const VerifyOptions& options) {
  if (verification.verdict != Verdict::valid) return;
  for (const std::string& note : options.older_notes) {
    const auto size = chain::parse_checkpoint(chain::parse_note(note)).tree_size;
    verification.complete = true;
    verification.complete_up_to = std::max(verification.complete_up_to.value_or(0), size);
  }
}

// The name never changes, so it may be asked for before the heads are read and the snapshot begins.
std::string origin_of(const NodeFiles& files) {
  try {
    store::Database database(files.database(), store::OpenMode::read_only);
    store::check_schema(database);
    const auto genesis = read_entry(database, 0);
    return genesis ? genesis->entry.origin : "";
  } catch (const Error& error) {
    if (is_alteration(error)) return "";
    throw;
  }
}

Verification verify_once(const NodeFiles& files, const VerifyOptions& options) {
  const std::string origin = origin_of(files);
  const Heads heads = read_heads(files, origin.empty() ? Path() : options.state_home, origin);
  std::optional<store::Database> database;
  std::optional<TableRecords> records;  // its statements end before the database is closed
  std::optional<Evidence> evidence;
  auto checks = checks_of(options, Reach::tables);  // and theirs
  try {
    database.emplace(files.database(), store::OpenMode::read_only);
    // Rows are read once and in order: a cache of pages would only hold memory.
    database->execute("PRAGMA cache_size=-1024");
    const store::Transaction snapshot(*database, store::Transaction::Kind::read);
    records.emplace(*database);
    evidence.emplace(Evidence{.records = *records,
                              .database = *database,
                              .files = files,
                              .options = options,
                              .heads = heads});
    Pass(*evidence, checks).run();
  } catch (const Error& error) {
    if (!is_alteration(error)) throw;
    // The store could not be read to its end: whatever stands first in the table says so.
    const std::optional<std::uint64_t> seq =
        evidence ? std::optional(evidence->range.size()) : std::nullopt;
    checks.front().check->fail(seq, error.message());
  }
  return conclude(checks, evidence ? &*evidence : nullptr, options);
}

void require_notes(const VerifyOptions& options) {
  for (const std::string& note : options.older_notes) {
    static_cast<void>(chain::parse_checkpoint(chain::parse_note(note)));
  }
}

/// The largest checkpoint of those given that holds for the entries.
std::optional<chain::Checkpoint> largest_kept(const Evidence& evidence) {
  std::optional<chain::Checkpoint> largest;
  for (const std::string& note : evidence.options.older_notes) {
    const auto checkpoint = chain::parse_checkpoint(chain::parse_note(note));
    if (!largest || checkpoint.tree_size > largest->tree_size) largest = checkpoint;
  }
  return largest;
}

/// What nobody who has only entries can know.
std::optional<std::string> cause_of(const Evidence& evidence) {
  if (evidence.options.pins.empty()) return "key_not_pinned";
  if (!evidence.head) return "no_checkpoint";
  if (evidence.head->tree_size < evidence.range.size()) return "unsigned_tail";
  return std::nullopt;
}

}  // namespace

std::vector<Running> checks_of(const VerifyOptions& options, Reach reach) {
  std::vector<Running> running;
  for (const CheckType& type : check_types()) {
    const bool skipped =
        std::find(options.skip.begin(), options.skip.end(), type.name) != options.skip.end();
    running.push_back({&type, type.make(), skipped, type.reach <= reach});
  }
  return running;
}

Verification conclude(const std::vector<Running>& checks, Evidence* evidence,
                      const VerifyOptions& options) {
  Verification out;
  out.from = options.from;
  for (const Running& running : checks) out.checks.push_back(result_of(running));
  out.verdict = verdict_of(checks, evidence, out.cause);
  out.first_bad_seq = first_bad(checks);
  if (evidence != nullptr) {
    out.entries_verified = std::min(evidence->range.size(), out.first_bad_seq.value_or(UINT64_MAX));
    out.head = evidence->head;
    out.origin = evidence->log ? evidence->log->name : "";
    out.conflicts = std::move(evidence->conflicts);
    out.redecided = evidence->redecided;
    out.archives = std::move(evidence->archives);
    const auto& operators = evidence->people.operators;
    out.people = {.first_operator = operators.first(), .one_suffices = operators.one_suffices()};
    for (const Rotation& rotation : evidence->keys.rotations) {
      if (rotation.lost) out.gaps.push_back({rotation.seq, rotation.next, *rotation.lost});
    }
  }
  report_completeness(out, options);
  return out;
}

Verification verify(const NodeFiles& files, const VerifyOptions& options) {
  require_notes(options);
  Verification first = verify_once(files, options);
  if (first.verdict != Verdict::invalid) return first;
  // A read that fell short looks like an altered page, and is gone at the next try.
  Verification second = verify_once(files, options);
  if (second.verdict == Verdict::invalid) return second;
  throw Error(ErrorCode::io, "the ledger read differently twice", files.database().string(),
              "run it again; when this comes back, look after the disk");
}

Verification verify_entries(int descriptor, const std::string& name, const VerifyOptions& options) {
  require_notes(options);
  auto nothing = store::empty_tables();  // for checks that ask whether it knows better
  const NodeFiles nowhere;
  auto checks = checks_of(options, Reach::entries);
  TableRecords records(nothing);
  Evidence evidence{
      .records = records, .database = nothing, .files = nowhere, .options = options, .heads = {}};
  LineSource lines(descriptor, name);
  Pass(evidence, checks).run(lines);
  // Of nothing, nothing can be said: neither that it was cut nor that it is another's.
  if (evidence.range.size() == 0) checks = checks_of(options, Reach::entries);
  evidence.head = largest_kept(evidence);
  evidence.undecidable = cause_of(evidence);
  return conclude(checks, &evidence, options);
}

std::vector<std::string> check_names() {
  std::vector<std::string> names;
  for (const CheckType& type : check_types()) names.emplace_back(type.name);
  return names;
}

}  // namespace lexecon::ledger
