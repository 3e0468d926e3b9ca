// Where requests are judged and recorded, one transaction after the other: what stays between them is
// the keys, and the parsed set for as long as it is the one in force.
//
// Shapes   one transaction: for each request facts, verdict, token, `decision` entry and
//          `escalation.created`; the answers only after the commit
// Errors   Error{bad_input} when an entry or token would be too long, or an idempotency key was used for
//          another request; any other Error undoes the whole transaction
// Source   lexecon-decide(1)
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "decision/prohibited.hpp"
#include "service/decide.hpp"
#include "service/ledger_facts.hpp"
#include "service/meter.hpp"
#include "service/mint.hpp"
#include "service/node_keys.hpp"

namespace lexecon::service {

class Act;

/// A decision, or why the request was refused: then nothing of it was recorded.
using Answer = std::variant<Decision, Error>;

class Bench {
 public:
  /// Loads the keys of the node there; whose it is, each transaction reads under its lock. `session`
  /// must outlive the bench.
  Bench(ledger::NodeFiles files, DecideOptions options, Session& session);

  /// In one transaction, answered in their order; a refused request undoes them all. `also` is given the
  /// answers before the transaction is signed, and may record what rests on them.
  using Also = std::function<void(Act&, std::span<const Answer>)>;
  [[nodiscard]] std::vector<Decision> decide(std::span<const decision::Request> requests,
                                             const Also& also = {});
  /// The same, but a refused request has its refusal for an answer and the others go on. `prepare` is
  /// given the answers while they are committed, on another thread where there is one: nobody may see
  /// what it makes of them before this returns.
  using Prepare = std::function<void(std::vector<Answer>)>;
  void decide_each(std::vector<decision::Request> requests, const Prepare& prepare);

 private:
  enum class Refused : std::uint8_t { undoes_all, is_an_answer };

  std::vector<Answer> sit(Act& act, std::vector<decision::Request> requests, Refused refused,
                          const Also& also = {});
  void bring_up_to_date(Act& act);
  void load_set(Act& act);
  [[nodiscard]] Decision answer(Act& act, decision::Request request);
  [[nodiscard]] Decision record(Act& act, decision::Screened screened);
  [[nodiscard]] Decision replay(Act& act, const decision::Request& request, std::uint64_t seq);
  [[nodiscard]] std::optional<Minted> token_for(Act& act, const decision::Request& request,
                                                const decision::Verdict& verdict,
                                                const std::string& decision_id);
  [[nodiscard]] std::optional<std::string> token_again(Act& act, const decision::Request& request,
                                                       const Decision& recorded);
  [[nodiscard]] const crypto::SecretKey& token_key(Act& act);
  [[nodiscard]] const decision::ActiveSet* set() const { return set_ ? &*set_ : nullptr; }

  ledger::NodeFiles files_;
  DecideOptions options_;
  Session& session_;
  std::optional<NodeKey> token_key_;  // nothing when no tokens are wanted
  NodeKey ledger_key_;
  const crypto::SecretKey* signs_ = nullptr;  // the token key, in this transaction
  std::optional<decision::ActiveSet> set_;    // nothing when none is active
  std::optional<LedgerFacts> facts_;          // in this transaction
  std::optional<Meter> meter_;                // likewise; refers to the set
};

}  // namespace lexecon::service
