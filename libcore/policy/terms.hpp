// The terms of a set and what hangs together: groups, contained data classes, owners.
//
// Shapes   every edge knows the file that says it: only files in force count
// Source   lexecon-policy(5), Terms and matching
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.hpp"
#include "policy/patterns.hpp"

namespace lexecon::policy {

inline constexpr std::size_t max_files = 256;
using FilesInForce = std::bitset<max_files>;
using Symbol = std::uint32_t;

class Terms {
 public:
  struct Edge {
    Symbol to = 0;
    std::uint16_t file = 0;
  };
  struct Term {
    std::string id;
    std::vector<Edge> groups;
    std::vector<std::string> group_places;  // file:line:col of each edge, for messages
    std::vector<Edge> contains;
    std::vector<Edge> owners;
    bool is_declared = false;
  };

  Terms() = default;
  /// Takes terms up again that list() gave, by their symbols; where they were written is known no more.
  /// Error{bad_input} for an id that stands twice and an edge that leads nowhere.
  explicit Terms(std::vector<Term> terms);
  [[nodiscard]] const std::vector<Term>& list() const { return terms_; }

  /// Takes over the terms of one file. Error{bad_input} when an actor would have over 16 owners.
  void add(const Document& document, std::uint16_t file);
  /// Throws Error{bad_input} when a term is in itself, whatever the windows of the files are.
  void refuse_cycles() const;

  /// The id itself and every group it is in, directly or not. The views live as long as both.
  [[nodiscard]] std::vector<std::string_view> with_groups(std::string_view id,
                                                          const FilesInForce& in_force) const;
  /// The data classes that a resource of this id contains, itself or through its groups; ascending.
  [[nodiscard]] std::vector<std::string_view> contained(std::string_view resource,
                                                        const FilesInForce& in_force) const;
  /// Ascending.
  [[nodiscard]] std::vector<std::string> owners(std::string_view actor,
                                                const FilesInForce& in_force) const;
  [[nodiscard]] std::size_t declared() const { return declared_; }

 private:
  /// A term on the way from a start through groups, and how many of its groups were tried.
  struct Step {
    Symbol symbol;
    std::size_t edges_taken;
  };

  [[noreturn]] void refuse_cycle(const std::vector<Step>& path, Symbol again) const;
  Symbol intern(std::string_view id);
  void add_owner(Symbol actor, Symbol owner, std::uint16_t file);
  [[nodiscard]] std::optional<Symbol> find(std::string_view id) const;
  [[nodiscard]] std::vector<Symbol> closure(Symbol start, const FilesInForce& in_force) const;

  TextMap<Symbol> symbols_;
  std::vector<Term> terms_;
  std::size_t declared_ = 0;
};

}  // namespace lexecon::policy
