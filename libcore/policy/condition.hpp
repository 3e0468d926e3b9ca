// A condition of a policy or of a risk model: one expression over the request and what is known of it.
//
// Shapes   a value that is no bool is a fault, as is everything that an expression can fail of
// Units    each condition costs at most cel::max_cost
// Source   lexecon-policy(5), Conditions; lexecon-cel(7)
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cel/arena.hpp"
#include "cel/condition.hpp"
#include "cel/program.hpp"

namespace lexecon::policy {

/// The keys that a file's `context:` declares, ascending; nothing when it has none.
using DeclaredContext = std::optional<std::vector<cel::DeclaredKey>>;

enum class Truth : std::uint8_t { no, yes, fault };

struct Answer {
  Truth truth = Truth::yes;
  std::string fault;  // why there is none, with its place in the expression
};

/// Compiled on first use, by one thread; movable, and what it compiled stays where it is.
class Condition {
 public:
  explicit Condition(std::string source);
  ~Condition();
  Condition(Condition&&) noexcept;
  Condition& operator=(Condition&&) noexcept;

  [[nodiscard]] const std::string& source() const;
  /// What is wrong with it, if anything. `names` are the same at every call.
  [[nodiscard]] const std::optional<cel::Problem>& problem(const cel::Names& names) const;
  /// Of a condition without a problem.
  [[nodiscard]] const cel::Program& program(const cel::Names& names) const;
  [[nodiscard]] Answer ask(const cel::Names& names, const cel::Bindings& bindings,
                           cel::Arena& arena) const;

 private:
  struct Compiled;
  [[nodiscard]] const Compiled& compiled(const cel::Names& names) const;
  std::unique_ptr<Compiled> compiled_;
};

/// Joined by &&: one that is false beats faults; none is true.
[[nodiscard]] Answer ask_all(const std::vector<Condition>& conditions, const cel::Names& names,
                             const cel::Bindings& bindings, cel::Arena& arena);

}  // namespace lexecon::policy
