// Each table that people fill is made of entries: what somebody edits in it is found, and mended.
#include <doctest/doctest.h>
#include <fcntl.h>

#include <string>
#include <vector>

#include "base/descriptor.hpp"
#include "bureau.hpp"
#include "service/answers.hpp"
#include "service/evidence.hpp"
#include "service/holds.hpp"
#include "service/interventions.hpp"
#include "service/rebuild.hpp"
#include "service/registrations.hpp"
#include "service/responsibilities.hpp"
#include "service/stops.hpp"

using namespace lexecon;

namespace {

/// A node in which people did everything once.
struct Everything {
  test::Bureau bureau;

  Everything() {
    auto& office = bureau.office;
    const auto& node = office.node();
    auto& session = office.session();
    const auto decision = office.decide(test::shipping());
    const auto id = decision.data.at("decision_id").get<std::string>();
    const auto lacks = decision.data.at("policy").at("unmet").at(0).get<std::string>();
    const auto confirmed = service::confirm(node, id, lacks, {}, bureau.by("bob"), session);
    CHECK(confirmed.at("judged_now").at("outcome") == "approved");
    const auto escalated = bureau.decide(test::paying());
    (void)service::resolve(node, escalated, "approved", {}, bureau.by("bob"), session);
    (void)bureau.make(bureau.several(bureau.decide(test::dropping()), 3'600));
    const Descriptor file(::open(test::data_file("schema/1.sql").c_str(), O_RDONLY | O_CLOEXEC));
    (void)service::add_evidence(node, {.type = "attestation", .use = {.decision_id = id}},
                                file.get(), "schema/1.sql", session);
    authority::Assignment assignment;
    assignment.decision_id = id;
    assignment.responsible = "operator:bob";
    assignment.maker = "human_operator";
    assignment.level = "full";
    (void)service::assign_responsibility(node, assignment, std::nullopt, bureau.by("bob"), session);
    (void)service::intervene(
        node, {.type = "manual_review", .role = "security_lead", .note = "seen", .decision_id = id},
        bureau.by("bob"), session);
    const service::Version version{authority::RegistryKind::model, "support@1"};
    (void)service::register_version(node,
                                    {.version = version,
                                     .digest = std::string(64, 'a'),
                                     .file = std::nullopt,
                                     .note = std::nullopt},
                                    bureau.by("vic"), session);
    (void)service::approve_version(node,
                                   {.version = version,
                                    .expires_at = std::nullopt,
                                    .provider_change = "no",
                                    .justification = std::nullopt},
                                   bureau.by("bob"), session);
    (void)service::stop_agents(
        node, {.scope = "all", .target = std::nullopt, .reason = "incident", .note = std::nullopt},
        bureau.by("vic"), session);
    (void)service::place_hold(node, {.id = "case-1", .reason = "a claim", .content = {.ids = {id}}},
                              bureau.by("bob"), session);
  }
};

void sql(test::Office& office, const std::string& statement) {
  store::Database database(office.node().files.database(), store::OpenMode::read_write);
  database.execute(statement);
}

}  // namespace

TEST_SUITE("service/people_tables") {
  TEST_CASE("an edited row of what people did is found, and made again") {
    Everything everything;
    auto& bureau = everything.bureau;
    const auto before = bureau.office.projections();
    REQUIRE(bureau.deep() == "valid");
    for (const std::string change : {"UPDATE operators SET role = 'admin'",
                                     "DELETE FROM operators WHERE operator = 'bob'",
                                     "UPDATE confirmations SET operator = 'vic'",
                                     "DELETE FROM confirmations",
                                     "UPDATE overrides SET expires_at = NULL",
                                     "DELETE FROM overrides",
                                     "UPDATE evidence SET type = 'signature'",
                                     "DELETE FROM evidence",
                                     "UPDATE evidence_links SET control = 'iso:a.5'",
                                     "DELETE FROM evidence_links",
                                     "UPDATE responsibilities SET responsible = 'operator:vic'",
                                     "DELETE FROM responsibilities",
                                     "UPDATE stops SET resumed_seq = 1",
                                     "DELETE FROM stops",
                                     "UPDATE holds SET released_seq = 9",
                                     "DELETE FROM holds",
                                     "UPDATE interventions SET operator = 'vic'",
                                     "DELETE FROM interventions",
                                     "UPDATE registrations SET approved_seq = NULL",
                                     "UPDATE registrations SET operator = 'bob'",
                                     "DELETE FROM registrations",
                                     "UPDATE escalations SET outcome = 'denied'",
                                     "DELETE FROM escalations"}) {
      CAPTURE(change);
      sql(bureau.office, change);
      CHECK(bureau.deep().find("projections: the table `") != std::string::npos);
      CHECK(service::rebuild(bureau.office.node().files, bureau.office.session().write).changed());
      CHECK(bureau.office.projections() == before);
      CHECK(bureau.deep() == "valid");
    }
  }
}
