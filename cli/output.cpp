#include "output.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "exit_code.hpp"
#include "json/json.hpp"

namespace lexecon::cli {
namespace {

/// Columns on a terminal, for text whose characters are one column wide.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string dump(const Json& value, int indent, bool ascii) {
  // Paths in messages may be any bytes: they are replaced here, never thrown about.
  return value.dump(indent, ' ', ascii, Json::error_handler_t::replace);
}

/// One reference token with ~1 and ~0 undone; nothing when a ~ stands before anything else.
std::optional<std::string> unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      out += token[i];
    } else if (++i < token.size() && (token[i] == '0' || token[i] == '1')) {
      out += token[i] == '0' ? '~' : '/';
    } else {
      return std::nullopt;
    }
  }
  return out;
}

const Json* member_of(const Json& value, const std::string& token) {
  if (value.is_object()) {
    const auto found = value.find(token);
    return found == value.end() ? nullptr : &*found;
  }
  if (!value.is_array()) return nullptr;
  const auto index = parse_integer(token);
  if (!index || *index < 0 || static_cast<std::uint64_t>(*index) >= value.size()) return nullptr;
  return &value[static_cast<std::size_t>(*index)];
}

}  // namespace

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    auto& line = cells.emplace_back();
    for (const auto& cell : row) {
      line.push_back(printable(cell));
      if (widths.size() < line.size()) widths.push_back(0);
      auto& widest = widths[line.size() - 1];
      widest = std::max(widest, width(line.back()));
    }
  }
  std::string out;
  for (const auto& line : cells) {
    for (std::size_t column = 0; column < line.size(); ++column) {
      out += line[column];
      if (column + 1 == line.size()) continue;
      out.append(widths[column] - width(line[column]) + 2, ' ');
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, value] : pairs) {
    if (!value.empty()) rows.push_back({name, value});
  }
  return table(rows);
}

std::string shown(const Json& value) {
  if (value.is_null()) return "-";
  return value.is_string() ? value.get<std::string>() : dump(value, -1, false);
}

std::string shown(const Json& object, std::string_view member) {
  const auto found = object.find(std::string(member));
  return found == object.end() ? std::string("-") : shown(*found);
}

std::string json_text(const Json& document, bool terminal) {
  auto text = dump(document, terminal ? 2 : -1, terminal);
  // The library leaves DEL as it is.
  for (auto at = text.find('\x7F'); terminal && at != std::string::npos; at = text.find('\x7F')) {
    text.replace(at, 1, "\\u007f");
  }
  return text + "\n";
}

std::vector<std::string> pointer_tokens(std::string_view pointer) {
  const auto name = std::string(pointer);
  if (!pointer.empty() && !pointer.starts_with('/')) {
    throw Error(ErrorCode::usage, "expected a JSON pointer that starts with /, seen `" + name + "`",
                "--pointer");
  }
  auto tokens = split(pointer, '/');
  tokens.erase(tokens.begin());  // what stands before the first slash
  for (auto& token : tokens) {
    auto plain = unescaped(token);
    if (!plain) {
      throw Error(ErrorCode::usage, "expected ~0 or ~1 in the JSON pointer `" + name + "`",
                  "--pointer");
    }
    token = *std::move(plain);
  }
  return tokens;
}

std::optional<std::string> value_at(const Json& document, const std::vector<std::string>& tokens) {
  const Json* value = &document;
  for (const auto& token : tokens) {
    value = member_of(*value, token);
    if (value == nullptr) return std::nullopt;
  }
  return value->is_string() ? value->get<std::string>() : dump(*value, -1, false);
}

std::string printable_lines(std::string_view text) {
  std::string out;
  for (;;) {
    const auto end = text.find('\n');
    out += printable(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

Json error_document(const Error& error) {
  const Json body{{"code", to_string(error.code())},
                  {"class", error_class(error.code())},
                  {"message", error.message()},
                  {"hint", error.hint()},
                  {"where", error.where()}};
  return {{"schema", "lexecon.error/1"}, {"error", body}};
}

std::string error_text(const Error& error, bool json) {
  if (json) return dump(error_document(error), -1, true) + "\n";
  std::string out = "lexecon: error: " + printable(error.message());
  if (!error.where().empty()) out += " [" + printable(error.where()) + "]";
  out += '\n';
  if (!error.hint().empty()) out += "lexecon: hint: " + printable(error.hint()) + "\n";
  return out;
}

}  // namespace lexecon::cli
