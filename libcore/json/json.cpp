// The one instantiation of the JSON value type.
#include <nlohmann/json.hpp>

template class nlohmann::basic_json<>;
