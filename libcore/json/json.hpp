// The JSON value type, whole. Instantiated once, in json.cpp: it is most of what a file costs to build.
#pragma once

#include <nlohmann/json.hpp>

#include "json/fwd.hpp"

extern template class nlohmann::basic_json<>;
