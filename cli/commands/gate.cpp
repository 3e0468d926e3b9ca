// lexecon gate: one question before something goes out, one line when the answer is no.
#include "service/gate.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "crypto/hash.hpp"
#include "hook_node.hpp"
#include "output.hpp"
#include "pins.hpp"
#include "request_arguments.hpp"

namespace lexecon::cli {
namespace {

constexpr std::int64_t default_max_age_seconds = std::int64_t{24} * 60 * 60;
constexpr std::int64_t micros_per_second = 1'000'000;

/// SECURITY: what cannot be read is an answer, no, and none of the gate's failures.
template <class Read>
auto read_or_nothing(const Read& read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::usage || error.code() == ErrorCode::internal) throw;
    return std::nullopt;
  }
}

Hash digest_of(const Path& path) {
  const auto file = open_regular(path);
  crypto::Sha256 digest;
  each_piece(file.get(), path, [&](std::string_view piece) { digest.update(piece); });
  return digest.finish();
}

package::PinnedFile pinned_file(const std::string& typed) {
  constexpr std::string_view mark = "=sha256:";
  const auto at = typed.rfind(mark);
  const auto expected =
      at == std::string::npos ? std::nullopt : hash_from_hex(typed.substr(at + mark.size()));
  if (at == 0 || !expected) {
    throw Error(ErrorCode::usage,
                "expected --pin FILE=sha256:<64 hex digits>, seen `" + typed + "`", {},
                "sha256sum FILE prints the digest");
  }
  auto name = typed.substr(0, at);
  auto seen = read_or_nothing([&] { return digest_of(name); });
  return {.name = std::move(name), .expected = *expected, .seen = std::move(seen)};
}

package::ReceiptRules rules_from(const Arguments& given, Context& context) {
  const auto seconds = seconds_option(given, "--max-age").value_or(default_max_age_seconds);
  if (seconds <= 0) throw Error(ErrorCode::usage, "expected a span above zero", "--max-age");
  package::ReceiptRules rules{.trusted = {}, .max_age_micros = seconds * micros_per_second};
  for (const auto& each : given.texts("--key")) rules.trusted.push_back(read_pin(each, context));
  return rules;
}

service::GateQuestion question_from(const Arguments& given, Context& context) {
  service::GateQuestion question{.request = request_from(given, context),
                                 .decision_id = given.text("--decision"),
                                 .require_approval = given.has("--require-approval"),
                                 .pins = {},
                                 .receipts = {},
                                 .rules = rules_from(given, context)};
  for (const auto& each : given.texts("--pin")) question.pins.push_back(pinned_file(each));
  for (const auto& each : given.texts("--receipt")) {
    question.receipts.push_back({each, read_or_nothing([&] {
                                   return context.read_input(each, package::max_receipt_bytes);
                                 })});
  }
  return question;
}

/// SECURITY: the node that answers is the one that was meant, not another in its place.
service::Node meant_node(const Arguments& given, const package::ReceiptRules& rules,
                         Context& context) {
  auto node = service::open_node(context.node());
  const auto origin = given.text("--origin");
  if (origin && node.origin != *origin) {
    throw Error(ErrorCode::not_permitted,
                "expected the log `" + *origin + "`, seen `" + node.origin + "`",
                node.files.folder.string());
  }
  const auto is_its_key = [&](const crypto::Pin& pin) { return is_key_of(pin, node); };
  if (!rules.trusted.empty() &&
      std::none_of(rules.trusted.begin(), rules.trusted.end(), is_its_key)) {
    throw Error(ErrorCode::not_permitted, "the node has another ledger key than the gate names",
                node.files.folder.string());
  }
  return node;
}

package::GateAnswer without_node(const Arguments& given, const service::GateQuestion& question,
                                 Context& context) {
  for (const auto* other : {"--origin", "--decision", "--require-approval", "--idempotency-key"}) {
    if (!given.has(other)) continue;
    throw Error(ErrorCode::usage, "expected a node for " + std::string(other), {},
                "name it with --node; gate looks for none");
  }
  return package::gate_by_receipts(question.request, question.pins, question.receipts,
                                   question.rules, context.session().now);
}

std::string line_of(const Json& document) {
  std::string out = shown(document, "outcome") + " " + shown(document, "action");
  if (!document["resource"].is_null()) out += " on " + shown(document, "resource");
  out += ": " + shown(document, "reason") + " (";
  if (!document["decision_id"].is_null()) out += shown(document, "decision_id") + ", ";
  const bool recorded = document["recorded"].get<bool>();
  return out + (recorded ? shown(document, "ledger_entry_id") : std::string("not recorded")) + ")";
}

ExitCode code_of(package::GateOutcome outcome) {
  switch (outcome) {
    case package::GateOutcome::passed:
      return ExitCode::yes;
    case package::GateOutcome::refused:
      return ExitCode::no;
    case package::GateOutcome::undecided:
      return ExitCode::undecided;
    case package::GateOutcome::conditional:
      return ExitCode::conditional;
    case package::GateOutcome::nothing_to_check:
      return ExitCode::nothing_to_check;
  }
  return ExitCode::internal;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto question = question_from(given, context);
  const auto answer =
      context.named_node()
          ? service::gate(meant_node(given, question.rules, context), question, context.session())
          : without_node(given, question, context);
  const auto document = package::to_json(answer);
  const bool passed = answer.outcome == package::GateOutcome::passed;
  if (!passed) context.note(line_of(document));
  context.answer(document, [&](const Json& shown_document) {
    return passed ? line_of(shown_document) + "\n" : std::string();
  });
  return code_of(answer.outcome);
}

}  // namespace

const Command gate{
    .name = "gate",
    .summary = "Ask everything at once before something goes out, and record the answer",
    .options = with_request(
        {{"--decision", "ID", "A decision on record for this very request, in place of a new one"},
         {"--require-approval", "", "Pass only what people approved, and only until that is over"},
         {"--pin", "FILE=sha256:HEX", "A file that must have this digest", true},
         {"--receipt", "FILE", "A receipt that must approve this very request", true},
         {"--max-age", "SPAN", "How old a receipt may be; else 24h"},
         {"--origin", "NAME", "The log that the node must have"},
         {"--key", "PIN", "A trusted ledger key: the node must have one, receipts be by one",
          true}}),
    .examples =
        {"lexecon gate --node .lexecon --actor ai_agent:deployer --action deploy --resource "
         "env:staging/web --pin .lexecon/risk.yaml=sha256:$(sha256sum < .lexecon/risk.yaml | "
         "cut -c 1-64)",
         "lexecon gate --receipt approved.receipt.json --key \"$(lexecon key show)\" --actor "
         "human:alice --action read"},
    .run = run,
    .discovers = false,
    .acts = true,
};

}  // namespace lexecon::cli
