// Reports as values, and what stands in them.
#pragma once

#include <functional>
#include <string>

#include "json/json.hpp"
#include "json/parse.hpp"
#include "support/support.hpp"

namespace lexecon::test {

/// Of tests/data/reports.
inline Json report_model(const std::string& name) {
  return json::parse(read_file(data_file("reports/" + name + ".json"), 10'000'000), name);
}

/// `change` for each text in it, with the name of the member that holds it.
inline void change_texts(Json& value, const std::string& name,
                         const std::function<void(const std::string&, Json&)>& change) {
  if (value.is_string()) return change(name, value);
  if (value.is_object()) {
    for (auto& [inner, each] : value.items()) change_texts(each, inner, change);
  } else if (value.is_array()) {
    for (auto& each : value) change_texts(each, name, change);
  }
}

}  // namespace lexecon::test
