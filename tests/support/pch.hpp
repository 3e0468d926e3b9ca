#include <doctest/doctest.h>

#include "json/json.hpp"
