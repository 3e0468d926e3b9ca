#include "decision/prohibited.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("decision/prohibited");

namespace lexecon::decision {
namespace {

const std::string forty(40, 'a');

TEST_CASE("keys, tokens and cards are found by their shape") {
  using enum Prohibited;
  for (const auto& [text, kind] : std::vector<std::pair<std::string, Prohibited>>{
           {"-----BEGIN PRIVATE KEY-----\nMC4", private_key},
           {"x -----BEGIN OPENSSH PRIVATE KEY-----", private_key},
           {"-----BEGIN LEXECON ENCRYPTED PRIVATE KEY-----", private_key},
           {"-----BEGIN PGP PRIVATE KEY BLOCK-----", private_key},
           {"PuTTY-User-Key-File-3: ssh-ed25519", private_key},
           {"AGE-SECRET-KEY-1" + std::string(58, 'Q'), private_key},
           {"Bearer cap_" + forty, capability_token},
           {"id=AKIAIOSFODNN7EXAMPLE", cloud_key},
           {"ASIAIOSFODNN7EXAMPLE", cloud_key},
           {"AIza" + std::string(35, 'x'), cloud_key},
           {"AccountName=a;AccountKey=" + std::string(86, 'A') + "==", cloud_key},
           {"ghp_" + forty, cloud_key},
           {"github_pat_" + forty, cloud_key},
           {"xoxb-1234567890-abc", cloud_key},
           {"4111111111111111", card_number},
           {"pay with 4111 1111 1111 1111.", card_number},
           {"3782-822463-10005", card_number},
           {"2024 5555-5555-5555-4444", card_number},
           {"[prohibited cloud_key]", cloud_key}}) {
    CAPTURE(text);
    CHECK(prohibited_in(text) == kind);
  }
}

TEST_CASE("what only looks like it passes") {
  for (const auto& text : std::vector<std::string>{
           "", "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE----- PRIVATE KEY", "cap_short",
           "recap_" + forty, "AKIA", "XAKIAIOSFODNN7EXAMPLE", "ghp_tooshort",
           "4111111111111112",         // fails the sum of Luhn
           "1763731627000",            // a time in milliseconds
           "0.4111111111111111",       // a fraction
           "a4111111111111111b",       // in the middle of a word
           "41111111111111111111111",  // too long
           "4111  1111  1111  1111",   // two spaces
           "dec_01JNX8A0000000000000000000", "2026-11-21T13:27:07.000000Z",
           "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}) {
    CAPTURE(text);
    CHECK_FALSE(prohibited_in(text).has_value());
  }
}

TEST_CASE("in a member that is kept for ever it is refused, however it is spelled") {
  for (const auto* member : {"actor", "action", "resource", "tool", "tenant", "model", "prompt",
                             "request_id", "idempotency_key", "data_classes"}) {
    CAPTURE(member);
    Json document{{"actor", "a"}, {"action", "b"}};
    const std::string secret = "AKIAIOSFODNN7EXAMPLE";
    document[member] =
        member == std::string("data_classes") ? Json::array({"x", secret}) : Json(secret);
    const auto request = parse_request(document);
    CHECK_THROWS_AS(refuse_prohibited(request), Error);
    CHECK_THROWS_AS(static_cast<void>(screen(request, OnProhibited::allow)), Error);
  }
  const auto spelled =
      parse_request({{"actor", "a"}, {"action", "b"}, {"resource", "4111%201111%201111%201111"}});
  CHECK_THROWS_AS(refuse_prohibited(spelled), Error);
}

TEST_CASE("sealed content is screened as the set says, and what is denied is taken out of it") {
  const auto request =
      parse_request({{"actor", "a"},
                     {"action", "b"},
                     {"intent", "use ghp_" + forty},
                     {"context", {{"4111111111111111", 1}, {"n", 2}}},
                     {"parameters", {{"list", {1, 4111111111111111, "fine"}}, {"a/b", "fine"}}}});
  CHECK_FALSE(screen(request, OnProhibited::allow).found.has_value());
  const auto warned = screen(request, OnProhibited::warn);
  CHECK(warned.found->pointer == "/intent");
  CHECK_FALSE(warned.is_denied);
  CHECK(warned.request.canonical == request.canonical);
  const auto denied = screen(request, OnProhibited::deny);
  CHECK(denied.is_denied);
  CHECK(json::canonical(denied.request.canonical) ==
        R"({"action":"action:b","actor":"actor:a","context":{"[prohibited card_number]":true},)"
        R"("intent":"[prohibited cloud_key]",)"
        R"("parameters":{"a/b":"fine","list":[1,"[prohibited card_number]","fine"]}})");
  // What was taken out is still found, and taking it out again changes nothing.
  CHECK(prohibited_in_sealed(denied.request).has_value());
  CHECK(redacted(denied.request).canonical == denied.request.canonical);
}

TEST_CASE("a card among random text is found wherever it stands, and removed for good") {
  test::Random random(7);
  for (int round = 0; round < 300; ++round) {
    std::string noise;
    for (std::int64_t i = random.between(0, 40); i > 0; --i) {
      noise += random.pick(std::vector<std::string>{"a", " ", "-", "7", "4", "é", ",", "\n"});
    }
    const auto text = noise + " x 5105-1051-0510-5100," + noise;
    CAPTURE(text);
    CHECK(prohibited_in(text).has_value());
    const auto request =
        parse_request({{"actor", "a"}, {"action", "b"}, {"context", {{"k", {text}}}}});
    const auto clean = json::canonical(screen(request, OnProhibited::deny).request.canonical);
    CHECK(clean.find("5105") == std::string::npos);
  }
}

// screen() looks at the bytes of the whole request before it looks at any text of it.
TEST_CASE("the whole request hides nothing that stands in one of its texts") {
  test::Random random(11);
  const std::vector<std::string> pieces{"4111 1111",
                                        " 1111 1111",
                                        "5105-1051-0510-5100",
                                        "4111111111111111",
                                        "AKIAIOSFODNN7EXAMPLE",
                                        "cap_" + forty,
                                        "ghp_" + forty.substr(6),
                                        "aaaa",
                                        "-----BEGIN ",
                                        "RSA PRIVATE KEY",
                                        "\"",
                                        "\\",
                                        "\n",
                                        "\x1f",
                                        "%34",
                                        "é",
                                        ".",
                                        "-",
                                        "_",
                                        "[prohibited ",
                                        "card_number]",
                                        "7"};
  const auto text = [&] {
    std::string out;
    for (std::int64_t i = random.between(0, 4); i > 0; --i) out += random.pick(pieces);
    return out;
  };
  int found = 0;
  int refused = 0;
  for (int round = 0; round < 2'000; ++round) {
    Json list{text(), 4111111111111111 + random.between(0, 1), text()};
    const Json context{{"a", text()}, {"b" + text(), std::move(list)}};
    Json document{{"actor", "a"}, {"action", "b"}, {"intent", text()}, {"context", context}};
    if (random.between(0, 3) == 0) document["resource"] = "r/" + random.pick(pieces);
    CAPTURE(document.dump());
    std::optional<Request> request;
    try {
      request = parse_request(document);
    } catch (const Error&) {
      continue;  // no resource is written like that
    }
    bool is_refused = false;
    try {
      refuse_prohibited(*request);
    } catch (const Error&) {
      is_refused = true;
    }
    if (is_refused) {
      CHECK_THROWS_AS(static_cast<void>(screen(*request, OnProhibited::warn)), Error);
      ++refused;
      continue;
    }
    const auto in_texts = prohibited_in_sealed(*request);
    const auto screened = screen(*request, OnProhibited::warn);
    REQUIRE(screened.found.has_value() == in_texts.has_value());
    if (!in_texts) continue;
    CHECK(screened.found->kind == in_texts->kind);
    CHECK(screened.found->pointer == in_texts->pointer);
    ++found;
  }
  CHECK(found > 100);
  CHECK(found < 1'900);
  CHECK(refused > 10);
}

TEST_CASE("the time that it takes grows with the text alone") {
  std::string text;
  while (text.size() < 1'000'000) text += "4 1-AKIA-----BEGIN cap_xoxb-gh";
  const auto begin = std::chrono::steady_clock::now();
  CHECK_FALSE(prohibited_in(text).has_value());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

}  // namespace
}  // namespace lexecon::decision

TEST_SUITE_END();
