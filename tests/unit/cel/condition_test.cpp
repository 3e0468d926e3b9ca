#include "cel/condition.hpp"

#include <doctest/doctest.h>

#include "cel/evaluate.hpp"
#include "cel/spell.hpp"
#include "json/parse.hpp"

using namespace lexecon;

namespace {

constexpr Timestamp noon{1'767'268'800'500'000};  // 2026-01-01T12:00:00.5Z

std::string value(std::string_view source, const Json& request) {
  const auto names = cel::condition_names();
  const auto program = std::get<cel::Program>(cel::compile(source, names, cel::Mode::strict));
  const auto bindings = cel::bind_request(request, noon);
  cel::Arena arena;
  return cel::to_text(cel::evaluate(program, names, bindings.slots(), arena).value);
}

}  // namespace

TEST_SUITE_BEGIN("cel/condition");

TEST_CASE("each name of a condition is bound to the member of the request that it names") {
  const auto request =
      json::parse(R"({"actor":"actor:a","action":"action:b","resource":"resource:c",
    "data_classes":["data:d"],"tool":"e","intent":"f","tenant":"g","model":"h","prompt":"i",
    "context":{"j":1},"declared_risk":3,"risk":{"security":2}})");
  CHECK(value("[actor, action, resource, data_classes, tool]", request) ==
        R"(["actor:a", "action:b", "resource:c", ["data:d"], "e"])");
  CHECK(value("[intent, tenant, model, prompt, context, declared_risk]", request) ==
        R"(["f", "g", "h", "i", {"j": 1}, 3])");
  CHECK(value("[j, request.risk.security, request == request]", request) == "[1, 2, true]");
  CHECK(value("now", request) == R"(timestamp("2026-01-01T12:00:00.5Z"))");
}

TEST_CASE("what the requester says of its risk or of the record is not what a condition reads") {
  const auto request = json::parse(
      R"({"actor":"actor:a","risk":{"score":1},"facts":{"x":1},"now":"2030-01-01T00:00:00Z"})");
  CHECK(value("[risk, facts, now.getFullYear()]", request) == "[{}, {}, 2026]");
}

TEST_CASE("what a request has not is absent, but its lists and maps are empty") {
  const auto request = json::parse(R"({"actor":"actor:a","action":"action:b"})");
  CHECK(value("[data_classes, context, risk, facts]", request) == "[[], {}, {}, {}]");
  CHECK(value("has(request.resource)", request) == "false");
  CHECK(value("resource", request) == "error");
  CHECK(value("declared_risk", request) == "error");
  CHECK(value("anything", request) == "error");
}

TEST_CASE("a name of the request is never looked up in the context") {
  const auto request = json::parse(R"({"actor":"actor:a","context":{"tool":"x","int":1,"own":2}})");
  CHECK(value("tool", request) == "error");
  CHECK(value("int", request) == "int");
  CHECK(value("own", request) == "2");
}

TEST_CASE("a declared context is read as it is declared") {
  const auto request = json::parse(R"({"context":{"amount":"5"}})");
  const auto names = cel::condition_names({{{"amount", cel::JsonType::integer}}});
  const auto program = std::get<cel::Program>(
      cel::compile("has(context.amount) && amount == '5'", names, cel::Mode::strict));
  auto bindings = cel::bind_request(request, noon);
  bindings[cel::Variable::context] = cel::declared_context(request);
  cel::Arena arena;
  CHECK(cel::evaluate(program, names, bindings.slots(), arena).value.is_error());
  CHECK(cel::declared_context(Json::object()).is(cel::Kind::map));
}

TEST_SUITE_END();
