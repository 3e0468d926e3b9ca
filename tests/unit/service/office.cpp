#include "office.hpp"

#include "ledger/projections.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"

namespace lexecon::test {
namespace {

constexpr Timestamp new_year{1'767'225'600'000'000};  // 2026-01-01T00:00:00Z

constexpr const char* policy = R"(policy_id: pol_small_v1
version: 1.0.0
terms:
  - {id: actor:agent, type: actor}
  - {id: actor:agent:reader, type: actor, member_of: [actor:agent], owner: actor:human:olga}
relations:
  - {id: agents-read, type: permits, subject: actor:agent:*, action: action:read, justification: test}
  - {id: agents-drop, type: permits, subject: actor:agent:*, action: action:drop, justification: test}
  - {id: nobody-drops, type: forbids, action: action:drop, object: "resource:db:*", justification: test}
  - {id: agents-pay, type: permits, subject: actor:agent:*, action: action:pay, justification: test}
  - {id: pay-needs-two, type: requires, action: action:pay, requirement: two_people, on_unmet: escalate}
  - {id: agents-ship, type: permits, subject: actor:agent:*, action: action:ship, justification: test}
  - {id: ship-needs-ticket, type: requires, action: action:ship, requirement: ticket}
)";

/// An expression that shows a whole row.
std::string row_expression(store::Database& database, const std::string& table) {
  std::string expression = "'" + table + "'";
  auto columns = database.prepare("SELECT name FROM pragma_table_info(?1)");
  columns.bind(1, std::string_view(table));
  while (columns.step()) expression += " || '|' || quote(" + columns.text(0) + ")";
  return expression;
}

}  // namespace

std::vector<decision::SetFile> small_set() {
  return {{"node.yaml", "id: template\n"},
          {"policies/small.yaml", policy},
          {"risk.yaml", "threshold: 80\n"}};
}

Office::Office(std::uint64_t seed, std::optional<std::string> origin)
    : session_{.now = new_year,
               .entropy = seeded_entropy(seed),
               .passphrase = {},
               .write = {.patience = std::chrono::seconds(10),
                         .state_home = folder_ / "state",
                         .accept_clock = false,
                         .allow_network_filesystem = false}} {
  made_ = service::init({.folder = folder_ / "node",
                         .id = "office",
                         .origin = std::move(origin),
                         .files = small_set()},
                        session_);
  node_ = service::open_node(made_->folder);
}

void Office::write(const std::string& name, const std::string& bytes) const {
  replace_file(made_->folder / name, bytes, Access::as_umask);
}

void Office::remove(const std::string& name) const {
  std::filesystem::remove(made_->folder / name);
}

service::Decision Office::decide(const Json& request, const service::DecideOptions& options) {
  return service::decide(node_->files, decision::parse_request(request), options, session_);
}

std::uint64_t Office::entries() const {
  auto database = service::open_ledger(*node_);
  return ledger::size(database);
}

std::vector<std::string> Office::bodies() const {
  auto database = service::open_ledger(*node_);
  std::vector<std::string> bodies;
  ledger::each_entry(database, {},
                     [&](const ledger::StoredEntry& each) { bodies.push_back(each.bytes); });
  return bodies;
}

std::vector<std::string> Office::projections() const {
  auto database = service::open_ledger(*node_);
  return projections_of(database);
}

std::string Office::verified() const {
  const auto found = ledger::verify(
      node_->files,
      {.state_home = session_.write.state_home, .pins = {}, .older_notes = {}, .skip = {}});
  if (found.verdict == ledger::Verdict::valid) return "valid";
  for (const auto& check : found.checks) {
    if (check.status == ledger::CheckStatus::fail) return check.name + ": " + check.detail;
  }
  return found.cause.value_or("undecidable");
}

std::vector<std::string> projections_of(store::Database& database) {
  std::vector<std::string> rows;
  for (const std::string table : ledger::projection_tables) {
    auto query = database.prepare("SELECT " + row_expression(database, table) + " FROM " + table +
                                  " ORDER BY seq");
    while (query.step()) rows.push_back(query.text(0));
  }
  return rows;
}

std::optional<ErrorCode> code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

Json reading() { return {{"actor", "agent:reader"}, {"action", "read"}, {"resource", "db:sales"}}; }
Json dropping() {
  return {{"actor", "agent:reader"}, {"action", "drop"}, {"resource", "db:sales"}};
}
Json paying() { return {{"actor", "agent:reader"}, {"action", "pay"}}; }
Json shipping() { return {{"actor", "agent:reader"}, {"action", "ship"}}; }

}  // namespace lexecon::test
