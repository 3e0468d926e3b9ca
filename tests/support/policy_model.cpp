#include "support/policy_model.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::test {
namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const auto& text : texts) out += (out.size() > 1 ? ", " : "") + quoted(text);
  return out + "]";
}

void put(std::string& out, const std::string& key, const std::optional<std::string>& value) {
  if (value) out += "    " + key + ": " + quoted(*value) + "\n";
}

/// What an expression says of a context; nothing where it is at fault.
using NaiveTruth = std::optional<bool>;
struct NaiveCondition {
  const char* text;
  NaiveTruth (*of)(const Json& context);
};

NaiveTruth below_five(const Json& context) {
  if (!context.contains("n") || !context["n"].is_number()) return std::nullopt;
  return context["n"].get<int>() < 5;
}

NaiveTruth is_ok(const Json& context) {
  if (!context.contains("ok") || !context["ok"].is_boolean()) return std::nullopt;
  return context["ok"].get<bool>();
}

NaiveTruth either(const Json& context) {
  const auto left = below_five(context);
  const auto right = is_ok(context);
  if (left == true || right == true) return true;
  if (!left || !right) return std::nullopt;
  return false;
}

const std::vector<NaiveCondition> conditions{
    {"true", [](const Json&) { return NaiveTruth(true); }},
    {"false", [](const Json&) { return NaiveTruth(false); }},
    {"1 + 1", [](const Json&) { return NaiveTruth(); }},
    {"context.n < 5", below_five},
    {"ok", is_ok},
    {"has(context.n)", [](const Json& context) { return NaiveTruth(context.contains("n")); }},
    {"context.n < 5 || context.ok", either},
};

NaiveTruth all_of(const std::vector<ModelCondition>& list, const Json& context) {
  NaiveTruth out = true;
  for (const auto condition : list) {
    const auto truth = conditions[condition].of(context);
    if (truth == false) return false;
    if (!truth) out = std::nullopt;
  }
  return out;
}

std::string to_yaml(const ModelTerm& term) {
  std::string out = "  - id: " + quoted(term.id) + "\n    type: " + term.type + "\n";
  if (!term.member_of.empty()) out += "    member_of: " + quoted_list(term.member_of) + "\n";
  if (!term.contains.empty()) out += "    contains: " + quoted_list(term.contains) + "\n";
  put(out, "owner", term.owner);
  return out;
}

std::string to_yaml(const ModelRelation& relation) {
  std::string out = "  - type: " + relation.type + "\n";
  if (!relation.id.empty()) put(out, "id", relation.id);
  put(out, "subject", relation.subject);
  put(out, "action", relation.action);
  put(out, "object", relation.object);
  std::vector<std::string> when;
  for (const auto condition : relation.when) when.emplace_back(conditions[condition].text);
  if (when.size() == 1) put(out, "when", when.front());
  if (when.size() > 1) out += "    conditions: " + quoted_list(when) + "\n";
  if (relation.type != "requires") return out;
  put(out, "requirement", relation.requirement);
  if (relation.met_when) {
    put(out, "met_when", conditions[*relation.met_when].text);
  } else {
    out += "    approvals: " + std::to_string(relation.approvals) + "\n";
  }
  put(out, "on_unmet", relation.on_unmet);
  return out;
}

bool in_force(const ModelFile& file, Timestamp at) {
  if (file.from && at < minute(*file.from)) return false;
  return !file.until || at < minute(*file.until);
}

/// What the files in force say, joined.
struct World {
  std::multimap<std::string, std::string> groups;
  std::multimap<std::string, std::string> contains;
  std::multimap<std::string, std::string> owners;
  std::vector<ModelRelation> relations;
};

World world_at(const ModelSet& set, Timestamp at) {
  World world;
  for (const auto& file : set.files) {
    if (!in_force(file, at)) continue;
    for (const auto& term : file.terms) {
      for (const auto& group : term.member_of) world.groups.emplace(term.id, group);
      for (const auto& data : term.contains) world.contains.emplace(term.id, data);
      if (term.owner) world.owners.emplace(term.id, *term.owner);
    }
    world.relations.insert(world.relations.end(), file.relations.begin(), file.relations.end());
  }
  return world;
}

std::set<std::string> with_groups(const World& world, const std::string& id) {
  std::set<std::string> all{id};
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& [member, group] : world.groups) {
      if (all.contains(member) && all.insert(group).second) grown = true;
    }
  }
  return all;
}

