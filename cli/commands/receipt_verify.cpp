// lexecon receipt verify: whether a receipt proves what it says; needs no node.
#include <optional>
#include <vector>

#include "commands.hpp"
#include "context.hpp"
#include "package/receipt.hpp"
#include "pins.hpp"
#include "receipt_text.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  std::vector<crypto::Pin> pins;
  for (const auto& each : given.texts("--key")) pins.push_back(read_pin(each, context));
  const auto read = [&](const std::string& file) {
    return context.read_input(file, package::max_receipt_bytes);
  };
  const auto bytes = read(given.text("FILE").value_or(""));
  std::optional<std::string> previous;
  if (const auto file = given.text("--previous")) previous = read(*file);
  return answer_receipt(bytes, pins, previous, context);
}

}  // namespace

const Command receipt_verify{
    .name = "receipt verify",
    .summary = "Check a receipt under a pinned key; needs no node",
    .positionals = {{"FILE", "The receipt, or - for standard input"}},
    .options = {{"--key", "PIN",
                 "The log's key, a vkey or a key file; one of them must have signed", true},
                {"--previous", "FILE", "The receipt that an ACTA receipt names before it"}},
    .examples = {"lexecon receipt make genesis -o - | lexecon receipt verify - --key "
                 ".lexecon/keys/ledger.pub"},
    .run = run,
};

}  // namespace lexecon::cli
