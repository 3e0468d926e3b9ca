#include "decision/escalation_config.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "policy/term.hpp"

namespace lexecon::decision {
namespace {

constexpr std::int64_t micros_per_minute = micros_per_hour / 60;
constexpr std::int64_t micros_per_day = 24 * micros_per_hour;

/// The word as one of `choices`; with "did you mean" when it is none.
template <class Choice>
Choice read_choice(const json::NodeReader& reader, const json::Node& value, const std::string& what,
                   std::initializer_list<Choice> choices) {
  const auto& text = reader.as_text(value, what);
  std::vector<std::string> words;
  for (const auto choice : choices) {
    words.emplace_back(to_string(choice));
    if (words.back() == text) return choice;
  }
  const auto near = did_you_mean(text, words);
  reader.fail(value.mark,
              "expected " + join(words, ", ") + " as " + what + ", found `" + printable(text) + "`",
              near ? "did you mean `" + *near + "`?" : std::string());
}

Span read_span(const json::NodeReader& reader, const json::Node& value, const std::string& what) {
  const auto& text = reader.as_text(value, what);
  const auto span = parse_span(text);
  if (!span || !is_waiting_time(*span)) {
    reader.fail(value.mark,
                "expected a span of 1m to 365d as " + what + ", found `" + printable(text) + "`",
                "write it as `90m`, `8h`, `3d`, or by the calendar `1mo` to `1y`");
  }
  return *span;
}

void read_slas(const json::Node& node, const std::string& file, EscalationConfig& out) {
  json::NodeReader reader(node, file);
  std::array<json::Mark, priority_count> marks;
  marks.fill(node.mark);
  const auto name = [](std::size_t i) {
    return "escalations.sla." + std::string(to_string(static_cast<Priority>(i)));
  };
  for (std::size_t i = 0; i < priority_count; ++i) {
    const auto* value = reader.find(to_string(static_cast<Priority>(i)));
    if (value == nullptr) continue;
    out.sla.at(i) = read_span(reader, *value, name(i));
    marks.at(i) = value->mark;
  }
  reader.finish();
  for (std::size_t i = 1; i < priority_count; ++i) {
    if (never_longer(out.sla.at(i), out.sla.at(i - 1))) continue;
    reader.fail(marks.at(i), "expected " + name(i) + " to be no longer than " + name(i - 1),
                "whoever raises a priority wants the answer sooner");
  }
}

std::string read_action(const json::NodeReader& reader, const json::Node& value) {
  const auto& text = reader.as_text(value, "an action of a path");
  if (text == "*") return text;
  if (const auto fault = policy::pattern_fault(policy::TermType::action, text)) {
    reader.fail(value.mark, "bad action `" + printable(text) + "`: " + *fault,
                "write it as in a policy: `action:git:*`");
  }
  return text;
}

std::vector<Answerer> read_roles(const json::NodeReader& reader, const json::Node& value) {
  std::vector<Answerer> roles;
  for (const auto& item : reader.as_list(value, "roles")) {
    roles.push_back(read_choice(reader, item, "a role of a path",
                                {Answerer::compliance_officer, Answerer::admin}));
    if (roles.size() > 1 && roles.back() <= roles[roles.size() - 2]) {
      reader.fail(item.mark, "expected the roles of a path to ascend, each once",
                  "compliance_officer answers first, admin stands above");
    }
  }
  if (roles.empty()) reader.fail(value.mark, "expected at least one role of a path");
  return roles;
}

EscalationPath read_path(const json::Node& node, const std::string& file) {
  using enum risk::Level;
  json::NodeReader reader(node, file);
  EscalationPath out;
  if (const auto* value = reader.find("level")) {
    out.level =
        read_choice(reader, *value, "the level of a path", {unknown, low, medium, high, critical});
  }
  if (const auto* value = reader.find("actions")) {
    for (const auto& item : reader.as_list(*value, "actions")) {
      out.actions.push_back(read_action(reader, item));
    }
    if (out.actions.empty()) reader.fail(value->mark, "expected at least one action of a path");
  }
  out.roles = read_roles(reader, reader.get({"roles"}));
  reader.finish();
  return out;
}

}  // namespace

std::string_view to_string(Priority priority) {
  switch (priority) {
    case Priority::low:
      return "low";
    case Priority::medium:
      return "medium";
    case Priority::high:
      return "high";
    case Priority::critical:
      return "critical";
  }
  throw Error(ErrorCode::internal, "a priority without a name");
}

std::optional<Priority> priority_from(std::string_view text) {
  for (const auto priority :
       {Priority::low, Priority::medium, Priority::high, Priority::critical}) {
    if (to_string(priority) == text) return priority;
  }
  return std::nullopt;
}

std::string_view to_string(Answerer role) {
  switch (role) {
    case Answerer::compliance_officer:
      return "compliance_officer";
    case Answerer::admin:
      return "admin";
  }
  throw Error(ErrorCode::internal, "a role without a name");
}

bool is_waiting_time(const Span& span) {
  if (span.months != 0) return span.micros == 0 && span.months > 0 && span.months <= 12;
  return span.micros >= micros_per_minute && span.micros <= 365 * micros_per_day;
}

// A month is 28 to 31 days: a span by the calendar and another are compared as they are at worst.
bool never_longer(const Span& shorter, const Span& longer) {
  if ((shorter.months == 0) == (longer.months == 0)) {
    return std::pair(shorter.months, shorter.micros) <= std::pair(longer.months, longer.micros);
  }
  return shorter.months * 31 * micros_per_day + shorter.micros <=
         longer.months * 28 * micros_per_day + longer.micros;
}

EscalationConfig read_escalations(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  EscalationConfig out;
  if (const auto* value = reader.find("sla")) read_slas(*value, file, out);
  if (const auto* value = reader.find("approval_ttl")) {
    out.approval_life = read_span(reader, *value, "escalations.approval_ttl");
  }
  if (const auto* value = reader.find("paths")) {
    for (const auto& path : reader.as_list(*value, "escalations.paths")) {
      out.paths.push_back(read_path(path, file));
    }
  }
  reader.finish();
  return out;
}

}  // namespace lexecon::decision