bool hits_id(const std::string& pattern, const std::string& id) {
  if (pattern.back() != '*') return pattern == id;
  const auto stem = pattern.substr(0, pattern.size() - 1);
  return id.size() > stem.size() && id.compare(0, stem.size(), stem) == 0;
}

bool hits(const World& world, const std::optional<std::string>& pattern, const std::string& id) {
  if (!pattern || *pattern == "*") return true;
  const auto names = with_groups(world, id);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return hits_id(*pattern, name); });
}

std::set<std::string> objects_of(const World& world, const decision::Request& request) {
  std::set<std::string> objects(request.data_classes.begin(), request.data_classes.end());
  if (!request.resource) return objects;
  objects.insert(*request.resource);
  for (const auto& name : with_groups(world, *request.resource)) {
    const auto [first, last] = world.contains.equal_range(name);
    for (auto it = first; it != last; ++it) objects.insert(it->second);
  }
  return objects;
}

std::size_t approvals_of(const decision::Facts& facts, const std::string& requirement) {
  std::set<std::string> operators;
  for (const auto& approval : facts.approvals) {
    if (approval.requirement == requirement) operators.insert(approval.operator_id);
  }
  return operators.size();
}

bool is_lifted(const decision::Facts& facts, const std::string& id, Timestamp at) {
  return std::any_of(
      facts.exceptions.begin(), facts.exceptions.end(), [&](const decision::Exception& one) {
        return (!one.expires_at || at < *one.expires_at) &&
               std::find(one.relations.begin(), one.relations.end(), id) != one.relations.end();
      });
}

std::optional<int> mean(const risk::Dimensions& dimensions) {
  const std::vector<int> weights{2500, 2000, 2000, 1500, 1000, 1000};
  int sum = 0;
  int weight = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!dimensions[i]) continue;
    sum += weights[i] * *dimensions[i];
    weight += weights[i];
  }
  if (weight == 0) return std::nullopt;
  return sum / weight;
}

Json context_of(const decision::Request& request) {
  return request.canonical.value("context", Json::object());
}

std::optional<int> score_of(const decision::Request& request, const ModelSet& set) {
  risk::Dimensions modelled{};
  for (const auto& factor : set.factors) {
    if (all_of({factor.when}, context_of(request)) == false) continue;
    auto& dimension = modelled[factor.dimension];
    dimension = std::min(100, dimension.value_or(0) + factor.add);
  }
  auto all = request.risk;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (modelled[i]) all[i] = std::max(*modelled[i], all[i].value_or(0));
  }
  return std::max(mean(modelled), mean(all));
}

using Reasons = std::set<std::pair<std::string, std::string>>;

/// Outcome and code: the table of lexecon-policy(5), read from the top.
std::pair<std::string, std::string> first_of(const Reasons& reasons) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> table{
      {"denied", {"forbidden", "not_permitted", "requirement_denied", "condition_error"}},
      {"escalated",
       {"risk_threshold", "human_confirmation_required", "requirement_escalated",
        "condition_error"}},
      {"conditional", {"requirement_unmet", "condition_error"}}};
  for (const auto& [outcome, codes] : table) {
    for (const auto& code : codes) {
      if (reasons.contains({outcome, code})) return {outcome, code};
    }
  }
  return {};
}

std::string strictest_mode(const ModelSet& set) {
  std::string mode = "permissive";
  for (const auto& file : set.files) {
    if (file.mode == "paranoid" || (file.mode == "strict" && mode == "permissive")) {
      mode = file.mode;
    }
  }
  return mode;
}

NaiveVerdict denied(const std::string& code) {
  NaiveVerdict out;
  out.outcome = "denied";
  out.reason = code;
  out.reasons = {code};
  return out;
}

/// What the relations say, step by step.
struct Tally {
  Reasons reasons;
  std::set<std::string> covered;
  bool any = false;
  std::set<std::string> tried;
  bool tried_any = false;
};

