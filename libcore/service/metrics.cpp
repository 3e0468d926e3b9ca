#include "service/metrics.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <utility>

#include "authority/escalation.hpp"
#include "base/bytes.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "oversight/stops.hpp"
#include "registry/operators.hpp"
#include "registry/sets.hpp"
#include "service/decisions.hpp"
#include "service/sets.hpp"

namespace lexecon::service {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::array outcomes{"approved", "conditional", "denied", "escalated"};
constexpr std::array levels{"low", "medium", "high", "critical", "unknown"};
constexpr std::array priorities{"low", "medium", "high", "critical"};
constexpr std::array roles{"viewer", "auditor", "compliance_officer", "admin"};

using Counts = std::map<std::string, std::int64_t>;

/// Every name that there is, also where nothing has it: a series that comes and goes raises false alarms.
template <class Names>
Metric by_label(Metric metric, const char* label, const Names& names, Counts counts) {
  for (const auto* name : names) metric.samples.push_back({{{label, name}}, counts[name]});
  return metric;
}

Metric single(Metric metric, std::int64_t value) {
  metric.samples.push_back({{}, value});
  return metric;
}

std::int64_t number(store::Database& database, const char* sql) {
  auto query = database.prepare(sql);
  query.step();
  return query.integer(0);
}

std::int64_t entries_of(store::Database& database, std::string_view event_type) {
  auto query = database.prepare("SELECT count(*) FROM entries WHERE event_type = ?1");
  query.bind(1, event_type).step();
  return query.integer(0);
}

void add_ledger(std::vector<Metric>& out, store::Database& database, const Node& node) {
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(node.files.database(), ignored);
  out.push_back(single({"lexecon_ledger_entries", false, "Entries in the ledger.", {}},
                       static_cast<std::int64_t>(ledger::size(database))));
  out.push_back(single({"lexecon_ledger_size_bytes", false, "Size of the database file.", {}},
                       ignored ? 0 : static_cast<std::int64_t>(bytes)));
  out.push_back(single({"lexecon_last_entry_timestamp_seconds",
                        false,
                        "When the last entry was made, in seconds since 1970.",
                        {}},
                       last_entry_time(database).micros / micros_per_second));
  const auto active = registry::active_set(database);
  out.push_back(single({"lexecon_policy_activated_timestamp_seconds",
                        false,
                        "When the set in force was activated; 0 when none is.",
                        {}},
                       active ? active->activated_at.micros / micros_per_second : 0));
}

void add_decisions(std::vector<Metric>& out, store::Database& database) {
  Counts outcome;
  Counts level;
  auto query = database.prepare(
      "SELECT outcome, coalesce(risk_level, 'unknown'), count(*) FROM decisions GROUP BY 1, 2");
  while (query.step()) {
    outcome[query.text(0)] += query.integer(2);
    level[query.text(1)] += query.integer(2);
  }
  out.push_back(by_label({"lexecon_decisions_total", true, "Decisions, by outcome.", {}}, "outcome",
                         outcomes, outcome));
  out.push_back(by_label({"lexecon_decisions_by_risk_total",
                          true,
                          "Decisions, by the level of their risk; unknown: nothing was scored.",
                          {}},
                         "level", levels, level));
}

void add_tokens(std::vector<Metric>& out, store::Database& database) {
  out.push_back(single({"lexecon_tokens_issued_total", true, "Tokens that were issued.", {}},
                       number(database, "SELECT count(*) FROM tokens")));
  out.push_back(single({"lexecon_token_uses_total", true, "Uses of tokens that were spent.", {}},
                       entries_of(database, "token.used")));
  out.push_back(single({"lexecon_tokens_revoked_total", true, "Tokens that were revoked.", {}},
                       entries_of(database, "token.revoked")));
  out.push_back(
      single({"lexecon_tokens_refused_total", true, "Checks of genuine tokens that said no.", {}},
             entries_of(database, "token.refused")));
}

/// How long an escalation may wait, by the set that judged its decision; each set is read once.
class Limits {
 public:
  explicit Limits(store::Database& database) : database_(database) {}

  [[nodiscard]] Timestamp due_at(const std::string& policy_hash, const std::string& priority,
                                 Timestamp created_at) {
    return authority::due_at(config_of(policy_hash),
                             decision::priority_from(priority).value_or(decision::Priority::medium),
                             created_at);
  }

 private:
  const decision::EscalationConfig& config_of(const std::string& policy_hash) {
    const auto [place, is_new] = configs_.try_emplace(policy_hash);
    const auto set = is_new ? set_of(policy_hash) : std::nullopt;
    if (!set) return place->second;
    for (const auto& file : set_files(database_, *set)) {
      if (file.name != "node.yaml") continue;
      place->second = decision::load_node_config(file.bytes, file.name).escalations;
    }
    return place->second;
  }
  std::optional<registry::SetRow> set_of(const std::string& policy_hash) {
    const auto hash = hash_from_hex(policy_hash);
    return hash ? registry::find_set(database_, *hash) : std::nullopt;
  }

