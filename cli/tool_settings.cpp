#include "tool_settings.hpp"

#include <sys/stat.h>

#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/real_path.hpp"
#include "base/text.hpp"
#include "git.hpp"
#include "json/edit.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_settings_bytes = 16U << 20U;
constexpr int host_patience = 600;  // seconds; the hook's own deadline is far below
constexpr std::string_view start = "sh -c ";
constexpr std::string_view mark = " hook run claude-code --node ";
using Place = std::vector<std::string>;

std::string text_of(const Path& file) {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) return "{}\n";
  return read_file(file, max_settings_bytes);
}

[[noreturn]] void refuse(const Path& file, const std::string& expected) {
  throw Error(ErrorCode::bad_input, expected, file.string(),
              "the file was left as it is: mend it, then install again");
}

/// The groups of PreToolUse, an empty list when there is none. Errors name the file.
Json groups_of(const std::string& text, const Path& file) {
  const auto settings = json::parse(text, file.string());
  if (!settings.is_object()) refuse(file, "expected settings, a JSON object");
  const auto hooks = settings.find("hooks");
  if (hooks == settings.end()) return Json::array();
  if (!hooks->is_object()) refuse(file, "expected an object as `hooks`");
  const auto groups = hooks->find("PreToolUse");
  if (groups == hooks->end()) return Json::array();
  if (!groups->is_array()) refuse(file, "expected a list as `hooks.PreToolUse`");
  for (const auto& group : *groups) {
    if (!group.is_object() || !group.contains("hooks") || !group.at("hooks").is_array()) {
      refuse(file, "expected a list of groups with `hooks` as `hooks.PreToolUse`");
    }
  }
  return *groups;
}

Path existing_folder(const Path& path) {
  std::error_code failed;
  const auto real = std::filesystem::canonical(path, failed);
  if (!failed && std::filesystem::is_directory(real)) return real;
  throw Error(ErrorCode::not_found, "expected a folder", path.string(), "--project DIR names it");
}

bool is_ours(const Json& entry) {
  if (!entry.is_object() || entry.value("type", Json()) != "command") return false;
  const auto command = entry.value("command", Json());
  if (!command.is_string()) return false;
  const auto& text = command.get_ref<const std::string&>();
  return text.starts_with(start) && text.find(mark) != std::string::npos;
}

Json entry_for(const std::string& command) {
  return {{"type", "command"},
          {"command", command},
          {"timeout", host_patience},
          {"onFailure", "block"}};
}

Json group_for(const std::string& command) {
  return {{"matcher", "*"}, {"hooks", Json::array({entry_for(command)})}};
}

std::string with_group(const std::string& text, const Json& group) {
  const auto settings = json::parse(text);
  const auto hooks = settings.find("hooks");
  if (hooks == settings.end()) {
    return json::with_member(text, {}, "hooks", {{"PreToolUse", Json::array({group})}});
  }
  if (!hooks->contains("PreToolUse")) {
    return json::with_member(text, {"hooks"}, "PreToolUse", Json::array({group}));
  }
  return json::with_element(text, {"hooks", "PreToolUse"}, group);
}

/// Takes the entry out, and then what it leaves empty: its group, the list, `hooks`.
std::string without_entry(std::string text, std::size_t group, std::size_t entry) {
  const Place list{"hooks", "PreToolUse"};
  const Place place{"hooks", "PreToolUse", std::to_string(group)};
  text = json::without(text, {list[0], list[1], place[2], "hooks", std::to_string(entry)});
  const auto left = json::parse(text).at(list[0]).at(list[1]).at(group);
  const std::size_t own = left.contains("matcher") ? 2 : 1;
  if (!left.at("hooks").empty() || left.size() != own) return text;
  text = json::without(text, place);
  if (json::parse(text).at(list[0]).at(list[1]).empty()) text = json::without(text, list);
  if (json::parse(text).at(list[0]).empty()) text = json::without(text, {list[0]});
  return text;
}

/// In the place of what a link leads to, with its permissions.
void replace(const Path& file, const std::string& text) {
  const auto real = real_path(std::filesystem::absolute(file));
  struct stat before {};
  const bool stood = stat(real.c_str(), &before) == 0;
  if (!stood) std::filesystem::create_directories(real.parent_path());
  replace_file(real, text, Access::as_umask);
  if (stood && chmod(real.c_str(), before.st_mode & 07777U) != 0) {
    throw Error(ErrorCode::io, "the permissions of the settings could not be kept", real.string());
  }
}

}  // namespace

Path project_of(const Arguments& given) {
  if (const auto project = given.text("--project")) return existing_folder(*project);
  std::optional<Repository> around;
  try {
    around = find_repository(".");
  } catch (const Error&) {
    return existing_folder(".");  // no git, or no repository
  }
  return existing_folder(around->top);
}

std::string tool_hook_command(const ToolHookSettings& settings) {
  const auto project = settings.project.empty() ? std::string("\"$CLAUDE_PROJECT_DIR\"")
                                                : shell_quote(settings.project);
  const auto call = shell_quote(settings.program.string()) + " hook run " + settings.host +
                    " --node " + shell_quote(settings.node.string()) + " --origin " +
                    shell_quote(settings.origin) + " --key " + shell_quote(settings.key) +
                    " --project " + project + " --actor " + shell_quote(settings.actor);
  return std::string(start) + shell_quote(call + " || exit 2");
}

bool add_tool_hook(const Path& file, const std::string& command) {
  const auto text = text_of(file);
  for (const auto& group : groups_of(text, file)) {
    for (const auto& entry : group.at("hooks")) {
      if (entry == entry_for(command) && group == group_for(command)) return false;
      if (is_ours(entry)) {
        throw Error(ErrorCode::cannot_create, "a hook with other settings is installed already",
                    file.string(), "`lexecon hook uninstall claude-code` takes it away");
      }
    }
  }
  replace(file, with_group(text, group_for(command)));
  return true;
}

int remove_tool_hooks(const Path& file) {
  auto text = text_of(file);
  int removed = 0;
  for (bool again = true; again;) {
    again = false;
    const auto groups = groups_of(text, file);
    for (std::size_t i = 0; i < groups.size() && !again; ++i) {
      const auto& entries = groups[i].at("hooks");
      for (std::size_t j = 0; j < entries.size() && !again; ++j) {
        if (!is_ours(entries[j])) continue;
        text = without_entry(text, i, j);
        again = true;
        ++removed;
      }
    }
  }
  if (removed > 0) replace(file, text);
  return removed;
}

}  // namespace lexecon::cli
