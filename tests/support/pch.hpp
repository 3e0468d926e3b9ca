#include <doctest/doctest.h>

#include "json/json.hpp"

// doctest captures by a lambda, into which clang takes no structured binding before its version 16.
#if defined(__clang__) && __clang_major__ < 16
#define LEXECON_CAPTURE(name, expression) \
  const auto& name = expression;          \
  INFO(#expression " := ", name)
#undef CAPTURE
#define CAPTURE(expression) LEXECON_CAPTURE(DOCTEST_ANONYMOUS(captured_), expression)
#endif
