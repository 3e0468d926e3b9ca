#include <string>

#include "json/canonical.hpp"
#include "json/json.hpp"
#include "views/escape.hpp"
#include "views/lines.hpp"
#include "views/names.hpp"
#include "views/told.hpp"
#include "views/view.hpp"

namespace lexecon::views {
namespace {

constexpr std::size_t longest_manifest_line = 1'024;
constexpr std::size_t digest_digits = 64;

/// `"name":` and a value that is JSON text already.
void add(std::string& out, std::string_view name, std::string_view json) {
  if (!out.ends_with('{')) out += ',';
  out += '"';
  out += name;
  out += "\":";
  append_json(out, json);
}

void add_text(std::string& out, std::string_view name, std::string_view text) {
  std::string quoted;
  json::append_canonical(quoted, text);
  add(out, name, quoted);
}

std::string entry_ids(const std::vector<std::uint64_t>& seqs) {
  auto out = Json::array();
  for (const auto seq : seqs) out.push_back(chain::entry_id(seq));
  return json::canonical(out);
}

std::string sealed_of(const Item& item, const References& references) {
  std::string out = "{";
  const auto erased = references.erasure_of(item.view.seq);
  add(out, "content", item.sealed ? *item.sealed : "null");
  add(out, "erased_by", erased ? '"' + chain::entry_id(*erased) + '"' : "null");
  add_text(out, "state", to_string(sealed_state(item, references)));
  return out + '}';
}

std::string shown(const Item& item, const References& references) {
  const auto related = related_to(item, is_known(item) ? Json() : data_of(item), references);
  std::string out = "{";
  add(out, "entry", item.bytes);
  add_text(out, "entry_hash", chain::entry_hash(item.bytes).hex());
  add_text(out, "leaf_hash", chain::leaf_hash(item.bytes).hex());
  add(out, "names", entry_ids(related.earlier));
  add(out, "named_by", entry_ids(related.later));
  add(out, "sealed", sealed_of(item, references));
  add(out, "withheld_before", std::to_string(item.withheld_before));
  return out + '}';
}

/// The payload files as the package lists them.
void write_files(const Bag& bag, const Sink& sink) {
  Lines lines(bag.folder / "manifest-sha256.txt", longest_manifest_line);
  std::string_view between = "\n";
  while (const auto line = lines.next()) {
    if (line->size() < digest_digits + 2) continue;
    std::string out{between};
    out += '{';
    add_text(out, "path", line->substr(digest_digits + 2));
    add_text(out, "sha256", line->substr(0, digest_digits));
    sink(out + '}');
    between = ",\n";
  }
}

std::string steps(const Bag& bag) {
  auto out = Json::array();
  for (const auto& step : steps_to_check(bag)) {
    out.push_back({{"command", step.command}, {"what", step.what}});
  }
  return json::canonical(out);
}

}  // namespace

void write_json(const Bag& bag, const Survey& survey, const Sink& sink) {
  std::string head = "{";
  add_text(head, "schema", "lexecon.view/1");
  add_text(head, "notice", notice);
  add(head, "package", package::to_bytes(bag.manifest));
  add_text(head, "checkpoint", bag.note);
  add_text(head, "ledger_vkey", bag.ledger_vkey);
  add(head, "to_check", steps(bag));
  sink(head + ",\n\"files\":[");
  write_files(bag, sink);
  sink("],\n\"entries\":[");
  std::string between = "\n";
  each_item(bag, [&](const Item& item) {
    sink(between + shown(item, survey.references));
    between = ",\n";
  });
  sink("],\n\"withheld_after\":" + std::to_string(withheld_after(bag, survey.last_seq)) + "}\n");
}

}  // namespace lexecon::views
