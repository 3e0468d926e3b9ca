#include "chain/witness_policy.hpp"

#include <algorithm>
#include <cstdint>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"

namespace lexecon::chain {
namespace {

constexpr std::string_view no_quorum = "none";

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t", at)) != std::string::npos;) {
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

/// Reads line after line; a name can be used only behind its line.
class Reader {
 public:
  explicit Reader(const std::string& where) : where_(where) {}

  void read(const std::string& line);
  [[nodiscard]] WitnessPolicy finish();

 private:
  [[noreturn]] void refuse(const std::string& expected) const {
    throw Error(ErrorCode::bad_input, "malformed witness policy: expected " + expected,
                where_ + (where_.empty() ? "line " : ":") + std::to_string(line_));
  }
  void take_log(const std::vector<std::string>& words);
  void take_witness(const std::vector<std::string>& words);
  void take_group(const std::vector<std::string>& words);
  void take_quorum(const std::vector<std::string>& words);
  [[nodiscard]] crypto::Identity key_in(const std::string& vkey, crypto::KeyType type) const;
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  void require_new_name(const std::string& name) const;

  const std::string& where_;
  std::size_t line_ = 0;
  WitnessPolicy policy_;
  std::vector<bool> is_member_;  // of a group, beside policy_.members
  bool has_quorum_ = false;
};

void Reader::read(const std::string& line) {
  ++line_;
  if (has_control(line)) refuse("no control character but tabs and newlines");
  const auto words = words_of(line);
  if (words.empty() || words.front().starts_with('#')) return;
  if (words.front() == "log") return take_log(words);
  if (words.front() == "witness") return take_witness(words);
  if (words.front() == "group") return take_group(words);
  if (words.front() == "quorum") return take_quorum(words);
  refuse("a line of log, witness, group or quorum");
}

WitnessPolicy Reader::finish() {
  if (!has_quorum_) refuse("a line `quorum NAME`");
  return std::move(policy_);
}

void Reader::take_log(const std::vector<std::string>& words) {
  if (words.size() < 2 || words.size() > 3) refuse("`log VKEY [URL]`");
  const auto log = key_in(words[1], crypto::KeyType::log);
  const auto same = [&](const auto& each) { return each.key == log.key; };
  if (std::any_of(policy_.logs.begin(), policy_.logs.end(), same)) refuse("each key once");
  policy_.logs.push_back(log);
}

void Reader::take_witness(const std::vector<std::string>& words) {
  if (words.size() < 3 || words.size() > 4) refuse("`witness NAME VKEY [URL]`");
  require_new_name(words[1]);
  const auto key = key_in(words[2], crypto::KeyType::witness);
  // SECURITY: one key under two names would be counted twice.
  const auto same = [&](const auto& each) { return each.key && each.key->key == key.key; };
  if (std::any_of(policy_.members.begin(), policy_.members.end(), same)) refuse("each key once");
  policy_.members.push_back({words[1], key, 0, {}});
  is_member_.push_back(false);
}

void Reader::take_group(const std::vector<std::string>& words) {
  if (words.size() < 4) refuse("`group NAME all|any|K NAME…`");
  require_new_name(words[1]);
  WitnessPolicy::Member group{words[1], std::nullopt, 1, {}};
  for (std::size_t at = 3; at < words.size(); ++at) {
    const auto member = find(words[at]);
    if (!member) refuse("members that are named above");
    // SECURITY: whoever is in two groups, or twice in one, would be counted twice.
    if (is_member_[*member]) refuse("each name as a member once");
    is_member_[*member] = true;
    group.members.push_back(*member);
  }
  if (words[2] == "all") {
    group.needed = group.members.size();
  } else if (words[2] != "any") {
    const auto count = parse_integer(words[2]);
    if (!count || *count < 1 || static_cast<std::uint64_t>(*count) > group.members.size()) {
      refuse("all, any, or a number from 1 to that of the members");
    }
    group.needed = static_cast<std::size_t>(*count);
  }
  policy_.members.push_back(std::move(group));
  is_member_.push_back(false);
}

void Reader::take_quorum(const std::vector<std::string>& words) {
  if (words.size() != 2) refuse("`quorum NAME`");
  if (has_quorum_) refuse("one line `quorum NAME`");
  has_quorum_ = true;
  if (words[1] == no_quorum) return;
  policy_.quorum = find(words[1]);
  if (!policy_.quorum) refuse("a quorum that is named above");
}

crypto::Identity Reader::key_in(const std::string& vkey, crypto::KeyType type) const {
  return crypto::parse_vkey(vkey, where_ + (where_.empty() ? "line " : ":") + std::to_string(line_),
                            type);
}

std::optional<std::size_t> Reader::find(std::string_view name) const {
  for (std::size_t at = 0; at < policy_.members.size(); ++at) {
    if (policy_.members[at].name == name) return at;
  }
  return std::nullopt;
}

void Reader::require_new_name(const std::string& name) const {
  if (name == no_quorum || find(name)) refuse("a name of its own");
}

std::vector<crypto::Identity> witnesses_of(const WitnessPolicy& policy) {
  std::vector<crypto::Identity> out;
  for (const auto& member : policy.members) {
    if (member.key) out.push_back(*member.key);
  }
  return out;
}

void require_listed_log(const Note& note, const WitnessPolicy& policy) {
  if (policy.logs.empty()) return;
  const auto origin = parse_checkpoint(note).origin;
  for (const auto& signer : verify_note(note, policy.logs)) {
    if (signer.name == origin) return;
  }
  throw Error(ErrorCode::bad_input, "none of the policy's logs signed the note");
}

void require_others(std::span<const crypto::Identity> witnesses,
                    std::span<const crypto::PublicKey> log_keys) {
  for (const auto& witness : witnesses) {
    if (std::find(log_keys.begin(), log_keys.end(), witness.key) == log_keys.end()) continue;
    throw Error(ErrorCode::bad_input, "`" + witness.name + "` is no witness: it has the log's key");
  }
}

}  // namespace

WitnessPolicy parse_witness_policy(std::string_view text, const std::string& where) {
  if (text.size() > max_witness_policy_bytes) {
    throw Error(ErrorCode::bad_input, "malformed witness policy: expected at most 64 KiB", where);
  }
  Reader reader(where);
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (const std::string& line : split(text, '\n')) reader.read(line);
  return reader.finish();
}

Witnessed witnessed(const Note& note, const WitnessPolicy& policy,
                    std::span<const crypto::PublicKey> log_keys) {
  require_listed_log(note, policy);
  const auto witnesses = witnesses_of(policy);
  require_others(witnesses, log_keys);
  const auto signatures = verify_cosignatures(note, witnesses);
  Witnessed out{{}, witnesses.size(), false};
  std::vector<bool> holds;  // as the members
  for (const auto& member : policy.members) {
    if (!member.key) {
      const auto count = std::count_if(member.members.begin(), member.members.end(),
                                       [&](std::size_t at) { return holds[at]; });
      holds.push_back(static_cast<std::size_t>(count) >= member.needed);
      continue;
    }
    const auto found = std::find_if(signatures.begin(), signatures.end(),
                                    [&](const auto& each) { return each.witness == *member.key; });
    holds.push_back(found != signatures.end());
    if (holds.back()) out.by.push_back({member.name, found->at});
  }
  out.is_quorum = policy.quorum && holds[*policy.quorum];
  return out;
}

std::string to_text(const Witnessed& witnessed) {
  std::string out = std::to_string(witnessed.by.size()) + " of " + std::to_string(witnessed.known) +
                    " witnesses, " + (witnessed.is_quorum ? "a quorum" : "no quorum");
  for (std::size_t at = 0; at < witnessed.by.size(); ++at) {
    out += (at == 0 ? ": " : ", ") + witnessed.by[at].name + " " +
           to_text_seconds(witnessed.by[at].at);
  }
  return out;
}

}  // namespace lexecon::chain
