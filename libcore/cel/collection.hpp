// Lists and maps, however they are held: in an arena or as JSON.
//
// Shapes   the keys of a map ascend: false, true, numbers by value, texts by code points; so a map
//          has one order, and an expression one value, whatever the map was made from
#pragma once

#include <optional>
#include <span>

#include "cel/arena.hpp"
#include "cel/value.hpp"
#include "json/json.hpp"

namespace lexecon::cel {

/// The number of elements of a list, or of keys of a map.
[[nodiscard]] std::size_t size_of(const Value& collection);
/// `index` is below the size.
[[nodiscard]] Value element(const Value& list, std::size_t index);
/// Below, equal or above zero in the order of keys. Both are keys, or a double to find one.
[[nodiscard]] int compare_keys(const Value& left, const Value& right);
/// The value under a key equal to `key`; nothing when there is none.
[[nodiscard]] std::optional<Value> find(const Value& map, const Value& key);
[[nodiscard]] std::optional<Value> find(const Value& map, std::string_view key);
/// True for the kinds that a key may have.
[[nodiscard]] bool may_be_key(Kind kind);
/// Sorts `pairs` and returns the map of them; nothing when two keys are equal.
[[nodiscard]] std::optional<Value> map_of(std::span<Pair> pairs);
/// The same of keys and values in turn, kept in `arena`; nothing also when one may be no key.
[[nodiscard]] std::optional<Value> map_of(std::span<const Value> parts, Arena& arena);
[[nodiscard]] std::optional<Value> list_of(std::span<const Value> items, Arena& arena);

/// Walks the elements of a list, or the keys of a map in ascending order.
class Walk {
 public:
  explicit Walk(const Value& collection);
  [[nodiscard]] bool done() const { return index_ == size_; }
  void next();
  /// An element of a list, a key of a map.
  [[nodiscard]] Value here() const;
  /// What a map holds under the key.
  [[nodiscard]] Value mapped() const;

 private:
  Value collection_;
  std::size_t index_ = 0;
  std::size_t size_;
  Json::object_t::const_iterator member_;
};

}  // namespace lexecon::cel
