#include "decision/node_config.hpp"

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "decision/limit_config.hpp"
#include "decision/retention.hpp"
#include "json/node.hpp"

namespace lexecon::decision {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

FourEyes read_four_eyes(json::NodeReader& file, const json::Node& roles, const std::string& name) {
  json::NodeReader reader(roles, name);
  auto out = FourEyes::required;
  if (const auto* value = reader.find("four_eyes")) {
    const auto& text = file.as_text(*value, "roles.four_eyes");
    if (text == "single") {
      out = FourEyes::single;
    } else if (text != "double") {
      file.fail(value->mark, "expected `double` or `single` as roles.four_eyes, found `" +
                                 printable(text) + "`");
    }
  }
  reader.finish();
  return out;
}

std::int64_t read_life(const json::NodeReader& reader, const json::Node& value) {
  const auto& text = reader.as_text(value, "tokens.ttl");
  const auto span = parse_span(text);
  if (!span || span->months != 0 || span->micros % micros_per_second != 0 ||
      span->micros > max_token_life_seconds * micros_per_second) {
    reader.fail(value.mark,
                "expected a span of 1s to 24h as tokens.ttl, found `" + printable(text) + "`",
                "write it as `5m`, `90s` or `2h`");
  }
  return span->micros / micros_per_second;
}

void read_tokens(const json::Node& tokens, const std::string& name, NodeConfig& out) {
  json::NodeReader reader(tokens, name);
  if (const auto* value = reader.find("ttl")) out.token_life_seconds = read_life(reader, *value);
  if (const auto* value = reader.find("audience")) {
    out.token_audience = reader.as_text(*value, "tokens.audience");
    if (!is_audience(*out.token_audience)) {
      reader.fail(value->mark, "expected 1 to 255 printable ASCII characters as tokens.audience");
    }
  }
  reader.finish();
}

OnEscalation read_hooks(json::NodeReader& file, const json::Node& hooks, const std::string& name) {
  json::NodeReader reader(hooks, name);
  auto out = OnEscalation::deny;
  if (const auto* value = reader.find("escalated")) {
    const auto& text = file.as_text(*value, "hooks.escalated");
    if (text == "ask") {
      out = OnEscalation::ask;
    } else if (text != "deny") {
      file.fail(value->mark,
                "expected `deny` or `ask` as hooks.escalated, found `" + printable(text) + "`");
    }
  }
  reader.finish();
  return out;
}

RegistryUse read_registry_use(json::NodeReader& registry, std::string_view key) {
  const auto* const value = registry.find(key);
  if (value == nullptr) return RegistryUse::off;
  const auto name = "registry." + std::string(key);
  const auto& text = registry.as_text(*value, name);
  if (text == "off") return RegistryUse::off;
  if (text == "named") return RegistryUse::named;
  if (text == "required") return RegistryUse::required;
  registry.fail(value->mark, "expected `off`, `named` or `required` as " + name + ", found `" +
                                 printable(text) + "`");
}

RegistryConfig read_registry(const json::Node& registry, const std::string& name) {
  json::NodeReader reader(registry, name);
  const RegistryConfig out{.models = read_registry_use(reader, "models"),
                           .prompts = read_registry_use(reader, "prompts")};
  reader.finish();
  return out;
}

OnProhibited read_prohibited(json::NodeReader& file, const json::Node& prohibited,
                             const std::string& name) {
  json::NodeReader reader(prohibited, name);
  auto out = OnProhibited::deny;
  if (const auto* value = reader.find("sealed")) {
    const auto& text = file.as_text(*value, "prohibited.sealed");
    if (text == "warn") {
      out = OnProhibited::warn;
    } else if (text == "allow") {
      out = OnProhibited::allow;
    } else if (text != "deny") {
      file.fail(value->mark, "expected `deny`, `warn` or `allow` as prohibited.sealed, found `" +
                                 printable(text) + "`");
    }
  }
  reader.finish();
  return out;
}

ExportApproval read_exports(const json::Node& exports, const std::string& name) {
  json::NodeReader reader(exports, name);
  auto out = ExportApproval::none;
  if (const auto* value = reader.find("approval")) {
    const auto& text = reader.as_text(*value, "exports.approval");
    if (text == "sealed") {
      out = ExportApproval::sealed;
    } else if (text == "all") {
      out = ExportApproval::all;
    } else if (text != "none") {
      reader.fail(value->mark, "expected `none`, `sealed` or `all` as exports.approval, found `" +
                                   printable(text) + "`");
    }
  }
  reader.finish();
  return out;
}

bool read_tenants(const json::Node& tenants, const std::string& name) {
  json::NodeReader reader(tenants, name);
  const auto* const value = reader.find("required");
  if (value != nullptr && value->kind != json::Node::Kind::boolean) {
    reader.fail(value->mark, "expected `true` or `false` as tenants.required");
  }
  reader.finish();
  return value != nullptr && value->boolean;
}

}  // namespace

std::string_view to_string(FourEyes four_eyes) {
  switch (four_eyes) {
    case FourEyes::required:
      return "double";
    case FourEyes::single:
      return "single";
  }
  throw Error(ErrorCode::internal, "a rule of four eyes without a name");
}

NodeConfig load_node_config(std::string_view bytes, const std::string& file) {
  const auto document = json::read_document(bytes, file);
  json::NodeReader reader(document, file);
  NodeConfig out;
  const auto& id = reader.get({"id"});
  out.id = reader.as_text(id, "id");
  if (!is_node_id(out.id)) {
    reader.fail(id.mark, "expected a node id, found `" + printable(out.id) + "`",
                "1 to 64 of lower-case letters, digits and `._-`, first a letter or digit");
  }
  if (const auto* roles = reader.find("roles")) {
    out.four_eyes = read_four_eyes(reader, *roles, file);
  }
  if (const auto* hooks = reader.find("hooks")) {
    out.on_escalation = read_hooks(reader, *hooks, file);
  }
  if (const auto* tokens = reader.find("tokens")) read_tokens(*tokens, file, out);
  if (const auto* escalations = reader.find("escalations")) {
    out.escalations = read_escalations(*escalations, file);
  }
  // No decision asks it: whoever keeps or erases reads it from the file on record.
  if (const auto* retention = reader.find("retention")) {
    static_cast<void>(read_retention(*retention, file));
  }
  if (const auto* tenants = reader.find("tenants")) {
    out.tenant_required = read_tenants(*tenants, file);
  }
  if (const auto* registry = reader.find("registry")) {
    out.registry = read_registry(*registry, file);
  }
  out.limits = read_limits(reader, file);
  if (const auto* prohibited = reader.find("prohibited")) {
    out.on_prohibited = read_prohibited(reader, *prohibited, file);
  }
  if (const auto* exports = reader.find("exports")) {
    out.export_approval = read_exports(*exports, file);
  }
  reader.finish();
  return out;
}

}  // namespace lexecon::decision
