#include "cel/functions.hpp"

#include <algorithm>

namespace lexecon::cel {
namespace {

constexpr Arity none;
constexpr Arity one{1, 1};
constexpr Arity zone{0, 1};  // an accessor may name one

constexpr std::array<Signature, 25> table = {{
    {"size", Function::size, one, {0, 0}},
    {"startsWith", Function::starts_with, none, one},
    {"endsWith", Function::ends_with, none, one},
    {"contains", Function::contains, none, one},
    {"matches", Function::matches, {2, 2}, one},
    {"type", Function::type, one, none},
    {"dyn", Function::dyn, one, none},
    {"bool", Function::to_bool, one, none},
    {"bytes", Function::to_bytes, one, none},
    {"double", Function::to_double, one, none},
    {"duration", Function::to_duration, one, none},
    {"int", Function::to_int, one, none},
    {"string", Function::to_string, one, none},
    {"timestamp", Function::to_timestamp, one, none},
    {"uint", Function::to_uint, one, none},
    {"getFullYear", Function::full_year, none, zone},
    {"getMonth", Function::month, none, zone},
    {"getDate", Function::date, none, zone},
    {"getDayOfMonth", Function::day_of_month, none, zone},
    {"getDayOfWeek", Function::day_of_week, none, zone},
    {"getDayOfYear", Function::day_of_year, none, zone},
    {"getHours", Function::hours, none, zone},
    {"getMinutes", Function::minutes, none, zone},
    {"getSeconds", Function::seconds, none, zone},
    {"getMilliseconds", Function::milliseconds, none, zone},
}};

}  // namespace

std::span<const Signature> signatures() { return table; }

const Signature* signature_of(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [name](const Signature& known) { return known.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace lexecon::cel
