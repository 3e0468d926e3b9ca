#include "cel/collection.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cel/compare.hpp"

namespace lexecon::cel {
namespace {

/// Booleans, then numbers, then texts.
int rank(Kind kind) {
  if (kind == Kind::boolean) return 0;
  return kind == Kind::text ? 2 : 1;
}

int sign(int order) { return (order > 0) - (order < 0); }

const Json::object_t& object(const Value& map) {
  return map.as_json().get_ref<const Json::object_t&>();
}

/// The integer that a double is, as a key; nothing when it is none.
std::optional<Value> integral(double value) {
  constexpr double two_to_63 = 9223372036854775808.0;
  if (std::trunc(value) != value) return std::nullopt;  // neither is NaN
  if (value >= -two_to_63 && value < two_to_63) {
    return Value::integer(static_cast<std::int64_t>(value));
  }
  if (value >= 0 && value < 2 * two_to_63) {
    return Value::unsigned_integer(static_cast<std::uint64_t>(value));
  }
  return std::nullopt;
}

}  // namespace

std::size_t size_of(const Value& collection) {
  if (collection.is_json()) return collection.as_json().size();
  return collection.is(Kind::list) ? collection.items().size() : collection.pairs().size();
}

Value element(const Value& list, std::size_t index) {
  return list.is_json() ? Value::json(list.as_json()[index]) : list.items()[index];
}

int compare_keys(const Value& left, const Value& right) {
  if (rank(left.kind()) != rank(right.kind())) return rank(left.kind()) - rank(right.kind());
  if (left.is(Kind::text)) return sign(left.view().compare(right.view()));
  const auto order = order_of(left, right);
  if (order == std::partial_ordering::less) return -1;
  return order == std::partial_ordering::greater ? 1 : 0;
}

std::optional<Value> find(const Value& map, std::string_view key) {
  if (!map.is_json()) return find(map, Value::text(key));
  const auto member = object(map).find(key);
  if (member == object(map).end()) return std::nullopt;
  return Value::json(member->second);
}

std::optional<Value> find(const Value& map, const Value& key) {
  if (map.is_json()) return key.is(Kind::text) ? find(map, key.view()) : std::nullopt;
  if (key.is(Kind::real)) {
    const auto whole = integral(key.as_real());
    return whole ? find(map, *whole) : std::nullopt;
  }
  if (!may_be_key(key.kind())) return std::nullopt;
  const auto pairs = map.pairs();
  const auto at = std::lower_bound(
      pairs.begin(), pairs.end(), key,
      [](const Pair& pair, const Value& wanted) { return compare_keys(pair.key, wanted) < 0; });
  if (at == pairs.end() || compare_keys(at->key, key) != 0) return std::nullopt;
  return at->value;
}

bool may_be_key(Kind kind) {
  return kind == Kind::boolean || kind == Kind::integer || kind == Kind::unsigned_integer ||
         kind == Kind::text;
}

std::optional<Value> map_of(std::span<Pair> pairs) {
  std::sort(pairs.begin(), pairs.end(), [](const Pair& left, const Pair& right) {
    return compare_keys(left.key, right.key) < 0;
  });
  const auto twice = std::adjacent_find(
      pairs.begin(), pairs.end(),
      [](const Pair& left, const Pair& right) { return compare_keys(left.key, right.key) == 0; });
  if (twice != pairs.end()) return std::nullopt;
  return Value::map(pairs);
}

std::optional<Value> map_of(std::span<const Value> parts, Arena& arena) {
  const auto pairs = arena.make<Pair>(parts.size() / 2);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    pairs[i] = {parts[2 * i], parts[2 * i + 1]};
    if (!may_be_key(pairs[i].key.kind())) return std::nullopt;
  }
  return map_of(pairs);
}

std::optional<Value> list_of(std::span<const Value> items, Arena& arena) {
  const auto kept = arena.make<Value>(items.size());
  std::copy(items.begin(), items.end(), kept.begin());
  return Value::list(kept);
}

Walk::Walk(const Value& collection) : collection_(collection), size_(size_of(collection)) {
  if (collection.is_json() && collection.is(Kind::map)) member_ = object(collection).begin();
}

void Walk::next() {
  ++index_;
  if (collection_.is_json() && collection_.is(Kind::map)) ++member_;
}

Value Walk::here() const {
  if (collection_.is(Kind::list)) return element(collection_, index_);
  return collection_.is_json() ? Value::text(member_->first) : collection_.pairs()[index_].key;
}

Value Walk::mapped() const {
  return collection_.is_json() ? Value::json(member_->second) : collection_.pairs()[index_].value;
}

}  // namespace lexecon::cel
