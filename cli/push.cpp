#include "push.hpp"

#include <array>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace lexecon::cli {
namespace {

constexpr std::size_t max_updates = 1'000;

bool is_object_id(std::string_view text) { return is_hex(text, 40) || is_hex(text, 64); }

/// The last `count` words of a line; what stands before them may have spaces.
std::vector<std::string> last_words(std::string_view line, std::size_t count) {
  std::vector<std::string> words(count);
  for (std::size_t i = count; i-- > 1;) {
    const auto space = line.rfind(' ');
    if (space == std::string_view::npos) return {};
    words[i] = line.substr(space + 1);
    line = line.substr(0, space);
  }
  words[0] = line;
  return words;
}

RefUpdate read_update(std::string_view hook, std::string_view line, const std::string& where) {
  const bool pushes = hook == "pre-push";
  const auto words = last_words(line, pushes ? 4 : 3);
  RefUpdate update;
  if (!words.empty()) {
    update =
        pushes ? RefUpdate{words[2], words[3], words[1]} : RefUpdate{words[2], words[0], words[1]};
  }
  if (!is_object_id(update.old_id) || !is_object_id(update.new_id) ||
      !update.ref.starts_with("refs/")) {
    const auto* shape =
        pushes ? "<local ref> <object> <remote ref> <object>" : "<old object> <new object> <ref>";
    throw Error(ErrorCode::bad_input, "expected " + std::string(shape), where,
                "git gives these lines to its hooks");
  }
  return update;
}

/// The bytes of a term; '/' stays, '%' itself is encoded.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@/+-";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
  }
  return out;
}

}  // namespace

std::vector<RefUpdate> read_updates(std::string_view hook, std::string_view bytes) {
  std::vector<RefUpdate> updates;
  while (!bytes.empty()) {
    const auto where = "standard input:" + std::to_string(updates.size() + 1);
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) {
      throw Error(ErrorCode::bad_input, "expected a newline at the end", where);
    }
    if (updates.size() == max_updates) {
      throw Error(ErrorCode::bad_input,
                  "expected at most " + std::to_string(max_updates) + " refs in one push", where,
                  "push in several parts");
    }
    updates.push_back(read_update(hook, bytes.substr(0, end), where));
    bytes.remove_prefix(end + 1);
  }
  return updates;
}

std::string ref_resource(std::string_view repository, std::string_view ref) {
  return "resource:git:" + percent_encoded(repository) + "/" + percent_encoded(ref);
}

Json push_request(const RefUpdate& update, UpdateKind kind, const std::string& actor,
                  const std::string& repository) {
  return {{"actor", actor},
          {"action", "action:git:" + std::string(operation(kind))},
          {"resource", ref_resource(repository, update.ref)},
          {"context",
           {{"old", update.old_id},
            {"new", update.new_id},
            {"forced", kind == UpdateKind::force_push}}}};
}

}  // namespace lexecon::cli
