#include "hook_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <map>

#include "base/descriptor.hpp"
#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_hook_bytes = 1U << 20U;

std::string_view template_of(const std::string& hook) {
  for (const auto& each : embedded_files()) {
    if (each.path == "templates/hooks/" + hook) return each.bytes;
  }
  throw Error(ErrorCode::internal, "there is no template for the hook `" + hook + "`");
}

/// Replaces every @NAME@ once; what is put in is not read again.
std::string filled(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string out;
  while (!text.empty()) {
    const auto begin = text.find('@');
    out += text.substr(0, begin);
    if (begin == std::string_view::npos) break;
    const auto end = text.find('@', begin + 1);
    const auto name = std::string(text.substr(begin + 1, end - begin - 1));
    if (const auto found = values.find(name); found != values.end()) {
      out += found->second;
      text.remove_prefix(end + 1);
    } else {
      out += '@';
      text.remove_prefix(begin + 1);
    }
  }
  return out;
}

bool stands(const Path& path) {
  struct stat entry {};
  return lstat(path.c_str(), &entry) == 0;
}

/// Made by install_hook: its second line says so.
bool is_ours(const Path& path, const std::string& hook) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(path, ignored)))
    return false;
  return read_file(path, max_hook_bytes).starts_with("#!/bin/sh\n# lexecon-hook/1 " + hook + "\n");
}

void write_script(const Path& path, const std::string& script) {
  write_new_file(path, script, Access::as_umask);
  if (chmod(path.c_str(), 0755) != 0) throw system_error(ErrorCode::io, "chmod", path, errno);
}

void rename_with(unsigned flags, const Path& from, const Path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0) return;
  const int number = errno;
  unlink(from.c_str());
  throw system_error(ErrorCode::cannot_create, "put in place", to, number);
}

/// The word of the shell that begins after `mark`, as the shell reads what shell_quote wrote.
std::string word_after(std::string_view script, std::string_view mark) {
  const auto begin = script.find(mark);
  std::string word;
  bool quoted = false;
  for (auto at = begin == std::string_view::npos ? script.size() : begin + mark.size();
       at < script.size() && (quoted || script[at] != ' '); ++at) {
    if (script[at] == '\'') {
      quoted = !quoted;
    } else {
      if (!quoted && script[at] == '\\') ++at;
      word += script[at];
    }
  }
  return word;
}

Path aside(const Path& path) { return path.string() + ".before-lexecon"; }

}  // namespace

std::string hook_script(const HookSettings& settings, const std::optional<Path>& earlier) {
  return filled(template_of(settings.hook),
                {{"HOOK", settings.hook},
                 {"EARLIER", earlier ? shell_quote(earlier->string()) : "''"},
                 {"PROGRAM", shell_quote(settings.program.string())},
                 {"NODE", shell_quote(settings.node.string())},
                 {"ORIGIN", shell_quote(settings.origin)},
                 {"KEY", shell_quote(settings.key)},
                 {"REPOSITORY", shell_quote(settings.repository)},
                 {"ACTOR", shell_quote(settings.actor)}});
}

std::optional<HookCall> call_of(const Path& script, const std::string& hook) {
  if (!is_ours(script, hook)) return std::nullopt;
  const auto bytes = read_file(script, max_hook_bytes);
  // The last line but one pipes to us; an earlier hook is piped to before.
  constexpr std::string_view pipe = "printf %s \"$refs\" | ";
  const auto line = std::string_view(bytes).substr(std::min(bytes.rfind(pipe), bytes.size()));
  return HookCall{.program = word_after(line, pipe),
                  .node = word_after(line, " --node "),
                  .key = word_after(line, " --key ")};
}

InstalledHook install_hook(const Path& folder, const HookSettings& settings) {
  InstalledHook out{.path = folder / settings.hook, .earlier = {}};
  const auto undo = "`lexecon hook uninstall " + settings.hook + "` takes it away";
  if (is_ours(out.path, settings.hook)) {
    throw Error(ErrorCode::cannot_create, "the hook is installed already", out.path.string(), undo);
  }
  if (stands(aside(out.path))) {
    throw Error(ErrorCode::cannot_create, "an earlier hook was moved aside already",
                aside(out.path).string(), "move it to another name");
  }
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw system_error(ErrorCode::cannot_create, "make", folder, failed.value());
  if (std::filesystem::is_directory(out.path, failed)) {
    throw Error(ErrorCode::cannot_create, "expected a file, seen a directory", out.path.string());
  }
  if (stands(out.path)) {
    out.earlier = aside(out.path);
    out.runs_earlier = access(out.path.c_str(), X_OK) == 0;
    write_script(*out.earlier,
                 hook_script(settings, out.runs_earlier ? out.earlier : std::nullopt));
    rename_with(RENAME_EXCHANGE, *out.earlier, out.path);
  } else {
    const Path made = out.path.string() + ".lexecon-new";
    write_script(made, hook_script(settings, std::nullopt));
    rename_with(RENAME_NOREPLACE, made, out.path);
  }
  sync_folder(folder);
  return out;
}

InstalledHook uninstall_hook(const Path& folder, const std::string& hook) {
  InstalledHook out{.path = folder / hook, .earlier = {}};
  if (!is_ours(out.path, hook)) {
    throw Error(ErrorCode::not_found, "there is no hook of lexecon", out.path.string());
  }
  auto leaving = out.path;
  if (stands(aside(out.path))) {
    leaving = aside(out.path);
    out.earlier = out.path;
    if (renameat2(AT_FDCWD, leaving.c_str(), AT_FDCWD, out.path.c_str(), RENAME_EXCHANGE) != 0) {
      throw system_error(ErrorCode::io, "put back", out.path, errno);
    }
  }
  if (unlink(leaving.c_str()) != 0) throw system_error(ErrorCode::io, "remove", leaving, errno);
  sync_folder(folder);
  return out;
}

}  // namespace lexecon::cli