/// Steps 14 and 15, with c that is not false.
void require(const ModelRelation& relation, NaiveTruth c, const Json& context,
             const decision::Facts& facts, Tally& tally, NaiveVerdict& out) {
  NaiveTruth met = c;
  if (c == true && relation.met_when) met = conditions[*relation.met_when].of(context);
  if (c == true && !relation.met_when) {
    met = approvals_of(facts, relation.requirement) >= static_cast<std::size_t>(relation.approvals);
  }
  if (met == true) return;
  out.unmet.insert(relation.requirement);
  const std::map<std::string, std::pair<std::string, std::string>> codes{
      {"deny", {"denied", "requirement_denied"}},
      {"escalate", {"escalated", "requirement_escalated"}},
      {"conditional", {"conditional", "requirement_unmet"}}};
  auto reason = codes.at(relation.on_unmet);
  if (!met) reason.second = "condition_error";
  tally.reasons.insert(reason);
}

void weigh(const ModelRelation& relation, NaiveTruth c, const std::set<std::string>& hit, bool all,
           Tally& tally, NaiveVerdict& out) {
  if (relation.type == "permits" && !c) {
    tally.tried.insert(hit.begin(), hit.end());
    tally.tried_any = tally.tried_any || all;
    return;
  }
  out.matched.insert(relation.id);
  if (relation.type == "permits") {
    tally.covered.insert(hit.begin(), hit.end());
    tally.any = tally.any || all;
  } else if (relation.type == "forbids") {
    tally.reasons.insert({"denied", c ? "forbidden" : "condition_error"});
  }
}

/// Step 18.
std::string uncovered_code(const std::set<std::string>& objects, const Tally& tally) {
  if (objects.empty()) return tally.tried_any ? "condition_error" : "not_permitted";
  for (const auto& object : objects) {
    if (!tally.covered.contains(object) && tally.tried.contains(object)) return "condition_error";
  }
  return "not_permitted";
}

}  // namespace

Timestamp minute(int count) { return {std::int64_t{count} * 60'000'000}; }

std::string to_yaml(const ModelFile& file) {
  std::string out = "mode: " + file.mode + "\n";
  if (file.from) out += "effective_from: " + to_text(minute(*file.from)) + "\n";
  if (file.until) out += "effective_until: " + to_text(minute(*file.until)) + "\n";
  if (!file.terms.empty()) out += "terms:\n";
  for (const auto& term : file.terms) out += to_yaml(term);
  if (!file.relations.empty()) out += "relations:\n";
  for (const auto& relation : file.relations) out += to_yaml(relation);
  return out;
}

std::string risk_yaml(const ModelSet& set) {
  std::string out = "threshold: " + std::to_string(set.threshold) + "\n";
  if (!set.factors.empty()) out += "factors:\n";
  for (std::size_t i = 0; i < set.factors.size(); ++i) {
    const auto& factor = set.factors[i];
    out += "  - name: f" + std::to_string(i) + "\n    dimension: " +
           std::string(risk::to_string(static_cast<risk::Dimension>(factor.dimension))) +
           "\n    add: " + std::to_string(factor.add) + "\n";
    put(out, "when", conditions[factor.when].text);
  }
  return out;
}

decision::ActiveSet load_model_set(const ModelSet& set) {
  std::vector<decision::SetFile> files{{"node.yaml", "id: test\n"}, {"risk.yaml", risk_yaml(set)}};
  for (const auto& file : set.files) {
    files.push_back({"policies/" + file.name + ".yaml", to_yaml(file)});
  }
  return decision::load_set(files);
}

