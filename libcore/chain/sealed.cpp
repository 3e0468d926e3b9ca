#include "chain/sealed.hpp"

#include "base/error.hpp"
#include "base/ids.hpp"
#include "chain/depth.hpp"
#include "chain/forward.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "json/scan.hpp"

namespace lexecon::chain {
namespace {

constexpr std::size_t salt_bytes = 32;
constexpr std::size_t frame_bytes = 20;  // of S around salt and value

void require_size(std::size_t size) {
  if (size > max_sealed_bytes) {
    throw Error(ErrorCode::bad_input,
                "expected sealed content of at most 1 MiB, got " + std::to_string(size) + " bytes");
  }
}

}  // namespace

std::string seal(const Json& value, Entropy& entropy) {
  require_depth(value, json::max_depth - 1);
  return seal_text(json::canonical(value), entropy);
}

std::string seal_text(std::string_view canonical, Entropy& entropy) {
  // Hex needs no escape, and `salt` stands before `value` in JCS.
  const auto salt = to_hex(entropy.bytes(salt_bytes));
  std::string out;
  out.reserve(salt.size() + canonical.size() + frame_bytes);
  out.append(R"({"salt":")").append(salt).append(R"(","value":)").append(canonical) += '}';
  require_size(out.size());
  return out;
}

Json unseal(std::string_view bytes) {
  require_size(bytes.size());
  const Json whole = json::parse_canonical(bytes, "sealed content");
  json::Reader reader(whole);
  if (!is_hex(reader.text("salt"), 2 * salt_bytes)) {
    throw Error(ErrorCode::bad_input, "expected 64 lower-case hex digits", "/salt");
  }
  Json value = reader.member("value");
  reader.finish();
  return value;
}

bool is_sealed(std::string_view bytes) {
  if (bytes.size() > max_sealed_bytes) return false;
  Forward reader(bytes);
  Word salt;
  if (!reader.literal(R"({"salt":)") || !reader.hex(salt, 2 * salt_bytes) ||
      !reader.literal(R"(,"value":)")) {
    return false;
  }
  const auto start = static_cast<std::size_t>(reader.position() - bytes.data());
  if (reader.value(json::max_depth - 1) && reader.literal("}") && reader.at_end()) return true;
  // A value with fractions, escapes or letters beyond ASCII.
  return bytes.ends_with('}') && json::is_canonical(bytes) &&
         json::is_canonical(bytes.substr(start, bytes.size() - start - 1));
}

}  // namespace lexecon::chain
