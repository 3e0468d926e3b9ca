// How a section of a report is put together, and entries that are counted under labels.
//
// Shapes   {id, title, text, facts, table, figure, to_complete} of lexecon.report/1
// Source   lexecon-report(5)
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compliance/evidence_set.hpp"
#include "json/json.hpp"
#include "reporting/section.hpp"

namespace lexecon::reporting {

/// With nothing in it.
[[nodiscard]] Json new_section(std::string_view id, std::string_view title);
/// A number of entries.
void add_fact(Json& section, std::string_view label, const compliance::EvidenceSet& set,
              std::string_view what, Book& book);
/// Something that was worked out from entries.
void add_fact(Json& section, std::string_view label, const std::string& value,
              const compliance::EvidenceSet& set, std::string_view what, Book& book);
/// Something that stands in one entry.
void add_fact(Json& section, std::string_view label, const std::string& value, std::uint64_t seq);

[[nodiscard]] Json new_table(std::initializer_list<std::string_view> columns);
void add_row(Json& table, std::vector<std::string> cells, const compliance::EvidenceSet& set,
             std::string_view what, Book& book);
void add_row(Json& table, std::vector<std::string> cells, std::uint64_t seq);
void add_row(Json& table, std::vector<std::string> cells);

/// Whether it is of the period, and of the system or of every system.
[[nodiscard]] bool counts(const Seen& seen);
/// Of a text member of the data, what stands between its quotes.
[[nodiscard]] std::string_view text_of(const Seen& seen, std::string_view member);

/// Entries under labels.
class Tally {
 public:
  void add(std::string_view label, const Seen& seen);
  /// The set under a label, which may be empty; once for each label.
  [[nodiscard]] compliance::EvidenceSet take(std::string_view label);
  /// All that are left, by label.
  [[nodiscard]] std::vector<std::pair<std::string, compliance::EvidenceSet>> take_all();

 private:
  std::map<std::string, compliance::EvidenceGatherer, std::less<>> labels_;
};

/// A bar for each of these labels, or for all there are.
[[nodiscard]] Json bars(std::string_view title, std::string_view unit,
                        std::vector<std::pair<std::string, compliance::EvidenceSet>> sets,
                        Book& book);

}  // namespace lexecon::reporting
