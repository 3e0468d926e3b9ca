// The fast reader against the reader of every form: whatever it takes, the other takes and says alike.
#include "chain/entry_view.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/event.hpp"
#include "chain/sealed.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "support/vectors.hpp"
#include "unit/service/office.hpp"

using namespace lexecon;

namespace {

std::optional<chain::Entry> parsed(const std::string& bytes) {
  try {
    return chain::parse_entry(bytes);
  } catch (const Error&) {
    return std::nullopt;
  }
}

chain::DataShape shape_of(const chain::Entry& entry) {
  try {
    return chain::check_entry(entry) ? chain::DataShape::listed : chain::DataShape::unlisted;
  } catch (const Error&) {
    return chain::DataShape::unchecked;
  }
}

/// Every member of a view.
Json seen_in(const chain::DataView& view) {
  Json out{view.decision_id,
           view.outcome,
           view.policy_hash,
           view.mode,
           view.action,
           view.actor,
           view.resource.has_value(),
           view.resource.value_or(""),
           view.escalation_id,
           view.kid,
           view.use,
           view.has_approvals,
           view.has_exceptions,
           view.guard,
           view.tenant,
           view.model,
           view.prompt,
           view.model_state,
           view.prompt_state};
  if (!view.token) return out;
  const auto& token = *view.token;
  out.push_back({token.jti, token.token_hash, token.expires_at, token.kid, token.uses});
  return out;
}

/// What is wrong with the fast reader's answer; empty when nothing is.
std::string difference(const chain::EntryView& view, const std::string& bytes) {
  const auto entry = parsed(bytes);
  if (!entry) return "taken, and no entry";
  if (view.actor != entry->actor) return "actor";
  if (view.event_type != entry->event_type) return "event_type";
  if (view.origin != entry->origin) return "origin";
  if (view.time_text != to_text(entry->timestamp) || view.timestamp != entry->timestamp) {
    return "time";
  }
  if (view.previous_hash != entry->previous_hash) return "previous_hash";
  if (view.sealed_hash != entry->sealed_hash) return "sealed_hash";
  if (view.seq != entry->seq) return "seq";
  if (view.shape == chain::DataShape::unchecked) return "";
  if (view.shape != shape_of(*entry)) return "shape";
  const bool is_seen = view.shape == chain::DataShape::listed;
  return is_seen && seen_in(view.data) != seen_in(chain::view_of(*entry)) ? "data" : "";
}

bool is_approval(const std::string& bytes) {
  return bytes.find("\"outcome\":\"approved\"") != std::string::npos;
}

struct Tally {
  std::uint64_t tried = 0;
  std::uint64_t taken = 0;
  std::uint64_t known = 0;  // with the shape of the data
};

void compare(const std::string& bytes, Tally& tally) {
  ++tally.tried;
  const auto view = chain::scan_entry(bytes);
  if (!view) return;
  ++tally.taken;
  if (view->shape != chain::DataShape::unchecked) ++tally.known;
  const std::string wrong = difference(*view, bytes);
  if (wrong.empty()) return;
  CAPTURE(bytes);
  CHECK(wrong == "");
}

/// What may follow the first decision that has a token.
std::vector<Json> entries_about_tokens(const std::vector<std::string>& bodies) {
  for (const auto& bytes : bodies) {
    Json entry = json::parse(bytes);
    if (entry.at("event_type") != "decision" || entry.at("data").at("token").is_null()) continue;
    const Json decision = entry.at("data");
    const Json& token = decision.at("token");
    std::vector<Json> out;
    const auto add = [&](const char* event_type, const Json& data) {
      entry.update({{"event_type", event_type}, {"data", data}, {"sealed_hash", nullptr}});
      out.push_back(entry);
    };
    add("token.issued", {{"at", decision.at("at")},
                         {"decision_id", decision.at("decision_id")},
                         {"facts", decision.at("facts")},
                         {"policy_hash", decision.at("policy").at("hash")},
                         {"token", token}});
    add("token.used",
        {{"jti", token.at("jti")}, {"token_hash", token.at("token_hash")}, {"use", 1}});
    add("token.revoked",
        {{"jti", token.at("jti")}, {"reason", "leaked"}, {"token_hash", token.at("token_hash")}});
    return out;
  }
  return {};
}

/// Facts of custody, where the first decision has none.
std::vector<Json> entries_with_facts(const std::vector<std::string>& bodies) {
  const Json calls{{"allowed", 9}, {"name", "calls"}, {"used", 9}};
  const Json spend{{"allowed", 0}, {"name", "spend"}, {"used", 1}};
  std::vector<Json> out;
  for (const auto& bytes : bodies) {
    Json entry = json::parse(bytes);
    if (entry.at("event_type") != "decision") continue;
    Json& facts = entry.at("data").at("facts");
    const auto add = [&](const Json& limits, const Json& registry) {
      facts.update({{"limits", limits}, {"registry", registry}});
      out.push_back(entry);
    };
    add(Json::array({calls}), nullptr);
    add({calls, spend}, {{"model", "approved"}, {"prompt", nullptr}});
    add(Json::array(), {{"model", nullptr}, {"prompt", "retired"}});
    return out;
  }
  return out;
}

/// Entries as the program writes them: every outcome, with tokens, and those of the node itself.
std::vector<std::string> real_entries() {
  test::Office office;
  for (const Json& request :
       {test::reading(), test::dropping(), test::paying(), test::shipping()}) {
    static_cast<void>(office.decide(request));
  }
  Json full = test::reading();
  full.update({{"tenant", "t"},
               {"tool", "reader"},
               {"model", "m-1"},
               {"data_classes", {"pii", "public"}},
               {"risk", {{"security", 10}, {"privacy", 20}}},
               {"usage", {{"input_tokens", 1}, {"output_tokens", 2}, {"cost_micros", 3}}},
               {"idempotency_key", "k"}});
  static_cast<void>(office.decide(full));
  auto bodies = office.bodies();
  const auto with_facts = entries_with_facts(bodies);
  for (const Json& entry : entries_about_tokens(bodies)) bodies.push_back(json::canonical(entry));
  for (const Json& entry : with_facts) bodies.push_back(json::canonical(entry));
  return bodies;
}

std::vector<std::string> vectors() {
  const Json file = test::load_json(test::data_file("entries/entries.json"));
  std::vector<std::string> out;
  for (const char* list : {"entries", "refused"}) {
    for (const Json& item : file.at(list)) out.push_back(test::text(item.at("bytes")));
  }
  return out;
}

/// What a member might become.
const std::vector<Json>& others() {
  static const std::vector<Json> values{nullptr,
                                        true,
                                        0,
                                        -1,
                                        1,
                                        101,
                                        1'000'001,
                                        9'007'199'254'740'991,
                                        1.5,
                                        "",
                                        "a",
                                        "A b",
                                        "calls",
                                        "x\ny",
                                        "\x7F",
                                        "\xC3\xA9",
                                        "permitted",
                                        "forbidden",
                                        "risk_threshold",
                                        "rate_limited",
                                        "no_policy_in_force",
                                        {"permitted"},
                                        {"permitted", "permitted"},
                                        {"forbidden", "unheard_of"},
                                        "low",
                                        "critical",
                                        3,
                                        97,
                                        98,
                                        "actor:a%2Fb",
                                        "actor:a%2fb",
                                        "action:%41",
                                        "resource:a",
                                        "resource:a//b",
                                        "resource:a/../b",
                                        "resource:a:%2F",
                                        "approved",
                                        "denied",
                                        "hook:",
                                        "lexecon-judge/01",
                                        "lexecon-judge/7",
                                        "node:-a",
                                        "operator:a:b",
                                        "actor:",
                                        "actor:x",
                                        "action:x",
                                        "2026-02-30T00:00:00.000000Z",
                                        "2026-01-01T00:00:00Z",
                                        std::string(64, 'a'),
                                        std::string(128, 'a'),
                                        std::string(129, 'a'),
                                        std::string(252, 'a'),
                                        Json::array(),
                                        {"a", "a"},
                                        {"b", "a"},
                                        {"actor:a", "actor:b"},
                                        {"data:a", "data:b"},
                                        Json::object(),
                                        {{"security", 1}},
                                        {{"a", 1}}};
  return values;
}

/// Calls `visit` with every value inside, containers first.
template <class Visit>
void each_value(Json& value, const Visit& visit) {
  visit(value);
  if (!value.is_structured()) return;
  for (Json& item : value) each_value(item, visit);
}

/// The bytes of the whole after each change of one value, and after each member left out or added.
template <class Visit>
void each_change(Json whole, const Visit& visit) {
  each_value(whole, [&](Json& value) {
    const Json before = value;
    for (const Json& other : others()) {
      value = other;
      visit(json::canonical(whole));
    }
    value = before;
    if (!before.is_object()) return;
    for (const auto& [name, ignored] : before.items()) {
      value.erase(name);
      visit(json::canonical(whole));
      value = before;
    }
    value["zz"] = 1;
    visit(json::canonical(whole));
    value = before;
  });
}

/// Every place where members meet: the text between two commas swapped with the next.
template <class Visit>
void each_swap(const std::string& bytes, const Visit& visit) {
  std::vector<std::size_t> commas;
  for (std::size_t at = bytes.find(','); at != std::string::npos; at = bytes.find(',', at + 1)) {
    commas.push_back(at);
  }
  for (std::size_t i = 2; i < commas.size(); ++i) {
    const auto [a, b, c] = std::tuple(commas[i - 2], commas[i - 1], commas[i]);
    visit(bytes.substr(0, a) + bytes.substr(b, c - b) + bytes.substr(a, b - a) + bytes.substr(c));
  }
}

}  // namespace

