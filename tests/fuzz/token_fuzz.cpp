#include "fuzz/targets.hpp"
#include "token/token.hpp"

void lexecon::fuzz::token(std::string_view bytes) {
  const auto token = token::parse(bytes);
  require(token::to_text(token) == bytes, "a token was written otherwise than read");
  require(token::to_text(token::from_paseto(token::to_paseto(token))) == bytes,
          "a token changed on the way through PASETO");
}
