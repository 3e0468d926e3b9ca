// A text with mustache tags, filled with a value.
//
// Shapes   {{a.b}}, {{#a}}, {{^a}}, {{/a}}, {{>other}}, {{! }}; every text of the value is escaped before it comes near
//          a template, so that {{{a}}} is {{a}}. A binary value is markup that this program made, and stands as
//          it is: no JSON that was read holds one
// Errors   Error{bad_input}, where = the template: a tag that does not close, a name that the value does not
//          have, a template that holds itself
// Source   mustache(5); lexecon-report(5), Templates
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "json/fwd.hpp"

namespace lexecon::report {

struct Template {
  std::string name;  // in messages
  std::string text;
};

/// The text of another template by the name in {{>name}}; nothing when there is none.
using Partials = std::function<std::optional<std::string>(const std::string& name)>;

/// With every other template that it names in its place: one text to fill, or to copy and change.
[[nodiscard]] Template whole(const Template& from, const Partials& partials);

using Escape = std::function<std::string(std::string_view)>;

/// `from` is whole.
[[nodiscard]] std::string fill(const Template& from, const Json& value, const Escape& escape);

}  // namespace lexecon::report
