#include "audit/bag.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "audit/lines.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "package/digests.hpp"
#include "package/names.hpp"

namespace lexecon::audit {
namespace {

constexpr std::size_t max_small_file = 65'536;
constexpr std::size_t max_line = 512;
constexpr std::size_t piece_bytes = 262'144;

bool is_payload(const Member& member) { return member.name.starts_with(package::payload_folder); }

/// What is wrong with the names; nothing when each file may be there and each that must be is.
std::optional<std::string> fault_of(const Container& container) {
  std::vector<std::string> payload;
  std::size_t tags = 0;
  for (const auto& member : container.members()) {
    if (is_payload(member)) {
      payload.push_back(member.name);
      continue;
    }
    constexpr std::array known{
        package::bagit_name,        package::bag_info_name,  package::payload_manifest_name,
        package::tag_manifest_name, package::signature_name, package::minisig_name};
    if (std::find(known.begin(), known.end(), member.name) == known.end()) {
      return "`" + printable(member.name) + "` is no file of a package";
    }
    ++tags;
  }
  if (tags != 6) return "a tag file is missing: there are " + std::to_string(tags) + " of 6";
  return package::fault_of_names(payload);
}

class Reading {
 public:
  Reading(const Container& container, const BagChecks& checks)
      : container_(container), checks_(checks) {}

  std::optional<Bag> read() {
    checks_.container.saw(container_.members().size());
    if (auto fault = fault_of(container_)) {
      checks_.container.fail(std::nullopt, *fault);
      return std::nullopt;
    }
    if (!read_checkpoint()) return std::nullopt;
    read_word();
    read_signer();
    for (const auto& member : container_.members()) {
      if (!is_payload(member)) continue;
      ++bag_.payload.files;
      bag_.payload.bytes += member.size;
    }
    // SECURITY: what the label denies is not read to its end: a file of holes could be of any size.
    if (!check_size()) return std::nullopt;
    check_payload();
    check_tags();
    check_labels();
    check_signatures();
    return std::move(bag_);
  }

 private:
  std::string small(std::string_view name) {
    return container_.read(name, max_small_file).value_or("");
  }

  bool read_checkpoint() {
    try {
      bag_.note = small(package::checkpoint_name);
      bag_.checkpoint = chain::parse_checkpoint(chain::parse_note(bag_.note));
      return true;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      checks_.container.fail(std::nullopt, "data/ledger/checkpoint is none: " + error.message());
      return false;
    }
  }

  void read_word() {
    try {
      bag_.manifest_bytes =
          container_.read(package::manifest_name, package::max_manifest_bytes).value_or("");
      bag_.word = package::read_word(bag_.manifest_bytes);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      bag_.word_refusal = error.message();
    }
  }

  void read_signer() {
    try {
      auto text = small("data/keys/ledger.vkey");
      if (text.ends_with('\n')) text.pop_back();
      bag_.signer = crypto::parse_vkey(text);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      checks_.signatures.fail(std::nullopt,
                              "data/keys/ledger.vkey names no key: " + error.message());
    }
  }

  bool check_size() {
    const auto line = "\nPayload-Oxum: " + std::to_string(bag_.payload.bytes) + "." +
                      std::to_string(bag_.payload.files) + "\n";
    if (small(package::bag_info_name).ends_with(line)) return true;
    checks_.container.fail(std::nullopt,
                           "bag-info.txt does not end with the Payload-Oxum " +
                               line.substr(line.find(' ') + 1, line.size() - line.find(' ') - 2));
    return false;
  }

