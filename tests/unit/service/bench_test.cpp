#include "service/bench.hpp"

#include "office.hpp"
#include "unit/store/faulty_vfs.hpp"

namespace lexecon {
namespace {

using service::Answer;
using service::Bench;
using service::Decision;
using test::code_of;
using test::Office;

Json keyed(Json request) {
  request["idempotency_key"] = "k";
  return request;
}

std::vector<decision::Request> parsed(const std::vector<Json>& documents) {
  std::vector<decision::Request> requests;
  for (const auto& each : documents) requests.push_back(decision::parse_request(each));
  return requests;
}

}  // namespace

TEST_SUITE("service/bench") {
  TEST_CASE("each request is answered in its order, a refused one too, under one checkpoint") {
    Office office;
    const auto requests = parsed({test::reading(), keyed(test::dropping()), keyed(test::paying()),
                                  keyed(test::dropping()), test::shipping()});
    std::vector<Answer> seen;
    Bench(office.node().files, {}, office.session())
        .decide_each(requests, [&](std::vector<Answer> given) { seen = std::move(given); });
    REQUIRE(seen.size() == requests.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
      CAPTURE(i);
      const auto* const decision = std::get_if<Decision>(&seen[i]);
      REQUIRE((decision == nullptr) == (i == 2));
      if (i == 2) continue;
      CHECK(decision->data.at("action") == requests[i].action);
      CHECK(decision->replayed == (i == 3));
      CHECK(decision->checkpoint->tree_size == office.entries());
    }
    CHECK(std::get<Error>(seen[2]).where() == "/idempotency_key");
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("answers that cannot be prepared are an error, and what was decided stands") {
    Office office;
    const auto before = office.entries();
    const auto requests = parsed({test::reading()});
    CHECK(code_of([&] {
            Bench(office.node().files, {}, office.session())
                .decide_each(requests, [](const auto&) -> void {
                  throw Error(ErrorCode::internal, "no paper");
                });
          }) == ErrorCode::internal);
    CHECK(office.entries() == before + 1);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("a commit that fails is an error, whatever was prepared, and leaves nothing") {
    Office office;
    const auto before = office.entries();
    const auto requests = parsed({test::reading(), test::dropping()});
    test::FaultyVfs disk;
    Bench bench(office.node().files, {}, office.session());
    disk.plan({.counted = {test::Operation::sync}, .fail_at = 1});
    CHECK(code_of([&] { bench.decide_each(requests, [](const auto&) {}); }) == ErrorCode::io);
    CHECK(disk.was_triggered());
    CHECK(office.entries() == before);
    disk.plan({});
    bench.decide_each(requests, [](const auto&) {});
    CHECK(office.entries() == before + 2);
    CHECK(office.verified() == "valid");
  }
}

}  // namespace lexecon
