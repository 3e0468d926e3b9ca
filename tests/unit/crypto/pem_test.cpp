#include "crypto/pem.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/support.hpp"

using namespace lexecon;

TEST_SUITE("crypto/pem") {
  TEST_CASE("bodies of any length are read as they were written, in lines of 64 columns") {
    auto entropy = test::seeded_entropy(3);
    for (std::size_t length = 1; length < 200; ++length) {
      const std::string body = entropy.bytes(length);
      const std::string text = crypto::pem_text("SOME LABEL", body);
      CHECK(crypto::parse_pem(text, "SOME LABEL", "") == body);
      std::size_t start = 0;
      for (std::size_t end = text.find('\n'); end != std::string::npos;
           start = end + 1, end = text.find('\n', start)) {
        CHECK(end - start <= 64);
      }
      CHECK(start == text.size());
    }
  }

  TEST_CASE("the label is read without the body") {
    CHECK(crypto::pem_label("-----BEGIN A B-----\nx") == "A B");
    CHECK_FALSE(crypto::pem_label("-----BEGIN A B----\nx"));
    CHECK_FALSE(crypto::pem_label(" -----BEGIN A-----\n"));
    CHECK_FALSE(crypto::pem_label(""));
  }

  TEST_CASE("every other spelling of the same bytes is refused") {
    const std::string good = crypto::pem_text("KEY", std::string(60, 'x'));
    const std::size_t first = good.find('\n') + 1;
    const auto with = [&](std::size_t at, const std::string& more) {
      return std::string(good).insert(at, more);
    };
    std::string crlf;
    for (const char c : good) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const std::vector<std::string> bad{"",
                                       good.substr(0, good.size() - 1),
                                       good + "\n",
                                       "\n" + good,
                                       "text\n" + good,
                                       good + good,
                                       crlf,
                                       with(first, "\n"),
                                       with(first, " "),
                                       with(first + 10, "\n"),
                                       with(first + 64, " "),
                                       with(first, "Proc-Type: 4,ENCRYPTED\n\n"),
                                       crypto::pem_text("OTHER", std::string(60, 'x')),
                                       "-----BEGIN KEY-----\n-----END OTHER-----\n",
                                       "-----BEGIN KEY-----\n"};
    for (const auto& text : bad) {
      CAPTURE(text);
      CHECK_THROWS_AS(static_cast<void>(crypto::parse_pem(text, "KEY", "")), Error);
    }
    for (std::size_t at = 0; at < good.size(); ++at) {
      CAPTURE(at);
      CHECK_THROWS_AS(
          static_cast<void>(crypto::parse_pem(std::string(good).erase(at, 1), "KEY", "")), Error);
    }
  }
}
