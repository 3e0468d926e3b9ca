#include "policy/set.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"
#include "policy/graph.hpp"

namespace lexecon::policy {
namespace {

constexpr std::size_t max_relation_id_bytes = 255;

std::vector<SourceFile> by_name(std::span<const SourceFile> files) {
  if (files.size() > max_files) {
    throw Error(ErrorCode::bad_input,
                "expected at most 256 policy files, found " + std::to_string(files.size()));
  }
  std::vector<SourceFile> sorted(files.begin(), files.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
  const auto twice =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const SourceFile& a, const SourceFile& b) { return a.name == b.name; });
  if (twice != sorted.end()) {
    throw Error(ErrorCode::bad_input, "`" + twice->name + "` is given twice", twice->name);
  }
  return sorted;
}

/// Ids that are taken, with the places that took them.
class Taken {
 public:
  explicit Taken(std::string what) : what_(std::move(what)) {}

  void take(const std::string& id, const std::string& where, const std::string& hint) {
    const auto [known, fresh] = places_.emplace(id, where);
    if (fresh) return;
    throw Error(ErrorCode::bad_input,
                what_ + " `" + id + "` stands twice in the set, first at " + known->second, where,
                hint);
  }
  [[nodiscard]] bool has(const std::string& id) const { return places_.contains(id); }

 private:
  std::string what_;
  std::unordered_map<std::string, std::string> places_;
};

/// Gives every relation without an id its default: <type>:<subject>:<action>[:<object>], then #2, #3.
class DefaultIds {
 public:
  explicit DefaultIds(Taken& taken) : taken_(taken) {}

  std::string next(const RelationDeclaration& relation, const std::string& where) {
    std::string base =
        std::string(to_string(relation.type)) + ":" + relation.subject + ":" + relation.action;
    if (relation.object) base += ":" + *relation.object;
    auto& count = counts_[base];
    std::string id;
    do {
      ++count;
      id = count == 1 ? base : base + "#" + std::to_string(count);
    } while (taken_.has(id));
    if (id.size() > max_relation_id_bytes) {
      throw Error(ErrorCode::bad_input, "the relation's default id is longer than 255 bytes", where,
                  "give the relation an `id`");
    }
    taken_.take(id, where, {});
    return id;
  }

 private:
  Taken& taken_;
  std::unordered_map<std::string, std::uint32_t> counts_;
};

std::vector<Document> parse_all(std::span<const SourceFile> files) {
  std::vector<Document> documents;
  documents.reserve(files.size());
  Taken policy_ids("policy_id");
  for (const auto& file : files) {
    documents.push_back(parse_document(file));
    const auto& id = documents.back().policy_id;
    policy_ids.take(id.text, place(file.name, id.mark),
                    "give each file its own `policy_id`; the default comes from the file's name");
  }
  return documents;
}

Relation compile(const RelationDeclaration& from, std::uint16_t file) {
  Relation out;
  out.id = from.id;
  out.type = from.type;
  out.on_unmet = from.on_unmet;
  out.file = file;
  out.approvals = from.approvals;
  out.subject = from.subject;
  out.action = from.action;
  out.object = from.object;
  for (const auto& condition : from.when) out.when.emplace_back(condition.text);
  if (from.met_when) out.met_when.emplace(from.met_when->text);
  out.requirement = from.requirement;
  out.justification = from.justification;
  return out;
}

void add_relations(const std::vector<Document>& documents, Graph& graph) {
  Taken taken("relation id");
  for (const auto& document : documents) {
    for (const auto& relation : document.relations) {
      if (relation.id.empty()) continue;
      taken.take(relation.id, place(document.file, relation.mark), "give one of them another `id`");
    }
  }
  DefaultIds defaults(taken);
  std::uint16_t file = 0;
  for (const auto& document : documents) {
    for (const auto& relation : document.relations) {
      auto compiled = compile(relation, file);
      if (compiled.id.empty()) {
        compiled.id = defaults.next(relation, place(document.file, relation.mark));
      }
      graph.relations.push_back(std::move(compiled));
    }
    ++file;
  }
}

/// The relations of the graph are those of the documents, in their order.
void check_conditions(std::span<const SourceFile> files, const std::vector<Document>& documents,
                      const Graph& graph) {
  auto relation = graph.relations.begin();
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const auto& declaration : documents[i].relations) {
      for (std::size_t k = 0; k < declaration.when.size(); ++k) {
        check(relation->when[k], declaration.when[k], graph.names[i], files[i]);
      }
      if (declaration.met_when) {
        check(*relation->met_when, *declaration.met_when, graph.names[i], files[i]);
      }
      ++relation;
    }
  }
}

}  // namespace

Set::Set() : graph_(std::make_unique<const Graph>()) {}
Set::Set(std::unique_ptr<const Graph> graph) : graph_(std::move(graph)) {}
Set::~Set() = default;
Set::Set(Set&&) noexcept = default;
Set& Set::operator=(Set&&) noexcept = default;

Mode Set::mode() const { return graph_->mode; }

Set load(std::span<const SourceFile> files) {
  const auto sorted = by_name(files);
  const auto documents = parse_all(sorted);
  auto graph = std::make_unique<Graph>();
  if (!documents.empty()) graph->mode = Mode::permissive;
  for (const auto& document : documents) {
    const auto number = static_cast<std::uint16_t>(graph->files.size());
    graph->mode = std::max(graph->mode, document.mode);
    graph->terms.add(document, number);
    graph->files.push_back({.name = document.file,
                            .policy_id = document.policy_id.text,
                            .mode = document.mode,
                            .effective_from = document.effective_from,
                            .effective_until = document.effective_until,
                            .context = document.context});
  }
  graph->terms.refuse_cycles();
  add_relations(documents, *graph);
  derive(*graph);
  check_conditions(sorted, documents, *graph);
  return Set(std::move(graph));
}

void derive(Graph& graph) {
  for (const auto& file : graph.files) graph.names.push_back(cel::condition_names(file.context));
  graph.has_conditions = std::any_of(
      graph.relations.begin(), graph.relations.end(),
      [](const Relation& relation) { return !relation.when.empty() || relation.met_when; });
  std::vector<IndexEntry> entries;
  entries.reserve(graph.relations.size());
  for (const auto& relation : graph.relations) {
    const auto object = relation.object ? std::string_view(*relation.object) : "*";
    entries.push_back({.subject = graph.patterns.intern(relation.subject),
                       .action = graph.patterns.intern(relation.action),
                       .object = graph.patterns.intern(object),
                       .relation = static_cast<std::uint32_t>(entries.size())});
  }
  graph.index = Index(std::move(entries));
}

FilesInForce files_in_force(const Graph& graph, Timestamp at) {
  FilesInForce out;
  for (std::size_t i = 0; i < graph.files.size(); ++i) {
    const auto& file = graph.files[i];
    const bool begun = !file.effective_from || *file.effective_from <= at;
    const bool ended = file.effective_until && *file.effective_until <= at;
    out.set(i, begun && !ended);
  }
  return out;
}

}  // namespace lexecon::policy
