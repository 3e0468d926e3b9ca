// What both OSCAL documents are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/fwd.hpp"
#include "report/model.hpp"

namespace lexecon::report {

/// Names of one report in OSCAL, always the same for the same report.
class OscalNames {
 public:
  explicit OscalNames(const Json& model);
  [[nodiscard]] std::string uuid(std::string_view what, std::string_view id) const;

 private:
  std::string space_;
};

/// StringDatatype: one line that is not empty.
[[nodiscard]] std::string oscal_line(std::string_view text);
/// MarkupLineDatatype: the same, whose markup does not act.
[[nodiscard]] std::string oscal_markup(std::string_view text);
/// TokenDatatype: what it may not hold is a hyphen.
[[nodiscard]] std::string oscal_token(std::string_view text);
/// DateTimeWithTimezoneDatatype of a day's beginning or end, or of a time; 1970 for what is neither.
[[nodiscard]] std::string oscal_time(std::string_view text, bool is_end = false);
[[nodiscard]] Json oscal_prop(std::string_view name, std::string_view value);
/// Without members that are empty lists or null, which OSCAL does not know.
[[nodiscard]] Json without_empty(Json object);

/// The control of a row: of the catalog that the rulebook names, or the row's own id.
[[nodiscard]] std::string control_of(const Json& row);

[[nodiscard]] Json oscal_metadata(const Json& model, std::string_view title,
                                  const OscalNames& names);
/// What is on record of a row, with links to the sets of entries.
[[nodiscard]] Json observation_of(const Json& model, const Json& row, const OscalNames& names);
/// The checkpoint, the rulebooks and the sets of entries.
[[nodiscard]] Json oscal_resources(const Json& model, const OscalNames& names);

}  // namespace lexecon::report
