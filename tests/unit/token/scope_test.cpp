#include "token/scope.hpp"

#include <doctest/doctest.h>

#include <set>

#include "support/support.hpp"

using namespace lexecon;
using token::Presented;
using token::Refusal;

namespace {

token::Claims some_claims() {
  token::Claims out;
  out.audience = "api";
  out.action = "action:read:customer";
  out.tool = "crm";
  out.resource = "resource:crm:42";
  out.data_classes = {"data:a", "data:b"};
  out.params_hash = std::string(64, 'a');
  out.issued_at.micros = 1'000'000'000;
  out.expires_at.micros = 1'300'000'000;
  return out;
}

Presented exactly(const token::Claims& claims) {
  return {claims.audience, claims.action,       claims.tool,
          claims.resource, claims.data_classes, claims.params_hash};
}

}  // namespace

TEST_SUITE("token/scope") {
  TEST_CASE("a token is valid from its issue to just before its expiry") {
    const auto claims = some_claims();
    const auto at = [&](std::int64_t micros) { return token::check_time(claims, {micros}); };
    CHECK(at(999'999'999) == Refusal::not_yet_valid);
    CHECK_FALSE(at(1'000'000'000));
    CHECK_FALSE(at(1'299'999'999));
    CHECK(at(1'300'000'000) == Refusal::expired);
    CHECK(at(INT64_MAX) == Refusal::expired);
    CHECK(at(0) == Refusal::not_yet_valid);
  }

  TEST_CASE("a scope fits what it names and nothing else") {
    const auto claims = some_claims();
    CHECK_FALSE(token::check_scope(claims, exactly(claims)));
    const auto with = [&](auto change) {
      auto presented = exactly(claims);
      change(presented);
      return token::check_scope(claims, presented);
    };
    CHECK(with([](Presented& p) { p.audience = "apis"; }) == Refusal::wrong_audience);
    CHECK(with([](Presented& p) { p.audience = ""; }) == Refusal::wrong_audience);
    CHECK(with([](Presented& p) { p.action = "action:read"; }) == Refusal::wrong_action);
    CHECK(with([](Presented& p) { p.action = "action:*"; }) == Refusal::wrong_action);
    CHECK(with([](Presented& p) { p.tool = "CRM"; }) == Refusal::wrong_tool);
    CHECK(with([](Presented& p) { p.tool.reset(); }) == Refusal::wrong_tool);
    CHECK(with([](Presented& p) { p.resource = "resource:crm:4"; }) == Refusal::wrong_resource);
    CHECK(with([](Presented& p) { p.resource.reset(); }) == Refusal::wrong_resource);
    CHECK(with([](Presented& p) { p.data_classes = {"data:a"}; }) == Refusal::wrong_data_classes);
    CHECK(with([](Presented& p) { p.data_classes.clear(); }) == Refusal::wrong_data_classes);
    CHECK(with([](Presented& p) { p.params_hash = std::string(64, 'b'); }) ==
          Refusal::wrong_parameters);
    CHECK(with([](Presented& p) { p.params_hash.reset(); }) == Refusal::wrong_parameters);
  }

  TEST_CASE("null fits only a request without that member, and a pattern fits only itself") {
    auto claims = some_claims();
    claims.tool.reset();
    claims.resource.reset();
    claims.data_classes.clear();
    claims.params_hash.reset();
    CHECK_FALSE(token::check_scope(claims, exactly(claims)));
    const auto full = exactly(some_claims());
    auto presented = exactly(claims);
    presented.tool = full.tool;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_tool);
    presented = exactly(claims);
    presented.resource = full.resource;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_resource);
    presented = exactly(claims);
    presented.data_classes = full.data_classes;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_data_classes);
    presented = exactly(claims);
    presented.params_hash = full.params_hash;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_parameters);
    claims.action = "action:*";
    CHECK(token::check_scope(claims, exactly(some_claims())) == Refusal::wrong_action);
  }

  TEST_CASE("the first that fails, in the order of the checks, names the refusal") {
    const auto claims = some_claims();
    Presented presented = {"x", "x", "x", "x", {"x"}, "x"};
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_audience);
    presented.audience = claims.audience;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_action);
    presented.action = claims.action;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_tool);
    presented.tool = claims.tool;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_resource);
    presented.resource = claims.resource;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_data_classes);
    presented.data_classes = claims.data_classes;
    CHECK(token::check_scope(claims, presented) == Refusal::wrong_parameters);
  }

  TEST_CASE("every refusal has its own code") {
    std::set<std::string_view> names;
    for (auto i = static_cast<int>(Refusal::malformed); i <= static_cast<int>(Refusal::used_up);
         ++i) {
      names.insert(token::to_string(static_cast<Refusal>(i)));
    }
    CHECK(names.size() == 17);
    CHECK(names.count("used_up") == 1);
  }
}
