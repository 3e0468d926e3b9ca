// One request: what an actor wants to do, read strictly and made canonical before anything judges it.
//
// Shapes   the canonical request has only what was given, terms with their long prefix, data classes
//          ascending and unique; it is the sealed content of the decision, and its only digest is sealed_hash
// Units    at most 1 MiB of canonical text with its seal, 63 deep, 32 data classes
// Errors   Error{bad_input} with the JSON pointer
// Source   lexecon-decide(1), Request document
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "risk/model.hpp"

namespace lexecon::decision {

struct Usage {
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::int64_t cost_micros = 0;
};

struct Request {
  std::string actor;
  std::string action;
  std::optional<std::string> resource;
  std::optional<std::string> tool;
  std::vector<std::string> data_classes;
  risk::Dimensions risk{};
  std::optional<Usage> usage;
  std::optional<std::string> model;
  std::optional<std::string> prompt;
  std::optional<std::string> tenant;
  std::optional<std::string> request_id;
  std::optional<std::string> idempotency_key;
  std::optional<std::string> trace_id;
  Json canonical =
      Json::object();  // all of the above and intent, context, parameters, declared_risk
  std::string text;    // the bytes of it, json::canonical(canonical)
};

/// Reads a request document. Older names (proposed_action, user_intent, risk_level) are taken over;
/// null is the same as absent. parse_request(r.canonical).canonical == r.canonical.
[[nodiscard]] Request parse_request(const Json& document);
/// Lower-case hex SHA-256 of the canonical parameters, when the request has any. For tokens only.
[[nodiscard]] std::optional<std::string> params_hash(const Request& request);

}  // namespace lexecon::decision
