#include "git.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.hpp"
#include "child.hpp"

namespace lexecon::cli {
namespace {

using std::chrono_literals::operator""s;

constexpr auto question_patience = 5s;

/// SECURITY: where the objects of a push are; nothing by which the caller could steer git.
constexpr std::array<std::string_view, 8> passed_on{"HOME",
                                                    "XDG_CONFIG_HOME",
                                                    "GIT_DIR",
                                                    "GIT_COMMON_DIR",
                                                    "GIT_OBJECT_DIRECTORY",
                                                    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                                    "GIT_QUARANTINE_PATH",
                                                    "GIT_CEILING_DIRECTORIES"};

std::vector<std::string> reduced_environment(std::span<const std::string_view> names) {
  auto environment = environment_of(names);
  // Replaced objects, grafts and a commit graph on disk could make a rewritten history look whole;
  // no protocol is allowed, so that a partial clone never fetches.
  for (const auto* each :
       {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "GIT_NO_REPLACE_OBJECTS=1",
        "GIT_GRAFT_FILE=/dev/null", "GIT_ALLOW_PROTOCOL=", "GIT_TERMINAL_PROMPT=0",
        "GIT_OPTIONAL_LOCKS=0"}) {
    environment.emplace_back(each);
  }
  return environment;
}

Path require_git() {
  if (auto git = find_program("git")) return *git;
  throw Error(ErrorCode::configuration, "git is not installed", {},
              "expected in /usr/local/bin, /usr/bin or /bin");
}

/// One line that git answers about a repository; the caller's GIT_ variables do not count.
std::string ask(const Path& repository, std::vector<std::string> question) {
  question.insert(question.begin(), {"-C", repository.string(), "rev-parse"});
  constexpr std::array<std::string_view, 2> names{"HOME", "XDG_CONFIG_HOME"};
  auto ended = run_child({require_git(), question, reduced_environment(names)}, question_patience);
  if (ended.exit_status != 0 || !ended.output.ends_with('\n')) {
    throw Error(ErrorCode::not_found, "expected a git repository", repository.string(),
                "--repo DIR names one");
  }
  ended.output.pop_back();
  return ended.output;
}

bool is_zero(const std::string& id) { return id.find_first_not_of('0') == std::string::npos; }

bool is_ancestor(const RefUpdate& update, std::chrono::milliseconds patience) {
  const auto git = find_program("git");
  if (!git || patience.count() <= 0) return false;
  const Child child{
      *git,
      {"-c", "core.commitGraph=false", "merge-base", "--is-ancestor", update.old_id, update.new_id},
      reduced_environment(passed_on)};
  return run_child(child, patience).exit_status == 0;
}

std::string name_of(const Path& git_folder) {
  const bool below_tree = git_folder.filename() == ".git";
  auto name = (below_tree ? git_folder.parent_path() : git_folder).filename().string();
  if (name.size() > 4 && name.ends_with(".git")) name.erase(name.size() - 4);
  return name;
}

}  // namespace

Repository find_repository(const Path& folder) {
  // Linked working trees share one repository, and its hooks: all of them ask under its name.
  const Path git_folder(ask(folder, {"--path-format=absolute", "--git-common-dir"}));
  // Hooks run at the top of the working tree, and a relative core.hooksPath starts there.
  const bool bare = ask(folder, {"--is-bare-repository"}) == "true";
  const auto top = bare ? git_folder : Path(ask(folder, {"--show-toplevel"}));
  const Path hooks(ask(top, {"--git-path", "hooks"}));
  return {name_of(git_folder), git_folder, (top / hooks).lexically_normal(), top};
}

std::string_view operation(UpdateKind kind) {
  switch (kind) {
    case UpdateKind::push:
      return "push";
    case UpdateKind::force_push:
      return "force_push";
    case UpdateKind::create:
      return "create";
    case UpdateKind::remove:
      return "delete";
  }
  return "force_push";
}

UpdateKind kind_of(const RefUpdate& update, std::chrono::steady_clock::time_point deadline) {
  if (is_zero(update.new_id)) return UpdateKind::remove;
  if (is_zero(update.old_id)) return UpdateKind::create;
  // A tag does not move: putting it elsewhere is forced, wherever it went.
  if (update.ref.starts_with("refs/tags/")) return UpdateKind::force_push;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  return is_ancestor(update, left) ? UpdateKind::push : UpdateKind::force_push;
}

}  // namespace lexecon::cli
