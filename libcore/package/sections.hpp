// The readable sections of a package: what the entries shown say, by subject, each beside what was sealed.
//
// Shapes   data/<section>/<section>.jsonl: a line {"schema":"lexecon.section.<section>/1"}, then for each entry
//          of the section, in order of seq, JCS({"at", "by", "data", "entry_id", "sealed", "what"}); `sealed`
//          is the value in S, and absent where S is not in the package
// Units    no entry is held in memory
// Errors   Error{bad_input} for an S that is none
// Source   lexecon-package(5), Sections
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "chain/entry_view.hpp"

namespace lexecon::package {

enum class Section : std::uint8_t {
  compliance,
  decisions,
  escalations,
  overrides,
  oversight,
  registry,
  responsibility,
  risk,
};
/// In byte order of their names.
inline constexpr std::array sections{
    Section::compliance, Section::decisions, Section::escalations,    Section::overrides,
    Section::oversight,  Section::registry,  Section::responsibility, Section::risk};
[[nodiscard]] std::string_view to_string(Section section);
/// data/<section>/<section>.jsonl
[[nodiscard]] std::string section_name(Section section);
/// The section of such entries; nothing for a type that none of them knows. A decision with a score is in
/// `risk` besides.
[[nodiscard]] std::optional<Section> section_of(std::string_view event_type);

/// Given the bytes of one section after the other's, in pieces.
using SectionSink = std::function<void(Section, std::string_view)>;

/// A section exists from its first entry on.
class SectionWriter {
 public:
  explicit SectionWriter(SectionSink sink) : sink_(std::move(sink)) {}

  /// Each entry shown, in order of seq: `bytes` are B, which give the view; `sealed` is S, where it is in the
  /// package.
  void take(const chain::EntryView& entry, std::string_view bytes,
            std::optional<std::string_view> sealed);

 private:
  void put(Section section, const std::string& line);

  SectionSink sink_;
  std::array<bool, sections.size()> exists_{};
};

}  // namespace lexecon::package
