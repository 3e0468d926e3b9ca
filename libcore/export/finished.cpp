#include "export/finished.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "chain/entry.hpp"
#include "json/json.hpp"
#include "json/loose.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/row.hpp"

namespace lexecon::exporting {
namespace {

constexpr std::string_view decision_prefix = "dec_";
constexpr std::size_t decision_id_bytes = 30;

/// Of a decision that has this entry; token.* name it by their token.
bool is_of_story(std::string_view type) {
  return type == "decision" || type.starts_with("token.") || type.starts_with("escalation.") ||
         type == "decision.confirmed" || type == "responsibility.assigned" ||
         type == "oversight.intervened";
}

/// Nothing rests on these, whatever they say.
bool stands_alone(std::string_view type) { return type == "gate.checked"; }

struct Story {
  std::vector<std::uint64_t> seqs;
  bool stays = false;            // something else names it, or it goes on above the size
  bool is_escalated = false;     // and nobody answered for good
  bool is_under_review = false;  // by the last assignment of responsibility
  std::optional<Timestamp> open_until;
};

class Matters {
 public:
  Matters(std::uint64_t size, Timestamp now) : size_(size), now_(now) {}

  void take(std::uint64_t seq, std::string_view body);
  [[nodiscard]] std::vector<std::uint64_t> finished();

 private:
  Story* story_of(const chain::DataView& data);
  void tell(Story& story, const chain::Entry& entry) const;
  void pin_named(std::string_view body);
  void pin_listed(const chain::Entry& entry);
  [[nodiscard]] bool is_finished(const Story& story) const;

  std::uint64_t size_;
  Timestamp now_;
  std::map<std::string, Story, std::less<>> stories_;                  // by decision id
  std::map<std::string, std::string, std::less<>> decision_of_token_;  // by jti
  std::vector<std::uint64_t> alone_;
  std::vector<std::uint64_t> named_;  // by an entry that stays
};

void extend(std::optional<Timestamp>& until, std::optional<Timestamp> at) {
  if (at && (!until || *until < *at)) until = at;
}

Story* Matters::story_of(const chain::DataView& data) {
  auto id = std::string(data.decision_id);
  if (id.empty() && data.token) {
    const auto found = decision_of_token_.find(data.token->jti);
    if (found != decision_of_token_.end()) id = found->second;
  }
  if (id.empty()) return nullptr;
  if (data.token) decision_of_token_.try_emplace(std::string(data.token->jti), id);
  return &stories_[id];
}

void Matters::tell(Story& story, const chain::Entry& entry) const {
  const auto& data = entry.data;
  if (entry.event_type == "escalation.created") story.is_escalated = true;
  if (entry.event_type == "escalation.failed") story.is_escalated = false;
  if (entry.event_type == "escalation.resolved") {
    const auto& outcome = data.at("outcome");
    story.is_escalated = outcome != "approved" && outcome != "denied";
    if (outcome != "approved") return;
  }
  if (entry.event_type == "responsibility.assigned") {
    story.is_under_review = !data.at("review_due").is_null();
  }
  const auto expires = data.find("expires_at");
  if (expires != data.end() && expires->is_string()) {
    extend(story.open_until, entry_time(expires->get_ref<const std::string&>()));
  }
}

void Matters::take(std::uint64_t seq, std::string_view body) {
  const auto reading = ledger::read_bytes(body);
  if (!reading.view) {
    throw Error(ErrorCode::integrity, "the stored bytes are no entry: " + reading.refusal,
                chain::entry_id(seq), "run lexecon ledger verify");
  }
  const auto& view = *reading.view;
  if (is_of_story(view.event_type)) {
    if (auto* const story = story_of(view.data)) {
      story->seqs.push_back(seq);
      if (seq >= size_) story->stays = true;
      if (view.event_type == "decision" && view.data.outcome == "escalated") {
        story->is_escalated = true;
      }
      if (view.data.token && !view.data.token->expires_at.empty()) {
        extend(story->open_until, token_time(view.data.token->expires_at));
      }
      if (reading.whole() != nullptr) {
        tell(*story, *reading.whole());
      } else if (view.event_type != "decision" && !view.event_type.starts_with("token.")) {
        tell(*story, chain::parse_entry(body));
      }
      return;
    }
    // A refused token of a decision that was archived before.
    if (view.event_type == "token.refused" && seq < size_) alone_.push_back(seq);
    return;
  }
  if (stands_alone(view.event_type) && seq < size_ &&
      body.find(decision_prefix) == std::string_view::npos) {
    alone_.push_back(seq);
    return;
  }
  pin_named(body);
  if (reading.whole() != nullptr) pin_listed(*reading.whole());
}

// Whatever stays and names a decision would name nothing without it.
void Matters::pin_named(std::string_view body) {
  for (auto at = body.find(decision_prefix); at != std::string_view::npos;
       at = body.find(decision_prefix, at + 1)) {
    const auto id = body.substr(at, decision_id_bytes);
    if (is_prefixed_ulid(id, decision_prefix)) stories_[std::string(id)].stays = true;
  }
}

void Matters::pin_listed(const chain::Entry& entry) {
  const auto seqs = json::naturals(json::member(entry.data, "seqs"));
  named_.insert(named_.end(), seqs.begin(), seqs.end());
}

bool Matters::is_finished(const Story& story) const {
  if (story.stays || story.is_escalated || story.is_under_review) return false;
  if (story.open_until && *story.open_until > now_) return false;
  return std::none_of(story.seqs.begin(), story.seqs.end(), [&](std::uint64_t seq) {
    return std::binary_search(named_.begin(), named_.end(), seq);
  });
}

std::vector<std::uint64_t> Matters::finished() {
  std::sort(named_.begin(), named_.end());
  std::vector<std::uint64_t> out;
  for (const auto seq : alone_) {
    if (!std::binary_search(named_.begin(), named_.end(), seq)) out.push_back(seq);
  }
  for (const auto& [id, story] : stories_) {
    if (is_finished(story)) out.insert(out.end(), story.seqs.begin(), story.seqs.end());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<std::uint64_t> finished_entries(store::Database& database, std::uint64_t size,
                                            Timestamp now) {
  Matters matters(size, now);
  auto rows = database.prepare(std::string(ledger::select_rows) + " WHERE seq >= 0 ORDER BY seq");
  while (rows.step()) {
    const auto row = ledger::row_of(rows);
    matters.take(row.seq, row.body);
  }
  return matters.finished();
}

}  // namespace lexecon::exporting
