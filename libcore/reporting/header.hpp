// The header of a report: of what it is, by which rules, from which log, what it cannot see, and how to check it.
//
// Shapes   nothing in it changes as the log grows behind the size that is reported on
// Source   lexecon-report(5), Header
#pragma once

#include <optional>
#include <string>

#include "chain/checkpoint.hpp"
#include "compliance/rulebook.hpp"
#include "json/json.hpp"
#include "ledger/verify.hpp"
#include "reporting/gathering.hpp"
#include "reporting/log_pass.hpp"
#include "reporting/report.hpp"
#include "reporting/section.hpp"
#include "reporting/systems.hpp"
#include "service/node.hpp"

namespace lexecon::reporting {

struct HeaderGround {
  const service::Node& node;
  const Wish& wish;
  const System* system;  // nullptr: the whole node
  const compliance::Rulebook& rulebook;
  const chain::Checkpoint& checkpoint;
  const std::string& note;  // the checkpoint, signed
  const ledger::Verification& verification;
  const Passed& passed;
  const Gathering& gathering;
  const Gathered& gathered;
};

[[nodiscard]] std::string title_of(const Wish& wish, const compliance::Rulebook& rulebook);
[[nodiscard]] Json header_of(const HeaderGround& ground, Book& book);

}  // namespace lexecon::reporting
