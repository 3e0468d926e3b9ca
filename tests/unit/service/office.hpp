// A node made by init with a small set of its own, for the tests of service/.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decision/request.hpp"
#include "json/json.hpp"
#include "service/decide.hpp"
#include "service/init.hpp"
#include "service/node.hpp"
#include "service/session.hpp"
#include "support/support.hpp"

namespace lexecon::test {

/// Agents read; nobody drops a database; paying escalates; shipping takes a ticket.
[[nodiscard]] std::vector<decision::SetFile> small_set();

class Office {
 public:
  explicit Office(std::uint64_t seed = 1, std::optional<std::string> origin = std::nullopt);

  [[nodiscard]] const service::Node& node() const { return *node_; }
  [[nodiscard]] service::Session& session() { return session_; }
  [[nodiscard]] const service::Session& session() const { return session_; }
  [[nodiscard]] const service::Initialised& made() const { return *made_; }
  /// The clock moves; the session sees it.
  void pass(std::int64_t seconds) { session_.now.micros += seconds * 1'000'000; }
  void write(const std::string& name, const std::string& bytes) const;
  void remove(const std::string& name) const;

  [[nodiscard]] service::Decision decide(const Json& request,
                                         const service::DecideOptions& options = {});
  [[nodiscard]] std::uint64_t entries() const;
  /// The bytes of every entry, by seq.
  [[nodiscard]] std::vector<std::string> bodies() const;
  /// Every row of every projection, as text.
  [[nodiscard]] std::vector<std::string> projections() const;
  /// "valid", or what the verifier found.
  [[nodiscard]] std::string verified() const;

 private:
  TempFolder folder_;
  service::Session session_;
  std::optional<service::Initialised> made_;
  std::optional<service::Node> node_;
};

/// Every row of every projection of a database, as text.
[[nodiscard]] std::vector<std::string> projections_of(store::Database& database);

/// The code of the Error that `action` throws; nothing when it throws none.
[[nodiscard]] std::optional<ErrorCode> code_of(const std::function<void()>& action);

[[nodiscard]] Json reading();   // approved
[[nodiscard]] Json dropping();  // denied
[[nodiscard]] Json paying();    // escalated
[[nodiscard]] Json shipping();  // conditional

}  // namespace lexecon::test
