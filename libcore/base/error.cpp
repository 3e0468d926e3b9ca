#include "base/error.hpp"

#include <utility>

namespace lexecon {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::bad_input:
      return "bad_input";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::busy:
      return "busy";
    case ErrorCode::internal:
      return "internal";
    case ErrorCode::cannot_create:
      return "cannot_create";
    case ErrorCode::io:
      return "io";
    case ErrorCode::integrity:
      return "integrity";
    case ErrorCode::not_permitted:
      return "not_permitted";
    case ErrorCode::configuration:
      return "configuration";
  }
  return "internal";
}

Error::Error(ErrorCode code, const std::string& message, std::string where, std::string hint)
    : std::runtime_error(message), code_(code), where_(std::move(where)), hint_(std::move(hint)) {}

Error Error::at(const std::string& where) const {
  return {code_, what(), where_.empty() ? where : where_, hint_};
}

}  // namespace lexecon
