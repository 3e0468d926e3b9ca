#include "package/names.hpp"

#include <algorithm>
#include <set>

#include "base/ids.hpp"
#include "base/text.hpp"

namespace lexecon::package {
namespace {

constexpr std::size_t most_bytes = 200;
constexpr std::ptrdiff_t most_folders = 16;
constexpr std::string_view export_prefix = "exp_";
constexpr std::size_t export_digits = 16;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

bool is_component(std::string_view part) {
  return !part.empty() && part != "." && part != ".." &&
         std::all_of(part.begin(), part.end(), is_name_byte);
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

bool is_export_id(std::string_view text) {
  return text.starts_with(export_prefix) &&
         is_hex(text.substr(export_prefix.size()), export_digits);
}

bool is_payload_name(std::string_view path) {
  if (!path.starts_with(payload_folder) || path.size() > most_bytes) return false;
  if (std::count(path.begin(), path.end(), '/') > most_folders) return false;
  const auto parts = split(path, '/');
  return std::all_of(parts.begin(), parts.end(), is_component);
}

std::optional<std::string> fault_of_names(std::span<const std::string> names) {
  std::set<std::string, std::less<>> files;
  for (const auto& name : names) {
    if (!is_payload_name(name)) return "`" + printable(name) + "` is no name of a payload file";
    if (!files.insert(lower(name)).second) return "`" + name + "` is there twice, but for its case";
  }
  for (const auto& name : files) {
    for (auto end = name.find('/'); end != std::string::npos; end = name.find('/', end + 1)) {
      if (files.contains(name.substr(0, end))) {
        return "`" + name.substr(0, end) + "` is a file and a folder";
      }
    }
  }
  return std::nullopt;
}

}  // namespace lexecon::package