  /// Each payload file against its line, which stand in one order.
  void check_payload() {
    Lines lines(container_.open(*container_.find(package::payload_manifest_name)), max_line);
    package::PackageName name(chain::checkpoint_text(bag_.checkpoint));
    for (const auto& member : container_.members()) {
      if (!is_payload(member)) continue;
      checks_.digests.saw();
      const auto expected = package::digest_line({member.name, digest_of(container_, member)});
      const auto line = lines.next();
      if (!line || !line->is_whole || std::string(line->text) + "\n" != expected) {
        checks_.digests.fail(std::nullopt,
                             "`" + member.name + "` is not what manifest-sha256.txt lists");
      }
      if (member.name != package::manifest_name) name.add(expected);
    }
    if (const auto line = lines.next()) {
      checks_.digests.fail(std::nullopt, "manifest-sha256.txt lists more than there is: `" +
                                             printable(line->text) + "`");
    }
    auto names = name.finish();
    bag_.root_checksum = names.root_checksum;
    bag_.export_id = std::move(names.export_id);
  }

  void check_tags() {
    std::string expected;
    for (const auto name : package::listed_tag_files) {
      expected +=
          package::digest_line({std::string(name), digest_of(container_, *container_.find(name))});
      checks_.digests.saw();
    }
    tag_manifest_ = small(package::tag_manifest_name);
    if (tag_manifest_ != expected) {
      checks_.digests.fail(std::nullopt, "the tag files are not what tagmanifest-sha256.txt lists");
    }
  }

  void check_labels() {
    if (small(package::bagit_name) != package::bagit_text) {
      checks_.container.fail(std::nullopt, "bagit.txt is not that of BagIt 1.0");
    }
    const auto manifest = bag_.manifest({}, std::nullopt, package::Disclosure::none);
    if (small(package::bag_info_name) != package::bag_info_text(manifest, bag_.payload)) {
      checks_.container.fail(std::nullopt, "bag-info.txt is not that of this package");
    }
    const auto& label = container_.label();
    if (!label) return;
    if (label->top != bag_.export_id) {
      checks_.container.fail(std::nullopt, "the folder of the tar is not called " + bag_.export_id);
    }
    if (bag_.word && label->modified != bag_.word->generated_at) {
      checks_.container.fail(std::nullopt, "the times in the tar are not that of the manifest");
    }
  }

  void check_signatures() {
    if (!bag_.signer) return;
    checks_.signatures.saw(2);
    const auto& key = bag_.signer->key;
    if (!crypto::verify(key, tag_manifest_, small(package::signature_name))) {
      checks_.signatures.fail(std::nullopt,
                              "tagmanifest-sha256.txt.sig is not by the key " + key.kid());
    }
    const auto manifest = bag_.manifest({}, std::nullopt, package::Disclosure::none);
    if (!package::minisig_holds(manifest, tag_manifest_, key, small(package::minisig_name))) {
      checks_.signatures.fail(std::nullopt,
                              "tagmanifest-sha256.txt.minisig is not by the key " + key.kid());
    }
  }

  const Container& container_;
  const BagChecks& checks_;
  Bag bag_;
  std::string tag_manifest_;
};

}  // namespace

Hash digest_of(const Container& container, const Member& member) {
  const auto file = container.open(member);
  std::string buffer(std::min<std::uint64_t>(member.size, piece_bytes), '\0');
  crypto::Sha256 digest;
  for (std::uint64_t at = 0; at < member.size;) {
    const auto got = file->read(at, buffer);
    digest.update(std::string_view(buffer).substr(0, got));
    at += got;
  }
  return digest.finish();
}

package::Manifest Bag::manifest(const package::Contents& contents,
                                std::optional<Hash> head_entry_hash,
                                package::Disclosure disclosure) const {
  return {.contents = contents,
          .disclosure = disclosure,
          .export_id = export_id,
          .generated_at = word ? word->generated_at : Timestamp(),
          .generator = word ? word->generator : std::string(),
          .root_checksum = root_checksum,
          .checkpoint = checkpoint,
          .head_entry_hash = head_entry_hash,
          .request = word ? word->request : Json::object()};
}

std::optional<Bag> read_bag(const Container& container, const BagChecks& checks) {
  return Reading(container, checks).read();
}

}  // namespace lexecon::audit
