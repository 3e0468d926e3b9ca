// What a package was asked to be, and by whom: the member `request` of its manifest, the word of who made it.
//
// Shapes   {"actor", "approver", "from", "purpose", "requester", "rule", "scope", "tenant", "to"}; null where
//          nothing was asked for. the filter also stands in the entry export.requested
// Errors   Error{bad_input} with the JSON pointer
// Source   lexecon-package(5), manifest.json
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/fwd.hpp"
#include "package/scope.hpp"

namespace lexecon::package {

/// Of package/scope: another rule has another name, and whoever does not know it says so.
inline constexpr std::string_view scope_rule = "lexecon-scope/1";

struct Request {
  Filter filter = {};
  std::optional<std::string> purpose = {};   // a code
  std::string requester = {};                // operator:<id> or node:<id>
  std::optional<std::string> approver = {};  // operator:<id>, where a second person approved it
  std::string rule{scope_rule};
};
[[nodiscard]] Json to_json(const Request& request);
[[nodiscard]] Request parse_request(const Json& value);

/// {"actor", "from", "scope", "tenant", "to"}
[[nodiscard]] Json to_json(const Filter& filter);
/// Of these members of an object that may have others.
[[nodiscard]] Filter filter_in(const Json& object);

}  // namespace lexecon::package
