// The two things that git is asked: where a repository's hooks are, and what an update does.
//
// Errors   Error{configuration} without git, Error{not_found} outside a repository; a doubt about an
//          update is no error: it counts as forced
// Source   githooks(5), git-merge-base(1)
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace lexecon::cli {

struct Repository {
  std::string name;   // its directory's, without ".git" at the end
  Path git_folder;    // absolute
  Path hooks_folder;  // absolute; not below git_folder where core.hooksPath says so
  Path top;           // of the working tree, absolute; git_folder when there is none
};
/// Of the repository that `folder` is in.
[[nodiscard]] Repository find_repository(const Path& folder);

struct RefUpdate {
  std::string ref;
  std::string old_id;  // all zeros: the ref is new
  std::string new_id;  // all zeros: the ref goes
};
enum class UpdateKind { push, force_push, create, remove };
[[nodiscard]] std::string_view operation(UpdateKind kind);

/// Asks git in the working directory whether the old commit stays in the history of the new one;
/// from `deadline` on nothing is asked and every other update counts as forced.
[[nodiscard]] UpdateKind kind_of(const RefUpdate& update,
                                 std::chrono::steady_clock::time_point deadline);

}  // namespace lexecon::cli
