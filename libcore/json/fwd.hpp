// The JSON value type, declared only; its parser and its writer have headers of their own.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace lexecon {

using Json = nlohmann::json;

}  // namespace lexecon
