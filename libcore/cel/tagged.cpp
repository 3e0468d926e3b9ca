#include "cel/tagged.hpp"

#include <cmath>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "cel/collection.hpp"
#include "cel/number.hpp"
#include "cel/spell.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

namespace lexecon::cel {
namespace {

[[noreturn]] void refuse(const std::string& message, const std::string& pointer = {}) {
  throw Error(ErrorCode::bad_input, message, pointer);
}

/// Elements may be shared, so that a small value has a large text.
class Writer {
 public:
  Json tagged(const Value& value) {
    count();
    switch (value.kind()) {
      case Kind::null:
        return {{"null", nullptr}};
      case Kind::boolean:
        return {{"bool", value.as_boolean()}};
      case Kind::integer:
        return {{"int", std::to_string(value.as_integer())}};
      case Kind::unsigned_integer:
        return {{"uint", std::to_string(value.as_unsigned())}};
      case Kind::real:
        return {{"double", real_literal(value.as_real())}};
      case Kind::text:
        return {{"string", value.view()}};
      case Kind::bytes:
        return {{"bytes", to_base64(value.view())}};
      case Kind::type:
        return {{"type", type_name(value.as_type())}};
      case Kind::timestamp:
        return {{"timestamp", to_text(value.as_timestamp())}};
      case Kind::duration:
        return {{"duration", duration_text(value.as_duration())}};
      case Kind::list:
        return {{"list", items(value, &Writer::tagged)}};
      case Kind::map:
        return {{"map", tagged_pairs(value)}};
      case Kind::absent:
      case Kind::error:
        break;
    }
    throw Error(ErrorCode::internal, "expected a value, found a failure");
  }

  Json plain(const Value& value) {
    count();
    switch (value.kind()) {
      case Kind::null:
        return nullptr;
      case Kind::boolean:
        return value.as_boolean();
      case Kind::integer:
        if (value.as_integer() > json::max_integer || value.as_integer() < -json::max_integer) {
          return std::to_string(value.as_integer());
        }
        return value.as_integer();
      case Kind::unsigned_integer:
        if (value.as_unsigned() <= static_cast<std::uint64_t>(json::max_integer)) {
          return value.as_unsigned();
        }
        return std::to_string(value.as_unsigned());
      case Kind::real:
        if (std::isfinite(value.as_real())) return value.as_real();
        return real_text(value.as_real());
      case Kind::text:
        return value.view();
      case Kind::bytes:
        return to_base64(value.view());
      case Kind::type:
        return type_name(value.as_type());
      case Kind::timestamp:
        return to_text(value.as_timestamp());
      case Kind::duration:
        return duration_text(value.as_duration());
      case Kind::list:
        return items(value, &Writer::plain);
      case Kind::map:
        return plain_members(value);
      case Kind::absent:
      case Kind::error:
        break;
    }
    throw Error(ErrorCode::internal, "expected a value, found a failure");
  }

 private:
  void count() {
    if (++count_ > max_items) refuse("expected a value of at most 1000000 parts");
  }

  Json items(const Value& list, Json (Writer::*write)(const Value&)) {
    Json out = Json::array();
    for (Walk at(list); !at.done(); at.next()) out.push_back((this->*write)(at.here()));
    return out;
  }

  Json tagged_pairs(const Value& map) {
    Json out = Json::array();
    for (Walk at(map); !at.done(); at.next()) {
      Json pair = Json::array();
      pair.push_back(tagged(at.here()));
      pair.push_back(tagged(at.mapped()));
      out.push_back(std::move(pair));
    }
    return out;
  }

  Json plain_members(const Value& map) {
    Json out = Json::object();
    for (Walk at(map); !at.done(); at.next()) {
      const Value key = at.here();
      out[key.is(Kind::text) ? std::string(key.view()) : to_text(key)] = plain(at.mapped());
    }
    return out;
  }

  std::size_t count_ = 0;
};

class Reader {
 public:
  explicit Reader(Arena& arena) : arena_(arena) {}

  Value read(const Json& json, const std::string& pointer) {
    if (!json.is_object() || json.size() != 1) refuse("expected one typed value", pointer);
    const auto& tag = json.begin().key();
    const Json& held = json.begin().value();
    const auto here = pointer + "/" + tag;
    if (tag == "null" && held.is_null()) return Value::null();
    if (tag == "bool" && held.is_boolean()) return Value::boolean(held.get<bool>());
    if (tag == "list" && held.is_array()) return list(held, here);
    if (tag == "map" && held.is_array()) return map(held, here);
    if (held.is_string()) return scalar(tag, held.get_ref<const std::string&>(), here);
    refuse("expected a typed value", here);
  }

 private:
  template <class T>
  static Value made(const std::optional<T>& read, Value (*make)(T), const std::string& pointer) {
    if (!read)
      refuse("expected a value of the type `" + pointer.substr(pointer.rfind('/') + 1) + "`",
             pointer);
    return make(*read);
  }

  Value scalar(const std::string& tag, const std::string& text, const std::string& pointer) {
    if (tag == "int") return made(read_integer(text), &Value::integer, pointer);
    if (tag == "uint") return made(read_unsigned(text), &Value::unsigned_integer, pointer);
    if (tag == "double") return made(read_real(text), &Value::real, pointer);
    if (tag == "string") return Value::text(arena_.copy(text));
    if (tag == "timestamp") return made(parse_instant(text), &Value::timestamp, pointer);
    if (tag == "duration") return made(parse_duration(text), &Value::duration, pointer);
    if (tag == "bytes") {
      const auto bytes = from_base64(text);
      if (bytes) return Value::bytes(arena_.copy(*bytes));
      refuse("expected base64", pointer);
    }
    const Kind kind = type_called(text);
    if (tag == "type" && kind != Kind::absent) return Value::type(kind);
    refuse("expected a typed value", pointer);
  }

  Value list(const Json& json, const std::string& pointer) {
    const auto items = arena_.make<Value>(json.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      items[i] = read(json[i], pointer + "/" + std::to_string(i));
    }
    return Value::list(items);
  }

  Value map(const Json& json, const std::string& pointer) {
    const auto pairs = arena_.make<Pair>(json.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto here = pointer + "/" + std::to_string(i);
      if (!json[i].is_array() || json[i].size() != 2) refuse("expected a key and a value", here);
      pairs[i] = {read(json[i][0], here + "/0"), read(json[i][1], here + "/1")};
      if (!may_be_key(pairs[i].key.kind())) refuse("expected a bool, int, uint or string", here);
    }
    const auto made = map_of(pairs);
    if (!made) refuse("expected keys that differ", pointer);
    return *made;
  }

  Arena& arena_;
};

}  // namespace

Json to_tagged_json(const Value& value) { return Writer().tagged(value); }
Json to_plain_json(const Value& value) { return Writer().plain(value); }

Value from_tagged_json(const Json& json, Arena& arena, const std::string& pointer) {
  return Reader(arena).read(json, pointer);
}

}  // namespace lexecon::cel
