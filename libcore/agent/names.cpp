#include "agent/names.hpp"

#include <algorithm>
#include <cctype>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/term.hpp"
#include "crypto/hash.hpp"

namespace lexecon::agent {
namespace {

constexpr std::string_view itself = "%2F";          // no segment has a '/'
constexpr std::string_view digest_follows = "%00";  // nor a NUL
constexpr std::size_t digest_bytes = 64;

std::string encoded(std::string_view segment) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : segment) {
    if (plain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
  }
  return out;
}

/// `text` when it is short enough, else its leading segments and a digest of all of it.
std::string within_bounds(const std::string& prefix, const std::string& text) {
  if (prefix.size() + text.size() <= chain::max_term_bytes) return prefix + text;
  const auto room = chain::max_term_bytes - prefix.size() - digest_follows.size() - digest_bytes;
  const auto cut = text.rfind('/', room - 1);
  const auto kept = cut == std::string::npos ? std::string() : text.substr(0, cut + 1);
  return prefix + kept + std::string(digest_follows) + crypto::sha256(text).hex();
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c);
  });
  return out;
}

[[noreturn]] void refuse_url(std::string_view url) {
  throw Error(ErrorCode::bad_input,
              "expected http:// or https://, a host name and perhaps a port, found `" +
                  std::string(url.substr(0, 100)) + "`",
              {}, "a URL that programs read differently is not asked about");
}

bool all_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_host_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
  return all_of(name, allowed) && name.front() != '.' && name.size() <= 200 &&
         name.find("..") == std::string_view::npos;
}

bool is_address(std::string_view name) {
  return name.size() > 2 && name.size() <= 64 && name.front() == '[' && name.back() == ']' &&
         all_of(name.substr(1, name.size() - 2), "0123456789abcdef:.");
}

}  // namespace

bool is_inside(const Path& real, const Path& top) {
  if (real == top || top == "/") return true;
  return real.native().starts_with(top.native() + "/");
}

std::string file_resource(const Path& real, const Path& top) {
  const bool inside = is_inside(real, top);
  const std::string prefix = inside ? "resource:file:" : "resource:file_abs:";
  std::string_view rest = real.native();
  rest.remove_prefix(inside && top != "/" ? top.native().size() : 0);
  if (rest.empty() || rest == "/") return prefix + std::string(itself);
  std::string text;
  for (const auto& segment : split(rest.substr(1), '/')) {
    text += (text.empty() ? "" : "/") + encoded(segment);
  }
  return within_bounds(prefix, text);
}

// SECURITY: anything that a lenient reader of URLs would take for another host is refused.
std::string host_resource(std::string_view url) {
  const auto scheme = lower(url.substr(0, std::min<std::size_t>(url.find("://"), url.size())));
  if (scheme != "http" && scheme != "https") refuse_url(url);
  auto rest = url.substr(scheme.size() + 3);
  rest = rest.substr(0, std::min(rest.find_first_of("/?#"), rest.size()));
  auto name = lower(rest);
  std::string port;
  const auto colon = name.rfind(':');
  if (colon != std::string::npos && (name.empty() || name.back() != ']')) {
    port = name.substr(colon + 1);
    name.erase(colon);
    if (!all_of(port, "0123456789") || port.size() > 5 || port.front() == '0') refuse_url(url);
  }
  if (name.size() > 1 && name.back() == '.') name.pop_back();
  if (!is_host_name(name) && !is_address(name)) refuse_url(url);
  const bool usual = port.empty() || port == (scheme == "http" ? "80" : "443");
  return "resource:host:" + encoded(name) + (usual ? "" : ":" + port);
}

}  // namespace lexecon::agent
