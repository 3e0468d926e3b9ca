#include "policy/term.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("policy/term");

namespace lexecon::policy {
namespace {

TEST_CASE("a request's term gets the long prefix of its field, and loses one of its own") {
  struct Row {
    TermType type;
    const char* given;
    const char* stored;
  };
  for (const auto& row : {
           Row{TermType::actor, "ai_agent:support", "actor:ai_agent:support"},
           Row{TermType::actor, "actor:ai_agent:support", "actor:ai_agent:support"},
           Row{TermType::actor, "act_support", "actor:support"},
           Row{TermType::actor, "actor:actor:x", "actor:actor:x"},
           Row{TermType::actor, "act_actor:x", "actor:actor:x"},
           Row{TermType::actor, "actor:act_x", "actor:act_x"},
           Row{TermType::actor, "axn_x", "actor:axn_x"},
           Row{TermType::actor, "Alice", "actor:Alice"},
           Row{TermType::action, "axn_read", "action:read"},
           Row{TermType::action, "git:push", "action:git:push"},
           Row{TermType::resource, "res_db", "resource:db"},
           Row{TermType::resource, "git:a/refs/heads/main", "resource:git:a/refs/heads/main"},
           Row{TermType::resource, "file:caf%C3%A9.txt", "resource:file:caf%C3%A9.txt"},
           Row{TermType::resource, "file:a%2Fb", "resource:file:a%2Fb"},
           Row{TermType::resource, "arn:aws:s3:%3A%3Abucket/key",
               "resource:arn:aws:s3:%3A%3Abucket/key"},
           Row{TermType::data_class, "data_pii", "data:pii"},
           Row{TermType::data_class, "data:pii", "data:pii"},
       }) {
    CAPTURE(row.given);
    CHECK(request_term(row.type, row.given) == row.stored);
    CHECK(request_term(row.type, row.stored) == row.stored);
  }
}

TEST_CASE("a request's term is refused when it could mean something else") {
  struct Row {
    TermType type;
    std::string given;
    const char* why;
  };
  const std::string longest = "actor:" + std::string(249, 'a');
  CHECK(request_term(TermType::actor, longest) == longest);
  for (const auto& row : {
           Row{TermType::actor, "action:read", "begins with the prefix `action:`"},
           Row{TermType::action, "data:pii", "begins with the prefix `data:`"},
           Row{TermType::resource, "actor:x", "begins with the prefix `actor:`"},
           Row{TermType::data_class, "resource:x", "begins with the prefix `resource:`"},
           Row{TermType::actor, "", "expected a name"},
           Row{TermType::actor, "actor:", "expected a name"},
           Row{TermType::actor, "act_", "expected a name"},
           Row{TermType::actor, "ai:*", "never a `*`"},
           Row{TermType::actor, "*", "never a `*`"},
           Row{TermType::actor, "a b", "expected only letters"},
           Row{TermType::actor, "caf\xC3\xA9", "expected only letters"},
           Row{TermType::actor, std::string("a\0b", 3), "expected only letters"},
           Row{TermType::actor, "a\nb", "expected only letters"},
           Row{TermType::actor, longest + "a", "expected at most 255 bytes, found 256"},
           Row{TermType::actor, "a%4", "hex digits after `%`"},
           Row{TermType::actor, "a%c3", "hex digits after `%`"},
           Row{TermType::actor, "a%", "hex digits after `%`"},
           Row{TermType::actor, "a%41", "written as itself"},
           Row{TermType::resource, "a/%2E%2E/b", "written as itself"},
           Row{TermType::resource, "a//b", "no empty segment"},
           Row{TermType::resource, "/a", "no empty segment"},
           Row{TermType::resource, "a/", "no empty segment"},
           Row{TermType::resource, "file:/etc/x", "no empty segment"},
           Row{TermType::resource, "a::b", "no empty segment"},
           Row{TermType::resource, "a:", "no empty segment"},
           Row{TermType::resource, "arn:aws:s3:::bucket/key", "write `%3A`"},
           Row{TermType::resource, "a/../b", "no segment `..`"},
           Row{TermType::resource, "file:../b", "no segment `..`"},
           Row{TermType::resource, "a/.", "no segment `.`"},
           Row{TermType::resource, "..", "no segment `..`"},
       }) {
    CAPTURE(row.given);
    CAPTURE(row.why);
    try {
      static_cast<void>(request_term(row.type, row.given, "/x"));
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      CHECK(error.where() == "/x");
      CHECK(error.message().find(row.why) != std::string::npos);
      CHECK(error.message().find('\n') == std::string::npos);
    }
  }
  CHECK(request_term(TermType::actor, "a/../b") == "actor:a/../b");
}

TEST_CASE("reading a stored term again gives the same bytes") {
  const std::string alphabet = "ab:/_.%4A1act_data_res_axn_";
  int kept = 0;
  for (std::uint64_t seed = 1; seed <= 5'000; ++seed) {
    CAPTURE(seed);
    test::Random random(seed);
    const auto type = static_cast<TermType>(random.between(0, 3));
    const auto text = random.text(static_cast<std::size_t>(random.between(1, 12)), alphabet);
    std::string stored;
    try {
      stored = request_term(type, text);
    } catch (const Error&) {
      continue;
    }
    ++kept;
    REQUIRE(request_term(type, stored) == stored);
    REQUIRE_FALSE(term_fault(type, stored).has_value());
  }
  CHECK(kept > 1'000);
}

TEST_CASE("in a policy every id carries the prefix of its type") {
  CHECK_FALSE(term_fault(TermType::actor, "actor:a").has_value());
  CHECK_FALSE(term_fault(TermType::context, "context:purpose").has_value());
  CHECK(term_fault(TermType::actor, "a").has_value());
  CHECK(term_fault(TermType::actor, "act_a").has_value());
  CHECK(term_fault(TermType::actor, "action:a").has_value());
  CHECK(term_fault(TermType::actor, "actor:").has_value());
  CHECK(term_fault(TermType::actor, "actor:a:*").has_value());
  CHECK(term_fault(TermType::resource, "resource:a//b").has_value());
}

TEST_CASE("a pattern's `*` stands at the end, right after `:` or `/`") {
  for (const auto* good : {"actor:*", "actor:a:*", "actor:a/*", "actor:a"}) {
    CAPTURE(good);
    CHECK_FALSE(pattern_fault(TermType::actor, good).has_value());
  }
  for (const auto* bad : {"actor:a*", "actor:*:a", "actor:**", "actor:a:**", "actor*", "a:*",
                          "actor:", "action:*", "*", "actor:a:*b"}) {
    CAPTURE(bad);
    CHECK(pattern_fault(TermType::actor, bad).has_value());
  }
  CHECK_FALSE(pattern_fault(TermType::resource, "resource:git:a/*").has_value());
  CHECK(pattern_fault(TermType::resource, "resource:git:a//*").has_value());
  CHECK(pattern_fault(TermType::resource, "resource:../*").has_value());
  CHECK(pattern_fault(TermType::resource, "resource:/*").has_value());
}

}  // namespace
}  // namespace lexecon::policy

TEST_SUITE_END();
