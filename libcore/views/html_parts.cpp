#include "views/html_parts.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "views/escape.hpp"
#include "views/told.hpp"

namespace lexecon::views {
namespace {

constexpr std::size_t page_digits = 4;
constexpr std::size_t date_bytes = 10;
constexpr std::size_t second_bytes = 19;

constexpr std::string_view style = R"(
:root{--ink:#1b2430;--soft:#566173;--line:#d5dbe3;--paper:#fff;--tint:#f4f6f9;--link:#0b5394;
--good:#14633a;--goodbg:#e2f4e9;--bad:#9c1c1c;--badbg:#fdeaea;--wait:#7a4a00;--waitbg:#fff2d9}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a3aebd;--line:#3a4454;--paper:#151a21;--tint:#1e252e;
--link:#8ec2ff;--good:#8fe0b0;--goodbg:#173525;--bad:#ffb0a8;--badbg:#43201f;--wait:#ffd48a;--waitbg:#3d2f14}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
header,main,footer{max-width:84rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:1.5rem}footer{padding:1.5rem;color:var(--soft);border-top:1px solid var(--line);margin-top:2rem}
h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .6rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}
a{color:var(--link)}a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.note{border-left:4px solid var(--wait);background:var(--waitbg);padding:.6rem .9rem;margin:.8rem 0}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.8rem 0}
code,pre,.hash{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.86em;overflow-wrap:anywhere}
pre{background:var(--tint);border:1px solid var(--line);border-radius:4px;padding:.6rem .8rem;white-space:pre-wrap;margin:.4rem 0}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:.4rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(21rem,1fr));gap:0 3rem;align-items:start}
.entries{table-layout:fixed;min-width:64rem}.entries col:nth-child(1){width:7rem}.entries col:nth-child(2){width:10.5rem}
.entries col:nth-child(3){width:14%}.entries col:nth-child(4){width:19%}.entries col:nth-child(6){width:8rem}
caption{text-align:left;color:var(--soft);padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-top:1px solid var(--line)}
thead th{border-top:0;border-bottom:2px solid var(--line);color:var(--soft);font-weight:600;font-size:.9em}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.when{white-space:nowrap;font-variant-numeric:tabular-nums}
.entries td,.entries th{overflow-wrap:anywhere}.entries .seq{white-space:nowrap}.entries p{margin:.1rem 0}
tbody:target{background:var(--tint)}tr.more td{border-top:0;padding-top:0}tr.gap td{color:var(--wait);background:var(--waitbg)}
summary{cursor:pointer;color:var(--soft);font-size:.9em}
.mark{display:inline-block;border-radius:3px;padding:0 .45em;font-weight:600;background:var(--tint);border:1px solid var(--line)}
.share{display:inline-block;width:5rem;background:var(--tint);margin-right:.6em;line-height:1}
.approved{color:var(--good);background:var(--goodbg);border-color:currentColor}
.denied{color:var(--bad);background:var(--badbg);border-color:currentColor}
.escalated,.conditional{color:var(--wait);background:var(--waitbg);border-color:currentColor}
.bar{display:inline-block;height:.75em;background:var(--link)}
.soft{color:var(--soft)}
@media print{:root{color-scheme:light}body{font-size:9pt}nav{display:none}header,main,footer{max-width:none;padding:0}
a{color:inherit;text-decoration:none}thead{display:table-header-group}tr,pre{break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto}.mark{print-color-adjust:exact}}
)";

}  // namespace

std::string page_head(const Bag& bag, std::string_view title, std::string_view up) {
  // SECURITY: whatever escaping had missed, no script runs and nothing is fetched.
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
      "<meta name=\"color-scheme\" content=\"light dark\"/>\n";
  const auto& origin = bag.manifest.checkpoint.origin;
  const bool says_origin = title.find(origin) != std::string_view::npos;
  out += element("title", std::string(title) + (says_origin ? "" : ", " + origin)) + "\n<style>";
  out += style;
  out += "</style>\n</head>\n<body>\n<header>\n" + element("h1", title);
  out += "\n<p class=\"note\" role=\"note\">" + html(notice) + " Package " +
         code(bag.manifest.export_id) + ", root checksum " +
         code(bag.manifest.root_checksum.hex()) + ": <a href=\"" + std::string(up) +
         "index.html#check\">how to check</a>.</p>\n</header>\n";
  return out;
}

std::string page_foot() { return "</body>\n</html>\n"; }

std::string element(const std::string& name, std::string_view text) {
  return "<" + name + ">" + html(text) + "</" + name + ">";
}

std::string code(std::string_view text) { return element("code", text); }

std::string block(std::string_view text) {
  std::string out = "<pre>";
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    append_html(out, text.substr(0, end));
    out += '\n';
    text.remove_prefix(end + 1);
  }
  append_html(out, text);
  return out + "</pre>\n";
}

std::string mark(std::string_view outcome) {
  // SECURITY: a class is one of these words, never a word of the entry.
  static constexpr auto known =
      std::to_array<std::string_view>({"approved", "conditional", "denied", "escalated"});
  std::string out = "<span class=\"mark";
  for (const auto each : known) {
    if (each == outcome) out += " " + std::string(each);
  }
  return out + "\">" + html(outcome) + "</span>";
}

std::string fact(const std::string& name, const std::string& value) {
  return element("dt", name) + "<dd>" + value + "</dd>\n";
}

std::string table_head(const std::string& caption, const std::vector<std::string>& columns) {
  std::string out = element("caption", caption) + "\n<thead><tr>";
  for (const auto& column : columns) {
    const bool is_number = column.starts_with('#');
    out += is_number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">";
    out += html(is_number ? column.substr(1) : column) + "</th>";
  }
  return out + "</tr></thead>\n";
}

std::string_view title_of(Listing listing) {
  switch (listing) {
    case Listing::all:
      return "Entries";
    case Listing::refused:
      return "Denied, escalated and conditional decisions";
    case Listing::people:
      return "What people did, and what waited for them";
  }
  throw Error(ErrorCode::internal, "a listing of no kind");
}

std::string folder_of(Listing listing) {
  switch (listing) {
    case Listing::all:
      return "pages";
    case Listing::refused:
      return "refused";
    case Listing::people:
      return "people";
  }
  throw Error(ErrorCode::internal, "a listing of no kind");
}

std::string page_name(Listing listing, std::size_t page) {
  auto number = std::to_string(page + 1);
  if (number.size() < page_digits) number.insert(0, page_digits - number.size(), '0');
  return folder_of(listing) + "/" + number + ".html";
}

std::string grouped(std::uint64_t number) {
  auto out = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > 0; at -= 3) {
    out.insert(static_cast<std::size_t>(at), ",");
  }
  return out;
}

std::string clock_text(std::string_view time) {
  if (time.size() < second_bytes) return std::string(time);
  return std::string(time.substr(0, date_bytes)) + " " +
         std::string(time.substr(date_bytes + 1, second_bytes - date_bytes - 1));
}

}  // namespace lexecon::views
