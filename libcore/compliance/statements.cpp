#include "compliance/statements.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::compliance {
namespace {

std::optional<StatementSort> sort_of(std::string_view event_type) {
  if (event_type == "compliance.declared") return StatementSort::declared;
  if (event_type == "compliance.assessed") return StatementSort::assessed;
  if (event_type == "compliance.remediated") return StatementSort::remediated;
  return std::nullopt;
}

/// Of a member that is absent, or null: nothing.
std::optional<std::string> text_in(const Json& data, const char* name) {
  const auto found = data.find(name);
  if (found == data.end() || found->is_null()) return std::nullopt;
  return found->get<std::string>();
}

std::optional<Date> date_in(const Json& data, const char* name) {
  const auto text = text_in(data, name);
  return text ? parse_date(*text) : std::nullopt;
}

}  // namespace

std::string_view to_string(StatementSort sort) {
  switch (sort) {
    case StatementSort::declared:
      return "declared";
    case StatementSort::assessed:
      return "assessed";
    case StatementSort::remediated:
      return "remediated";
  }
  throw Error(ErrorCode::internal, "a statement of no sort");
}

Statement statement_in(const chain::Entry& entry) {
  const auto sort = sort_of(entry.event_type);
  if (!sort) throw Error(ErrorCode::internal, "an entry that states nothing");
  const Json& data = entry.data;
  Statement out;
  out.sort = *sort;
  out.seq = entry.seq;
  out.at = entry.timestamp;
  if (const auto approval = data.find("approval"); approval != data.end()) {
    out.by = approval->at("operator").get<std::string>();
    out.role = approval->at("role").get<std::string>();
  }
  out.system = text_in(data, "system");
  out.rulebook = data.at("rulebook").get<std::string>();
  out.rulebook_sha256 = data.at("rulebook_sha256").get<std::string>();
  out.item = data.at("item").get<std::string>();
  out.kind = text_in(data, "kind");
  out.evidence_id = text_in(data, "evidence_id");
  if (const auto found = data.find("satisfied"); found != data.end()) {
    if (!found->is_null()) out.satisfied = found->get<bool>();
  }
  out.from = date_in(data, "from");
  out.to = date_in(data, "to");
  out.expires_on = date_in(data, "expires_on");
  out.owner = text_in(data, "owner");
  out.due = date_in(data, "due");
  out.state = text_in(data, "state");
  return out;
}

std::optional<std::string> Statements::take(const chain::Entry& entry) {
  if (sort_of(entry.event_type)) {
    statements_.push_back(statement_in(entry));
    return std::nullopt;
  }
  if (entry.event_type != "compliance.withdrawn") return std::nullopt;
  const auto seq = entry.data.at("statement").get<std::uint64_t>();
  if (find(seq) == nullptr) {
    return chain::entry_id(entry.seq) + " withdraws " + chain::entry_id(seq) +
           ", which states nothing";
  }
  if (!withdrawn_.emplace(seq, entry.seq).second) {
    return chain::entry_id(seq) + " was withdrawn before";
  }
  return std::nullopt;
}

const Statement* Statements::newest(StatementSort sort, std::optional<std::string_view> system,
                                    std::string_view rulebook, std::string_view item,
                                    std::optional<std::string_view> kind,
                                    std::optional<Timestamp> end) const {
  const auto found =
      std::find_if(statements_.rbegin(), statements_.rend(), [&](const Statement& each) {
        return each.sort == sort && each.item == item && each.rulebook == rulebook &&
               each.system == system && each.kind == kind && (!end || each.at < *end) &&
               !withdrawn_.contains(each.seq);
      });
  return found == statements_.rend() ? nullptr : &*found;
}

const Statement* Statements::newest_about(std::optional<std::string_view> system,
                                          std::string_view rulebook, std::string_view item,
                                          const Date& from, const Date& to) const {
  const auto found =
      std::find_if(statements_.rbegin(), statements_.rend(), [&](const Statement& each) {
        return each.sort == StatementSort::assessed && each.item == item &&
               each.rulebook == rulebook && each.system == system &&
               (!each.from || *each.from <= to) && (!each.to || *each.to >= from) &&
               !withdrawn_.contains(each.seq);
      });
  return found == statements_.rend() ? nullptr : &*found;
}

std::vector<const Statement*> Statements::all() const {
  std::vector<const Statement*> out;
  for (const auto& each : statements_) {
    if (newest(each.sort, each.system, each.rulebook, each.item, each.kind) == &each) {
      out.push_back(&each);
    }
  }
  return out;
}

const Statement* Statements::find(std::uint64_t seq) const {
  const auto found =
      std::lower_bound(statements_.begin(), statements_.end(), seq,
                       [](const Statement& each, std::uint64_t at) { return each.seq < at; });
  return found == statements_.end() || found->seq != seq ? nullptr : &*found;
}

std::optional<std::uint64_t> Statements::withdrawn_by(std::uint64_t seq) const {
  const auto found = withdrawn_.find(seq);
  return found == withdrawn_.end() ? std::nullopt : std::optional(found->second);
}

bool is_expired(const Statement& statement, const Date& on) {
  return statement.expires_on && *statement.expires_on <= on;
}

}  // namespace lexecon::compliance
