// What the commands about emergency stops share.
#pragma once

#include <string>

#include "command.hpp"
#include "json/fwd.hpp"

namespace lexecon::cli {

/// --reason CODE; Error{usage} when it was not given.
[[nodiscard]] std::string required_reason(const Arguments& given);
/// What a stop of that scope and target is of: "everything", "tenant acme", an actor.
[[nodiscard]] std::string stopped_text(const Json& stop);

}  // namespace lexecon::cli
