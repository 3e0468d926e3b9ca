// A small node for the tests of ledger/: a folder, a key, a clock that ticks, repeatable randomness.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "crypto/ed25519.hpp"
#include "json/json.hpp"
#include "ledger/writer.hpp"
#include "support/support.hpp"

namespace lexecon::test {

inline constexpr Timestamp epoch{1'767'225'600'000'000};  // 2026-01-01T00:00:00Z

struct Node {
  explicit Node(std::uint64_t seed = 1);

  /// genesis, then its checkpoint.
  std::string create();
  [[nodiscard]] ledger::Writer open();
  [[nodiscard]] ledger::Writer open(Timestamp now);
  /// One transaction of these drafts; returns its note.
  std::string write(const std::vector<ledger::Draft>& drafts);
  /// A note of a listed type with sealed content, and one without.
  [[nodiscard]] static ledger::Draft sealed_draft(const std::string& text);
  [[nodiscard]] static ledger::Draft plain_draft(const std::string& text);

  TempFolder folder;
  ledger::NodeFiles files{folder / "node"};
  ledger::WriteOptions options;
  Entropy entropy;
  crypto::SecretKey key;
  Timestamp now = epoch;
  std::string origin = "example.org/log";
};

/// The Error that `action` throws.
template <class Action>
[[nodiscard]] Error error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error");
  return Error(ErrorCode::internal, "none");
}

/// Copies the node and the user's heads, to be put back later.
void copy_folder(const Path& from, const Path& to);

}  // namespace lexecon::test
