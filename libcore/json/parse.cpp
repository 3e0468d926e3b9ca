#include "json/parse.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/canonical.hpp"
#include "json/reader.hpp"
#include "json/sax.hpp"

namespace lexecon::json {
namespace {

/// Builds the value. A pointer into an open container stays good: only the innermost one grows.
class Builder final : public Events {
 public:
  void scalar(Json&& value, Token& /*token*/) override { place(std::move(value)); }
  void key(std::string&& name, Token& token) override {
    auto& object = open_.back()->get_ref<Json::object_t&>();
    const auto [member, is_new] = object.try_emplace(std::move(name));
    if (!is_new) {
      token.fail("member `" + printable(member->first) + "` stands twice in one object");
    }
    member_ = &member->second;
  }
  void open(bool is_object, Token& /*token*/) override {
    open_.push_back(place(is_object ? Json::object() : Json::array()));
  }
  void close() override { open_.pop_back(); }

  [[nodiscard]] Json take() { return std::move(root_).value(); }

 private:
  Json* place(Json&& value) {
    if (open_.empty()) return &root_.emplace(std::move(value));
    if (auto* const list = open_.back()->get_ptr<Json::array_t*>()) {
      return &list->emplace_back(std::move(value));
    }
    *member_ = std::move(value);
    return member_;
  }

  std::optional<Json> root_;
  std::vector<Json*> open_;
  Json* member_ = nullptr;
};

struct Fault {
  std::string pointer;
  std::string message;
};

std::optional<Fault> find_fault(const Json& value);

bool has_nul(const std::string& text) { return text.find('\0') != std::string::npos; }

Fault below(std::string_view name, Fault fault) {
  fault.pointer.insert(0, "/" + std::string(name));
  return fault;
}

std::optional<Fault> find_fault_inside(const Json& container) {
  if (const auto* const list = container.get_ptr<const Json::array_t*>()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (auto fault = find_fault((*list)[i])) return below(std::to_string(i), *std::move(fault));
    }
    return std::nullopt;
  }
  for (const auto& [name, value] : container.get_ref<const Json::object_t&>()) {
    auto fault =
        has_nul(name) ? Fault{{}, "expected a member name without U+0000"} : find_fault(value);
    if (fault) return below(pointer_token(name), *std::move(fault));
  }
  return std::nullopt;
}

std::optional<Fault> find_fault(const Json& value) {
  if (value.is_number_float()) return Fault{{}, "expected an integer, found a fraction"};
  if (value.is_string() && has_nul(value.get_ref<const std::string&>())) {
    return Fault{{}, "expected a string without U+0000"};
  }
  return value.is_structured() ? find_fault_inside(value) : std::nullopt;
}

}  // namespace

Json parse(std::string_view text, const std::string& name) {
  Builder builder;
  read_strict(text, name, builder);
  return builder.take();
}

Json parse_canonical(std::string_view text, const std::string& name) {
  Json value = parse(text, name);
  const std::string expected = canonical(value);
  if (expected == text) return value;
  std::size_t same = 0;
  while (same < text.size() && same < expected.size() && text[same] == expected[same]) ++same;
  throw Error(ErrorCode::bad_input, "expected canonical JSON (RFC 8785)",
              where_in(name, LineCounter(text).at(same)));
}

void require_plain(const Json& value, const std::string& pointer) {
  if (const auto fault = find_fault(value)) {
    throw Error(ErrorCode::bad_input, fault->message, printable(pointer + fault->pointer));
  }
}

}  // namespace lexecon::json
