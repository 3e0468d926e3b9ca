// What Meson precompiles for libcore; CMake precompiles json/json.hpp itself.
#include "json/json.hpp"
