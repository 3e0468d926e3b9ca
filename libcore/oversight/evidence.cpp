#include "oversight/evidence.hpp"

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "oversight/evidence_files.hpp"
#include "registry/evidence.hpp"

namespace lexecon::oversight {
namespace {

constexpr std::string_view table = "evidence";
constexpr std::size_t id_digits = 32;

std::optional<std::string> text_of(const chain::Entry& entry, const char* member) {
  const auto& value = entry.data.at(member);
  return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

// A row that is not there is only an answer when no row is gone. The newest is looked at, all the others
// are for the verifier.
void require_newest(store::Database& database) {
  const auto newest = registry::newest_of(database, "evidence.added");
  if (!newest) return;
  const auto stored = registry::entry_behind(database, table, *newest, "evidence.added");
  auto row = database.prepare("SELECT evidence_id FROM evidence WHERE seq = ?1");
  row.bind(1, static_cast<std::int64_t>(*newest));
  if (!row.step() || row.text(0) != text_of(stored.entry, "evidence_id")) {
    registry::refuse_table(table, *newest);
  }
}

/// What every kind of evidence is filtered by.
std::string common_terms(const EvidenceFilter& filter) {
  std::string sql;
  if (filter.actor) sql += " AND actor = ?1";
  if (filter.from) sql += " AND timestamp >= ?2";
  if (filter.to) sql += " AND timestamp < ?3";
  return sql;
}

std::string select_files(const EvidenceFilter& filter) {
  std::string sql = "SELECT seq FROM evidence WHERE 1" + common_terms(filter);
  if (filter.type) sql += " AND type = ?4";
  if (filter.decision_id) {
    sql += " AND evidence_id IN (SELECT evidence_id FROM evidence_links WHERE decision_id = ?5)";
  }
  if (filter.control) {
    sql += " AND evidence_id IN (SELECT evidence_id FROM evidence_links WHERE control = ?6)";
  }
  if (filter.tenant) {
    sql +=
        " AND evidence_id IN (SELECT evidence_id FROM evidence_links JOIN decisions USING "
        "(decision_id) WHERE tenant = ?8)";
  }
  return sql;
}

bool asks_for(const EvidenceFilter& filter, std::string_view type) {
  if (filter.control) return false;
  return filter.type ? *filter.type == type : filter.decision_id.has_value();
}

std::string select_all(const EvidenceFilter& filter) {
  std::string sql = select_files(filter);
  if (asks_for(filter, "decision_log")) {
    sql += " UNION ALL SELECT seq FROM decisions WHERE 1" + common_terms(filter);
    if (filter.decision_id) sql += " AND decision_id = ?5";
    if (filter.tenant) sql += " AND tenant = ?8";
  }
  // A set is the node's; that of a decision is for its tenant, who had to name it.
  if (asks_for(filter, "policy_snapshot") && (!filter.tenant || filter.decision_id)) {
    sql += " UNION ALL SELECT seq FROM policy_sets WHERE 1" + common_terms(filter);
    if (filter.decision_id) {
      sql +=
          " AND seq = (SELECT max(policy_sets.seq) FROM policy_sets, decisions "
          "WHERE decision_id = ?5 AND policy_sets.seq < decisions.seq)";
    }
  }
  return sql + " ORDER BY seq" + (filter.reverse ? " DESC" : "") +
         (filter.limit ? " LIMIT ?7" : "");
}

void add_evidence(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .kept(
          "INSERT INTO evidence(seq, evidence_id, type, actor, timestamp) "
          "VALUES (?1, ?2, ?3, ?4, ?5)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("evidence_id")))
      .bind(3, std::string_view(data.text("type")))
      .bind(4, std::string_view(entry.actor))
      .bind(5, std::string_view(to_text(entry.timestamp)))
      .run();
}

void link_evidence(store::Database& database, const chain::Entry& entry) {
  json::Reader data(entry.data);
  database
      .kept(
          "INSERT INTO evidence_links(seq, evidence_id, decision_id, control) "
          "VALUES (?1, ?2, ?3, ?4)")
      .bind(1, static_cast<std::int64_t>(entry.seq))
      .bind(2, std::string_view(data.text("evidence_id")))
      .bind(3, data.optional_text("decision_id"))
      .bind(4, data.optional_text("control"))
      .run();
}

}  // namespace

Json sealed_value(const EvidenceFile& file) {
  Json value{{"sha256", file.sha256.hex()},
             {"size", file.size},
             {"media_type", file.media_type},
             {"retention", file.retention}};
  if (file.name) value["name"] = *file.name;
  if (file.description) value["description"] = *file.description;
  return value;
}

EvidenceFile parse_evidence_file(const Json& value) {
  json::Reader reader(value);
  const auto sha256 = hash_from_hex(reader.text("sha256"));
  if (!sha256) {
    throw Error(ErrorCode::bad_input, "expected 64 lower-case hex digits",
                reader.pointer("sha256"));
  }
  EvidenceFile file{.sha256 = *sha256,
                    .size = static_cast<std::uint64_t>(
                        reader.integer("size", 1, static_cast<std::int64_t>(max_evidence_bytes))),
                    .media_type = reader.text("media_type"),
                    .name = reader.optional_text("name"),
                    .description = reader.optional_text("description"),
                    .retention = reader.text("retention")};
  reader.finish();
  return file;
}

std::string evidence_id(std::string_view type, const Hash& sealed_hash) {
  return "evd_" + std::string(type) + "_" + sealed_hash.hex().substr(0, id_digits);
}

std::optional<std::string> evidence_type(const chain::Entry& entry) {
  if (entry.event_type == "evidence.added") return text_of(entry, "type");
  if (entry.event_type == "decision") return "decision_log";
  if (entry.event_type == "policy.activated") return "policy_snapshot";
  return std::nullopt;
}

std::optional<EvidenceFile> file_of(store::Database& database, const chain::Entry& entry) {
  const auto refuse = [&entry](const std::string& what) {
    return Error(ErrorCode::integrity, what, chain::entry_id(entry.seq),
                 "run lexecon ledger verify");
  };
  const auto id = text_of(entry, "evidence_id");
  if (!entry.sealed_hash || id != evidence_id(*text_of(entry, "type"), *entry.sealed_hash)) {
    throw refuse("the id of this evidence is not that of its sealed content");
  }
  const auto sealed = ledger::read_sealed(database, entry);
  if (!sealed) {
    if (registry::was_erased(database, entry.seq)) return std::nullopt;
    throw refuse("the sealed content of this evidence is missing and was never erased");
  }
  try {
    return parse_evidence_file(chain::unseal(*sealed));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    throw refuse("the sealed content of this evidence describes no file: " + error.message());
  }
}

EvidenceLinks links_of(store::Database& database, std::optional<std::string_view> evidence_id) {
  EvidenceLinks links;
  registry::each_after(
      database, "evidence.linked", std::nullopt, evidence_id, [&](const chain::Entry& entry) {
        auto id = entry.data.at("evidence_id").get<std::string>();
        if (evidence_id && id != *evidence_id) return;
        links[std::move(id)].push_back({.seq = entry.seq,
                                        .at = entry.timestamp,
                                        .decision_id = text_of(entry, "decision_id"),
                                        .control = text_of(entry, "control")});
      });
  return links;
}

std::vector<std::uint64_t> all_evidence(store::Database& database) {
  auto query =
      database.prepare("SELECT seq FROM entries WHERE event_type = 'evidence.added' ORDER BY seq");
  std::vector<std::uint64_t> seqs;
  while (query.step()) seqs.push_back(static_cast<std::uint64_t>(query.integer(0)));
  return seqs;
}

std::optional<std::uint64_t> find_evidence(store::Database& database,
                                           std::string_view evidence_id) {
  auto query = database.prepare("SELECT seq FROM evidence WHERE evidence_id = ?1 ORDER BY seq");
  query.bind(1, evidence_id);
  if (!query.step()) {
    require_newest(database);
    return std::nullopt;
  }
  const auto seq = static_cast<std::uint64_t>(query.integer(0));
  const auto stored = registry::entry_behind(database, table, seq, "evidence.added");
  if (text_of(stored.entry, "evidence_id") != evidence_id) registry::refuse_table(table, seq);
  return seq;
}

void each_evidence(store::Database& database, const EvidenceFilter& filter,
                   const std::function<void(std::uint64_t)>& visit) {
  auto query = database.prepare(select_all(filter));
  if (filter.actor) query.bind(1, std::string_view(*filter.actor));
  if (filter.from) query.bind(2, std::string_view(to_text(*filter.from)));
  if (filter.to) query.bind(3, std::string_view(to_text(*filter.to)));
  if (filter.type) query.bind(4, std::string_view(*filter.type));
  if (filter.decision_id) query.bind(5, std::string_view(*filter.decision_id));
  if (filter.control) query.bind(6, std::string_view(*filter.control));
  if (filter.limit) query.bind(7, static_cast<std::int64_t>(*filter.limit));
  if (filter.tenant) query.bind(8, std::string_view(*filter.tenant));
  while (query.step()) visit(static_cast<std::uint64_t>(query.integer(0)));
}

void apply_evidence(store::Database& database, const chain::Entry& entry) {
  if (entry.event_type == "evidence.added") add_evidence(database, entry);
  if (entry.event_type == "evidence.linked") link_evidence(database, entry);
}

}  // namespace lexecon::oversight
