// The JSON value type, declared only. Its parser, writer and comparison are in the other headers here.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace lexecon {

using Json = nlohmann::json;

}  // namespace lexecon
