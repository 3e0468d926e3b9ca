// Files of evidence: each stands under the digest of its bytes, once, however many entries name it.
//
// Shapes   <folder>/<first two digits>/<sha256>, 0600 in folders 0700; on its way <folder>/new.<16 hex>
// Units    1 byte to 100 MiB a file, read and written in pieces of 64 KiB
// Errors   Error{bad_input} for nothing, or too much; Error{integrity} for a file that is not what its
//          name says; Error{io}
// Source   lexecon-evidence-add(1)
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/entropy.hpp"
#include "base/files.hpp"

namespace lexecon::oversight {

inline constexpr std::uint64_t max_evidence_bytes = 104'857'600;

/// A copy of what an open descriptor has to give: hashed on its way, durable, and without its name yet.
class IncomingFile {
 public:
  /// Reads to the end; `name` is for messages. Makes the folder when it is not there.
  IncomingFile(Path folder, int input, const std::string& name, Entropy& entropy);
  /// Removes what was not put in place.
  ~IncomingFile();
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;

  [[nodiscard]] const Hash& sha256() const { return sha256_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Gives it its name, durably. A file that has it already is replaced: by the same bytes, or by the
  /// right ones.
  void put_in_place();

 private:
  void take(int input, const std::string& name);

  Path folder_;
  Path path_;
  Hash sha256_;
  std::uint64_t size_ = 0;
  bool placed_ = false;
};

[[nodiscard]] Path evidence_path(const Path& folder, const Hash& sha256);
/// Streams the file of that digest. SECURITY: what `take` was given counts for nothing until this
/// returns, for only then the bytes are known to be the right ones.
void read_evidence(const Path& folder, const Hash& sha256, std::uint64_t size,
                   const std::function<void(std::string_view)>& take);

/// Something in the folder beside the files that evidence names.
struct Stray {
  std::string path;  // below the node
  std::string what;
  bool harmless = false;  // left by an act that did not end, or is not over yet
};
struct FoundFiles {
  std::vector<Hash> files;  // whatever their bytes are
  std::vector<Stray> strays;
};
/// Reads names and permissions only, and follows no link.
[[nodiscard]] FoundFiles scan_evidence(const Path& folder);

}  // namespace lexecon::oversight
