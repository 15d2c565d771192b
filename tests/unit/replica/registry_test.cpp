#include <gtest/gtest.h>

#include <concepts>

#include "tests/support/story.hpp"

// What the kinds of the registry refuse, row by row of docs/judgement.md.
namespace hoso::tests {
namespace {

using namespace domain;

// A province with a meeting that is open, one that is closed, and a decision.
class Registry : public testing::Test {
protected:
    Registry() {
        open.submit();
        open.receive();
        open.take(open.meeting_opening());
        decided.submit();
        decided.evaluate(three_stars);
        decided.recognise();
    }

    Reason says(const Body& body, const std::string& officer = "founder_0") const {
        const Officer& by = world.officers.at(officer);
        return world.replica.preview(world.propose(by, registry_stream, body), world.now).reason;
    }
    // The same body with one thing changed.
    template <typename Kind, std::invocable<Kind&> Change>
    Reason says(Kind kind, Change change, const std::string& officer = "founder_0") const {
        change(kind);
        return says(Body{kind}, officer);
    }
    template <typename Known>
    Uuid one_of(const Known& known) const {
        return known.begin()->first;
    }

    World world;
    Story open{world, "a1"}, decided{world, "a1"};
    const domain::Registry& registry = world.registry();
    const Uuid nobody = world.new_id();
    const AccountId account = world.officers.at("officer_a1").account;
};

TEST_F(Registry, Units) {
    const UnitCreated unit{world.new_id(), world.units.at("a"), "commune", "commune", "1", "Xã", {}};
    EXPECT_EQ(says(unit), Reason::none);
    EXPECT_EQ(says(unit, [&](auto& made) { made.unit = world.units.at("a"); }), Reason::already_exists);
    EXPECT_EQ(says(unit, [](auto& made) { made.unit = {}; }), Reason::malformed);
    EXPECT_EQ(says(unit, [](auto& made) { made.unit = whole_log_scope(); }), Reason::malformed);
    EXPECT_EQ(says(unit, [](auto& made) { made.parent = {}; }), Reason::malformed);
    EXPECT_EQ(says(unit, [&](auto& made) { made.parent = nobody; }), Reason::unknown_unit);
    EXPECT_EQ(says(unit, [](auto& made) { made.level.clear(); }), Reason::malformed);
    EXPECT_EQ(says(unit, [](auto& made) { made.code.clear(); }), Reason::malformed);
    EXPECT_EQ(says(unit, [](auto& made) { made.name.clear(); }), Reason::malformed);

    const UnitClosed closed{world.units.at("a2"), world.today(), {{world.units.at("a1"), true}}};
    EXPECT_EQ(says(closed), Reason::none);
    EXPECT_EQ(says(closed, [&](auto& made) { made.unit = nobody; }), Reason::unknown_unit);
    EXPECT_EQ(says(closed, [&](auto& made) { made.successors[0].unit = nobody; }), Reason::unknown_unit);
    EXPECT_EQ(says(closed, [](auto& made) { made.valid_to = {}; }), Reason::malformed);
    EXPECT_EQ(says(closed, [&](auto& made) { made.unit = world.units.at("p"); }), Reason::malformed) << "who would act then?";
    world.effective("founder_0", registry_stream, closed);
    EXPECT_EQ(says(closed), Reason::unit_closed);
}

TEST_F(Registry, AccountsSlipsAndMandates) {
    const AccountCreated created{world.new_id(), "Cán bộ", {}, world.units.at("a1")};
    EXPECT_EQ(says(created), Reason::none);
    EXPECT_EQ(says(created, [&](auto& made) { made.account = account; }), Reason::already_exists);
    EXPECT_EQ(says(created, [](auto& made) { made.title.clear(); }), Reason::malformed);
    EXPECT_EQ(says(created, [&](auto& made) { made.unit = nobody; }), Reason::unknown_unit);

    const SlipIssued slip{world.new_id(), {}, account, world.units.at("a1"), world.now};
    EXPECT_EQ(says(slip), Reason::none);
    EXPECT_EQ(says(slip, [&](auto& made) { made.slip = one_of(registry.slips); }), Reason::already_exists);
    EXPECT_EQ(says(slip, [&](auto& made) { made.account = nobody; }), Reason::unknown_account);
    EXPECT_EQ(says(slip, [&](auto& made) { made.unit = nobody; }), Reason::unknown_unit);

    const MandateGranted mandate{world.new_id(), account, Role::officer, world.units.at("a1"), world.today(), world.today(), ""};
    EXPECT_EQ(says(mandate), Reason::none);
    EXPECT_EQ(says(mandate, [&](auto& made) { made.mandate = one_of(registry.mandates); }), Reason::already_exists);
    EXPECT_EQ(says(mandate, [&](auto& made) { made.account = nobody; }), Reason::unknown_account);
    EXPECT_EQ(says(mandate, [&](auto& made) { made.unit = nobody; }), Reason::unknown_unit);
    EXPECT_EQ(says(mandate, [](auto& made) { made.valid_to -= std::chrono::days{1}; }), Reason::malformed);

    EXPECT_EQ(says(MandateEnded{nobody, ""}), Reason::unknown_mandate);
    const MandateEnded ended{one_of(registry.mandates), ""};
    world.effective("founder_0", registry_stream, ended);
    EXPECT_EQ(says(ended), Reason::mandate_ended);
}

TEST_F(Registry, RuleSetsAndRounds) {
    const std::string json = world_rules_json("other");
    const RuleSetPublished published{"other", parse_rules(json)->hash, pack_rules(json)};
    EXPECT_EQ(says(published), Reason::none);
    EXPECT_EQ(says(published, [&](auto& made) { made.hash = world.rules; }), Reason::already_exists);
    EXPECT_EQ(says(published, [](auto& made) { made.hash.bytes[0] ^= 1; }), Reason::malformed);
    EXPECT_EQ(says(published, [](auto& made) { made.id = "another"; }), Reason::malformed);
    EXPECT_EQ(says(published, [](auto& made) { made.json.pop_back(); }), Reason::malformed);
    EXPECT_EQ(says(published, [](auto& made) { made.json = pack_rules("{}"); }), Reason::malformed);

    const RoundOpened round{world.new_id(), "Đợt 2", 2023, {}, ""};
    EXPECT_EQ(says(round), Reason::none);
    EXPECT_EQ(says(round, [&](auto& made) { made.round = world.round; }), Reason::already_exists);
    EXPECT_EQ(says(round, [](auto& made) { made.title.clear(); }), Reason::malformed);
}

TEST_F(Registry, CouncilsAndMeetings) {
    const CouncilEstablished council{world.new_id(),
                                     world.units.at("a"),
                                     "district",
                                     "",
                                     world.today(),
                                     {{account, Seat::chair}, {world.officers.at("officer_a2").account, Seat::member}},
                                     2,
                                     0};
    const auto refuse_council = [&](auto change) { return says(council, change, "signer_a"); };
    EXPECT_EQ(refuse_council([](auto&) {}), Reason::none);
    EXPECT_EQ(refuse_council([&](auto& made) { made.council = world.councils.at("a"); }), Reason::already_exists);
    EXPECT_EQ(refuse_council([&](auto& made) { made.unit = nobody; }), Reason::unknown_unit);
    EXPECT_EQ(refuse_council([](auto& made) { made.stage = "nowhere"; }), Reason::unknown_stage);
    EXPECT_EQ(refuse_council([](auto& made) { made.stage = "province"; }), Reason::unknown_stage) << "of a district";
    EXPECT_EQ(refuse_council([](auto& made) { made.stage = "commune"; }), Reason::unknown_stage) << "gives opinions";
    EXPECT_EQ(refuse_council([&](auto& made) { made.members[1].account = nobody; }), Reason::unknown_account);
    EXPECT_EQ(refuse_council([](auto& made) { made.members[1].account = made.members[0].account; }), Reason::malformed);
    EXPECT_EQ(refuse_council([](auto& made) { made.members[1].seat = Seat::chair; }), Reason::malformed);
    EXPECT_EQ(refuse_council([](auto& made) { made.members[0].seat = Seat::member; }), Reason::malformed);
    EXPECT_EQ(refuse_council([](auto& made) { made.quorum = 0; }), Reason::malformed);
    EXPECT_EQ(refuse_council([](auto& made) { made.quorum = 3; }), Reason::malformed);

    const MeetingOpened meeting{world.new_id(), world.councils.at("a"), world.today(), {}, {}, {{open.product, open.file}}};
    const auto refuse_meeting = [&](auto change) { return says(meeting, change, "chair_a"); };
    EXPECT_EQ(refuse_meeting([](auto&) {}), Reason::none);
    EXPECT_EQ(refuse_meeting([&](auto& made) { made.meeting = open.meeting; }), Reason::already_exists);
    EXPECT_EQ(refuse_meeting([&](auto& made) { made.council = nobody; }), Reason::unknown_council);
    EXPECT_EQ(refuse_meeting([](auto& made) { made.dossiers.clear(); }), Reason::malformed);

    EXPECT_EQ(says(MeetingClosed{nobody, {}, {}}, "chair_a"), Reason::unknown_meeting);
    EXPECT_EQ(says(MeetingClosed{open.meeting, decided.meeting_key, {}}, "chair_a"), Reason::wrong_key);
    EXPECT_EQ(says(MeetingClosed{open.meeting, open.meeting_key, {}}, "chair_a"), Reason::none);
    EXPECT_EQ(says(MeetingClosed{decided.meeting, decided.meeting_key, {}}, "chair_a"), Reason::meeting_closed);
}

TEST_F(Registry, Numbers) {
    const DeviceId& device = world.desks[world.officers.at("signer_a").desk].id;
    const NumberBlockGranted block{world.new_id(), device, NumberKind::certificate, "{}/x", 5, 9};
    EXPECT_EQ(says(block), Reason::none);
    EXPECT_EQ(says(block, [&](auto& made) { made.block = one_of(registry.blocks); }), Reason::already_exists);
    EXPECT_EQ(says(block, [&](auto& made) { made.device = nobody; }), Reason::unknown_account);
    EXPECT_EQ(says(block, [](auto& made) { made.first = 10; }), Reason::malformed);
    EXPECT_EQ(says(block, [](auto& made) { made.pattern = "x"; }), Reason::malformed);
    EXPECT_EQ(says(block, [](auto& made) { made.pattern = "{}{}"; }), Reason::malformed);
    world.effective("founder_0", registry_stream, block);
    const auto again = [&](std::uint32_t first, std::uint32_t last, NumberKind kind, const char* pattern) {
        return says(NumberBlockGranted{world.new_id(), device, kind, pattern, first, last});
    };
    EXPECT_EQ(again(9, 12, NumberKind::certificate, "{}/x"), Reason::number_used);
    EXPECT_EQ(again(1, 5, NumberKind::certificate, "{}/x"), Reason::number_used);
    EXPECT_EQ(again(10, 12, NumberKind::certificate, "{}/x"), Reason::none);
    EXPECT_EQ(again(5, 9, NumberKind::decision, "{}/x"), Reason::none);
    EXPECT_EQ(again(5, 9, NumberKind::certificate, "{}/y"), Reason::none);
}

// "{}/1" and "1/{}": two patterns, one printed number.
TEST_F(Registry, NumbersThatPrintAlikeAreOne) {
    const DeviceId& device = world.desks[world.officers.at("signer_a").desk].id;
    const auto sign = [&](const char* pattern) {
        const Uuid block = world.new_id();
        world.effective("founder_0", registry_stream, NumberBlockGranted{block, device, NumberKind::decision, pattern, 1, 9});
        const DecisionSigned decision{world.new_id(),
                                      DecisionKind::revocation,
                                      world.units.at("a"),
                                      "district",
                                      {block, 1},
                                      world.today(),
                                      {{decided.product, {}, 3, {}, "1/2023/certificate_a"}},
                                      {}};
        return world.act("signer_a", registry_stream, decision).reason;
    };
    EXPECT_EQ(sign("{}/1"), Reason::none);
    EXPECT_EQ(sign("1/{}"), Reason::number_used);
}

TEST_F(Registry, Decisions) {
    const Number number{world.numbers.at("decision_a").block, 50};
    const Number certificate{world.numbers.at("certificate_a").block, 50};
    const DecisionSigned decision{world.new_id(),
                                  DecisionKind::recognition,
                                  world.units.at("a"),
                                  "district",
                                  number,
                                  world.today(),
                                  {{open.product, open.file, 3, certificate, ""}},
                                  {}};
    const auto refuse_decision = [&](auto change) { return says(decision, change, "signer_a"); };
    EXPECT_EQ(refuse_decision([](auto&) {}), Reason::none);
    EXPECT_EQ(refuse_decision([&](auto& made) { made.decision = decided.decision; }), Reason::already_exists);
    EXPECT_EQ(refuse_decision([&](auto& made) { made.unit = nobody; }), Reason::unknown_unit);
    EXPECT_EQ(refuse_decision([](auto& made) { made.number.value = 1; }), Reason::number_used);
    EXPECT_EQ(refuse_decision([](auto& made) { made.number.value = 10'000; }), Reason::number_not_granted);
    EXPECT_EQ(refuse_decision([&](auto& made) { made.number = certificate; }), Reason::number_not_granted);
    EXPECT_EQ(refuse_decision([&](auto& made) { made.number.block = world.numbers.at("decision_b").block; }),
              Reason::number_not_granted);
    EXPECT_EQ(refuse_decision([](auto& made) { made.lines.clear(); }), Reason::malformed);
    EXPECT_EQ(refuse_decision([](auto& made) { made.lines.push_back(made.lines[0]); }), Reason::malformed);
    EXPECT_EQ(refuse_decision([](auto& made) {
                  made.lines.push_back(made.lines[0]);
                  made.lines[1].dossier = {};
              }),
              Reason::number_used);
    EXPECT_EQ(refuse_decision([](auto& made) { made.stage = "nosuch"; }), Reason::unknown_stage);
    EXPECT_EQ(refuse_decision([](auto& made) { made.lines[0].certificate.value = 1; }), Reason::number_used);
    EXPECT_EQ(refuse_decision([&](auto& made) { made.lines[0].certificate = number; }), Reason::number_not_granted);
    EXPECT_EQ(refuse_decision([&](auto& made) {
                  made.kind = DecisionKind::revocation;
                  made.lines[0].certificate = {};
              }),
              Reason::none);
}

TEST_F(Registry, ScopesOfDesks) {
    const auto scopes = [&](const std::string& officer) {
        auto found = registry.scopes(registry.devices.at(world.desks[world.officers.at(officer).desk].id));
        return std::set<UnitId>(found.begin(), found.end());
    };
    const auto units = [&](std::vector<std::string> names) {
        std::set<UnitId> found{registry_scope};
        for (const auto& called : names) found.insert(world.units.at(called));
        return found;
    };
    EXPECT_EQ(scopes("officer_a1"), units({"a1"}));
    EXPECT_EQ(scopes("signer_a"), units({"a", "a1", "a2"}));
    EXPECT_EQ(scopes("signer_p"), std::set{whole_log_scope()});
    EXPECT_EQ(scopes("founder_0"), std::set{whole_log_scope()});
    world.effective("founder_0", registry_stream, UnitClosed{world.units.at("a2"), world.today(), {{world.units.at("b1"), true}}});
    EXPECT_EQ(scopes("officer_b1"), units({"a2", "b1"}));
    EXPECT_EQ(scopes("officer_a1"), units({"a1"}));
}

}  // namespace
}  // namespace hoso::tests
