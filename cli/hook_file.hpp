// The script in a repository's hooks folder: written, found again, taken away.
//
// Shapes   an earlier hook becomes <hook>.before-lexecon and is run first; the exchange is atomic,
//          so that at no moment is there no hook
// Errors   Error{cannot_create} when something is in the way; Error{not_found} when ours is not there
// Source   templates/hooks; lexecon-hook(1)
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace lexecon::cli {

struct HookSettings {
  std::string hook;  // pre-push, pre-receive
  Path program;      // this one, absolute
  Path node;         // absolute
  std::string origin;
  std::string key;  // the log's vkey
  std::string repository;
  std::string actor;
};

struct InstalledHook {
  Path path;
  std::optional<Path> earlier;
  bool runs_earlier = false;  // not when git ignored it, because nobody could execute it
};

[[nodiscard]] std::string hook_script(const HookSettings& settings,
                                      const std::optional<Path>& earlier);
[[nodiscard]] InstalledHook install_hook(const Path& folder, const HookSettings& settings);
/// What stands there afterwards: the earlier hook, if there was one.
[[nodiscard]] InstalledHook uninstall_hook(const Path& folder, const std::string& hook);

/// What our script in that place calls; nothing when another script or none stands there.
struct HookCall {
  std::string program;
  std::string node;
  std::string key;
};
[[nodiscard]] std::optional<HookCall> call_of(const Path& script, const std::string& hook);

}  // namespace lexecon::cli
