#include "base/error.hpp"
#include "reporting/section.hpp"

namespace lexecon::reporting {

std::vector<std::unique_ptr<Section>> sections_of(const Wish& wish) {
  std::vector<std::unique_ptr<Section>> out;
  switch (wish.kind) {
    case Kind::ai_act:
    case Kind::article_11:
    case Kind::article_12:
    case Kind::article_14:
    case Kind::article_26:
    case Kind::article_73:
    case Kind::article_86:
    case Kind::framework:
    case Kind::executive:
      return out;
  }
  throw Error(ErrorCode::internal, "a report of no kind");
}

}  // namespace lexecon::reporting
