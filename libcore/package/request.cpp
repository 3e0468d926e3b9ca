#include "package/request.hpp"

#include "base/error.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"

namespace lexecon::package {
namespace {

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json or_null(const std::optional<Timestamp>& at) { return at ? Json(to_text(*at)) : Json(); }

std::optional<std::string> text_or_null(json::Reader& reader, std::string_view name) {
  if (reader.member(name).is_null()) return std::nullopt;
  return reader.text(name);
}

std::optional<Timestamp> time_or_null(json::Reader& reader, std::string_view name) {
  const auto text = text_or_null(reader, name);
  if (!text) return std::nullopt;
  const auto at = entry_time(*text);
  if (!at) throw Error(ErrorCode::bad_input, "expected a time of entries", reader.pointer(name));
  return at;
}

Filter read_filter(json::Reader& reader) {
  const auto scope = scope_from(reader.text("scope"));
  if (!scope) throw Error(ErrorCode::bad_input, "expected a scope", reader.pointer("scope"));
  return {.scope = *scope,
          .from = time_or_null(reader, "from"),
          .to = time_or_null(reader, "to"),
          .tenant = text_or_null(reader, "tenant"),
          .actor = text_or_null(reader, "actor")};
}

}  // namespace

Json to_json(const Filter& filter) {
  return {{"actor", or_null(filter.actor)},
          {"from", or_null(filter.from)},
          {"scope", to_string(filter.scope)},
          {"tenant", or_null(filter.tenant)},
          {"to", or_null(filter.to)}};
}

Filter filter_in(const Json& object) {
  json::Reader reader(object);
  return read_filter(reader);
}

Json to_json(const Request& request) {
  auto out = to_json(request.filter);
  out["approver"] = or_null(request.approver);
  out["purpose"] = or_null(request.purpose);
  out["requester"] = request.requester;
  out["rule"] = request.rule;
  return out;
}

Request parse_request(const Json& value) {
  json::Reader reader(value, "/request");
  Request out{.filter = read_filter(reader),
              .purpose = text_or_null(reader, "purpose"),
              .requester = reader.text("requester"),
              .approver = text_or_null(reader, "approver"),
              .rule = reader.text("rule")};
  reader.finish();
  return out;
}

}  // namespace lexecon::package
