// A policy set as plain values, written as YAML for the program and judged again here, naively.
//
// Source   lexecon-policy(5), The algorithm: the judge here shares no code with the one it checks
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "decision/judge.hpp"
#include "support/support.hpp"

namespace lexecon::test {

struct ModelTerm {
  std::string type;
  std::string id;
  std::vector<std::string> member_of;
  std::vector<std::string> contains;
  std::optional<std::string> owner;
};

/// Conditions by their place in a table of expressions, which a naive reader knows, too.
using ModelCondition = std::size_t;

struct ModelRelation {
  std::string id;
  std::string type;  // permits, forbids, requires
  std::optional<std::string> subject;
  std::optional<std::string> action;
  std::optional<std::string> object;
  std::string requirement;
  int approvals = 1;
  std::string on_unmet = "conditional";
  std::vector<ModelCondition> when;
  std::optional<ModelCondition> met_when;  // in place of approvals
};

struct ModelFactor {
  ModelCondition when = 0;
  std::size_t dimension = 0;
  int add = 1;
};

struct ModelFile {
  std::string name;
  std::string mode = "strict";
  std::optional<int> from;  // minutes after the epoch
  std::optional<int> until;
  std::vector<ModelTerm> terms;
  std::vector<ModelRelation> relations;
};

struct ModelSet {
  std::vector<ModelFile> files;
  int threshold = 80;
  std::vector<ModelFactor> factors;
};

[[nodiscard]] std::string to_yaml(const ModelFile& file);
/// node.yaml, risk.yaml and the policies; loads through the program.
[[nodiscard]] decision::ActiveSet load_model_set(const ModelSet& set);
[[nodiscard]] Timestamp minute(int count);

struct NaiveVerdict {
  std::string outcome;
  std::string reason;
  std::set<std::string> reasons;
  std::set<std::string> matched;
  std::set<std::string> unmet;
  std::set<std::string> owners;
};
[[nodiscard]] NaiveVerdict judge_naively(const decision::Request& request, const ModelSet& set,
                                         const decision::Facts& facts, Timestamp at);

/// Sets, requests and facts over one small universe, so that most relations mean something.
[[nodiscard]] ModelSet random_set(Random& random);
[[nodiscard]] ModelRelation random_relation(Random& random, const std::string& id,
                                            const std::string& type);
[[nodiscard]] Json random_request(Random& random);
[[nodiscard]] decision::Facts random_facts(Random& random, const ModelSet& set);

}  // namespace lexecon::test
