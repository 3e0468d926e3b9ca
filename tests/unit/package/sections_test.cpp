#include "package/sections.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "base/error.hpp"
#include "chain/event_shapes.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "package/names.hpp"
#include "support/log_lines.hpp"
#include "support/support.hpp"

using namespace lexecon;
using package::Section;
using test::log_line;
using test::LogLine;

namespace {

/// What became of the sections, by their names.
struct Written {
  std::map<std::string, std::string> files;
  package::SectionWriter writer{[this](Section section, std::string_view bytes) {
    files[std::string(to_string(section))] += bytes;
  }};

  void take(const LogLine& line, std::optional<std::string_view> sealed = {}) {
    writer.take(line.view(), line.bytes, sealed);
  }
};

std::string sealed_of(const Json& value) {
  return R"({"salt":")" + std::string(64, 'a') + R"(","value":)" + json::canonical(value) + "}";
}

/// The item alone, held to be canonical.
Json only_item(const std::string& file) {
  const auto start = file.find('\n') + 1;
  REQUIRE(file.ends_with('\n'));
  return json::parse_canonical(std::string_view(file).substr(start, file.size() - start - 1));
}

}  // namespace

TEST_SUITE("package/sections") {
  TEST_CASE("an entry is an item of its section, with what was sealed where that is shown") {
    Written written;
    const Json data{{"decision_id", "dec_1"}, {"type", "human_review"}};
    const auto line = log_line(7, "override.created", data, 0, "operator:ann");
    written.take(line, sealed_of({{"justification", "it is due \"now\" — {"}}));
    CHECK(written.files.size() == 1);
    const auto& file = written.files.at("overrides");
    CHECK(file.starts_with("{\"schema\":\"lexecon.section.overrides/1\"}\n"));
    CHECK(only_item(file) == Json{{"at", line.time_text},
                                  {"by", "operator:ann"},
                                  {"data", data},
                                  {"entry_id", "entry_7"},
                                  {"sealed", {{"justification", "it is due \"now\" — {"}}},
                                  {"what", "override.created"}});
    Written without;
    without.take(line);
    CHECK_FALSE(only_item(without.files.at("overrides")).contains("sealed"));
  }

  TEST_CASE("of an approval there is who gave it, and not the signature") {
    Written written;
    written.take(log_line(3, "operator.revoked",
                          {{"approval",
                            {{"issued_at", "then"},
                             {"nonce", "n"},
                             {"operator", "ann"},
                             {"role", "admin"},
                             {"sshsig", "-----BEGIN \"}\n"},
                             {"subject", "bob"},
                             {"subject_digest", "d"}}},
                           {"operator", "bob"},
                           {"reason", "left"}}));
    CHECK(only_item(written.files.at("registry")).at("data") ==
          Json{{"approval", {{"issued_at", "then"}, {"operator", "ann"}, {"role", "admin"}}},
               {"operator", "bob"},
               {"reason", "left"}});
  }

  TEST_CASE("a decision with a score is in two sections, one without in one") {
    Json data{{"action", "action:read"}, {"actor", "actor:agent:a"},
              {"decision_id", "dec_1"},  {"outcome", "approved"},
              {"resource", nullptr},     {"risk", {{"level", "low"}, {"score", 7}}},
              {"tenant", nullptr}};
    Written written;
    const auto sealed = sealed_of({{"intent", "to see"}});
    written.take(log_line(3, "decision", data), sealed);
    CHECK(written.files.size() == 2);
    CHECK(only_item(written.files.at("decisions")).at("data") == data);
    const auto item = only_item(written.files.at("risk"));
    CHECK_FALSE(item.contains("sealed"));
    data.erase("tenant");
    CHECK(item.at("data") == data);
    data["risk"] = nullptr;
    Written calm;
    calm.take(log_line(3, "decision", data));
    CHECK(calm.files.size() == 1);
    CHECK(calm.files.contains("decisions"));
  }

  TEST_CASE("every type of event that is known has a section, and no other type has one") {
    for (const auto& shape : chain::event_shapes()) {
      CAPTURE(shape.event_type);
      CHECK(package::section_of(shape.event_type).has_value());
    }
    for (const char* type : {"test.plain", "decisions", "tokens.used", "", "."}) {
      CHECK_FALSE(package::section_of(type).has_value());
    }
    Written written;
    written.take(log_line(0, "test.plain", Json::object()));
    CHECK(written.files.empty());
    for (const auto section : package::sections) {
      CHECK(package::is_payload_name(package::section_name(section)));
    }
  }

  TEST_CASE("what is no sealed content is refused") {
    const auto line = log_line(3, "hold.placed", Json::object());
    const auto good = sealed_of(7);
    Written written;
    for (const auto& bad :
         {std::string(), std::string("{}"), good.substr(0, good.size() - 1), good + " ",
          R"({"salt":"short","value":7})" + std::string(80, ' '), " " + good}) {
      CAPTURE(bad);
      CHECK_THROWS_AS(written.take(line, bad), Error);
    }
    CHECK(written.files.empty());
  }
}
