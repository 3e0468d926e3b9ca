#include "policy/lint.hpp"

#include <algorithm>
#include <charconv>

#include "policy/lint_ground.hpp"
#include "policy/lint_rules.hpp"

namespace lexecon::policy {
namespace {

using json::Node;

constexpr std::size_t max_faults = 20;  // of one file
constexpr std::string_view loads_rule = "LX001";

bool before(const json::Mark& a, const json::Mark& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

struct Place {
  std::string file;
  json::Mark mark;
};

/// "file:line:column", or a file alone.
Place place_of(const std::string& where) {
  const auto last = where.rfind(':');
  const auto middle = last == std::string::npos || last == 0 ? last : where.rfind(':', last - 1);
  if (middle == std::string::npos) return {where, {}};
  const auto number = [&](std::size_t from, std::size_t to) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(where.data() + from, where.data() + to, value);
    return read.ec == std::errc() && read.ptr == where.data() + to ? value : 0;
  };
  const json::Mark mark{number(middle + 1, last), number(last + 1, where.size())};
  if (mark.line == 0 || mark.column == 0) return {where, {}};
  return {where.substr(0, middle), mark};
}

/// The last of the values that begin at or before the mark; `size` when there is none.
template <class Value>
std::size_t holder(const std::vector<Value>& values, const json::Mark& mark) {
  const auto after = std::find_if(values.begin(), values.end(),
                                  [&](const Value& value) { return before(mark, value.mark); });
  return after == values.begin() ? values.size()
                                 : static_cast<std::size_t>(after - values.begin()) - 1;
}

/// Takes out the item of a list at the top, or else the key, in which the mark stands.
bool cut_out(Node& root, const json::Mark& mark) {
  const auto member = holder(root.members, mark);
  if (member == root.members.size()) return false;
  auto& items = root.members[member].value.items;
  const auto item = holder(items, mark);
  if (item < items.size()) {
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(item));
  } else {
    root.members.erase(root.members.begin() + static_cast<std::ptrdiff_t>(member));
  }
  return true;
}

struct Reading {
  Node root;
  std::optional<Document> document;
  Findings faults;
};

/// Each fault is cut out of the file, so that the next one shows.
Reading read(const SourceFile& file) {
  Reading out;
  try {
    out.root = json::read_document(file.bytes, file.name);
  } catch (const Error& error) {
    out.faults.push_back(load_finding(error, file.name));
    return out;
  }
  auto rest = out.root;
  while (out.faults.size() < max_faults) {
    try {
      auto document = parse_document(rest, file);
      if (out.faults.empty()) out.document = std::move(document);
      return out;
    } catch (const Error& error) {
      out.faults.push_back(load_finding(error, file.name));
      if (!cut_out(rest, place_of(error.where()).mark)) return out;
    }
  }
  return out;
}

/// What stops the set from loading, and what stops each file by itself.
Findings load_faults(std::span<const SourceFile> files, const Error& first) {
  Findings out;
  for (const auto& file : files) {
    try {
      (void)load(std::span(&file, 1));
    } catch (const Error& error) {
      out.push_back(load_finding(error, file.name));
    }
  }
  if (out.empty()) out.push_back(load_finding(first, files.front().name));
  return out;
}

Findings run_rules(const Ground& ground) {
  Findings out;
  for (const auto& [rule, run] : lint_table()) {
    if (run == nullptr) continue;
    for (auto& finding : run(ground)) {
      finding.rule = rule.id;
      finding.severity = rule.severity;
      out.push_back(std::move(finding));
    }
  }
  return out;
}

}  // namespace

findings::Finding load_finding(const Error& error, const std::string& file) {
  const auto place = place_of(error.where());
  return {.rule = std::string(loads_rule),
          .severity = findings::Severity::error,
          .message = error.message(),
          .hint = error.hint(),
          .file = place.file.empty() ? file : place.file,
          .line = place.mark.line,
          .column = place.mark.column};
}

Linted lint(std::span<const SourceFile> files, const LintFacts& facts) {
  std::vector<SourceFile> sorted(files.begin(), files.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
  Linted out;
  std::vector<Node> roots;
  std::vector<Document> documents;
  for (const auto& file : sorted) {
    auto reading = read(file);
    out.findings.insert(out.findings.end(), reading.faults.begin(), reading.faults.end());
    if (!reading.document) continue;
    out.relations += reading.document->relations.size();
    roots.push_back(std::move(reading.root));
    documents.push_back(std::move(*reading.document));
  }
  if (!out.findings.empty() || sorted.empty()) return out;
  try {
    const auto set = load(sorted);
    out.findings =
        run_rules(ground_of(sorted, std::move(roots), std::move(documents), set.graph(), facts));
  } catch (const Error& error) {
    out.findings = load_faults(sorted, error);
  }
  return out;
}

}  // namespace lexecon::policy
