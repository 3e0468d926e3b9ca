#include "views/html_index.hpp"

#include <algorithm>

#include "json/canonical.hpp"
#include "json/json.hpp"
#include "views/escape.hpp"
#include "views/html_parts.hpp"
#include "views/told.hpp"

namespace lexecon::views {
namespace {

std::string number_cell(std::uint64_t number) {
  return "<td class=\"n\">" + grouped(number) + "</td>";
}

/// A bar is decoration: the number beside it says the same.
std::string share_cell(std::uint64_t part, std::uint64_t all) {
  const auto percent = all == 0 ? 0 : part * 100 / all;
  return "<td><span class=\"share\" aria-hidden=\"true\"><span class=\"bar\" style=\"width:" +
         std::to_string(percent) + "%\"></span></span>" + std::to_string(percent) + " %</td>";
}

std::string count_table(const std::string& caption, const std::string& name, const Count& count,
                        std::uint64_t all) {
  std::string out = "<table>" + table_head(caption, {name, "#Entries", "Share"}) + "<tbody>\n";
  const auto row = [&](const std::string& title, std::uint64_t number) {
    out += "<tr><th scope=\"row\">" + title + "</th>" + number_cell(number) +
           share_cell(number, all) + "</tr>\n";
  };
  std::vector<std::pair<std::string, std::uint64_t>> sorted(count.of().begin(), count.of().end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [each, number] : sorted)
    row(name == "Outcome" ? mark(each) : code(each), number);
  if (count.others() > 0) row("of any other", count.others());
  return out + "</tbody></table>\n";
}

std::string section(const std::string& id, const std::string& title, const std::string& content) {
  return "<section id=\"" + id + "\">\n" + element("h2", title) + "\n" + content + "</section>\n";
}

std::string package_facts(const Bag& bag) {
  const auto& manifest = bag.manifest;
  std::string out = "<dl>\n";
  out += fact("package", code(manifest.export_id)) +
         fact("root checksum", code(manifest.root_checksum.hex())) +
         fact("log", code(manifest.checkpoint.origin)) +
         fact("size of the log", grouped(manifest.checkpoint.tree_size) + " entries") +
         fact("root of its tree", code(manifest.checkpoint.root.hex()));
  if (manifest.head_entry_hash) {
    out += fact("hash of its last entry", code(manifest.head_entry_hash->hex()));
  }
  out += fact("key that signed", code(bag.ledger_vkey)) +
         fact("made", html(to_text_seconds(manifest.generated_at)) + " by " +
                          code(manifest.generator) + ", by its own word") +
         fact("request", code(json_text(json::canonical(manifest.request))));
  const auto counts = package::to_json(manifest.contents);
  for (const auto& [name, value] : counts.items()) {
    auto title = name;
    std::replace(title.begin(), title.end(), '_', ' ');
    out += fact(title, grouped(value.get<std::uint64_t>()));
  }
  return out + "</dl>\n" + element("p", "The checkpoint that the log signed:") + block(bag.note);
}

std::string withheld_list(const Bag& bag) {
  const auto missing = withheld(bag);
  if (missing.empty()) {
    return element("p",
                   "Nothing: this view shows every entry of the log up to its size, and "
                   "every sealed content.") +
           "\n";
  }
  std::string out = "<ul>\n";
  for (const auto& each : missing) out += element("li", each) + "\n";
  return out + "</ul>\n";
}

std::string check_list(const Bag& bag) {
  std::string out = "<ol>\n";
  for (const auto& [what, command] : steps_to_check(bag)) {
    out += "<li>" + html(what) + ":" + block(command) + "</li>\n";
  }
  return out + "</ol>\n";
}

std::string page_row(const std::string& href, const std::string& name, const Page& page) {
  return "<tr><th scope=\"row\"><a href=\"" + href + "\">" + name + "</a></th><td class=\"n\">" +
         grouped(page.first_seq) + "</td><td class=\"n\">" + grouped(page.last_seq) +
         "</td><td class=\"when\">" + html(clock_text(page.first_time)) +
         "</td><td class=\"when\">" + html(clock_text(page.last_time)) + "</td>" +
         number_cell(page.entries) + number_cell(page.decisions) + number_cell(page.approved) +
         "</tr>\n";
}

std::string pages_head(const std::string& caption) {
  return "<div class=\"wide\"><table>" +
         table_head(caption, {"Page", "#From entry", "#To entry", "From (UTC)", "To (UTC)",
                              "#Entries", "#Decisions", "#Approved"}) +
         "<tbody>\n";
}

constexpr std::string_view pages_foot = "</tbody></table></div>\n";

Page joined(const std::vector<Page>& pages, std::size_t from, std::size_t end) {
  Page out = pages[from];
  for (auto at = from + 1; at < end; ++at) {
    out.last_seq = pages[at].last_seq;
    out.last_time = pages[at].last_time;
    out.entries += pages[at].entries;
    out.decisions += pages[at].decisions;
    out.approved += pages[at].approved;
  }
  return out;
}

std::string listing_table(const Survey& survey, Listing listing) {
  const auto& pages = pages_of(survey, listing);
  if (pages.empty()) return element("p", "None.") + "\n";
  const auto step = pages_a_row(pages.size());
  std::string out = pages_head(grouped(pages.size()) + (pages.size() == 1 ? " page" : " pages") +
                               " of at most " + grouped(page_entries) + " entries");
  for (std::size_t at = 0; at < pages.size(); at += step) {
    const auto end = std::min(at + step, pages.size());
    const auto first = std::to_string(at + 1);
    out += step == 1 ? page_row(page_name(listing, at), first, pages[at])
                     : page_row(contents_name(listing, at / step),
                                first + " to " + std::to_string(end), joined(pages, at, end));
  }
  return out + std::string(pages_foot);
}

}  // namespace

std::size_t pages_a_row(std::size_t pages) {
  if (pages <= max_page_rows) return 1;
  return std::max(max_page_rows, (pages + max_page_rows - 1) / max_page_rows);
}

std::string contents_name(Listing listing, std::size_t row) {
  auto name = page_name(listing, row);
  std::replace(name.begin(), name.end(), '/', '-');
  return "contents/" + name;
}

std::string index_page(const Bag& bag, const Survey& survey) {
  const auto& contents = bag.manifest.contents;
  std::string out = page_head(bag, "Ledger view of " + bag.manifest.checkpoint.origin, "");
  out +=
      "<main>\n<nav aria-label=\"Sections\"><a href=\"#decided\">What was decided</a> "
      "<a href=\"#package\">Package</a> <a href=\"#withheld\">Withheld and erased</a> "
      "<a href=\"#check\">How to check</a> <a href=\"#pages\">Entries</a> "
      "<a href=\"#refused\">Denied and escalated</a> <a href=\"#people\">People</a> "
      "<a href=\"rules.html\">Rules in force</a></nav>\n";
  out +=
      section("decided", "What was decided, and why",
              "<div class=\"counts\">\n<div>\n" +
                  count_table(grouped(contents.decisions) + " decisions by outcome", "Outcome",
                              survey.outcomes, contents.decisions) +
                  count_table("The same by reason", "Reason", survey.reasons, contents.decisions) +
                  "</div>\n<div>\n" +
                  count_table(grouped(survey.entries) + " entries by type", "Type", survey.types,
                              survey.entries) +
                  "</div>\n</div>\n");
  out += section("package", "What this is a view of", package_facts(bag));
  out += section("withheld", "Withheld and erased", withheld_list(bag));
  out += section("check", "How to check", check_list(bag));
  for (const auto listing : listings) {
    out +=
        section(folder_of(listing), std::string(title_of(listing)), listing_table(survey, listing));
  }
  return out + "</main>\n" + page_foot();
}

std::string contents_page(const Bag& bag, const Survey& survey, Listing listing, std::size_t row) {
  const auto& pages = pages_of(survey, listing);
  const auto step = pages_a_row(pages.size());
  const auto from = row * step;
  const auto end = std::min(from + step, pages.size());
  std::string out = page_head(bag, title_of(listing), "../");
  out += "<main>\n<nav aria-label=\"Pages\"><a href=\"../index.html\">Index</a></nav>\n" +
         pages_head("Pages " + grouped(from + 1) + " to " + grouped(end) + " of " +
                    grouped(pages.size()));
  for (auto at = from; at < end; ++at) {
    out += page_row("../" + page_name(listing, at), std::to_string(at + 1), pages[at]);
  }
  return out + std::string(pages_foot) + "</main>\n" + page_foot();
}

}  // namespace lexecon::views