NaiveVerdict judge_naively(const decision::Request& request, const ModelSet& set,
                           const decision::Facts& facts, Timestamp at) {
  const auto world = world_at(set, at);
  std::set<std::string> owners;
  const auto [first, last] = world.owners.equal_range(request.actor);
  for (auto it = first; it != last; ++it) owners.insert(it->second);
  NaiveVerdict out;
  if (facts.guard) {
    out = denied(std::string(policy::to_string(*facts.guard)));
    out.owners = owners;
    return out;
  }
  if (std::none_of(set.files.begin(), set.files.end(),
                   [&](const ModelFile& file) { return in_force(file, at); })) {
    return denied("no_policy_in_force");
  }
  out.owners = owners;
  const auto objects = objects_of(world, request);
  const auto mode = strictest_mode(set);
  Tally tally;
  for (const auto& relation : world.relations) {
    if (!hits(world, relation.subject, request.actor)) continue;
    if (!hits(world, relation.action, request.action)) continue;
    const bool all = !relation.object || *relation.object == "*";
    std::set<std::string> hit;
    for (const auto& object : objects) {
      if (all || hits(world, relation.object, object)) hit.insert(object);
    }
    if ((!all && hit.empty()) || is_lifted(facts, relation.id, at)) continue;
    const auto c = all_of(relation.when, context_of(request));
    if (c == false) continue;
    weigh(relation, c, hit, all, tally, out);
    if (relation.type == "requires") require(relation, c, context_of(request), facts, tally, out);
  }
  const bool bare = objects.empty() ? !tally.any : tally.covered != objects;
  if (bare && mode != "permissive")
    tally.reasons.insert({"denied", uncovered_code(objects, tally)});
  const auto score = score_of(request, set);
  if (score && *score >= set.threshold) tally.reasons.insert({"escalated", "risk_threshold"});
  if (mode == "paranoid" && (!score || *score >= 51)) {
    tally.reasons.insert({"escalated", "human_confirmation_required"});
  }
  const auto before = tally.reasons.size();
  if (approvals_of(facts, "human_confirmation") > 0) {
    std::erase_if(tally.reasons, [](const auto& reason) { return reason.first == "escalated"; });
  }
  const bool lifted = tally.reasons.size() != before;
  if (tally.reasons.empty()) {
    out.outcome = "approved";
    out.reason = lifted ? "human_confirmed" : bare ? "not_forbidden" : "permitted";
    out.reasons = {out.reason};
    return out;
  }
  std::tie(out.outcome, out.reason) = first_of(tally.reasons);
  for (const auto& reason : tally.reasons) out.reasons.insert(reason.second);
  return out;
}

namespace {

const std::vector<std::string> actors{"actor:ai",     "actor:ai:1",    "actor:ai:2",
                                      "actor:ai:x/1", "actor:human:1", "actor:unknown"};
const std::vector<std::string> actor_groups{"actor:group:1", "actor:group:2", "actor:group:3"};
const std::vector<std::string> actions{"action:read", "action:git:push", "action:git:delete",
                                       "action:pay"};
const std::vector<std::string> action_groups{"action:group:1", "action:group:2"};
const std::vector<std::string> resources{"resource:env:staging", "resource:env:production/shop",
                                         "resource:db:1", "resource:db:2"};
const std::vector<std::string> resource_groups{"resource:group:1", "resource:group:2"};
const std::vector<std::string> classes{"data:pii", "data:pii:email", "data:money", "data:open"};
const std::vector<std::string> class_groups{"data:group:1", "data:group:2"};
const std::vector<std::string> requirements{"review", "dual", "human_confirmation"};

std::vector<std::string> joined(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
  auto out = a;
  out.insert(out.end(), b.begin(), b.end());
  return out;
}

ModelCondition some_condition(Random& random) {
  return static_cast<ModelCondition>(
      random.between(0, static_cast<std::int64_t>(conditions.size()) - 1));
}

/// Members point to groups, groups to later groups: never a cycle.
std::vector<std::string> some_groups(Random& random, const std::vector<std::string>& groups,
                                     const std::string& member) {
  const auto own = std::find(groups.begin(), groups.end(), member);
  const auto first = own == groups.end() ? groups.begin() : own + 1;
  std::vector<std::string> out;
  for (auto it = first; it != groups.end(); ++it) {
    if (random.chance(35)) out.push_back(*it);
  }
  return out;
}

void add_terms(Random& random, const std::string& type, const std::vector<std::string>& ids,
               const std::vector<std::string>& groups, std::vector<ModelTerm>& out) {
  for (const auto& id : joined(ids, groups)) {
    if (!random.chance(50)) continue;
    ModelTerm term{type, id, some_groups(random, groups, id), {}, {}};
    if (type == "actor" && random.chance(30)) term.owner = random.pick(actors);
    if (type == "resource" && random.chance(50)) term.contains.push_back(random.pick(classes));
    out.push_back(term);
  }
}

std::optional<std::string> maybe_pattern(Random& random, const std::vector<std::string>& patterns,
                                         int percent) {
  if (!random.chance(percent)) return std::nullopt;
  return random.pick(patterns);
}

}  // namespace

