#include "export/build.hpp"

namespace lexecon::exporting {

Built build(const service::Node& node, const Selection& selection, const Label& label,
            const crypto::SecretKey& key, const Path& folder, const Progress& progress) {
  Payload payload(folder);
  const auto collected = [&] {
    auto database = service::open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    require_possible(database, node, selection);
    return collect(database, node, selection, payload, progress);
  }();
  auto manifest = seal(collected, selection.disclosure, label, key, payload);
  return {.manifest = std::move(manifest), .payload = payload.oxum()};
}

}  // namespace lexecon::exporting
