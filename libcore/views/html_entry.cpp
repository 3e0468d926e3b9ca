#include "views/html_entry.hpp"

#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/loose.hpp"
#include "views/escape.hpp"
#include "views/html_parts.hpp"
#include "views/told.hpp"

namespace lexecon::views {
namespace {

using json::member;
using json::text;

constexpr std::size_t max_links = 100;
constexpr std::size_t shown_hash = 12;

/// HTML for a value of an entry; empty for null and for an empty list.
std::string value_html(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return code(value.get_ref<const std::string&>());
  if (!value.is_array()) return code(json_text(json::canonical(value)));
  std::string out;
  for (const auto& each : value) out += (out.empty() ? "" : ", ") + value_html(each);
  return out;
}

std::string paragraph(const std::string& name, const std::string& value) {
  if (value.empty()) return {};
  return "<p>" + (name.empty() ? "" : "<span class=\"soft\">" + html(name) + "</span> ") + value +
         "</p>";
}

std::string set_of(const Json& policy, const Survey& survey, const Place& place) {
  const std::string hash(text(policy, "hash"));
  if (hash.empty()) return {};
  const auto found = survey.sets.find(hash);
  auto out = code(hash.substr(0, shown_hash));
  if (found != survey.sets.end()) out += " of " + link_to(found->second, survey, place);
  return out;
}

std::string token_of(const Json& token) {
  if (!token.is_object()) return {};
  return value_html(member(token, "jti")) + " until " + value_html(member(token, "exp"));
}

std::string risk_of(const Json& risk) {
  if (!risk.is_object()) return {};
  return html(text(risk, "level")) + " " + value_html(member(risk, "score"));
}

std::string why(const Item& item, const Json& data, const Survey& survey, const Place& place) {
  const auto& policy = member(data, "policy");
  std::string out = "<p>" + mark(text(data, "outcome")) + " " +
                    value_html(member(data, "reason_code")) + "</p>" +
                    paragraph("", html(text(data, "reasoning"))) +
                    paragraph("relations", value_html(member(policy, "matched"))) +
                    paragraph("unmet", value_html(member(policy, "unmet"))) +
                    paragraph("risk", risk_of(member(data, "risk"))) +
                    paragraph("policy set", set_of(policy, survey, place)) +
                    paragraph("token", token_of(member(data, "token")));
  const auto sealed = value_of(item);
  if (sealed) out += paragraph("intent", value_html(member(*sealed, "intent")));
  return out;
}

std::string asked(const Json& data) {
  return "<p>" + value_html(member(data, "action")) + "</p>" +
         paragraph("as", value_html(member(data, "decision_id"))) +
         paragraph("on", value_html(member(data, "resource"))) +
         paragraph("with", value_html(member(data, "tool"))) +
         paragraph("data", value_html(member(data, "data_classes"))) +
         paragraph("tenant", value_html(member(data, "tenant"))) +
         paragraph("model", value_html(member(data, "model")));
}

std::string event_facts(const Json& data) {
  std::string out;
  for (const auto& [name, value] : data.items()) {
    if (name != "approval") out += paragraph(name, value_html(value));
  }
  return out;
}

std::string links(const std::string& name, const std::vector<std::uint64_t>& seqs,
                  const Survey& survey, const Place& place) {
  std::string out;
  for (std::size_t at = 0; at < seqs.size() && at < max_links; ++at) {
    out += (at == 0 ? "" : ", ") + link_to(seqs[at], survey, place);
  }
  if (seqs.size() > max_links) {
    out += " and " + grouped(seqs.size() - max_links) + " more, each of which leads back here";
  }
  return paragraph(name, out);
}

std::string signed_by(const Json& data) {
  const auto& approval = member(data, "approval");
  if (!approval.is_object()) return {};
  return paragraph("signed by",
                   value_html(member(approval, "operator")) + ", " + html(text(approval, "role")));
}

std::string sealed_of(const Item& item, const Survey& survey, const Place& place) {
  const auto state = sealed_state(item, survey.references);
  if (state == SealedState::none) return {};
  auto told = html(to_string(state));
  if (const auto by = survey.references.erasure_of(item.view.seq)) {
    told += " by " + link_to(*by, survey, place);
  }
  return fact("sealed content", told) + fact("sealed hash", code(item.view.sealed_hash->hex()));
}

std::string record(const Item& item, const Survey& survey, const Place& place) {
  std::string out = "<details><summary>chain and record of entry " + std::to_string(item.view.seq) +
                    "</summary>\n<dl>\n";
  out += fact("previous hash", code(item.view.previous_hash.hex())) +
         fact("entry hash", code(chain::entry_hash(item.bytes).hex())) +
         fact("leaf hash", code(chain::leaf_hash(item.bytes).hex())) +
         sealed_of(item, survey, place) + "</dl>\n" + block(json_text(item.bytes));
  if (item.sealed) out += block(json_text(*item.sealed));
  return out + "</details>";
}

}  // namespace

std::string link_to(std::uint64_t seq, const Survey& survey, const Place& from) {
  const auto page = page_of(survey, seq);
  const bool is_here = from.listing == Listing::all && from.page == page;
  return "<a href=\"" + (is_here ? "" : "../" + page_name(Listing::all, page)) + "#e" +
         std::to_string(seq) + "\">" + chain::entry_id(seq) + "</a>";
}

std::string entries_head(const std::string& caption) {
  auto head =
      table_head(caption, {"Entry", "When (UTC)", "Who", "What", "Outcome and why", "Related"});
  head.insert(head.find("<thead>"), "<colgroup><col/><col/><col/><col/><col/><col/></colgroup>\n");
  return "<div class=\"wide\"><table class=\"entries\">\n" + head;
}

std::string entry_rows(const Item& item, const Json& data, const Survey& survey,
                       const Place& place) {
  const bool is_decision = item.view.event_type == "decision";
  const auto related = related_to(item, data, survey.references);
  const auto seq = std::to_string(item.view.seq);
  const auto anchor = (place.listing == Listing::all ? "e" : "l") + seq;
  std::string out = "<tbody id=\"" + anchor + "\"><tr><th scope=\"row\" class=\"seq\">";
  out += link_to(item.view.seq, survey, place) + "</th><td class=\"when\"><time datetime=\"" +
         to_text(item.view.timestamp) + "\">" + clock_text(to_text(item.view.timestamp)) +
         "</time></td><td>" + code(item.view.actor) + signed_by(data) + "</td><td><p><b>" +
         html(item.view.event_type) + "</b></p>" + (is_decision ? asked(data) : "") + "</td><td>" +
         (is_decision ? why(item, data, survey, place) : event_facts(data)) + "</td><td>" +
         links("earlier", related.earlier, survey, place) +
         links("later", related.later, survey, place) + "</td></tr>\n";
  return out + "<tr class=\"more\"><td colspan=\"6\">" + record(item, survey, place) +
         "</td></tr></tbody>\n";
}

std::string gap_rows(std::uint64_t withheld) {
  if (withheld == 0) return {};
  return "<tbody><tr class=\"gap\"><td colspan=\"6\">" + grouped(withheld) +
         (withheld == 1 ? " entry is" : " entries are") + " withheld here</td></tr></tbody>\n";
}

}  // namespace lexecon::views
