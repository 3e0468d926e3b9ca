// A package in memory, and a maker of packages that may lie: whatever he changes, he signs again.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/verify.hpp"
#include "crypto/ed25519.hpp"
#include "package/scope.hpp"
#include "unit/export/desk.hpp"

namespace lexecon::test {

/// Files that are nowhere but here.
class MemoryContainer final : public audit::Container {
 public:
  explicit MemoryContainer(Files files);
  [[nodiscard]] std::unique_ptr<audit::MemberFile> open(const audit::Member& member) const override;

 private:
  Files files_;
};

/// What a package is made of; all else follows.
class Maker {
 public:
  /// Takes over what is in an honest package, and the key that signed it.
  Maker(const Files& honest, crypto::SecretKey key);

  struct Row {
    std::optional<std::string> entry;  // nothing: withheld
    std::optional<std::string> sealed;
    Hash leaf;  // of an entry that is withheld
  };
  std::vector<Row> rows;
  Files others;  // policies, evidence, notes of older keys, by name
  crypto::SecretKey key;
  std::string origin;
  package::Filter filter;  // what was asked for, as the manifest says
  /// Lies told before what follows is computed from them: of the files, of the manifest, of the lines of
  /// manifest-sha256.txt, and of the whole package, which is not signed again.
  std::function<void(Files&)> of_files = {};
  std::function<void(package::Manifest&)> of_manifest = {};
  std::function<void(Files&)> of_lines = {};
  std::function<void(Files&)> unsigned_lie = {};

  [[nodiscard]] Json entry(std::size_t seq) const;
  /// The first entry of that type.
  [[nodiscard]] std::size_t find(const std::string& event_type) const;
  /// Puts an entry in the place of another, and links all that follow to it.
  void change(std::size_t seq, const std::function<void(Json&)>& change);
  /// Changes sealed content and the entry that commits to it.
  void change_sealed(std::size_t seq, const std::function<void(Json&)>& change);
  void relink(std::size_t from);
  void withhold(std::size_t seq);
  /// The package of all that, signed.
  [[nodiscard]] Files make() const;

 private:
  [[nodiscard]] package::Contents contents() const;
};

/// A small office's log with one of everything: decisions of each outcome, a token, people, evidence, an
/// erasure. The package is of the whole tree, with sealed content.
struct Golden {
  Golden();
  Desk desk;
  Files files;
  crypto::Pin pin;
  std::string older_note;  // of the log before the last transaction

  [[nodiscard]] std::string last_note();
  [[nodiscard]] Maker maker();
  [[nodiscard]] audit::PackageVerification verify(const Files& package) const;
  [[nodiscard]] audit::AuditOptions options() const;
};

/// "valid", or the verdict, its cause, and the checks that failed.
[[nodiscard]] std::string said(const audit::PackageVerification& verification);

}  // namespace lexecon::test
