#include "views/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "json/json.hpp"
#include "json/loose.hpp"

namespace lexecon::views {
namespace {

using json::member;
using json::text;

/// The members that hold the id of something, and the one type of entry that introduces it.
constexpr auto ids = std::to_array<std::pair<const char*, std::string_view>>({
    {"decision_id", "decision"},
    {"evidence_id", "evidence.added"},
    {"hold_id", "hold.placed"},
    {"incident_id", "incident.recorded"},
    {"jti", ""},  // by the token that has it
    {"override_id", "override.created"},
    {"stop_id", "oversight.stopped"},
});

void visit_text(const Json& object, const char* name, const EachId& visit) {
  const auto id = text(object, name);
  if (!id.empty()) visit(id);
}

void visit_seq(const Json& value, const EachId& visit) {
  if (const auto seq = json::natural(value)) visit(chain::entry_id(*seq));
}

}  // namespace

bool is_known(const Item& item) {
  return item.view.shape == chain::DataShape::listed && item.view.event_type == "decision" &&
         !item.view.data.has_approvals && !item.view.data.has_exceptions;
}

void each_introduced(const Item& item, const Json& data, const EachId& visit) {
  if (is_known(item)) {
    visit(item.view.data.decision_id);
    if (item.view.data.token) visit(item.view.data.token->jti);
    return;
  }
  for (const auto& [name, type] : ids) {
    if (item.view.event_type == type) visit_text(data, name, visit);
  }
  visit_text(member(data, "token"), "jti", visit);
}

void each_named(const Item& item, const Json& data, const EachId& visit) {
  if (is_known(item)) return;
  for (const auto& [name, type] : ids) {
    if (item.view.event_type != type) visit_text(data, name, visit);
  }
  for (const auto& id : member(data, "decisions")) {
    if (id.is_string()) visit(id.get_ref<const std::string&>());
  }
  const Json& facts = member(data, "facts");
  for (const auto& approval : member(facts, "approvals")) visit_seq(member(approval, "seq"), visit);
  for (const auto& exception : member(facts, "exceptions")) {
    visit_text(exception, "override_id", visit);
  }
  if (item.view.event_type == "export.sealed") visit_seq(member(data, "request"), visit);
  if (item.view.event_type == "sealed.erased") return;  // kept apart
  for (const auto& seq : member(data, "seqs")) visit_seq(seq, visit);
}

}  // namespace lexecon::views
