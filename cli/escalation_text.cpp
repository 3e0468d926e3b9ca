#include "escalation_text.hpp"

#include <array>
#include <cstdlib>
#include <utility>

#include "base/text.hpp"
#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t name_columns = 12;
constexpr std::size_t relations_shown = 4;

/// One printable line of at most so many characters.
std::string cut(const std::string& text, std::size_t most) {
  const auto line = printable(text);
  std::size_t count = 0;
  std::size_t end = 0;  // before the last character that fits beside the ellipsis
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U;
    if (!begins) continue;
    if (++count == most) end = i;
  }
  return count <= most ? line : line.substr(0, end) + "…";
}

class Screen {
 public:
  /// A line with a name, or below the one before it when that is empty. Nothing without a value.
  void line(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    text_ += name + std::string(name_columns - name.size(), ' ') +
             cut(value, columns - name_columns) + "\n";
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string listed(const Json& values) {
  std::vector<std::string> parts;
  for (const auto& each : values) parts.push_back(shown(each));
  return join(parts, ", ");
}

std::string members(const Json& object) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : object.items()) parts.push_back(key + "=" + shown(value));
  return join(parts, ", ");
}

/// The time that is left, or since when there is none.
std::string time_left(const Json& escalation) {
  if (escalation["seconds_left"].is_null()) return "-";
  const auto left = escalation["seconds_left"].get<std::int64_t>();
  return (escalation["overdue"].get<bool>() ? "overdue " : "") + duration(std::abs(left));
}

void put_state(Screen& screen, const Json& escalation) {
  screen.line("escalation", shown(escalation, "escalation_id"));
  auto state = shown(escalation, "state") + ", priority " + shown(escalation, "priority");
  if (!escalation["resolution"].is_null()) state += ", answered " + shown(escalation, "resolution");
  if (!escalation["assigned_to"].is_null())
    state += ", assigned to " + shown(escalation, "assigned_to");
  screen.line("state", state);
  if (escalation["seconds_left"].is_null()) return;
  auto due = shown(escalation, "due_at") + " (" + time_left(escalation) + ")";
  if (!escalation["breached_entry_id"].is_null()) {
    due += ", on record as " + shown(escalation, "breached_entry_id");
  }
  screen.line("due", due);
}

void put_request(Screen& screen, const Json& escalation, const Json& request) {
  screen.line("asked by", shown(escalation, "actor"));
  screen.line("to do", shown(escalation, "action"));
  if (!escalation["resource"].is_null()) screen.line("on", shown(escalation, "resource"));
  if (!escalation["tenant"].is_null()) screen.line("for", shown(escalation, "tenant"));
  if (request.is_null()) return screen.line("request", "erased");
  screen.line("tool", request.contains("tool") ? shown(request, "tool") : "");
  if (request.contains("data_classes")) screen.line("data", listed(request["data_classes"]));
  if (request.contains("intent")) screen.line("intent", shown(request, "intent"));
  if (request.contains("context")) screen.line("context", members(request["context"]));
  if (request.contains("parameters")) screen.line("parameters", members(request["parameters"]));
}

void put_reasons(Screen& screen, const Json& escalation, const Json& why) {
  screen.line("stopped by", listed(escalation["reasons"]));
  std::size_t count = 0;
  for (const auto& each : why["matched"]) {
    if (count++ == relations_shown) break;
    auto text = shown(each, "relation");
    if (!each["type"].is_null()) text += " (" + shown(each, "type") + ")";
    if (each["justification"].is_string() &&
        !each["justification"].get_ref<const std::string&>().empty()) {
      text += ": " + shown(each, "justification");
    }
    screen.line("", text);
  }
  const auto all = why["matched_count"].get<std::size_t>();
  if (all > relations_shown) {
    screen.line("", "and " + std::to_string(all - relations_shown) + " more relations");
  }
  screen.line("unmet", listed(why["unmet"]));
  const auto& risk = why["risk"];
  if (risk.is_null()) return screen.line("risk", "nothing was scored");
  screen.line("risk", shown(risk, "score") + " " + shown(risk, "level") + ": " +
                          members(risk["dimensions"]));
  screen.line("factors", listed(risk["factors"]));
}

