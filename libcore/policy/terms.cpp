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
  for (const auto& edge : edges) owners.push_back(edge.to);
  sort_unique(owners);
  return owners.size();
}

}  // namespace

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
    if (declaration.owner) {
      const auto owner = intern(*declaration.owner);
      terms_[symbol].owners.push_back({owner, file});
    }
    // An entry names every owner, and an entry has a limit.
    if (distinct_owners(terms_[symbol].owners) > max_owners) {
      throw Error(ErrorCode::bad_input,
                  "expected at most 16 owners of `" + declaration.id.text + "`",
                  place(document.file, declaration.id.mark));
    }
  }
}

void Terms::refuse_cycles() const {
  enum class State : std::uint8_t { fresh, open, done };
  std::vector<State> states(terms_.size(), State::fresh);
  struct Step {
    Symbol symbol;
    std::size_t next;
  };
  std::vector<Step> path;
  for (Symbol start = 0; start < terms_.size(); ++start) {
    if (states[start] != State::fresh) continue;
    states[start] = State::open;
    path.push_back({start, 0});
    while (!path.empty()) {
      auto& [symbol, next] = path.back();
      const auto& term = terms_[symbol];
      if (next == term.groups.size()) {
        states[symbol] = State::done;
        path.pop_back();
        continue;
      }
      const auto edge = next++;
      const auto to = term.groups[edge].to;
      if (states[to] == State::fresh) {
        states[to] = State::open;
        path.push_back({to, 0});
      } else if (states[to] == State::open) {
        auto at = std::find_if(path.begin(), path.end(),
                               [&](const Step& step) { return step.symbol == to; });
        std::string cycle;
        const auto size = static_cast<std::size_t>(path.end() - at);
        for (std::size_t i = 0; i < std::min(size, shown_of_cycle); ++i, ++at) {
          cycle += "`" + terms_[at->symbol].id + "` in ";
        }
        if (size > shown_of_cycle) cycle += "… in ";
        throw Error(ErrorCode::bad_input,
                    "a term is a member of itself: " + cycle + "`" + terms_[to].id + "`",
                    term.group_places[edge], "remove one `member_of`");
      }
    }
  }
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
