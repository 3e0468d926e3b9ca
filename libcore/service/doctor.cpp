#include "service/doctor.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "service/doctor_checks.hpp"

namespace lexecon::service {
namespace {

/// When a check of this kind fails, the ledger is not opened.
enum class Kind : std::uint8_t { apart, before_ledger, in_ledger };

struct Check {
  std::string_view name;
  Kind kind;
  Seen (*look)(const Patient&);
};

constexpr std::array checks{
    Check{"folder", Kind::apart, look_at_folder},
    Check{"files", Kind::before_ledger, look_at_files},
    Check{"private_keys", Kind::before_ledger, look_at_private_keys},
    Check{"file_system", Kind::apart, look_at_file_system},
    Check{"free_space", Kind::apart, look_at_room},
    Check{"leftovers", Kind::apart, look_for_leftovers},
    Check{"state_home", Kind::apart, look_at_state_home},
    Check{"libraries", Kind::apart, look_at_libraries},
    Check{"database", Kind::before_ledger, look_at_database},
    Check{"journal", Kind::before_ledger, look_for_journal},
    Check{"ledger_key", Kind::in_ledger, look_at_ledger_key},
    Check{"token_key", Kind::in_ledger, look_at_token_key},
    Check{"clock", Kind::in_ledger, look_at_clock},
    Check{"heads", Kind::in_ledger, look_at_heads},
    Check{"active_set", Kind::in_ledger, look_at_active_set},
    Check{"draft", Kind::in_ledger, look_at_draft},
    Check{"cache", Kind::in_ledger, look_at_cache},
};

std::string with_place(const Error& error) {
  return error.where().empty() ? error.message() : error.message() + " (" + error.where() + ")";
}

Finding finding_of(std::string_view name, Seen seen) {
  return {std::string(name), seen.health, std::move(seen.detail), std::move(seen.mend)};
}

Finding run(const Check& check, const Patient& patient) {
  try {
    return finding_of(check.name, check.look(patient));
  } catch (const Error& error) {
    return finding_of(check.name, {Health::fail, with_place(error)});
  }
}

std::string verify_command(const Path& folder) {
  return "lexecon ledger verify --node " + shell_quote(folder.string());
}

Seen open_ledger_of(Patient& patient) {
  try {
    patient.node = open_node(patient.files.folder);
    patient.status = status(*patient.node, patient.state_home);
  } catch (const Error& error) {
    return {Health::fail, with_place(error), verify_command(patient.files.folder)};
  }
  return {Health::ok, std::to_string(patient.status->entries) + " entries of " +
                          patient.node->origin +
                          "; whether they are true, `lexecon ledger verify` says"};
}

bool may_open(const std::vector<Finding>& findings) {
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (checks.at(i).kind == Kind::before_ledger && findings[i].health == Health::fail)
      return false;
  }
  return true;
}

/// A folder that never was a node has no finding: it is told as every command tells it.
void require_node(const ledger::NodeFiles& files) {
  std::error_code failed;
  const auto stands = [&failed](const Path& path) {
    return std::filesystem::exists(std::filesystem::symlink_status(path, failed));
  };
  if (stands(files.database()) || stands(files.ledger_key()) || stands(files.token_key())) return;
  (void)open_node(files.folder);
}

std::string_view to_string(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::warn:
      return "warn";
    case Health::fail:
      return "fail";
    case Health::not_run:
      return "not_run";
  }
  return "fail";
}

}  // namespace

Diagnosis examine(const Path& folder, const Path& state_home, Timestamp now) {
  Patient patient{.files = {folder}, .state_home = state_home, .now = now};
  require_node(patient.files);
  Diagnosis diagnosis{.folder = folder, .findings = {}};
  auto& findings = diagnosis.findings;
  const auto first = std::find_if(checks.begin(), checks.end(),
                                  [](const Check& check) { return check.kind == Kind::in_ledger; });
  for (const auto* check = checks.begin(); check != first; ++check) {
    findings.push_back(run(*check, patient));
  }
  const Seen not_opened{Health::not_run, "not looked at: the ledger was not opened"};
  findings.push_back(
      finding_of("ledger", may_open(findings) ? open_ledger_of(patient) : not_opened));
  for (const auto* check = first; check != checks.end(); ++check) {
    findings.push_back(patient.status ? run(*check, patient) : finding_of(check->name, not_opened));
  }
  return diagnosis;
}

bool is_sound(const Diagnosis& diagnosis) {
  return std::none_of(diagnosis.findings.begin(), diagnosis.findings.end(),
                      [](const Finding& finding) { return finding.health == Health::fail; });
}

Json to_json(const Diagnosis& diagnosis) {
  auto findings = Json::array();
  for (const auto& finding : diagnosis.findings) {
    findings.push_back({{"name", finding.name},
                        {"status", to_string(finding.health)},
                        {"detail", finding.detail},
                        {"mend", finding.mend.empty() ? Json() : Json(finding.mend)}});
  }
  return {{"schema", "lexecon.doctor/1"},
          {"folder", diagnosis.folder.string()},
          {"sound", is_sound(diagnosis)},
          {"findings", std::move(findings)},
          {"verify", verify_command(diagnosis.folder)}};
}

}  // namespace lexecon::service
