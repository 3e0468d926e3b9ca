// A report of a node: the ledger verified, its decisions judged again, what it shows held against rulebooks.
//
// Shapes   lexecon.report/1, which every format is made from. The same size of the log, day, period and rulebooks
//          give the same value
// Errors   Error{integrity} where the log does not verify, or a decision comes out differently: no report then;
//          Error{not_found} for an unknown system, framework, decision, incident or size that was not signed;
//          Error{configuration} "classification missing" where a kind needs a profile and there is none
// Source   lexecon-report(5), lexecon-compliance-report(1)
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/files.hpp"
#include "json/json.hpp"
#include "service/node.hpp"

namespace lexecon::reporting {

enum class Kind : std::uint8_t {
  ai_act,
  article_11,
  article_12,
  article_14,
  article_26,
  article_73,
  article_86,
  framework,
  executive,
};
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] std::optional<Kind> kind_from(std::string_view text);

struct Wish {
  Kind kind = Kind::ai_act;
  std::optional<std::string> system = {};     // the only one there is, unless given
  std::optional<std::string> framework = {};  // of Kind::framework; of gaps
  Date from;                                  // both ends are in the period
  Date to;
  Date as_of;                                // the law in force then
  std::optional<std::uint64_t> size = {};    // of a stored checkpoint; the last one unless given
  std::optional<std::string> decision = {};  // of Kind::article_86
  std::optional<std::string> incident = {};  // of Kind::article_73: that one alone
  bool redecide = true;
  bool sealed = false;   // what people wrote, besides
  Path state_home = {};  // where the second copy of the head is, as for ledger::verify
};

/// Told now and then how many entries were read, of how many.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

[[nodiscard]] Json make_report(const service::Node& node, const Wish& wish,
                               const Progress& progress = {});

}  // namespace lexecon::reporting
