// Rules about whole files and the spelling of their keys.
#include <algorithm>
#include <array>
#include <map>

#include "policy/lint_rules.hpp"

namespace lexecon::policy {
namespace {

constexpr std::array<std::string_view, 4> file_keys{"audit_requirements", "model_governance",
                                                    "security_controls", "compliance_frameworks"};
/// Older spelling, then the first one; of `metadata` the parts are keys of the relation.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> term_spellings{
    {{"term_id", "id"}, {"term_type", "type"}, {"label", "name"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> relation_spellings{
    {{"relation_id", "id"},
     {"relation_type", "type"},
     {"source", "subject"},
     {"target", "action"},
     {"condition", "requirement"},
     {"metadata", "object, requirement, justification"}}};

const json::Node::Member* member(const json::Node& map, std::string_view key) {
  const auto found = std::find_if(map.members.begin(), map.members.end(),
                                  [&](const auto& each) { return each.key == key; });
  return found == map.members.end() ? nullptr : &*found;
}

std::span<const json::Node> items(const json::Node& root, std::string_view key) {
  const auto* const list = member(root, key);
  return list == nullptr ? std::span<const json::Node>() : std::span(list->value.items);
}

template <class Spellings>
void add_older(const Ground& ground, std::uint16_t file, const json::Node& item,
               const Spellings& spellings, Findings& out) {
  for (const auto& [older, first] : spellings) {
    const auto* const found = member(item, older);
    if (found == nullptr) continue;
    out.push_back(finding_at(
        ground, file, found->mark,
        "`" + std::string(older) + "` is an older spelling of `" + std::string(first) + "`",
        "`lexecon policy fmt` mends it"));
    return;
  }
}

/// pol_acme_support_v2 -> pol_acme_support
std::string family_of(const Document& document) {
  const auto& id = document.policy_id.text;
  return id.substr(0, id.rfind("_v"));
}

json::Mark mark_of(const Ground& ground, std::uint16_t file, std::string_view key) {
  const auto* const found = member(ground.roots[file], key);
  return found == nullptr ? ground.roots[file].mark : found->value.mark;
}

/// For each file `fault` gives the message, if there is one; the place is that of `key`.
template <class Fault>
Findings for_files(const Ground& ground, std::string_view key, const std::string& hint,
                   Fault fault) {
  Findings out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    auto message = fault(ground.documents[file]);
    if (message.empty()) continue;
    out.push_back(finding_at(ground, file, mark_of(ground, file, key), std::move(message), hint));
  }
  return out;
}

}  // namespace

Findings mixed_modes(const Ground& ground) {
  const auto mode = ground.graph->mode;
  return for_files(
      ground, "mode", "write the same mode into every file", [&](const Document& document) {
        if (document.mode == mode) return std::string();
        return "this file is " + std::string(to_string(document.mode)) + ", but another is " +
               std::string(to_string(mode)) + ", which holds for all";
      });
}

Findings permissive_modes(const Ground& ground) {
  if (ground.graph->mode != Mode::permissive) return {};
  return for_files(
      ground, "mode", "`mode: strict` denies what nobody thought of", [](const Document&) {
        return std::string("in permissive mode everything is permitted that nothing forbids");
      });
}

Findings versions_together(const Ground& ground) {
  std::map<std::string, std::vector<std::uint16_t>> families;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    families[family_of(ground.documents[file])].push_back(file);
  }
  Findings out;
  for (const auto& [family, files] : families) {
    for (std::size_t i = 1; i < files.size(); ++i) {
      const auto& document = ground.documents[files[i]];
      const auto other = std::find_if(
          files.begin(), files.begin() + static_cast<std::ptrdiff_t>(i),
          [&](std::uint16_t file) { return in_force_together(ground.documents[file], document); });
      if (other == files.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      out.push_back(finding_at(ground, files[i], document.policy_id.mark,
                               "`" + document.policy_id.text + "` is in force together with `" +
                                   ground.documents[*other].policy_id.text + "` of " +
                                   ground.documents[*other].file,
                               "end the older one with `effective_until`"));
    }
  }
  return out;
}

Findings ended_windows(const Ground& ground) {
  return for_files(ground, "effective_until", "remove the file: it gives no terms and no relations",
                   [&](const Document& document) {
                     const auto end = document.effective_until;
                     return end && *end <= ground.facts.now
                                ? "this file ended at " + to_text_seconds(*end)
                                : std::string();
                   });
}

Findings coming_windows(const Ground& ground) {
  return for_files(ground, "effective_from", "until then it gives no terms and no relations",
                   [&](const Document& document) {
                     const auto begin = document.effective_from;
                     return begin && *begin > ground.facts.now
                                ? "this file begins at " + to_text_seconds(*begin)
                                : std::string();
                   });
}

Findings default_policy_ids(const Ground& ground) {
  Findings out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    if (member(ground.roots[file], "policy_id") != nullptr) continue;
    out.push_back(finding_at(ground, file, ground.roots[file].mark,
                             "this file has no policy_id; its name makes it `" +
                                 ground.documents[file].policy_id.text + "`",
                             "write it down, so that it does not change with the name"));
  }
  return out;
}

Findings silent_files(const Ground& ground) {
  return for_files(ground, "policy_id", "remove it, or write relations",
                   [](const Document& document) {
                     return document.terms.empty() && document.relations.empty()
                                ? std::string("this file has neither terms nor relations")
                                : std::string();
                   });
}

Findings keys_without_effect(const Ground& ground) {
  Findings out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    const auto add = [&](const std::string& key, const json::Mark& mark) {
      out.push_back(finding_at(ground, file, mark, "`" + key + "` has no effect",
                               "what has to hold is written as relations"));
    };
    for (const auto key : file_keys) {
      const auto* const found = member(ground.roots[file], key);
      if (found != nullptr) add(found->key, found->mark);
    }
    for (const auto& term : ground.documents[file].terms) {
      for (const auto& attribute : term.attributes) add(attribute.key, attribute.mark);
    }
  }
  return out;
}

Findings older_spellings(const Ground& ground) {
  Findings out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    for (const auto& item : items(ground.roots[file], "terms")) {
      add_older(ground, file, item, term_spellings, out);
    }
    for (const auto& item : items(ground.roots[file], "relations")) {
      add_older(ground, file, item, relation_spellings, out);
    }
  }
  return out;
}

Findings older_actions(const Ground& ground) {
  Findings out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    for (const auto& item : items(ground.roots[file], "constraints")) {
      const auto* const action = member(item, "action");
      if (action == nullptr) continue;
      const auto& text = action->value.text;
      if (text == "deny" || text == "escalate" || text.starts_with("require:")) continue;
      out.push_back(finding_at(ground, file, action->value.mark,
                               "the action `" + text + "` is read as `require:" + text + "`",
                               "write `require:" + text + "`, or `deny`, or `escalate`"));
    }
  }
  return out;
}

}  // namespace lexecon::policy