void put_like(Screen& screen, const Json& like) {
  if (like["considered"] == 0) return screen.line("before", "this actor never asked for this");
  screen.line("before", shown(like, "considered") +
                            " of this actor and action: " + shown(like, "approved") +
                            " approved, " + shown(like, "denied") + " denied");
  for (const auto& each : like["decisions"]) {
    screen.line("", shown(each, "timestamp").substr(0, 19) + "Z  " + shown(each, "decision_id") +
                        "  " + shown(each, "became") + ", token " + shown(each, "token"));
  }
}

void put_yes(Screen& screen, const Json& yes) {
  auto what = "one use of " + shown(yes, "action");
  if (!yes["resource"].is_null()) what += " on " + shown(yes, "resource");
  if (!yes["tool"].is_null()) what += " with " + shown(yes, "tool");
  screen.line("yes permits", what);
  if (!yes["data_classes"].empty()) screen.line("", "with " + listed(yes["data_classes"]));
  screen.line("", "at " + shown(yes, "audience") + ", by a token of " +
                      duration(yes["token_seconds"].get<std::int64_t>()) +
                      " that can be taken until " + shown(yes, "usable_until").substr(0, 19) + "Z");
}

void put_operators(Screen& screen, const Json& escalation, const Json& operators) {
  const auto role = shown(escalation, "answer_takes");
  auto who = role == "admin" ? role : role + " or admin";
  screen.line("answers",
              who + ": " + (operators["may"].empty() ? "nobody" : listed(operators["may"])));
  std::size_t count = 0;
  for (const auto& each : operators["may_not"]) {
    if (count++ == relations_shown) break;
    screen.line("", "not " + shown(each, "why"));
  }
}

void put_command(Screen& screen, const std::string& name, const std::string& command) {
  const auto options = command.find(" --");
  screen.line(name, command.substr(0, options) + " \\");
  screen.line("", " " + command.substr(options));
}

}  // namespace

std::string duration(std::int64_t seconds) {
  constexpr std::array<std::pair<std::int64_t, const char*>, 4> units{
      {{86'400, "d"}, {3'600, "h"}, {60, "m"}, {1, "s"}}};
  std::vector<std::string> parts;
  for (const auto& [size, name] : units) {
    const auto count = seconds / size;
    seconds %= size;
    if (count != 0) parts.push_back(std::to_string(count) + name);
    if (parts.size() == 2 || (count == 0 && !parts.empty())) break;
  }
  return parts.empty() ? "0s" : join(parts, " ");
}

std::string escalation_table(const Json& escalations) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "DUE", "LEFT", "STATE", "PRIORITY", "ASSIGNED", "ACTOR", "ACTION", "ESCALATION"}};
  for (const auto& each : escalations) {
    rows.push_back({shown(each, "seq"), shown(each, "due_at"), time_left(each),
                    shown(each, "state"), shown(each, "priority"), shown(each, "assigned_to"),
                    shown(each, "actor"), shown(each, "action"), shown(each, "escalation_id")});
  }
  return table(rows);
}

std::string escalation_change_text(const Json& document) {
  const auto& escalation = document["escalation"];
  std::vector<std::string> entries;
  for (const auto& each : document["entries"]) {
    entries.push_back(shown(each, "event_type") + " as " + shown(each, "ledger_entry_id"));
  }
  return facts({{"escalation", shown(escalation, "escalation_id")},
                {"state", shown(escalation, "state")},
                {"priority", shown(escalation, "priority")},
                {"assigned to", shown(escalation, "assigned_to")},
                {"due", shown(escalation, "due_at") + " (" + time_left(escalation) + ")"},
                {"recorded", join(entries, ", ")}});
}

std::string escalation_screen(const Json& document) {
  const auto& escalation = document["escalation"];
  Screen screen;
  put_state(screen, escalation);
  put_request(screen, escalation, document["request"]);
  put_reasons(screen, escalation, document["why"]);
  put_like(screen, document["like"]);
  if (document["commands"].is_null()) return screen.take();
  put_yes(screen, document["yes"]);
  put_operators(screen, escalation, document["operators"]);
  put_command(screen, "for yes", shown(document["commands"], "approve"));
  put_command(screen, "for no", shown(document["commands"], "deny"));
  return screen.take();
}

}  // namespace lexecon::cli
