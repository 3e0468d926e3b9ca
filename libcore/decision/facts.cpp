#include "decision/facts.hpp"

#include <array>

#include "base/error.hpp"
#include "json/json.hpp"
#include "json/members.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"

namespace lexecon::decision {
namespace {

[[noreturn]] void refuse(const std::string& message, const std::string& pointer) {
  throw Error(ErrorCode::bad_input, message, pointer);
}

const Json& list(json::Reader& reader, std::string_view name) {
  const auto& value = reader.member(name);
  if (!value.is_array()) refuse("expected a list", reader.pointer(name));
  return value;
}

Json to_json(const Approval& approval) {
  return {{"operator", approval.operator_id},
          {"requirement", approval.requirement},
          {"seq", approval.seq}};
}

Json to_json(const Exception& exception) {
  return {{"expires_at", exception.expires_at ? Json(to_text(*exception.expires_at)) : Json()},
          {"override_id", exception.override_id},
          {"relations", exception.relations}};
}

Json to_json(const LimitFact& limit) {
  return {{"allowed", limit.allowed}, {"name", limit.name}, {"used", limit.used}};
}

Json to_json(const std::optional<RegistryState>& state) {
  return state ? Json(to_string(*state)) : Json();
}

Json to_json(const std::optional<RegistryFact>& registry) {
  if (!registry) return {};
  return {{"model", to_json(registry->model)}, {"prompt", to_json(registry->prompt)}};
}

Approval parse_approval(const Json& value, const std::string& pointer) {
  json::Reader reader(value, pointer);
  Approval approval;
  approval.operator_id = reader.text("operator");
  approval.requirement = reader.text("requirement");
  approval.seq = static_cast<std::uint64_t>(reader.integer("seq", 0, json::max_integer));
  reader.finish();
  return approval;
}

Exception parse_exception(const Json& value, const std::string& pointer) {
  json::Reader reader(value, pointer);
  Exception exception;
  exception.override_id = reader.text("override_id");
  static_cast<void>(reader.member("relations"));
  exception.relations = reader.texts("relations");
  if (!reader.member("expires_at").is_null()) {
    exception.expires_at = entry_time(reader.text("expires_at"));
    if (!exception.expires_at) refuse("expected a time", reader.pointer("expires_at"));
  }
  reader.finish();
  return exception;
}

policy::ReasonCode parse_guard(const Json& value, const std::string& pointer) {
  const auto code = value.is_string()
                        ? policy::reason_code_from(value.get_ref<const std::string&>())
                        : std::nullopt;
  if (!code || !is_guard(*code)) refuse("expected the reason code of a guard", pointer);
  return *code;
}

LimitFact parse_limit(const Json& value, const std::string& pointer) {
  json::Reader reader(value, pointer);
  LimitFact limit;
  limit.allowed = reader.integer("allowed", 0, json::max_integer);
  limit.name = reader.text("name");
  limit.used = reader.integer("used", 0, json::max_integer);
  reader.finish();
  return limit;
}

std::optional<RegistryState> parse_state(json::Reader& reader, std::string_view name) {
  const auto& value = reader.member(name);
  if (value.is_null()) return std::nullopt;
  const auto state =
      value.is_string() ? registry_state_from(value.get_ref<const std::string&>()) : std::nullopt;
  if (!state) refuse("expected a state of the registry", reader.pointer(name));
  return state;
}

RegistryFact parse_registry(const Json& value, const std::string& pointer) {
  json::Reader reader(value, pointer);
  RegistryFact registry;
  registry.model = parse_state(reader, "model");
  registry.prompt = parse_state(reader, "prompt");
  reader.finish();
  return registry;
}

constexpr std::array<std::string_view, 6> registry_states{"unregistered", "registered", "approved",
                                                          "expired",      "rejected",   "retired"};

}  // namespace

std::string_view to_string(RegistryState state) {
  return registry_states.at(static_cast<std::size_t>(state));
}

std::optional<RegistryState> registry_state_from(std::string_view text) {
  for (std::size_t i = 0; i < registry_states.size(); ++i) {
    if (registry_states.at(i) == text) return static_cast<RegistryState>(i);
  }
  return std::nullopt;
}

bool is_guard(policy::ReasonCode code) { return code <= policy::ReasonCode::prohibited_content; }

Json to_json(const Facts& facts) {
  auto approvals = Json::array();
  for (const auto& approval : facts.approvals) approvals.push_back(to_json(approval));
  auto exceptions = Json::array();
  for (const auto& exception : facts.exceptions) exceptions.push_back(to_json(exception));
  auto limits = Json::array();
  for (const auto& limit : facts.limits) limits.push_back(to_json(limit));
  return json::Members()
      .add("approvals", std::move(approvals))
      .add("exceptions", std::move(exceptions))
      .add("guard", facts.guard ? Json(policy::to_string(*facts.guard)) : Json())
      .add("limits", std::move(limits))
      .add("registry", to_json(facts.registry))
      .take();
}

Facts parse_facts(const Json& value) {
  json::Reader reader(value);
  Facts facts;
  std::size_t index = 0;
  for (const auto& item : list(reader, "approvals")) {
    facts.approvals.push_back(parse_approval(item, "/approvals/" + std::to_string(index++)));
  }
  index = 0;
  for (const auto& item : list(reader, "exceptions")) {
    facts.exceptions.push_back(parse_exception(item, "/exceptions/" + std::to_string(index++)));
  }
  if (const auto& guard = reader.member("guard"); !guard.is_null()) {
    facts.guard = parse_guard(guard, reader.pointer("guard"));
  }
  index = 0;
  for (const auto& item : list(reader, "limits")) {
    facts.limits.push_back(parse_limit(item, "/limits/" + std::to_string(index++)));
  }
  if (const auto& registry = reader.member("registry"); !registry.is_null()) {
    facts.registry = parse_registry(registry, reader.pointer("registry"));
  }
  reader.finish();
  return facts;
}

}  // namespace lexecon::decision
