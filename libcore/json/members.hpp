// An object built member by member: an initializer list would copy every value on its way.
#pragma once

#include <utility>

#include "json/json.hpp"

namespace lexecon::json {

class Members {
 public:
  /// Cheapest in ascending order of names; a name that is there already keeps its value.
  template <class Value>
  Members& add(const char* name, Value&& value) {
    members_.emplace_hint(members_.end(), name, std::forward<Value>(value));
    return *this;
  }
  [[nodiscard]] Json take() { return std::move(members_); }

 private:
  Json::object_t members_;
};

}  // namespace lexecon::json
