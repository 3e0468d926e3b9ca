// Judges the requests of peers.py in process: how fast, and whether each verdict is the expected one.
//
//   peer_bench POLICY.yaml REQUESTS.json
//
// Shapes   prints {"checked","evaluations_per_second","load_ms","mismatches"}
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "base/error.hpp"
#include "decision/judge.hpp"
#include "json/json.hpp"

namespace {

using namespace lexecon;
using Clock = std::chrono::steady_clock;

constexpr Timestamp noon{1'767'268'800'000'000};  // 2026-01-01T12:00:00Z

struct Asked {
  decision::Request request;
  bool allowed = false;
};

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::not_found, "expected a file", path);
  return {std::istreambuf_iterator<char>(file), {}};
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool allows(const decision::ActiveSet& set, const Asked& asked) {
  return decision::judge(asked.request, &set, {}, noon).outcome == policy::Outcome::approved;
}

/// Evaluations a second of the best of a few rounds: what else ran only ever slows one down.
double rate(const decision::ActiveSet& set, const std::vector<Asked>& all) {
  constexpr int rounds = 5;
  constexpr double least_seconds = 0.2;
  double best = 0;
  for (int round = 0; round < rounds; ++round) {
    std::size_t count = 0;
    const auto start = Clock::now();
    double taken = 0;
    while (taken < least_seconds) {
      for (const auto& asked : all) static_cast<void>(allows(set, asked));
      count += all.size();
      taken = seconds_since(start);
    }
    best = std::max(best, static_cast<double>(count) / taken);
  }
  return best;
}

void run(const char* policy, const char* requests) {
  const std::vector<decision::SetFile> files{{"node.yaml", "id: bench\n"},
                                             {"policies/peers.yaml", read(policy)},
                                             {"risk.yaml", "threshold: 80\n"}};
  const auto start = Clock::now();
  const auto set = decision::load_set(files);
  const double load_ms = seconds_since(start) * 1000;
  std::vector<Asked> all;
  for (const Json& each : Json::parse(read(requests))) {
    all.push_back({decision::parse_request({{"actor", each.at("actor")},
                                            {"action", each.at("action")},
                                            {"resource", each.at("resource")},
                                            {"context", each.at("context")}}),
                   each.at("allowed").get<bool>()});
  }
  const auto mismatches = std::count_if(
      all.begin(), all.end(), [&](const Asked& each) { return allows(set, each) != each.allowed; });
  std::cout << Json{{"checked", all.size()},
                    {"evaluations_per_second", rate(set, all)},
                    {"load_ms", load_ms},
                    {"mismatches", mismatches}}
                   .dump()
            << "\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: peer_bench POLICY.yaml REQUESTS.json\n";
    return 64;
  }
  try {
    run(arguments[1], arguments[2]);
  } catch (const Error& error) {
    std::cerr << "peer_bench: " << error.message() << " (" << error.where() << ")\n";
    return 65;
  }
}
