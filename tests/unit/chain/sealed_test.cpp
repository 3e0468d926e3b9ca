#include "chain/sealed.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;

namespace {

bool is_sealed(const std::string& bytes) {
  try {
    static_cast<void>(chain::unseal(bytes));
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// A list in a list, `depth` containers deep.
Json nested(std::size_t depth) {
  Json out = Json::array();
  for (std::size_t i = 1; i < depth; ++i) out = Json::array({std::move(out)});
  return out;
}

}  // namespace

TEST_SUITE("chain/sealed") {
  TEST_CASE("our own vector: the value is read and the commitment is the hash of the bytes") {
    const Json file = test::load_json(test::data_file("entries/entries.json"));
    const std::string sealed = text(file.at("sealed"));
    CHECK(crypto::sha256(sealed) == test::hash(file.at("sealed_hash")));
    CHECK(chain::unseal(sealed).at("action") == "action:read:customer");
  }

  TEST_CASE("what is sealed is unsealed, under a fresh salt each time") {
    auto entropy = test::seeded_entropy(41);
    for (const Json& value : std::vector<Json>{nullptr,
                                               true,
                                               "text",
                                               0.5,
                                               -7,
                                               nested(63),
                                               {{"a", {1, 2.5, "\xE2\x82\xAC"}}, {"b", nullptr}},
                                               std::string("a\0b", 3)}) {
      const std::string first = chain::seal(value, entropy);
      const std::string second = chain::seal(value, entropy);
      CHECK(chain::unseal(first) == value);
      CHECK(first != second);
      CHECK(first.size() == second.size());
    }
  }

  TEST_CASE("what could not be read again is never sealed") {
    auto entropy = test::seeded_entropy(42);
    CHECK_THROWS_AS(static_cast<void>(chain::seal(nested(64), entropy)), Error);
    const std::size_t around = chain::seal("", entropy).size();
    const std::string largest(chain::max_sealed_bytes - around, 'x');
    CHECK(chain::unseal(chain::seal(largest, entropy)) == largest);
    CHECK_THROWS_AS(static_cast<void>(chain::seal(largest + "x", entropy)), Error);
  }

  TEST_CASE("other bytes are refused") {
    const std::string salt(64, 'a');
    const std::string good = R"({"salt":")" + salt + R"(","value":1})";
    CHECK(is_sealed(good));
    for (const std::string& bad :
         {std::string(), std::string("1"), good + "\n", " " + good, R"({"salt":")" + salt + R"("})",
          std::string(R"({"value":1})"), R"({"more":1,"salt":")" + salt + R"(","value":1})",
          R"({"value":1,"salt":")" + salt + R"("})", R"({"salt":")" + salt + R"(","value":1.0})",
          R"({"salt":"A)" + salt.substr(1) + R"(","value":1})",
          R"({"salt":")" + salt.substr(1) + R"(","value":1})",
          std::string(R"({"salt":null,"value":1})")}) {
      CAPTURE(bad);
      CHECK_FALSE(is_sealed(bad));
    }
  }
}
