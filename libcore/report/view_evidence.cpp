#include <utility>

#include "base/text.hpp"
#include "chain/entry.hpp"
#include "json/json.hpp"
#include "report/view.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

constexpr std::size_t most_ranges = 24;

std::pair<std::uint64_t, std::uint64_t> ends_of(const Json& range) {
  const auto end = [&range](std::size_t index) -> std::uint64_t {
    if (!range.is_array() || range.size() <= index) return 0;
    const auto& value = range[index];
    return value.is_number_unsigned() ? value.get<std::uint64_t>()
           : value.is_number_integer() && value.get<std::int64_t>() > 0
               ? static_cast<std::uint64_t>(value.get<std::int64_t>())
               : 0;
  };
  return {end(0), end(1)};
}

/// "entry_17 to entry_5016, entry_5020": as many as somebody reads.
std::string entries_text(const Json& ranges) {
  std::string out;
  std::size_t told = 0;
  for (const auto& each : ranges) {
    if (told++ == most_ranges) {
      return out + " and " + views::grouped(ranges.size() - most_ranges) +
             " more runs, which the report as JSON names";
    }
    const auto [from, to] = ends_of(each);
    out += (out.empty() ? "" : ", ") + chain::entry_id(from);
    if (to != from) out += " to " + chain::entry_id(to);
  }
  return out;
}

/// Hashes of a verified ledger are what its rows say; the digest of so many lines of them.
std::string digest_command(const Json& ranges) {
  if (ranges.empty() || ranges.size() > most_ranges) return {};
  std::string where;
  for (const auto& each : ranges) {
    const auto [from, to] = ends_of(each);
    where += where.empty() ? "" : " OR ";
    where += from == to ? "seq = " + std::to_string(from)
                        : "seq BETWEEN " + std::to_string(from) + " AND " + std::to_string(to);
  }
  return "sqlite3 -readonly .lexecon/ledger.db \"SELECT seq || ' ' || lower(hex(entry_hash)) FROM "
         "entries WHERE " +
         where + " ORDER BY seq\" | sha256sum";
}

Json commands_of(const Json& set, const Markup& markup, const std::string& size) {
  Json lines = Json::array();
  const auto digest = digest_command(list_at(set, "ranges"));
  if (!digest.empty()) lines.push_back(digest);
  std::string last;
  for (const auto* name : {"first", "last"}) {
    const auto entry = text_at(at(set, name), "entry_id");
    if (entry.empty() || entry == last) continue;
    lines.push_back("lexecon ledger prove " + shell_quote(entry) + " --size " + shell_quote(size));
    last = entry;
  }
  return lines_view(lines, markup);
}

Json entry_view(const Json& entry, const Markup& markup) {
  if (!entry.is_object()) return nullptr;
  const auto& proof = list_at(entry, "proof");
  return {{"entry", code_or_null(entry, "entry_id", markup)},
          {"timestamp", when(entry, "timestamp")},
          {"hash", code_or_null(entry, "entry_hash", markup)},
          {"proof", lines_view(proof, markup)},
          {"has_proof", !proof.empty()}};
}

}  // namespace

Json evidence_view(const Json& model, const Markup& markup) {
  const auto size = text_at(at(at(model, "header"), "ledger"), "tree_size");
  Json out = Json::array();
  for (const auto& set : list_at(model, "evidence")) {
    const auto id = text_at(set, "id");
    if (!is_set_id(id)) continue;  // no link leads to it
    Json commands = commands_of(set, markup, size);
    const bool has_commands = !commands.empty();
    out.push_back({{"id", id},
                   {"what", text_at(set, "what")},
                   {"count", views::grouped(number_at(set, "count"))},
                   {"first", entry_view(at(set, "first"), markup)},
                   {"last", entry_view(at(set, "last"), markup)},
                   {"entries", entries_text(list_at(set, "ranges"))},
                   {"digest", code_or_null(set, "digest", markup)},
                   {"commands", std::move(commands)},
                   {"has_commands", has_commands}});
  }
  return out;
}

}  // namespace lexecon::report
