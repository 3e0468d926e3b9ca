#include "policy/terms.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/error.hpp"

namespace lexecon::policy {
namespace {

constexpr std::size_t max_owners = 16;
/// Up to so many terms a list is searched faster than a hash set is made.
constexpr std::size_t short_list = 24;
constexpr std::size_t shown_of_cycle = 8;

/// A list that takes each symbol once.
class UniqueList {
 public:
  void add(Symbol symbol) {
    if (list_.size() < short_list) {
      if (std::find(list_.begin(), list_.end(), symbol) != list_.end()) return;
    } else {
      if (seen_.empty()) seen_.insert(list_.begin(), list_.end());
      if (!seen_.insert(symbol).second) return;
    }
    list_.push_back(symbol);
  }
  [[nodiscard]] const std::vector<Symbol>& list() const { return list_; }

 private:
  std::vector<Symbol> list_;
  std::unordered_set<Symbol> seen_;
};

template <class Value>
void sort_unique(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::size_t distinct_owners(const std::vector<Terms::Edge>& edges) {
  std::vector<Symbol> owners;
  owners.reserve(edges.size());
  for (const auto& edge : edges) owners.push_back(edge.to);
  sort_unique(owners);
  return owners.size();
}

bool leads_nowhere(const std::vector<Terms::Edge>& edges, std::size_t terms) {
  return std::any_of(edges.begin(), edges.end(),
                     [terms](const Terms::Edge& edge) { return edge.to >= terms; });
}

}  // namespace

Terms::Terms(std::vector<Term> terms) : terms_(std::move(terms)) {
  symbols_.reserve(terms_.size());
  for (Symbol symbol = 0; symbol < terms_.size(); ++symbol) {
    const auto& term = terms_[symbol];
    const bool fresh = symbols_.emplace(term.id, symbol).second;
    if (!fresh || leads_nowhere(term.groups, terms_.size()) ||
        leads_nowhere(term.contains, terms_.size()) || leads_nowhere(term.owners, terms_.size())) {
      throw Error(ErrorCode::bad_input, "the terms do not hang together");
    }
    if (term.is_declared) ++declared_;
  }
}

Symbol Terms::intern(std::string_view id) {
  const auto found = symbols_.find(id);
  if (found != symbols_.end()) return found->second;
  const auto symbol = static_cast<Symbol>(terms_.size());
  symbols_.emplace(id, symbol);
  terms_.emplace_back().id = id;
  return symbol;
}

std::optional<Symbol> Terms::find(std::string_view id) const {
  const auto found = symbols_.find(id);
  if (found == symbols_.end()) return std::nullopt;
  return found->second;
}

void Terms::add(const Document& document, std::uint16_t file) {
  for (const auto& declaration : document.terms) {
    const auto symbol = intern(declaration.id.text);
    if (!std::exchange(terms_[symbol].is_declared, true)) ++declared_;
    for (const auto& group : declaration.member_of) {
      const auto to = intern(group.text);
      terms_[symbol].groups.push_back({to, file});
      terms_[symbol].group_places.push_back(place(document.file, group.mark));
    }
    for (const auto& contained : declaration.contains) {
      const auto to = intern(contained.text);
      terms_[symbol].contains.push_back({to, file});
    }
    if (declaration.owner) add_owner(symbol, intern(*declaration.owner), file);
    // An entry names every owner, and an entry has a limit.
    if (declaration.owner && distinct_owners(terms_[symbol].owners) > max_owners) {
      throw Error(ErrorCode::bad_input,
                  "expected at most 16 owners of `" + declaration.id.text + "`",
                  place(document.file, declaration.id.mark));
    }
  }
}

void Terms::add_owner(Symbol actor, Symbol owner, std::uint16_t file) {
  auto& owners = terms_[actor].owners;
  const auto known = std::find_if(owners.begin(), owners.end(), [&](const Edge& edge) {
    return edge.to == owner && edge.file == file;
  });
  if (known == owners.end()) owners.push_back({owner, file});
}

// Depth first without recursion: a chain of groups may be as long as a file.
void Terms::refuse_cycles() const {
  enum class State : std::uint8_t { fresh, open, done };
  std::vector<State> states(terms_.size(), State::fresh);
  std::vector<Step> path;
  const auto enter = [&](Symbol symbol) {
    states[symbol] = State::open;
    path.push_back({symbol, 0});
  };
  for (Symbol start = 0; start < terms_.size(); ++start) {
    if (states[start] == State::fresh) enter(start);
    while (!path.empty()) {
      auto& [symbol, edges_taken] = path.back();
      const auto& groups = terms_[symbol].groups;
      if (edges_taken == groups.size()) {
        states[symbol] = State::done;
        path.pop_back();
        continue;
      }
      const auto to = groups[edges_taken++].to;
      if (states[to] == State::open) refuse_cycle(path, to);
      if (states[to] == State::fresh) enter(to);
    }
  }
}

void Terms::refuse_cycle(const std::vector<Step>& path, Symbol again) const {
  auto at = std::find_if(path.begin(), path.end(),
                         [&](const Step& step) { return step.symbol == again; });
  std::string cycle;
  for (std::size_t shown = 0; at != path.end() && shown < shown_of_cycle; ++at, ++shown) {
    cycle += "`" + terms_[at->symbol].id + "` in ";
  }
  if (at != path.end()) cycle += "… in ";
  const auto& last = path.back();
  throw Error(ErrorCode::bad_input,
              "a term is a member of itself: " + cycle + "`" + terms_[again].id + "`",
              terms_[last.symbol].group_places[last.edges_taken - 1], "remove one `member_of`");
}

std::vector<Symbol> Terms::closure(Symbol start, const FilesInForce& in_force) const {
  UniqueList found;
  found.add(start);
  for (std::size_t i = 0; i < found.list().size(); ++i) {
    for (const auto& group : terms_[found.list()[i]].groups) {
      if (in_force.test(group.file)) found.add(group.to);
    }
  }
  return found.list();
}

std::vector<std::string_view> Terms::with_groups(std::string_view id,
                                                 const FilesInForce& in_force) const {
  std::vector<std::string_view> out{id};
  const auto symbol = find(id);
  if (!symbol || terms_[*symbol].groups.empty()) return out;
  const auto all = closure(*symbol, in_force);
  for (std::size_t i = 1; i < all.size(); ++i) out.emplace_back(terms_[all[i]].id);
  return out;
}

std::vector<std::string_view> Terms::contained(std::string_view resource,
                                               const FilesInForce& in_force) const {
  std::vector<std::string_view> out;
  const auto symbol = find(resource);
  if (!symbol) return out;
  for (const auto one : closure(*symbol, in_force)) {
    for (const auto& data : terms_[one].contains) {
      if (in_force.test(data.file)) out.emplace_back(terms_[data.to].id);
    }
  }
  sort_unique(out);
  return out;
}

std::vector<std::string> Terms::owners(std::string_view actor, const FilesInForce& in_force) const {
  std::vector<std::string> out;
  const auto symbol = find(actor);
  if (!symbol) return out;
  for (const auto& owner : terms_[*symbol].owners) {
    if (in_force.test(owner.file)) out.push_back(terms_[owner.to].id);
  }
  sort_unique(out);
  return out;
}

}  // namespace lexecon::policy
