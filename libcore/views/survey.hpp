// What a view has to know before it shows the first entry: how many there are, and which names which.
//
// Shapes   one entry introduces an id, later ones name it: a decision and what became of it, a token and its
//          uses, a hold and what it holds
// Units    24 bytes for each naming, whatever the entries hold; 1,000 entries a page
// Errors   those of views/bag
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "views/bag.hpp"

namespace lexecon::views {

inline constexpr std::uint64_t page_entries = 1'000;
/// Names that are counted one by one; of any more the sum is kept.
inline constexpr std::size_t max_names = 100;

class Count {
 public:
  void add(std::string_view name);
  [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& of() const { return of_; }
  [[nodiscard]] std::uint64_t of(std::string_view name) const;
  [[nodiscard]] std::uint64_t others() const { return others_; }

 private:
  std::map<std::string, std::uint64_t, std::less<>> of_;
  std::uint64_t others_ = 0;
};

/// Lists of entries that pages are made of.
enum class Listing : std::uint8_t { all, refused, people };
inline constexpr std::array listings{Listing::all, Listing::refused, Listing::people};
/// refused: decisions other than approved; people: what people said, and what waited for them. `data` may be
/// null for a decision that the fast reader knows.
[[nodiscard]] bool is_in(Listing listing, const Item& item, const Json& data);

struct Page {
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  std::string first_time;
  std::string last_time;
  std::uint64_t entries = 0;
  std::uint64_t decisions = 0;
  std::uint64_t approved = 0;
};

class References {
 public:
  void add(std::string_view id, std::uint64_t from);
  void add_erasure(std::uint64_t erased, std::uint64_t from);
  /// No more are added.
  void sort();
  /// The entry of that seq introduces the id.
  void resolve(std::string_view id, std::uint64_t seq);
  [[nodiscard]] bool empty() const { return all_.empty(); }

  /// The entries that name the id, ascending.
  [[nodiscard]] std::vector<std::uint64_t> naming(std::string_view id) const;
  /// The entry that introduced what the one of that seq names.
  [[nodiscard]] std::optional<std::uint64_t> introducing(std::string_view id,
                                                         std::uint64_t from) const;
  /// The entry that erased the sealed content of that one.
  [[nodiscard]] std::optional<std::uint64_t> erasure_of(std::uint64_t seq) const;

 private:
  struct Reference {
    std::uint64_t key = 0;   // of the id
    std::uint64_t from = 0;  // names it
    std::uint64_t to = 0;    // introduced it; 0 before that is known: nothing names the genesis
    friend auto operator<=>(const Reference&, const Reference&) = default;
  };
  std::deque<Reference> all_;  // never moved as it grows, which would take the room twice
  std::vector<std::pair<std::uint64_t, std::uint64_t>> erasures_;
};

struct Survey {
  std::uint64_t entries = 0;
  std::optional<std::uint64_t> last_seq;
  Count types;
  Count outcomes;
  Count reasons;  // of decisions
  std::map<Listing, std::vector<Page>> pages;
  References references;
  std::map<std::string, std::uint64_t> sets;  // the first activation shown of each policy_hash
  std::map<std::string, std::string> policy_files;  // a name of each, by sha256
};
/// Goes through the entries twice.
[[nodiscard]] Survey survey_of(const Bag& bag);

/// In their order; none where nothing is in the listing.
[[nodiscard]] const std::vector<Page>& pages_of(const Survey& survey, Listing listing);
/// The page of an entry among those of all, from 0.
[[nodiscard]] std::size_t page_of(const Survey& survey, std::uint64_t seq);

struct Related {
  std::vector<std::uint64_t> earlier;  // introduced what this entry names
  std::vector<std::uint64_t> later;    // name what this entry introduced
};
/// Ascending, each once; `data` may be null where the fast reader knows the entry.
[[nodiscard]] Related related_to(const Item& item, const Json& data, const References& references);

}  // namespace lexecon::views
