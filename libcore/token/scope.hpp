// What the holder of a token wants to do now, against what the token allows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "token/token.hpp"

namespace lexecon::token {

struct Presented {
  std::string audience;
  std::string action;
  std::optional<std::string> tool;
  std::optional<std::string> resource;
  std::vector<std::string> data_classes;  // ascending, unique
  std::optional<std::string> params_hash;
};

/// Why a check said no; the codes of lexecon-token(5), in the order of the checks.
enum class Refusal : std::uint8_t {
  malformed,
  unknown_key,
  bad_signature,
  wrong_issuer,
  not_yet_valid,
  expired,
  wrong_audience,
  wrong_action,
  wrong_tool,
  wrong_resource,
  wrong_data_classes,
  wrong_parameters,
  policy_changed,
  not_issued,
  revoked,
  emergency_stop,
  used_up,
};
[[nodiscard]] std::string_view to_string(Refusal refusal);

/// Valid while issued_at <= now < expires_at.
[[nodiscard]] std::optional<Refusal> check_time(const Claims& claims, Timestamp now);
[[nodiscard]] std::optional<Refusal> check_scope(const Claims& claims, const Presented& presented);

}  // namespace lexecon::token
