// The JSON value type, whole. Instantiated once, in json.cpp, for it is slow to compile.
#pragma once

#include <nlohmann/json.hpp>

#include "json/fwd.hpp"

extern template class nlohmann::basic_json<>;
