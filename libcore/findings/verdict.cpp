#include "findings/verdict.hpp"

namespace lexecon::findings {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return "valid";
    case Verdict::invalid:
      return "invalid";
    case Verdict::undecidable:
      return "undecidable";
  }
  return "invalid";
}

std::string_view to_string(CheckStatus status) {
  switch (status) {
    case CheckStatus::pass:
      return "pass";
    case CheckStatus::fail:
      return "fail";
    case CheckStatus::not_run:
      return "not_run";
  }
  return "fail";
}

}  // namespace lexecon::findings
