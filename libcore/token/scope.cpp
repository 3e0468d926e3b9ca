#include "token/scope.hpp"

namespace lexecon::token {

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::malformed:
      return "malformed";
    case Refusal::unknown_key:
      return "unknown_key";
    case Refusal::bad_signature:
      return "bad_signature";
    case Refusal::wrong_issuer:
      return "wrong_issuer";
    case Refusal::not_yet_valid:
      return "not_yet_valid";
    case Refusal::expired:
      return "expired";
    case Refusal::wrong_audience:
      return "wrong_audience";
    case Refusal::wrong_action:
      return "wrong_action";
    case Refusal::wrong_tool:
      return "wrong_tool";
    case Refusal::wrong_resource:
      return "wrong_resource";
    case Refusal::wrong_data_classes:
      return "wrong_data_classes";
    case Refusal::wrong_parameters:
      return "wrong_parameters";
    case Refusal::policy_changed:
      return "policy_changed";
    case Refusal::not_issued:
      return "not_issued";
    case Refusal::revoked:
      return "revoked";
    case Refusal::emergency_stop:
      return "emergency_stop";
    case Refusal::used_up:
      return "used_up";
  }
  return "malformed";
}

std::optional<Refusal> check_time(const Claims& claims, Timestamp now) {
  if (now < claims.issued_at) return Refusal::not_yet_valid;
  if (now >= claims.expires_at) return Refusal::expired;
  return std::nullopt;
}

// No claim is a pattern: each is equal to what is presented, and null only to nothing.
std::optional<Refusal> check_scope(const Claims& claims, const Presented& presented) {
  if (claims.audience != presented.audience) return Refusal::wrong_audience;
  if (claims.action != presented.action) return Refusal::wrong_action;
  if (claims.tool != presented.tool) return Refusal::wrong_tool;
  if (claims.resource != presented.resource) return Refusal::wrong_resource;
  if (claims.data_classes != presented.data_classes) return Refusal::wrong_data_classes;
  if (claims.params_hash != presented.params_hash) return Refusal::wrong_parameters;
  return std::nullopt;
}

}  // namespace lexecon::token
