#include "registry/token_evidence.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "registry/evidence.hpp"

namespace lexecon::registry {
namespace {

constexpr std::string_view table = "tokens";

bool names(const chain::Entry& entry, const char* member, std::string_view id) {
  return entry.data.at(member).get_ref<const std::string&>() == id;
}

void add(TokenEnd& end, const chain::Entry& entry) {
  if (entry.event_type == "token.used") {
    ++end.used;
  } else if (!end.revoked_seq) {
    end.revoked_seq = entry.seq;
    end.revoked_reason = entry.data.at("reason").get<std::string>();
  }
}

// A token lives for a day at most, and so does the stretch of entries that is looked through for its
// uses.
TokenEnd end_of(store::Database& database, std::uint64_t issued, const std::string& jti) {
  TokenEnd end;
  for (const auto* type : {"token.used", "token.revoked"}) {
    each_after(database, type, issued, jti, [&](const chain::Entry& entry) {
      if (names(entry, "jti", jti)) add(end, entry);
    });
  }
  return end;
}

bool same(const TokenRow& left, const TokenRow& right) {
  return left.decision_id == right.decision_id && left.used == right.used &&
         left.revoked_seq == right.revoked_seq && left.revoked_reason == right.revoked_reason &&
         decision::to_json(left.record) == decision::to_json(right.record);
}

/// The token that an entry issued; nothing when it issued none.
std::optional<TokenRow> issued_by(const chain::Entry& entry) {
  if (entry.event_type != "decision" && entry.event_type != "token.issued") return std::nullopt;
  if (entry.data.at("token").is_null()) return std::nullopt;
  TokenRow row;
  row.seq = entry.seq;
  row.decision_id = entry.data.at("decision_id").get<std::string>();
  row.actor = entry.actor;
  row.record = decision::parse_token_record(entry.data.at("token"));
  return row;
}

void require_row(std::span<const TokenRow> rows, std::uint64_t seq) {
  const bool is_there =
      std::any_of(rows.begin(), rows.end(), [seq](const auto& row) { return row.seq == seq; });
  if (!is_there) refuse_table(table, seq);
}

}  // namespace

TokenEnds all_ends(store::Database& database) {
  TokenEnds ends;
  for (const auto* type : {"token.used", "token.revoked"}) {
    each_after(database, type, std::nullopt, std::nullopt, [&](const chain::Entry& entry) {
      add(ends[entry.data.at("jti").get<std::string>()], entry);
    });
  }
  return ends;
}

TokenRow believed(store::Database& database, const TokenRow& row) {
  return believed(database, row, end_of(database, row.seq, row.record.jti));
}

// SECURITY: one statement without a key would make a token whole again; the entries are what counts
TokenRow believed(store::Database& database, const TokenRow& row, const TokenEnd& end) {
  const auto stored = ledger::read_entry(database, row.seq);
  auto issued = stored ? issued_by(stored->entry) : std::nullopt;
  if (!issued) refuse_table(table, row.seq);
  issued->used = end.used;
  issued->revoked_seq = end.revoked_seq;
  issued->revoked_reason = end.revoked_reason;
  if (!same(row, *issued)) refuse_table(table, row.seq);
  return std::move(*issued);
}

void require_all_tokens(store::Database& database, std::string_view decision_id,
                        std::span<const TokenRow> rows) {
  auto query = database.prepare("SELECT seq FROM decisions WHERE decision_id = ?1");
  query.bind(1, decision_id);
  std::optional<std::uint64_t> decided;
  if (query.step()) {
    decided = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = entry_behind(database, "decisions", *decided, "decision");
    if (!names(stored.entry, "decision_id", decision_id)) refuse_table("decisions", *decided);
    if (issued_by(stored.entry)) require_row(rows, *decided);
  }
  each_after(database, "token.issued", decided, decision_id, [&](const chain::Entry& entry) {
    if (names(entry, "decision_id", decision_id)) require_row(rows, entry.seq);
  });
}

}  // namespace lexecon::registry
