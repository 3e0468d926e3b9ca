#include "answer_text.hpp"

#include "base/error.hpp"
#include "output.hpp"
#include "request_arguments.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_note_bytes = 65'536;

std::string listed(const Json& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + text.get<std::string>();
  return out;
}

std::string now_text(const Json& document) {
  const Json& now = document["judged_now"];
  if (now.is_null()) return "the request was erased: no token can be issued\n";
  if (now["outcome"] == "approved") {
    return "the requester goes on with: lexecon token issue --decision " +
           shown(document, "decision_id") + "\n";
  }
  return "judged again now it is " + shown(now, "outcome") + " (" + shown(now, "reason_code") +
         ")" + (now["unmet"].empty() ? "" : ", still unmet: " + listed(now["unmet"])) + "\n";
}

}  // namespace

std::vector<Option> with_answer(std::vector<Option> own) {
  own.push_back({"--note", "TEXT", "Why, in words; sealed, so that it can be erased"});
  own.push_back({"--note-file", "FILE", "The same from a file, or - for standard input"});
  own.push_back({"--ttl", "SPAN", "How long a yes counts; node.yaml says, else 24h"});
  return with_signing(std::move(own));
}

service::Said said_from(const Arguments& given, Context& context) {
  service::Said said{.note = given.text("--note"), .life_seconds = seconds_option(given, "--ttl")};
  if (const auto file = given.text("--note-file")) {
    if (said.note) throw Error(ErrorCode::usage, "expected --note or --note-file, seen both");
    said.note = context.read_input(*file, max_note_bytes);
  }
  return said;
}

std::string answer_text(const Json& document) {
  const bool is_answer = document.contains("outcome");
  return facts({{"decision", shown(document, "decision_id")},
                {is_answer ? "answer" : "requirement",
                 shown(document, is_answer ? "outcome" : "requirement")},
                {"by", shown(document["approval"], "operator")},
                {"until", shown(document, "expires_at")},
                {"entry", shown(document, "ledger_entry_id")}}) +
         (is_answer && document["outcome"] != "approved" ? "" : now_text(document));
}

}  // namespace lexecon::cli
