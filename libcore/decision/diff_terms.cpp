#include "decision/diff_terms.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"

namespace lexecon::decision {
namespace {

using policy::PatternId;
using policy::TermType;

constexpr std::size_t max_named = 3;  // data classes of which every combination is made

/// Which patterns of the two sets hit an id, and the id where that matters.
using Kind = std::vector<std::vector<PatternId>>;

class Gathering {
 public:
  Gathering(const InForce& was, const InForce& now, const std::vector<policy::Probe>& probes)
      : was_(was), now_(now) {
    for (const auto& side : {was, now}) {
      for (const auto& term : side.graph->terms.list()) names_.insert(term.id);
      for (const auto& relation : side.graph->relations) {
        names_.insert({relation.subject, relation.action});
        if (relation.object) names_.insert(*relation.object);
      }
    }
    for (const auto& probe : probes) {
      read_.insert(probe.path);
      if (!probe.value.is_string()) continue;
      const auto& text = probe.value.get_ref<const std::string&>();
      names_.insert(text);
      beginnings_.insert(text);
      if (probe.test == policy::Probe::Test::element && probe.path == "data_classes") {
        named_.insert(text);
      }
    }
    fresh_ = "any";
    while (is_named(fresh_)) fresh_ += 'x';
  }

  DiffTerms take() {
    DiffTerms out{.actors = kinds(TermType::actor, read_.contains("actor")),
                  .actions = kinds(TermType::action, read_.contains("action")),
                  .objects = {},
                  .is_complete = named_.size() <= max_named};
    for (const auto& with : combinations()) add_objects(with, out.objects);
    return out;
  }

 private:
  [[nodiscard]] bool is_named(const std::string& text) const {
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
      return name.find(text) != std::string::npos;
    });
  }

  /// Ids of a type: those that are named, one under each beginning, and one that nothing names.
  [[nodiscard]] std::set<std::string> ids(TermType type) const {
    const auto prefix = std::string(policy::long_prefix(type));
    std::set<std::string> out{prefix + fresh_};
    const auto add = [&](const std::string& id) {
      if (id.starts_with(prefix) && !policy::term_fault(type, id)) out.insert(id);
    };
    for (const auto& name : names_) {
      add(name.ends_with('*') ? name.substr(0, name.size() - 1) + fresh_ : name);
    }
    for (const auto& beginning : beginnings_) add(beginning + fresh_);
    return out;
  }

  [[nodiscard]] Kind kind_of(const std::string& id) const {
    return {patterns_of(*was_.graph, was_.files, id), patterns_of(*now_.graph, now_.files, id)};
  }

  [[nodiscard]] Kind kind_of_resource(const std::string& id) const {
    Kind out = kind_of(id);
    for (const auto* const side : {&was_, &now_}) {
      for (const auto object : side->graph->terms.contained(id, side->files)) {
        for (auto& part : kind_of(std::string(object))) out.push_back(std::move(part));
      }
      out.emplace_back();  // where the objects of one set end
    }
    return out;
  }

  /// The shortest id of each kind; every one where conditions read the id.
  [[nodiscard]] std::vector<std::string> kinds(TermType type, bool is_read) const {
    const auto all = ids(type);
    if (is_read) return {all.begin(), all.end()};
    std::map<Kind, std::string> found;
    for (const auto& id : all) {
      if (named_.contains(id)) continue;  // see combinations()
      auto kind = type == TermType::resource ? kind_of_resource(id) : kind_of(id);
      auto& kept = found[std::move(kind)];
      if (kept.empty() || id.size() < kept.size()) kept = id;
    }
    std::vector<std::string> out;
    out.reserve(found.size());
    for (auto& [kind, id] : found) out.push_back(std::move(id));
    std::sort(out.begin(), out.end());
    return out;
  }

  /// Of the data classes that conditions look for: all subsets, else none, each alone, and all.
  [[nodiscard]] std::vector<std::vector<std::string>> combinations() const {
    std::vector<std::string> classes;
    for (const auto& name : named_) {
      if (!policy::term_fault(TermType::data_class, name)) classes.push_back(name);
    }
    std::vector<std::vector<std::string>> out;
    if (classes.size() <= max_named) {
      for (std::size_t mask = 0; mask < (std::size_t{1} << classes.size()); ++mask) {
        auto& subset = out.emplace_back();
        for (std::size_t i = 0; i < classes.size(); ++i) {
          if ((mask >> i & 1U) != 0) subset.push_back(classes[i]);
        }
      }
      return out;
    }
    out.emplace_back();
    for (const auto& name : classes) out.push_back({name});
    out.push_back(classes);
    return out;
  }

  void add_objects(const std::vector<std::string>& with, std::vector<Objects>& out) const {
    const auto resources = kinds(TermType::resource, read_.contains("resource"));
    const auto classes = kinds(TermType::data_class, false);
    out.push_back({std::nullopt, with});
    for (const auto& resource : resources) out.push_back({resource, with});
    for (const auto& each : classes) {
      auto data = with;
      data.insert(std::upper_bound(data.begin(), data.end(), each), each);
      out.push_back({std::nullopt, data});
      if (!read_.contains("resource")) continue;
      for (const auto& resource : resources) out.push_back({resource, data});
    }
  }

  const InForce& was_;
  const InForce& now_;
  std::set<std::string> names_;       // and patterns
  std::set<std::string> beginnings_;  // of ids, that conditions ask for
  std::set<std::string> read_;        // paths that conditions read
  std::set<std::string> named_;       // data classes that conditions look for
  std::string fresh_;                 // stands in no name
};

}  // namespace

DiffTerms diff_terms(const InForce& was, const InForce& now,
                     const std::vector<policy::Probe>& probes) {
  return Gathering(was, now, probes).take();
}

}  // namespace lexecon::decision