  store::Database& database_;
  std::map<std::string, decision::EscalationConfig> configs_;
};

void add_escalations(std::vector<Metric>& out, store::Database& database, Timestamp now) {
  Counts open;
  std::int64_t overdue = 0;
  std::int64_t oldest = 0;
  Limits limits(database);
  auto query = database.prepare(
      "SELECT e.priority, e.created_at, coalesce(d.policy_hash, '') FROM escalations e LEFT JOIN "
      "decisions d ON d.decision_id = e.decision_id WHERE e.state NOT IN ('resolved', 'failed')");
  while (query.step()) {
    const auto priority = query.text(0);
    const auto since = entry_time(query.text(1)).value_or(now);
    ++open[priority];
    oldest = std::max(oldest, (now.micros - since.micros) / micros_per_second);
    if (limits.due_at(query.text(2), priority, since) <= now) ++overdue;
  }
  out.push_back(
      by_label({"lexecon_escalations_open", false, "Escalations that wait for a person.", {}},
               "priority", priorities, open));
  out.push_back(single({"lexecon_escalations_overdue",
                        false,
                        "Open escalations that wait longer than their SLA allows.",
                        {}},
                       overdue));
  out.push_back(single({"lexecon_escalation_oldest_seconds",
                        false,
                        "How long the oldest open escalation waits; 0 when none is open.",
                        {}},
                       oldest));
  out.push_back(single(
      {"lexecon_escalations_breached_total", true, "Breaches of an SLA that are on record.", {}},
      entries_of(database, "escalation.breached")));
}

std::int64_t unexpired_overrides(store::Database& database, Timestamp now) {
  auto query = database.prepare(
      "SELECT count(*) FROM overrides WHERE scope <> 'permanent_policy_change' AND (expires_at IS "
      "NULL OR expires_at > ?1)");
  query.bind(1, std::string_view(to_text(now))).step();
  return query.integer(0);
}

void add_people(std::vector<Metric>& out, store::Database& database, Timestamp now) {
  Counts operators;
  const auto known = registry::operators(database);
  for (const auto& member : known.all()) {
    if (!member.revoked_seq) ++operators[std::string(authority::to_string(member.as->role))];
  }
  const auto stops = oversight::stops(database);
  const auto held = std::count_if(stops.all().begin(), stops.all().end(),
                                  [](const auto& stop) { return !stop.resumed_seq; });
  out.push_back(by_label({"lexecon_operators", false, "Operators who may sign, by role.", {}},
                         "role", roles, operators));
  out.push_back(single({"lexecon_stops_in_force", false, "Emergency stops that hold.", {}}, held));
  out.push_back(single({"lexecon_overrides_in_force",
                        false,
                        "Overrides that have not expired, permanent changes of policy apart.",
                        {}},
                       unexpired_overrides(database, now)));
  out.push_back(single({"lexecon_interventions_total", true, "Interventions on record.", {}},
                       entries_of(database, "oversight.intervened")));
  out.push_back(
      single({"lexecon_approvals_refused_total", true, "Signed approvals that were refused.", {}},
             entries_of(database, "approval.refused")));
}

/// What the text format asks for in a label: backslash, quote and newline.
std::string escaped(const std::string& value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out;
}

std::string labels_of(const Sample& sample) {
  std::string out;
  for (const auto& [name, value] : sample.labels) {
    out += (out.empty() ? "{" : ",") + name + "=\"" + escaped(value) + "\"";
  }
  return out.empty() ? out : out + "}";
}

}  // namespace

std::vector<Metric> metrics(const Node& node, Timestamp now, const std::string& version) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto at = std::max(now, last_entry_time(database));
  std::vector<Metric> out{
      {"lexecon_info",
       false,
       "The node, its log and the program that looked at it; always 1.",
       {{{{"node", node.id}, {"origin", node.origin}, {"version", version}}, 1}}}};
  add_ledger(out, database, node);
  add_decisions(out, database);
  add_tokens(out, database);
  add_escalations(out, database, at);
  add_people(out, database, at);
  return out;
}

std::string to_prometheus(const std::vector<Metric>& metrics) {
  std::string out;
  for (const auto& metric : metrics) {
    out += "# HELP " + metric.name + " " + metric.help + "\n# TYPE " + metric.name +
           (metric.is_counter ? " counter\n" : " gauge\n");
    for (const auto& sample : metric.samples) {
      out += metric.name + labels_of(sample) + " " + std::to_string(sample.value) + "\n";
    }
  }
  return out;
}

Json to_json(const std::vector<Metric>& metrics) {
  auto list = Json::array();
  for (const auto& metric : metrics) {
    auto samples = Json::array();
    for (const auto& sample : metric.samples) {
      auto labels = Json::object();
      for (const auto& [name, value] : sample.labels) labels[name] = value;
      samples.push_back({{"labels", std::move(labels)}, {"value", sample.value}});
    }
    list.push_back({{"name", metric.name},
                    {"type", metric.is_counter ? "counter" : "gauge"},
                    {"help", metric.help},
                    {"samples", std::move(samples)}});
  }
  return {{"schema", "lexecon.metrics/1"}, {"metrics", std::move(list)}};
}

}  // namespace lexecon::service