ModelRelation random_relation(Random& random, const std::string& id, const std::string& type) {
  static const auto subjects =
      joined(joined(actors, actor_groups), {"*", "actor:*", "actor:ai:*", "actor:ai:x/*"});
  static const auto verbs = joined(joined(actions, action_groups), {"*", "action:git:*"});
  static const auto objects = joined(
      joined(joined(resources, resource_groups), joined(classes, class_groups)),
      {"*", "resource:*", "data:*", "resource:env:*", "resource:env:production/*", "data:pii:*"});
  ModelRelation out;
  out.id = id;
  out.type = type;
  const int present = type == "permits" ? 100 : 70;
  out.subject = maybe_pattern(random, subjects, present);
  out.action = maybe_pattern(random, verbs, out.subject ? present : 100);
  out.object = maybe_pattern(random, objects, 60);
  out.requirement = random.pick(requirements);
  out.approvals = static_cast<int>(random.between(1, 2));
  out.on_unmet = random.pick(std::vector<std::string>{"conditional", "escalate", "deny"});
  for (std::int64_t i = random.chance(30) ? random.between(1, 2) : 0; i > 0; --i) {
    out.when.push_back(some_condition(random));
  }
  if (random.chance(20)) out.met_when = some_condition(random);
  return out;
}

ModelSet random_set(Random& random) {
  ModelSet set;
  set.threshold = static_cast<int>(random.between(40, 90));
  for (std::int64_t i = random.chance(30) ? random.between(1, 3) : 0; i > 0; --i) {
    set.factors.push_back({some_condition(random), static_cast<std::size_t>(random.between(0, 5)),
                           static_cast<int>(random.between(1, 100))});
  }
  const auto count = random.between(1, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    ModelFile file;
    file.name = "file" + std::to_string(i);
    const auto mode = random.between(1, 10);
    file.mode = mode <= 4 ? "permissive" : mode <= 9 ? "strict" : "paranoid";
    if (random.chance(25)) file.from = static_cast<int>(random.between(0, 20));
    if (random.chance(25)) file.until = static_cast<int>(random.between(21, 40));
    add_terms(random, "actor", actors, actor_groups, file.terms);
    add_terms(random, "action", actions, action_groups, file.terms);
    add_terms(random, "resource", resources, resource_groups, file.terms);
    add_terms(random, "data_class", classes, class_groups, file.terms);
    const auto relations = random.between(0, 8);
    for (std::int64_t n = 0; n < relations; ++n) {
      const auto kind = random.between(1, 10);
      file.relations.push_back(random_relation(random,
                                               "r" + std::to_string(i) + "-" + std::to_string(n),
                                               kind <= 6   ? "permits"
                                               : kind <= 8 ? "requires"
                                                           : "forbids"));
    }
    set.files.push_back(file);
  }
  return set;
}

Json random_request(Random& random) {
  Json out{{"actor", random.pick(actors)}, {"action", random.pick(actions)}};
  if (random.chance(60)) out["resource"] = random.pick(resources);
  if (random.chance(50)) {
    auto list = Json::array();
    for (std::int64_t i = random.between(1, 3); i > 0; --i) list.push_back(random.pick(classes));
    out["data_classes"] = list;
  }
  if (random.chance(50)) out["context"]["n"] = random.pick(std::vector<Json>{3, 7, "seven"});
  if (random.chance(50)) out["context"]["ok"] = random.pick(std::vector<Json>{true, false, 1});
  for (std::size_t i = 0; i < risk::dimension_count; ++i) {
    if (!random.chance(15)) continue;
    out["risk"][std::string(risk::to_string(static_cast<risk::Dimension>(i)))] =
        random.between(0, 100);
  }
  return out;
}

decision::Facts random_facts(Random& random, const ModelSet& set) {
  decision::Facts facts;
  for (std::int64_t i = random.chance(50) ? random.between(1, 4) : 0; i > 0; --i) {
    facts.approvals.push_back({random.pick(std::vector<std::string>{"ann", "ben", "cid"}),
                               random.pick(requirements), static_cast<std::uint64_t>(i)});
  }
  for (const auto& file : set.files) {
    if (file.relations.empty() || !random.chance(20)) continue;
    decision::Exception exception{"ovr", {random.pick(file.relations).id}, std::nullopt};
    if (random.chance(50)) exception.expires_at = minute(static_cast<int>(random.between(0, 40)));
    facts.exceptions.push_back(exception);
  }
  if (random.chance(3)) facts.guard = policy::ReasonCode::rate_limited;
  if (facts.approvals.size() == 2) facts.limits = {{"calls", 7, 9}, {"spend", 0, 1}};
  if (facts.approvals.size() == 3) facts.registry = {decision::RegistryState::expired, {}};
  return facts;
}

}  // namespace lexecon::test
