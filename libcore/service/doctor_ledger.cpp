#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.hpp"
#include "ledger/head.hpp"
#include "service/doctor_checks.hpp"
#include "service/set_cache.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t second_micros = 1'000'000;
constexpr std::int64_t forgiven_seconds = 60;  // the writer repeats the last entry's time so long
constexpr std::uint64_t max_key_bytes = 4096;

std::string on_node(const std::string& words, const Patient& patient) {
  return "lexecon " + words + " --node " + shell_quote(patient.files.folder.string());
}

std::optional<std::string> problem_of(const Patient& patient, std::string_view code) {
  const auto& problems = patient.status->problems;
  const auto found = std::find_if(problems.begin(), problems.end(),
                                  [code](const Problem& each) { return each.code == code; });
  return found == problems.end() ? std::nullopt : std::optional(found->message);
}

/// Where a copy stands that cannot be replaced, nothing is appended.
bool is_stuck(const Path& copy) {
  std::error_code failed;
  return fs::exists(fs::symlink_status(copy, failed)) &&
         ::faccessat(AT_FDCWD, copy.parent_path().c_str(), W_OK | X_OK, AT_EACCESS) != 0;
}

bool is_private_folder(const Path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

bool takes_passphrase(const Path& key) {
  std::error_code failed;
  return fs::exists(key, failed) &&
         read_private_file(key, max_key_bytes).find("ENCRYPTED") != std::string::npos;
}

std::string list_of(const Drift& drift) {
  std::vector<std::string> names = drift.added;
  names.insert(names.end(), drift.changed.begin(), drift.changed.end());
  names.insert(names.end(), drift.removed.begin(), drift.removed.end());
  return join(names, ", ");
}

}  // namespace

Seen look_at_ledger_key(const Patient& patient) {
  if (const auto problem = problem_of(patient, "ledger_key")) return {Health::fail, *problem};
  return {Health::ok, "the files in keys/ are those of the log"};
}

Seen look_at_token_key(const Patient& patient) {
  if (const auto problem = problem_of(patient, "token_key")) return {Health::fail, *problem};
  return {Health::ok, "the files in keys/ are those that the log announced"};
}

Seen look_at_clock(const Patient& patient) {
  const auto& last = patient.status->last_entry_at;
  const auto behind = last ? (last->micros - patient.now.micros) / second_micros : 0;
  const std::string mend = "timedatectl set-ntp true";
  const auto said = "the clock is " + std::to_string(behind) + " s behind the last entry";
  if (behind > forgiven_seconds) return {Health::fail, said + ": nothing is recorded", mend};
  if (behind > 0) return {Health::warn, said, mend};
  return {Health::ok, "the last entry is not of the future"};
}

Seen look_at_heads(const Patient& patient) {
  if (const auto problem = problem_of(patient, "heads")) {
    return {Health::fail, *problem, on_node("ledger verify", patient)};
  }
  if (patient.state_home.empty()) return {Health::ok, "head.note agrees with the ledger"};
  const auto copy = ledger::user_head(patient.state_home, patient.node->origin);
  if (is_stuck(copy)) {
    return {Health::fail, "the user's copy of the head cannot be replaced: nothing is recorded",
            "chmod u+rwx -- " + shell_quote(copy.parent_path().string())};
  }
  std::error_code failed;
  if (!fs::exists(copy, failed)) {
    return {Health::warn, "head.note agrees with the ledger; this user has no second copy yet"};
  }
  return {Health::ok, "head.note and the user's copy agree with the ledger"};
}

Seen look_at_active_set(const Patient& patient) {
  if (const auto problem = problem_of(patient, "no_active_set")) {
    return {Health::fail, *problem, on_node("policy activate", patient)};
  }
  if (const auto problem = problem_of(patient, "active_set")) {
    return {Health::fail, *problem, on_node("ledger verify", patient)};
  }
  return {Health::ok, patient.status->active->policy_hash.hex()};
}

Seen look_at_draft(const Patient& patient) {
  if (const auto& why = patient.status->draft_unread) return {Health::warn, *why};
  const auto& drift = patient.status->draft;
  if (!drift.any()) return {Health::ok, "the files in the folder are those in force"};
  return {Health::warn, "not in force as they stand in the folder: " + list_of(drift),
          on_node("policy activate", patient)};
}

Seen look_at_cache(const Patient& patient) {
  const auto& active = patient.status->active;
  const auto folder = patient.files.cache();
  std::error_code failed;
  if (!active || !fs::exists(fs::symlink_status(folder / active->policy_hash.hex(), failed))) {
    return {Health::ok, "nothing is kept of this set; a decision compiles it"};
  }
  if (!is_private_folder(folder)) {
    return {Health::warn, "not used: the folder of the cache is open to others",
            "chmod go-rwx -- " + shell_quote(folder.string())};
  }
  if (takes_passphrase(patient.files.token_key())) {
    return {Health::ok, "not looked at: the token key takes a passphrase"};
  }
  if (SetCache(patient.node->files, nullptr).find(*active))
    return {Health::ok, "holds the active set"};
  return {Health::warn, "not used: it is not what this program kept of the active set",
          "rm -- " + shell_quote((folder / active->policy_hash.hex()).string())};
}

}  // namespace lexecon::service