TEST_SUITE("chain/entry_view") {
  TEST_CASE("it reads the decisions that are written, and knows that their data has its shape") {
    std::uint64_t known = 0;
    for (const auto& bytes : real_entries()) {
      const auto view = chain::scan_entry(bytes);
      REQUIRE(view);
      CHECK(difference(*view, bytes).empty());
      const bool is_followed =
          view->event_type.starts_with("token.") || view->event_type == "escalation.created";
      if (view->event_type != "decision" && !is_followed) continue;
      CAPTURE(bytes);
      CHECK(view->shape == chain::DataShape::listed);
      ++known;
    }
    CHECK(known == 12);
  }

  TEST_CASE("every bit flipped, every byte left out or doubled, every cut") {
    Tally tally;
    auto all = real_entries();
    for (auto& each : vectors()) all.push_back(std::move(each));
    bool has_approval = false;
    for (const auto& bytes : all) {
      compare(bytes, tally);
      if (bytes.size() > 5'000) continue;
      // Every bit of the first approval, of the others one in eleven, which falls elsewhere in each.
      const bool is_first = !std::exchange(has_approval, has_approval || is_approval(bytes));
      const std::size_t step = is_first && has_approval ? 1 : 11;
      for (std::size_t bit = tally.tried % step; bit < 8 * bytes.size(); bit += step) {
        std::string other = bytes;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        compare(other, tally);
        if (bit % (8 * step) >= step) continue;
        const std::size_t at = bit / 8;
        compare(bytes.substr(0, at) + bytes.substr(at + 1), tally);
        compare(bytes.substr(0, at) + bytes[at] + bytes.substr(at), tally);
        compare(bytes.substr(0, at), tally);
      }
    }
    std::cout << "entry view: " << tally.tried << " mutations, " << tally.taken << " taken, "
              << tally.known << " with a known shape\n";
    // Both sides of the property were met.
    CHECK(tally.known > 1'000);
    CHECK(tally.taken < tally.tried / 2);
  }

  TEST_CASE("every member of another type or value, left out, added or swapped") {
    Tally tally;
    for (const auto& bytes : real_entries()) {
      each_change(json::parse(bytes), [&](const std::string& other) { compare(other, tally); });
      each_swap(bytes, [&](const std::string& other) { compare(other, tally); });
    }
    std::cout << "entry view: " << tally.tried << " changed members, " << tally.taken << " taken, "
              << tally.known << " with a known shape\n";
    CHECK(tally.known > 100);
    CHECK(tally.taken < tally.tried);
  }

  TEST_CASE("every outcome with every reason, guard and list of reasons") {
    const auto bodies = real_entries();
    const auto decision = std::find_if(bodies.begin(), bodies.end(), is_approval);
    REQUIRE(decision != bodies.end());
    Json entry = json::parse(*decision);
    Json& data = entry["data"];
    data["token"] = nullptr;
    const std::vector<Json> codes{"permitted",         "forbidden",         "rate_limited",
                                  "risk_threshold",    "requirement_unmet", "condition_error",
                                  "no_policy_in_force"};
    Tally tally;
    for (const char* outcome : {"approved", "conditional", "escalated", "denied", "perhaps"}) {
      for (const Json& code : codes) {
        for (const Json& guard : {Json(), Json("rate_limited"), Json("forbidden")}) {
          for (const Json& second : codes) {
            for (const Json& reasons :
                 {Json::array({code}), Json{code, second}, Json{second, code}}) {
              data.update({{"outcome", outcome}, {"reason_code", code}, {"reasons", reasons}});
              data["facts"]["guard"] = guard;
              compare(json::canonical(entry), tally);
            }
          }
        }
      }
    }
    CHECK(tally.known > 100);
    CHECK(tally.known < tally.tried / 2);
  }

  TEST_CASE("a score, its level and the dimensions it comes from") {
    for (const auto& bytes : real_entries()) {
      Json entry = json::parse(bytes);
      if (entry.at("event_type") != "decision" || entry.at("data").at("risk").is_null()) continue;
      Tally tally;
      Json& risk = entry["data"]["risk"];
      for (const char* level : {"low", "medium", "high", "critical", "none"}) {
        for (const int score : {0, 1, 2, 3, 50, 96, 97, 98, 99, 100}) {
          for (const int dimension : {0, 3, 50, 97, 100}) {
            risk.update({{"level", level}, {"score", score}});
            risk["dimensions"] = {{"privacy", score}, {"security", dimension}};
            compare(json::canonical(entry), tally);
            risk["dimensions"] = {{"security", dimension}};
            compare(json::canonical(entry), tally);
          }
        }
      }
      CHECK(tally.known > 100);
      CHECK(tally.known < tally.tried);
    }
  }

  TEST_CASE("data may be nested exactly as deep as an entry may hold it") {
    const std::string bytes = real_entries().front();
    Json entry = json::parse(bytes);
    entry["event_type"] = "test.deep";
    for (const std::size_t depth : {62U, 63U}) {
      Json data = Json::object();
      for (std::size_t i = 1; i < depth; ++i) data = Json{{"d", std::move(data)}};
      entry["data"] = data;
      const std::string text = json::canonical(entry);
      CHECK(parsed(text));
      CHECK(chain::scan_entry(text));
    }
    std::string text = json::canonical(entry);
    text.insert(text.find("{}"), "{\"d\":");
    text.insert(text.find("{}") + 2, "}");
    CHECK_FALSE(parsed(text));
    CHECK_FALSE(chain::scan_entry(text));
  }

  TEST_CASE("sealed content told by its shape is what unseal takes") {
    Entropy entropy = test::seeded_entropy(3);
    std::uint64_t taken = 0;
    std::uint64_t refused = 0;
    for (const Json& value : others()) {
      const std::string bytes = chain::seal(Json{{"a", value}, {"b", {value}}}, entropy);
      CHECK(chain::is_sealed(bytes));
      for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        std::string other = bytes;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        const bool told = chain::is_sealed(other);
        (told ? taken : refused) += 1;
        if (!told) continue;
        CAPTURE(other);
        CHECK_FALSE(test::code_of([&] { static_cast<void>(chain::unseal(other)); }));
      }
    }
    CHECK(taken > 1'000);
    CHECK(refused > 1'000);
  }
}
