#include <algorithm>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "decision/retention.hpp"
#include "policy/term.hpp"

namespace lexecon::decision {
namespace {

using policy::TermType;

Span read_keep(const json::NodeReader& reader, const json::Node& value) {
  const auto& text = reader.as_text(value, "keep");
  const auto span = parse_span(text);
  if (!span) {
    reader.fail(value.mark, "expected a span as keep, found `" + printable(text) + "`",
                "write it as `90d`, or by the calendar `6mo` or `10y`");
  }
  return *span;
}

std::string read_code(const json::NodeReader& reader, const json::Node& value,
                      const std::string& what) {
  const auto& text = reader.as_text(value, what);
  if (!is_code(text)) {
    reader.fail(value.mark, "expected 1 to 128 of `a-z0-9_.:-` as " + what + ", found `" +
                                printable(text) + "`");
  }
  return text;
}

std::vector<std::string> read_texts(const json::NodeReader& reader, const json::Node& value,
                                    const std::string& what) {
  std::vector<std::string> out;
  for (const auto& item : reader.as_list(value, what)) out.push_back(reader.as_text(item, what));
  if (out.empty()) reader.fail(value.mark, "expected at least one of " + what);
  return out;
}

std::vector<std::string> read_patterns(const json::NodeReader& reader, const json::Node& value,
                                       const std::string& what, TermType type) {
  std::vector<std::string> out;
  for (const auto& item : reader.as_list(value, what)) {
    const auto& text = reader.as_text(item, what);
    const auto fault = policy::pattern_fault(type, text);
    if (fault) {
      reader.fail(item.mark, "bad pattern `" + printable(text) + "` of " + what + ": " + *fault,
                  "write it as in a policy, with its prefix: `" +
                      std::string(policy::long_prefix(type)) + "…`");
    }
    out.push_back(text);
  }
  if (out.empty()) reader.fail(value.mark, "expected at least one of " + what);
  return out;
}

bool read_flag(const json::NodeReader& reader, const json::Node& value, const std::string& what) {
  if (value.kind != json::Node::Kind::boolean) {
    reader.fail(value.mark, "expected true or false as " + what);
  }
  return value.boolean;
}

Timestamp read_date(const json::NodeReader& reader, const json::Node& value,
                    const std::string& what, const std::string& otherwise) {
  const auto& text = reader.as_text(value, what);
  const auto at = parse_time(text + "T00:00:00Z");
  if (!at) {
    reader.fail(value.mark,
                "expected " + otherwise + " as " + what + ", found `" + printable(text) + "`");
  }
  return *at;
}

Applies read_applies(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  Applies out;
  if (const auto* value = reader.find("event_types")) {
    out.event_types = read_texts(reader, *value, "event_types");
    for (const auto& type : out.event_types) {
      if (!is_event_type(type)) {
        reader.fail(value->mark, "expected types of entries, found `" + printable(type) + "`");
      }
    }
  }
  if (const auto* value = reader.find("evidence_types")) {
    out.evidence_types = read_texts(reader, *value, "evidence_types");
  }
  if (const auto* value = reader.find("actors")) {
    out.actors = read_patterns(reader, *value, "actors", TermType::actor);
  }
  if (const auto* value = reader.find("actions")) {
    out.actions = read_patterns(reader, *value, "actions", TermType::action);
  }
  if (const auto* value = reader.find("data_classes")) {
    out.data_classes = read_patterns(reader, *value, "data_classes", TermType::data_class);
  }
  if (const auto* value = reader.find("high_risk_system")) {
    out.high_risk_system = read_flag(reader, *value, "high_risk_system");
    if (!out.high_risk_system) {
      reader.fail(value->mark, "expected true as high_risk_system, or nothing");
    }
  }
  reader.finish();
  const bool is_empty = out.event_types.empty() && out.evidence_types.empty() &&
                        out.actors.empty() && out.actions.empty() && out.data_classes.empty() &&
                        !out.high_risk_system;
  if (is_empty) reader.fail(node.mark, "expected what the class applies to");
  return out;
}

/// What the classes refer to.
struct Declared {
  bool has_high_risk_systems = false;
  std::optional<Timestamp> placed_on_market;
};

std::optional<Timestamp> read_from(const json::NodeReader& reader, const json::Node& value,
                                   const Declared& declared) {
  const auto& text = reader.as_text(value, "from");
  if (text == "recorded") return std::nullopt;
  if (text != "placed_on_market") {
    return read_date(reader, value, "from", "recorded, placed_on_market or a date");
  }
  if (!declared.placed_on_market) {
    reader.fail(value.mark, "the class counts from placing on the market, and nobody said when",
                "say so in retention.placed_on_market, a date as in 2026-03-01");
  }
  return declared.placed_on_market;
}

bool read_then(const json::NodeReader& reader, const json::Node& value) {
  const auto& text = reader.as_text(value, "then");
  if (text == "erase") return true;
  if (text == "keep") return false;
  reader.fail(value.mark, "expected erase or keep as then, found `" + printable(text) + "`");
}

void read_floor(json::NodeReader& reader, RetentionClass& out) {
  if (const auto* value = reader.find("floor")) out.is_floor = read_flag(reader, *value, "floor");
  const auto* const value = reader.find("gives_way_to");
  if (value == nullptr) return;
  if (!out.is_floor) reader.fail(value->mark, "only a floor gives way");
  for (const auto& item : reader.as_list(*value, "gives_way_to")) {
    out.gives_way_to.push_back(read_code(reader, item, "gives_way_to"));
    if (out.gives_way_to.back() == basis_retention) {
      reader.fail(item.mark, "a floor does not give way to the end of another period");
    }
  }
}

RetentionClass read_class(const json::Node& node, const std::string& file,
                          const Declared& declared) {
  json::NodeReader reader(node, file);
  RetentionClass out;
  out.name = read_code(reader, reader.get({"name"}), "name");
  const auto& applies = reader.get({"applies"});
  out.applies = read_applies(applies, file);
  if (out.applies.high_risk_system && !declared.has_high_risk_systems) {
    reader.fail(applies.mark, "the class is for high-risk systems, and nobody said which those are",
                "name their actors in retention.high_risk_systems");
  }
  const auto& keep = reader.get({"keep"});
  out.keep = read_keep(reader, keep);
  out.keep_text = keep.text;
  if (const auto* value = reader.find("from")) out.from = read_from(reader, *value, declared);
  out.basis = read_code(reader, reader.get({"basis"}), "basis");
  const auto& law = reader.get({"law"});
  out.law = reader.as_text(law, "law");
  if (out.law.empty()) reader.fail(law.mark, "expected what asks for it as law");
  read_floor(reader, out);
  const auto& then = reader.get({"then"});
  out.erases = read_then(reader, then);
  if (!out.erases && !out.is_floor) {
    reader.fail(then.mark, "a class that is no floor and does not erase says nothing");
  }
  reader.finish();
  return out;
}

}  // namespace

RetentionRules read_retention(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  RetentionRules out;
  Declared declared;
  if (const auto* value = reader.find("high_risk_systems")) {
    out.high_risk_systems = read_patterns(reader, *value, "high_risk_systems", TermType::actor);
    declared.has_high_risk_systems = true;
  }
  if (const auto* value = reader.find("placed_on_market")) {
    declared.placed_on_market =
        read_date(reader, *value, "placed_on_market", "a date as in 2026-03-01");
  }
  if (const auto* value = reader.find("classes")) {
    for (const auto& item : reader.as_list(*value, "classes")) {
      auto read = read_class(item, file, declared);
      const bool is_taken = std::any_of(out.classes.begin(), out.classes.end(),
                                        [&](const auto& each) { return each.name == read.name; });
      if (is_taken) reader.fail(item.mark, "the class `" + read.name + "` is there twice");
      out.classes.push_back(std::move(read));
    }
  }
  reader.finish();
  return out;
}

RetentionRules load_retention(std::string_view bytes, const std::string& file) {
  const auto document = json::read_document(bytes, file);
  for (const auto& member : document.members) {
    if (member.key == "retention") return read_retention(member.value, file);
  }
  return {};
}

}  // namespace lexecon::decision
