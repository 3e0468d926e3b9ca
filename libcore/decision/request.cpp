#include "decision/request.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "policy/term.hpp"

namespace lexecon::decision {
namespace {

constexpr std::size_t max_data_classes = 32;
// The sealed content is {"salt":"<64 hex>","value":<request>} in at most 1 MiB and at most 64 deep.
constexpr std::size_t sealed_overhead = 84;
constexpr std::size_t max_request_bytes = (std::size_t{1} << 20U) - sealed_overhead;
constexpr std::size_t max_request_depth = json::max_depth - 1;

constexpr std::array<const char*, 7> identifiers{
    "idempotency_key", "model", "prompt", "request_id", "tenant", "tool", "trace_id"};
constexpr std::array<const char*, 3> usage_members{"cost_micros", "input_tokens", "output_tokens"};

[[noreturn]] void refuse(const std::string& message, const std::string& pointer,
                         const std::string& hint = {}) {
  throw Error(ErrorCode::bad_input, message, pointer, hint);
}

bool deeper_than(const Json& value, std::size_t limit) {
  if (!value.is_structured()) return false;
  if (limit == 0) return true;
  return std::any_of(value.begin(), value.end(),
                     [&](const Json& item) { return deeper_than(item, limit - 1); });
}

/// The member under either of two spellings; null is the same as absent.
struct Given {
  const Json* value = nullptr;
  std::string pointer;
  explicit operator bool() const { return value != nullptr; }
};

Given given(json::Reader& reader, std::string_view name, std::string_view older = {}) {
  const Json* value = reader.optional_member(name);
  const Json* other = older.empty() ? nullptr : reader.optional_member(older);
  if (value != nullptr && other != nullptr) {
    refuse(
        "expected one of `" + std::string(name) + "` and `" + std::string(older) + "`, found both",
        reader.pointer(older), "remove `" + std::string(older) + "`, the older name");
  }
  const auto read = other != nullptr ? older : name;
  if (other != nullptr) value = other;
  if (value == nullptr || value->is_null()) return {};
  return {value, reader.pointer(read)};
}

const std::string& text_of(const Given& member) {
  if (!member.value->is_string()) refuse("expected a string", member.pointer);
  return member.value->get_ref<const std::string&>();
}

std::int64_t integer_of(const Given& member, std::int64_t low, std::int64_t high) {
  const auto range =
      "expected an integer from " + std::to_string(low) + " to " + std::to_string(high);
  if (!member.value->is_number_integer()) refuse(range, member.pointer);
  const auto number = member.value->get<std::int64_t>();
  if (number < low || number > high) refuse(range, member.pointer);
  return number;
}

std::string term_of(policy::TermType type, const Given& member) {
  return policy::request_term(type, text_of(member), member.pointer);
}

Json data_classes_of(const Given& member) {
  if (!member.value->is_array()) refuse("expected a list of data classes", member.pointer);
  std::vector<std::string> ids;
  std::size_t index = 0;
  for (const auto& item : *member.value) {
    ids.push_back(term_of(policy::TermType::data_class,
                          {&item, member.pointer + "/" + std::to_string(index++)}));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.size() > max_data_classes) {
    refuse("expected at most 32 data classes, found " + std::to_string(ids.size()), member.pointer);
  }
  return ids;
}

Json risk_of(const Given& member) {
  json::Reader reader(*member.value, member.pointer);
  auto out = Json::object();
  for (std::size_t i = 0; i < risk::dimension_count; ++i) {
    const auto name = risk::to_string(static_cast<risk::Dimension>(i));
    if (const auto value = given(reader, name)) out[std::string(name)] = integer_of(value, 0, 100);
  }
  reader.finish();
  return out;
}

Json usage_of(const Given& member) {
  json::Reader reader(*member.value, member.pointer);
  auto out = Json::object();
  for (const auto* name : usage_members) {
    if (const auto value = given(reader, name)) out[name] = integer_of(value, 0, json::max_integer);
  }
  reader.finish();
  return out;
}

Json object_of(const Given& member) {
  if (!member.value->is_object()) refuse("expected an object", member.pointer);
  return *member.value;
}

Given required(json::Reader& reader, std::string_view name, std::string_view older = {}) {
  auto member = given(reader, name, older);
  if (!member) refuse("expected a member `" + std::string(name) + "`", reader.pointer(name));
  return member;
}

void read_terms(json::Reader& reader, Json& out) {
  out["actor"] = term_of(policy::TermType::actor, required(reader, "actor"));
  out["action"] = term_of(policy::TermType::action, required(reader, "action", "proposed_action"));
  if (const auto resource = given(reader, "resource")) {
    out["resource"] = term_of(policy::TermType::resource, resource);
  }
  if (const auto classes = given(reader, "data_classes")) {
    out["data_classes"] = data_classes_of(classes);
  }
}

void read_identifiers(json::Reader& reader, Json& out) {
  for (const auto* name : identifiers) {
    const auto member = given(reader, name);
    if (!member) continue;
    if (!is_free_identifier(text_of(member))) {
      refuse("expected 1 to 128 letters, digits or `._:@/+-` as `" + std::string(name) + "`",
             member.pointer, "it stands in the ledger for ever: use a pseudonym");
    }
    out[name] = text_of(member);
  }
}

void read_claims(json::Reader& reader, Json& out) {
  if (const auto intent = given(reader, "intent", "user_intent")) out["intent"] = text_of(intent);
  if (const auto risk = given(reader, "risk")) out["risk"] = risk_of(risk);
  if (const auto declared = given(reader, "declared_risk", "risk_level")) {
    out["declared_risk"] = integer_of(declared, 1, 5);
  }
  if (const auto context = given(reader, "context")) out["context"] = object_of(context);
  if (const auto parameters = given(reader, "parameters")) {
    out["parameters"] = object_of(parameters);
  }
  if (const auto usage = given(reader, "usage")) out["usage"] = usage_of(usage);
}

/// The document as it is sealed: one spelling of everything, and only what was given.
struct Canonical {
  Json document;
  std::string text;
};

Canonical canonical_request(const Json& document) {
  if (deeper_than(document, max_request_depth)) {
    refuse("expected at most 63 open containers in a request", "");
  }
  const auto normal = json::normalised(document);
  json::Reader reader(normal);
  auto out = Json::object();
  read_terms(reader, out);
  read_identifiers(reader, out);
  read_claims(reader, out);
  reader.finish();
  auto text = json::canonical(out);
  if (text.size() > max_request_bytes) {
    refuse("expected a request of at most 1 MiB, found " + std::to_string(text.size()) + " bytes",
           "");
  }
  // What is normal reads back as it is.
  return {std::move(out), std::move(text)};
}

std::optional<std::string> text_in(const Json& canonical, const char* name) {
  const auto found = canonical.find(name);
  if (found == canonical.end()) return std::nullopt;
  return found->get<std::string>();
}

risk::Dimensions dimensions_in(const Json& canonical) {
  risk::Dimensions out{};
  const auto found = canonical.find("risk");
  if (found == canonical.end()) return out;
  for (const auto& [name, value] : found->items()) {
    out.at(static_cast<std::size_t>(risk::dimension_from(name).value())) = value.get<int>();
  }
  return out;
}

std::optional<Usage> usage_in(const Json& canonical) {
  const auto found = canonical.find("usage");
  if (found == canonical.end()) return std::nullopt;
  return Usage{.input_tokens = found->value("input_tokens", std::int64_t{0}),
               .output_tokens = found->value("output_tokens", std::int64_t{0}),
               .cost_micros = found->value("cost_micros", std::int64_t{0})};
}

}  // namespace

Request parse_request(const Json& document) {
  auto [canonical, text] = canonical_request(document);
  Request request;
  request.actor = canonical.at("actor").get<std::string>();
  request.action = canonical.at("action").get<std::string>();
  request.resource = text_in(canonical, "resource");
  request.tool = text_in(canonical, "tool");
  if (const auto found = canonical.find("data_classes"); found != canonical.end()) {
    request.data_classes = found->get<std::vector<std::string>>();
  }
  request.risk = dimensions_in(canonical);
  request.usage = usage_in(canonical);
  request.model = text_in(canonical, "model");
  request.prompt = text_in(canonical, "prompt");
  request.tenant = text_in(canonical, "tenant");
  request.request_id = text_in(canonical, "request_id");
  request.idempotency_key = text_in(canonical, "idempotency_key");
  request.trace_id = text_in(canonical, "trace_id");
  request.canonical = std::move(canonical);
  request.text = std::move(text);
  return request;
}

std::optional<std::string> params_hash(const Request& request) {
  const auto found = request.canonical.find("parameters");
  if (found == request.canonical.end()) return std::nullopt;
  return crypto::sha256(json::canonical(*found)).hex();
}

}  // namespace lexecon::decision
