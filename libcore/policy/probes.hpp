// What an expression asks of its variables: by which values requests can be told apart.
//
// Shapes   whether an expression holds follows from its probes alone, but for its opaque parts: those are
//          what is neither a comparison with a literal, nor membership, a beginning or a presence
// Source   lexecon-policy-diff(1)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cel/program.hpp"
#include "json/json.hpp"

namespace lexecon::policy {

struct Probe {
  enum class Test : std::uint8_t {
    presence,  // whether it is there; no value
    equal,
    order,
    begins,   // a text
    element,  // the value is in the variable, a list or a map
    moment,   // `now` beside timestamp("..."): the text
    other,    // of an opaque part: a value that stands there too
  };
  std::string path;  // path_of()
  Test test = Test::presence;
  Json value;
};

struct Probes {
  std::vector<Probe> probes;
  std::vector<std::string> opaque;  // as they are written
};

/// "context.amount" for `context.amount`, `context["amount"]`, `amount` and `request.context.amount`;
/// empty for anything that is no variable or member of one.
[[nodiscard]] std::string path_of(const cel::Program& program, cel::NodeId node);
/// A literal that JSON has: null, a bool, a number, a text.
[[nodiscard]] std::optional<Json> literal_of(const cel::Program& program, cel::NodeId node);

[[nodiscard]] Probes probes_of(const cel::Program& program);

}  // namespace lexecon::policy
