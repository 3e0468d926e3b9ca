#include "package/request.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"

using namespace lexecon;

TEST_SUITE("package/request") {
  TEST_CASE("a request is read as it was written") {
    package::Request request;
    request.requester = "node:n";
    CHECK(json::canonical(package::to_json(request)) ==
          R"({"actor":null,"approver":null,"from":null,"purpose":null,"requester":"node:n",)"
          R"("rule":"lexecon-scope/1","scope":"all","tenant":null,"to":null})");
    CHECK(package::parse_request(package::to_json(request)).filter.takes_all());
    request.filter = {.scope = package::Scope::risk,
                      .from = Timestamp{1},
                      .to = Timestamp{2},
                      .tenant = "north",
                      .actor = "operator:ann"};
    request.purpose = "annual_audit";
    request.approver = "operator:bob";
    const auto json = package::to_json(request);
    const auto again = package::parse_request(json);
    CHECK(again.filter == request.filter);
    CHECK_FALSE(again.filter.takes_all());
    CHECK(package::to_json(again) == json);
    CHECK(package::filter_in(json) == request.filter);
  }

  TEST_CASE("what is no request is refused with its place") {
    const auto where = [](const char* member, const Json& value) -> std::string {
      package::Request request;
      auto json = package::to_json(request);
      json[member] = value;
      try {
        static_cast<void>(package::parse_request(json));
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::bad_input);
        return error.where();
      }
      return {};
    };
    CHECK(where("scope", "some") == "/request/scope");
    CHECK(where("scope", nullptr) == "/request/scope");
    CHECK(where("from", "yesterday") == "/request/from");
    CHECK(where("to", "2026-01-01T00:00:00Z") == "/request/to");
    CHECK(where("tenant", 7) == "/request/tenant");
    CHECK(where("requester", nullptr) == "/request/requester");
    CHECK(where("more", "of it") == "/request/more");
    CHECK_THROWS_AS(static_cast<void>(package::parse_request(Json::object())), Error);
  }
}
