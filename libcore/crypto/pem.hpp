// PEM as openssl writes it: one block, base64 in lines of 64 columns, LF. OpenSSH's has 70.
//
// Errors   Error{bad_input} for any other text
// Source   RFC 7468, the strict form
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lexecon::crypto {

inline constexpr std::size_t pem_columns = 64;

[[nodiscard]] std::string pem_text(std::string_view label, std::string_view body,
                                   std::size_t columns = pem_columns);
/// The label of the block that `text` begins with, or nothing.
[[nodiscard]] std::optional<std::string_view> pem_label(std::string_view text);
/// The bytes in the block; nothing unless pem_text would write `text` for them.
[[nodiscard]] std::optional<std::string> pem_body(std::string_view text, std::string_view label,
                                                  std::size_t columns = pem_columns);
/// The bytes in the block; throws unless pem_text would write `text` for them.
[[nodiscard]] std::string parse_pem(std::string_view text, std::string_view label,
                                    const std::string& where);

}  // namespace lexecon::crypto
