#include "chain/report_shapes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/date.hpp"
#include "base/ids.hpp"

namespace lexecon::chain {
namespace {

void day(const Json& value, const Place& at) {
  if (!value.is_string() || !parse_date(value.get_ref<const std::string&>())) {
    refuse("a day YYYY-MM-DD", at);
  }
}

void disclosure(const Json& value, const Place& at) {
  one_of({"none", "sealed"}, "none or sealed", value, at);
}

void kind(const Json& value, const Place& at) {
  one_of({"ai-act", "article-11", "article-12", "article-14", "article-26", "article-73",
          "article-86", "executive", "framework"},
         "a kind of reports", value, at);
}

void format(const Json& value, const Place& at) {
  one_of({"csv", "html", "json", "markdown", "oscal-ar", "oscal-poam", "pdf"},
         "a format of reports", value, at);
}

/// Of a tree that was there before the entry.
void earlier_size(const Json& value, const Place& at) {
  positive(value, at);
  if (value.get<std::uint64_t>() > at.seq) refuse("a size that the log had before", at);
}

constexpr auto file_members = std::to_array<Member>({{"format", format}, {"sha256", hex_64}});
void file(const Json& value, const Place& at) { members(value, at, file_members); }

void files(const Json& value, const Place& at) {
  items(value, at, file);
  const auto not_below = [](const Json& left, const Json& right) {
    return text_of(left, "format") >= text_of(right, "format");
  };
  if (value.empty() || std::adjacent_find(value.begin(), value.end(), not_below) != value.end()) {
    refuse("files in order of their formats, each once", at);
  }
}

constexpr auto rulebook_members = std::to_array<Member>({{"id", code}, {"sha256", hex_64}});
void rulebook(const Json& value, const Place& at) { members(value, at, rulebook_members); }

void period(const Json& data, const Place& at) {
  if (text_of(data, "to") < text_of(data, "from")) {
    refuse("a day not before `from`", at.below("to"));
  }
}

void incident_id(const Json& value, const Place& at) {
  line(value, at);
  if (!is_prefixed_ulid(value.get_ref<const std::string&>(), "inc_")) {
    refuse("`inc_` and 26 characters", at);
  }
}

constexpr auto report_made = std::to_array<Member>({
    {"as_of", day},
    {"decision_id", or_null<decision_id>},
    {"disclosure", disclosure},
    {"files", files},
    {"framework", or_null<code>},
    {"from", day},
    {"incident_id", or_null<incident_id>},
    {"kind", kind},
    {"rulebooks", list_of<rulebook>},
    {"system", or_null<free_identifier>},
    {"to", day},
    {"tree_size", earlier_size},
});

}  // namespace

std::span<const EventShape> report_shapes() {
  static const auto table = std::to_array<EventShape>({
      {"report.made", report_made, Signing::by_operator, period},
  });
  return table;
}

}  // namespace lexecon::chain
