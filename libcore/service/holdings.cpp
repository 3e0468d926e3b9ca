#include "service/holdings.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"

namespace lexecon::service {
namespace {

using Texts = std::set<std::string, std::less<>>;

constexpr std::string_view tenant_prefix = "tenant:";
constexpr std::string_view resource_prefix = "resource:";

[[noreturn]] void refuse(const std::string& subject) {
  throw Error(ErrorCode::bad_input, "`" + printable(subject) + "` is no subject", {},
              "actor:<type>:<id>, operator:<id>, tenant:<id> or resource:<class>:<path>");
}

/// `below` is that resource, or stands below it.
bool is_below(std::string_view below, std::string_view resource) {
  return below.starts_with(resource) && (below.size() == resource.size() ||
                                         resource.ends_with('/') || below[resource.size()] == '/');
}

class Subjects {
 public:
  explicit Subjects(const std::vector<std::string>& subjects) {
    for (const auto& subject : subjects) add(subject);
  }

  /// Whether the data or the actor of an entry names one of them.
  bool are_named(const chain::Entry& entry) {
    bool found = names_id(entry.actor);
    for (const auto& [member, value] : entry.data.items()) {
      if (member == "approval") continue;  // who signed is the entry's actor
      found = names(member, value) || found;
    }
    return found;
  }
  void require_all_named() const {
    if (unnamed_.empty()) return;
    throw Error(ErrorCode::not_found,
                "no entry names `" + printable(*unnamed_.begin()) + "`" +
                    (unnamed_.size() == 1
                         ? ""
                         : ", nor " + std::to_string(unnamed_.size() - 1) + " more of these"),
                {}, "terms have their long prefix, as in actor:human_user:anna");
  }

 private:
  void add(const std::string& subject) {
    unnamed_.insert(subject);
    if (subject.starts_with(tenant_prefix)) {
      const auto id = subject.substr(tenant_prefix.size());
      if (!is_free_identifier(id)) refuse(subject);
      tenants_.insert(id);
    } else if (subject.starts_with(resource_prefix)) {
      if (subject.find(':', resource_prefix.size()) == std::string::npos) refuse(subject);
      resources_.push_back(subject);
    } else if (subject.starts_with("actor:") || subject.starts_with("operator:")) {
      ids_.insert(subject);
    } else {
      refuse(subject);
    }
  }

  bool names(std::string_view member, const Json& value) {
    if (value.is_structured()) {
      bool found = false;
      for (const auto& [key, each] : value.items()) {
        found = names(value.is_object() ? std::string_view(key) : member, each) || found;
      }
      return found;
    }
    if (!value.is_string()) return false;
    const std::string& text = value.get_ref<const std::string&>();
    if (text.starts_with(resource_prefix)) return names_resource(text);
    if (member == "tenant" || member == "target") {
      if (tenants_.contains(text)) return seen(std::string(tenant_prefix) + text);
    }
    return names_id(member == "operator" ? "operator:" + text : text);
  }
  bool names_id(const std::string& text) { return ids_.contains(text) && seen(text); }
  bool names_resource(const std::string& text) {
    bool found = false;
    for (const auto& resource : resources_) {
      if (is_below(text, resource)) found = seen(resource);
    }
    return found;
  }
  bool seen(const std::string& subject) {
    unnamed_.erase(subject);
    return true;
  }

  Texts ids_;
  Texts tenants_;
  std::vector<std::string> resources_;
  Texts unnamed_;
};

class Search {
 public:
  explicit Search(const std::vector<std::string>& subjects) : subjects_(subjects) {}

  void take(const chain::Entry& entry) {
    if (entry.event_type == "evidence.added") {
      evidence_.emplace(entry.data.at("evidence_id").get<std::string>(), entry.seq);
    }
    const bool is_named = subjects_.are_named(entry);
    const auto decision = text_of(entry.data, "decision_id");
    const bool is_about = (decision && decisions_.contains(*decision)) || has_token(entry.data);
    note_link(entry, is_named || is_about);
    if (!is_named && !is_about) return;
    add(entry);
    if (entry.event_type == "decision") decisions_.insert(*decision);
    const auto token = entry.data.find("token");
    if (token != entry.data.end() && token->is_object()) {
      if (auto jti = text_of(*token, "jti")) tokens_.insert(*std::move(jti));
    }
  }

  Holdings finish(store::Database& database) {
    subjects_.require_all_named();
    for (const auto& id : linked_) {
      const auto seq = evidence_.find(id);
      if (seq == evidence_.end()) continue;
      const auto stored = ledger::read_entry(database, seq->second);
      if (!stored || seqs_.contains(seq->second)) continue;
      add(stored->entry);
      if (linked_to_others_.contains(id)) out_.of_others.push_back(seq->second);
    }
    out_.seqs.assign(seqs_.begin(), seqs_.end());
    return std::move(out_);
  }

 private:
  static std::optional<std::string> text_of(const Json& object, const char* member) {
    const auto found = object.find(member);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
  }
  bool has_token(const Json& data) const {
    const auto jti = text_of(data, "jti");
    return jti && tokens_.contains(*jti);
  }
  void note_link(const chain::Entry& entry, bool is_of_subject) {
    if (entry.event_type != "evidence.linked") return;
    const auto id = entry.data.at("evidence_id").get<std::string>();
    (is_of_subject ? linked_ : linked_to_others_).insert(id);
  }
  void add(const chain::Entry& entry) {
    seqs_.insert(entry.seq);
    if (entry.sealed_hash) out_.with_sealed.insert(entry.seq);
  }

  Subjects subjects_;
  Texts decisions_;
  Texts tokens_;
  Texts linked_;
  Texts linked_to_others_;
  std::map<std::string, std::uint64_t, std::less<>> evidence_;  // every one, by id
  std::set<std::uint64_t> seqs_;
  Holdings out_;
};

}  // namespace

Holdings holdings_of(store::Database& database, const std::vector<std::string>& subjects) {
  Search search(subjects);
  if (subjects.empty()) return {};
  ledger::each_entry(database, {}, [&](const auto& stored) { search.take(stored.entry); });
  return search.finish(database);
}

}  // namespace lexecon::service
