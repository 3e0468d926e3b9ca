// What a stranger builds against an installed libcore: entries and a checkpoint of them are verified under
// a pinned key, and a request is judged under a policy file. Prints the size and the outcome.
#include <fstream>
#include <iostream>
#include <sstream>

#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "decision/judge.hpp"
#include "json/json.hpp"

namespace {

using namespace lexecon;

std::string slurp(const char* name) {
  std::ostringstream out;
  out << std::ifstream(name, std::ios::binary).rdbuf();
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 64;
  try {
    const auto log = crypto::parse_vkey(argv[1]);
    const auto checkpoint = chain::open_checkpoint(slurp(argv[2]), log);
    chain::CompactRange range;
    std::ifstream lines(argv[3]);
    for (std::string line; std::getline(lines, line);) {
      if (chain::parse_entry(line).seq != range.size()) return 1;
      range.append(chain::leaf_hash(line));
    }
    if (range.size() != checkpoint.tree_size || range.root() != checkpoint.root) return 1;
    const auto set =
        decision::load_set(std::vector<decision::SetFile>{{"node.yaml", "id: consumer\n"},
                                                          {"policies/own.yaml", slurp(argv[4])},
                                                          {"risk.yaml", "threshold: 80\n"}});
    const auto request = decision::parse_request({{"actor", "human:alice"}, {"action", "read"}});
    const auto verdict = decision::judge(request, &set, {}, {});
    std::cout << range.size() << " entries, " << policy::to_string(verdict.outcome) << "\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 70;
  }
  return 0;
}
