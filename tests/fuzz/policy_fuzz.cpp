#include <string>
#include <vector>

#include "decision/active_set.hpp"
#include "decision/judge.hpp"
#include "decision/request.hpp"
#include "fuzz/targets.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

void lexecon::fuzz::policy(std::string_view bytes) {
  const std::vector<decision::SetFile> files{{"node.yaml", "id: fuzz\n"},
                                             {"policies/fuzz.yaml", std::string(bytes)},
                                             {"risk.yaml", "threshold: 80\n"}};
  const auto set = decision::load_set(files);
  const auto request = decision::parse_request(json::parse(
      R"({"actor":"bot","action":"read","resource":"file:a/b","data_classes":["customer"]})"));
  const auto once = decision::judge(request, &set, {}, Timestamp{1'800'000'000'000'000});
  const auto twice = decision::judge(request, &set, {}, Timestamp{1'800'000'000'000'000});
  require(once.outcome == twice.outcome && once.reasons == twice.reasons &&
              once.matched == twice.matched,
          "one request, two verdicts");
}
