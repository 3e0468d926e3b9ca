#include <algorithm>
#include <vector>

#include "json/json.hpp"
#include "views/escape.hpp"
#include "views/html_entry.hpp"
#include "views/html_index.hpp"
#include "views/html_parts.hpp"
#include "views/lines.hpp"
#include "views/names.hpp"
#include "views/view.hpp"

namespace lexecon::views {
namespace {

constexpr std::size_t longest_policy_line = std::size_t{1} << 24U;

/// The pages of one listing, one after the other.
class Pages {
 public:
  Pages(const Bag& bag, const Survey& survey, Listing listing, const NewFile& file)
      : bag_(bag),
        survey_(survey),
        listing_(listing),
        file_(file),
        pages_(pages_of(survey, listing)) {
    for (const auto& page : pages_) all_ += page.entries;
  }

  void write() {
    if (pages_.empty()) return;
    each_item(bag_, [this](const Item& item) {
      if (listing_ == Listing::all || !is_known(item)) {
        const Json data = data_of(item);
        if (is_in(listing_, item, data)) show(item, data);
      } else if (is_in(listing_, item, {})) {
        show(item, data_of(item));
      }
    });
    end();
  }

 private:
  void show(const Item& item, const Json& data) {
    if (rows_ == page_entries) end();
    if (rows_ == 0) begin();
    ++rows_;
    ++shown_;
    if (listing_ == Listing::all) sink_(gap_rows(item.withheld_before));
    sink_(entry_rows(item, data, survey_, {listing_, page_}));
  }

  void begin() {
    const auto& page = pages_[page_];
    const auto first = shown_ + 1;
    const std::string title = std::string(title_of(listing_)) + ", page " + grouped(page_ + 1);
    sink_ = file_(page_name(listing_, page_));
    sink_(page_head(bag_, title, "../") + "<main>\n" + links() +
          entries_head("Page " + grouped(page_ + 1) + " of " + grouped(pages_.size()) + ": " +
                       grouped(first) + " to " + grouped(first + page.entries - 1) + " of " +
                       grouped(all_) + " entries, " + grouped(page.decisions) +
                       " of them decisions, " + grouped(page.approved) + " approved"));
  }

  void end() {
    if (rows_ == 0) return;
    const bool is_last = listing_ == Listing::all && page_ + 1 == pages_.size();
    sink_((is_last ? gap_rows(withheld_after(bag_, survey_.last_seq)) : "") + "</table></div>\n" +
          links() + "</main>\n" + page_foot());
    rows_ = 0;
    ++page_;
  }

  [[nodiscard]] std::string links() const {
    const auto link = [this](std::size_t page, const std::string& name) {
      return "<a href=\"../" + page_name(listing_, page) + "\">" + name + "</a> ";
    };
    std::string out = "<nav aria-label=\"Pages\"><a href=\"../index.html\">Index</a> ";
    if (page_ > 0) out += link(0, "First page") + link(page_ - 1, "Previous page");
    if (page_ + 1 < pages_.size()) {
      out += link(page_ + 1, "Next page") + link(pages_.size() - 1, "Last page");
    }
    return out + "</nav>\n";
  }

  const Bag& bag_;
  const Survey& survey_;
  Listing listing_;
  const NewFile& file_;
  const std::vector<Page>& pages_;
  Sink sink_;
  std::size_t page_ = 0;
  std::uint64_t rows_ = 0;   // on this page
  std::uint64_t shown_ = 0;  // on all so far
  std::uint64_t all_ = 0;
};

void write_contents(const Bag& bag, const Survey& survey, const NewFile& file) {
  for (const auto& [listing, pages] : survey.pages) {
    const auto step = pages_a_row(pages.size());
    if (step == 1) continue;
    for (std::size_t row = 0; row * step < pages.size(); ++row) {
      file(contents_name(listing, row))(contents_page(bag, survey, listing, row));
    }
  }
}

/// Every file of every set, piece by piece.
void write_rules(const Bag& bag, const Survey& survey, const NewFile& file) {
  const auto sink = file("rules.html");
  sink(page_head(bag, "Rules in force", "") +
       "<main>\n<nav aria-label=\"Pages\"><a href=\"index.html\">Index</a></nav>\n" +
       element("p",
               "The files of every policy set that was ever in force in the entries shown; "
               "relations are named in decisions by their id.") +
       "\n");
  for (const auto& [sha256, name] : survey.policy_files) {
    // SECURITY: a path is made of a digest, never of what an entry says is one.
    if (!hash_from_hex(sha256)) continue;
    sink("<section>\n" + element("h2", name) + "\n<p class=\"soft\">SHA-256 " + code(sha256) +
         "</p>\n<pre>");
    Lines lines(bag.folder / "data/policies" / (sha256 + ".yaml"), longest_policy_line);
    while (const auto line = lines.next()) sink(html(*line) + "\n");
    sink("</pre>\n</section>\n");
  }
  sink("</main>\n" + page_foot());
}

}  // namespace

void write_html(const Bag& bag, const Survey& survey, const NewFile& file) {
  file("index.html")(index_page(bag, survey));
  write_rules(bag, survey, file);
  write_contents(bag, survey, file);
  for (const auto listing : listings) Pages(bag, survey, listing, file).write();
}

}  // namespace lexecon::views
