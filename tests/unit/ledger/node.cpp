#include "unit/ledger/node.hpp"

namespace lexecon::test {

Node::Node(std::uint64_t seed)
    : entropy(seeded_entropy(seed)), key(crypto::SecretKey::generate(entropy)) {
  make_folder(files.folder, Access::private_to_owner);
  options.state_home = folder / "state";
  options.patience = std::chrono::milliseconds(50);
}

std::string Node::create() {
  auto writer = ledger::Writer::create(files, key, origin, "node-1", now, entropy, options);
  return writer.commit();
}

ledger::Writer Node::open() { return open(now); }

ledger::Writer Node::open(Timestamp at) { return {files, key, at, entropy, options}; }

std::string Node::write(const std::vector<ledger::Draft>& drafts) {
  now.micros += 1'000'000;
  auto writer = open();
  for (const auto& draft : drafts) writer.append(draft);
  return writer.commit();
}

ledger::Draft Node::sealed_draft(const std::string& text) {
  return {.event_type = "test.sealed",
          .actor = "node:node-1",
          .data = {{"code", "with_content"}},
          .sealed = Json{{"text", text}}};
}

ledger::Draft Node::plain_draft(const std::string& text) {
  return {.event_type = "test.plain",
          .actor = "node:node-1",
          .data = {{"code", text}, {"decision_id", text}, {"tenant", "t"}, {"outcome", "approved"}},
          .sealed = std::nullopt};
}

void copy_folder(const Path& from, const Path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace lexecon::test
