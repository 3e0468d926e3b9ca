// Every parser of outside bytes, as a function that may throw lexecon::Error and nothing else.
//
// Shapes   a target also checks what holds for whatever it accepts: reading what was written back
//          gives the same bytes; a violation is a std::logic_error
#pragma once

#include <array>
#include <stdexcept>
#include <string_view>

namespace lexecon::fuzz {

void argv(std::string_view bytes);
void cache(std::string_view bytes);
void cel(std::string_view bytes);
void database(std::string_view bytes);
void entry(std::string_view bytes);
void hook(std::string_view bytes);
void json(std::string_view bytes);
void key(std::string_view bytes);
void note(std::string_view bytes);
void package(std::string_view bytes);
void policy(std::string_view bytes);
void proof(std::string_view bytes);
void receipt(std::string_view bytes);
void request(std::string_view bytes);
void sshsig(std::string_view bytes);
void text(std::string_view bytes);
void token(std::string_view bytes);
void witness(std::string_view bytes);
void yaml(std::string_view bytes);

struct Target {
  std::string_view name;  // its corpus stands in tests/fuzz/corpus/<name>
  void (*run)(std::string_view bytes);
};

inline constexpr std::array targets{
    Target{"argv", argv},         Target{"cache", cache},     Target{"cel", cel},
    Target{"database", database}, Target{"entry", entry},     Target{"hook", hook},
    Target{"json", json},         Target{"key", key},         Target{"note", note},
    Target{"package", package},   Target{"policy", policy},   Target{"proof", proof},
    Target{"receipt", receipt},   Target{"request", request}, Target{"sshsig", sshsig},
    Target{"text", text},         Target{"token", token},     Target{"witness", witness},
    Target{"yaml", yaml},
};

/// Throws what no caller expects, so that the fuzzer keeps the input.
inline void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

}  // namespace lexecon::fuzz
