#include "crypto/uuid.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

namespace lexecon {
namespace {

constexpr std::string_view dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

TEST_SUITE_BEGIN("crypto/uuid");

TEST_CASE("the example of RFC 9562 comes out") {
  CHECK(crypto::uuid_of(dns, "www.example.com") == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST_CASE("another name or another namespace is another UUID") {
  const auto one = crypto::uuid_of(dns, "a");
  CHECK(one != crypto::uuid_of(dns, "b"));
  CHECK(one != crypto::uuid_of(one, "a"));
}

TEST_CASE("a namespace that is no UUID is refused") {
  CHECK_THROWS_AS(static_cast<void>(crypto::uuid_of("6ba7b810", "a")), Error);
  CHECK_THROWS_AS(static_cast<void>(crypto::uuid_of("x", "a")), Error);
}

TEST_SUITE_END();

}  // namespace
}  // namespace lexecon
