// An office whose ledger leaves it in packages: bob asks for them.
#pragma once

#include <map>
#include <string>

#include "base/descriptor.hpp"
#include "crypto/hash.hpp"
#include "export/export.hpp"
#include "ledger/reader.hpp"
#include "service/act.hpp"
#include "service/evidence.hpp"
#include "unit/service/bureau.hpp"

namespace lexecon::test {

using Files = std::map<std::string, std::string>;

/// Every file of a bag by its name.
inline Files files_of(const Path& folder) {
  Files out;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    if (each.is_directory()) continue;
    out[each.path().lexically_relative(folder).string()] = slurp(each.path());
  }
  return out;
}

struct Desk {
  Bureau bureau;
  test::TempFolder folder;

  Office& office() { return bureau.office; }
  service::Node node() { return service::open_node(office().made().folder); }

  exporting::ExportOptions options(const std::string& name) {
    exporting::ExportOptions out;
    out.path = folder / name;
    out.wish.disclosure = package::Disclosure::sealed;
    out.generated_at = {1'700'000'000'000'000};
    out.generator = "lexecon/0";
    return out;
  }
  exporting::Exported make(const exporting::ExportOptions& options) {
    office().pass(1);
    return exporting::export_package(node(), options, bureau.by("bob"), office().session());
  }
  /// An entry that an operator signed, appended as it is.
  void append(const std::string& event_type, const Json& data) {
    office().pass(1);
    auto draft = service::prepare(node(), {.event_type = event_type, .data = data},
                                  bureau.by("bob"), office().session());
    service::Act act(node(), office().session());
    act.append(std::move(draft));
    (void)act.commit();
  }
  void sql(const std::string& statement) {
    store::Database database(node().files.database(), store::OpenMode::read_write);
    database.execute("PRAGMA foreign_keys=OFF");
    database.execute(statement);
  }
  std::uint64_t decide() {
    (void)bureau.decide(test::reading());
    return office().entries() - 1;
  }
  std::string add_evidence(const std::string& bytes) {
    write_new_file(folder / "evidence", bytes, Access::private_to_owner);
    office().pass(1);
    const Descriptor input = open_regular(folder / "evidence");
    (void)service::add_evidence(node(), {.type = "screenshot"}, input.get(), "evidence",
                                office().session());
    std::filesystem::remove(folder / "evidence");
    return crypto::sha256(bytes).hex();
  }
};

}  // namespace lexecon::test
