// A CEL value in sixteen bytes: scalars inside, texts and collections as views.
//
// Shapes   a view points into the program, the bindings or the arena of one evaluation; a JSON
//          value is a view too, converted member by member when it is read
// Units    int and uint 64 bits, double IEEE 754, duration nanoseconds
// Source   CEL language definition, Values; JSON numbers as in lexecon-cel(7)
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

#include "cel/moment.hpp"
#include "json/fwd.hpp"

namespace lexecon::cel {

enum class Kind : std::uint8_t {
  absent,  // a variable that has no value
  error,   // what stands in the place of a value that could not be had
  null,
  boolean,
  integer,
  unsigned_integer,
  real,
  text,
  bytes,
  list,
  map,
  type,
  timestamp,
  duration,
};

struct Pair;
struct Failure;

class Value {
 public:
  Value() = default;  // absent

  [[nodiscard]] static Value null() { return {Kind::null, 0, 0}; }
  [[nodiscard]] static Value boolean(bool value) { return {Kind::boolean, 0, value ? 1U : 0U}; }
  [[nodiscard]] static Value integer(std::int64_t value) {
    return {Kind::integer, 0, std::bit_cast<std::uint64_t>(value)};
  }
  [[nodiscard]] static Value unsigned_integer(std::uint64_t value) {
    return {Kind::unsigned_integer, 0, value};
  }
  [[nodiscard]] static Value real(double value) {
    return {Kind::real, 0, std::bit_cast<std::uint64_t>(value)};
  }
  [[nodiscard]] static Value text(std::string_view utf8) { return {Kind::text, utf8}; }
  [[nodiscard]] static Value bytes(std::string_view bytes) { return {Kind::bytes, bytes}; }
  [[nodiscard]] static Value list(std::span<const Value> items) {
    return {Kind::list, items.size(), std::bit_cast<std::uint64_t>(items.data())};
  }
  /// `pairs` in ascending order of keys, see map_of() in cel/collection.hpp.
  [[nodiscard]] static Value map(std::span<const Pair> pairs) {
    return {Kind::map, pairs.size(), std::bit_cast<std::uint64_t>(pairs.data())};
  }
  [[nodiscard]] static Value type(Kind kind) {
    return {Kind::type, 0, static_cast<std::uint64_t>(kind)};
  }
  [[nodiscard]] static Value timestamp(Instant at) {
    return {Kind::timestamp, at.nanos, std::bit_cast<std::uint64_t>(at.seconds)};
  }
  [[nodiscard]] static Value duration(std::int64_t nanos) {
    return {Kind::duration, 0, std::bit_cast<std::uint64_t>(nanos)};
  }
  [[nodiscard]] static Value error(const Failure* failure) {
    return {Kind::error, 0, std::bit_cast<std::uint64_t>(failure)};
  }
  /// A view of `json`, which outlives the value. A number is an int when it is integral and fits.
  [[nodiscard]] static Value json(const Json& json);
  /// The map `json` whose members have declared types: see Bindings in cel/evaluate.hpp.
  [[nodiscard]] static Value declared(const Json& json);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is(Kind kind) const { return kind_ == kind; }
  [[nodiscard]] bool is_error() const { return kind_ == Kind::error; }

  // Each of these asks for the kind that it names.
  [[nodiscard]] bool as_boolean() const { return bits_ != 0; }
  [[nodiscard]] std::int64_t as_integer() const { return std::bit_cast<std::int64_t>(bits_); }
  [[nodiscard]] std::uint64_t as_unsigned() const { return bits_; }
  [[nodiscard]] double as_real() const { return std::bit_cast<double>(bits_); }
  /// Of a text or of bytes.
  [[nodiscard]] std::string_view view() const {
    return {std::bit_cast<const char*>(bits_), count_};
  }
  [[nodiscard]] Kind as_type() const { return static_cast<Kind>(bits_); }
  [[nodiscard]] Instant as_timestamp() const { return {as_integer(), count_}; }
  [[nodiscard]] std::int64_t as_duration() const { return as_integer(); }
  [[nodiscard]] const Failure& failure() const { return *std::bit_cast<const Failure*>(bits_); }

  // How a list or a map is held; cel/collection.hpp reads both ways of holding it.
  [[nodiscard]] bool is_json() const { return form_ != Form::plain; }
  [[nodiscard]] bool is_declared() const { return form_ == Form::declared_json; }
  [[nodiscard]] const Json& as_json() const { return *std::bit_cast<const Json*>(bits_); }
  [[nodiscard]] std::span<const Value> items() const {
    return {std::bit_cast<const Value*>(bits_), count_};
  }
  [[nodiscard]] std::span<const Pair> pairs() const;

 private:
  enum class Form : std::uint8_t { plain, json, declared_json };

  Value(Kind kind, std::size_t count, std::uint64_t bits)
      : kind_(kind), count_(static_cast<std::uint32_t>(count)), bits_(bits) {}
  Value(Kind kind, std::string_view view)
      : Value(kind, view.size(), std::bit_cast<std::uint64_t>(view.data())) {}

  Kind kind_ = Kind::absent;
  Form form_ = Form::plain;
  std::uint32_t count_ = 0;
  std::uint64_t bits_ = 0;
};
static_assert(sizeof(Value) == 16 && sizeof(void*) == 8);

struct Pair {
  Value key;
  Value value;
};

inline std::span<const Pair> Value::pairs() const {
  return {std::bit_cast<const Pair*>(bits_), count_};
}

/// The name that type() gives: "int", "null_type", "google.protobuf.Timestamp".
[[nodiscard]] std::string_view type_name(Kind kind);
/// The kind that a type's name stands for; absent when it stands for none.
[[nodiscard]] Kind type_called(std::string_view name);

}  // namespace lexecon::cel
