#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"
#include "tests/support/cli_desk.hpp"

// What a council's chair and secretary do at their desk.
namespace hoso::client {
namespace {

using namespace tests;

// The officer of the desk is the secretary of a council, and a product whose sheet the regulation does not hold waits for it.
class CliCouncil : public CliDesk {
protected:
    void SetUp() override {
        CliDesk::SetUp();
        World& world = at_.world;
        const AccountId& chair = world.officers.at("chair_a").account;
        world.effective("signer_a", registry_stream,
                        domain::CouncilEstablished{council_,
                                                   world.units.at("a"),
                                                   "district",
                                                   "7/QĐ",
                                                   world.today(),
                                                   {{chair, domain::Seat::chair}, {at_.slip.account, domain::Seat::secretary}},
                                                   2,
                                                   1'000});
        story_.take(story_.registration("stone"));
        story_.take(story_.opening());
        story_.take(story_.document());
        story_.take(story_.opinion({}));
        story_.take(story_.submission());
        story_.receive();
        at_.sync();
    }
    std::vector<std::string> minutes(const std::vector<std::string>& averages, const std::string& stars = "3") const {
        std::vector<std::string> args{"meeting",
                                      "paper",
                                      story_.product.hex(),
                                      "--council",
                                      council_.hex(),
                                      "--minutes",
                                      "05/BB-HĐ",
                                      "--date",
                                      to_text(at_.world.today()),
                                      "--sheets",
                                      "2",
                                      "--stars",
                                      stars};
        for (const std::string& average : averages) {
            args.push_back("--average");
            args.push_back(average);
        }
        return args;
    }
    const Uuid council_ = at_.world.new_id();
    Story story_{at_.world, "a1"};
};

TEST_F(CliCouncil, TypesTheMinutesOfACouncilThatScoredOnPaper) {
    auto args = minutes({"B=20", "A=28,5", "C=20.99"});
    args.insert(args.end(), {"--file", file("bản quét")});
    const auto typed = answer(args);
    EXPECT_EQ(text(typed, "paper"), "05/BB-HĐ");
    EXPECT_EQ(text(typed.at("preview").get_object(), "outcome"), "effective");
    at_.sync();
    const auto action = domain::decode(at_.world.events.back().action);
    ASSERT_TRUE(action);
    const auto& paper = std::get<domain::PaperTallied>(action->body);
    EXPECT_EQ(paper.averages, (std::vector<std::uint32_t>{2'850, 2'000, 2'099})) << "in the order of the sheet";
    EXPECT_EQ(paper.minutes_hash, sha256(as_bytes("bản quét")));
    const auto shown = answer({"dossier", "show", story_.product.hex()});
    EXPECT_EQ(text(shown, "phase"), "tallied");
    EXPECT_EQ(text(shown, "sheet_missing"), "not found");
    EXPECT_EQ(text(shown.at("tally").get_object(), "paper"), "05/BB-HĐ");
    EXPECT_EQ(text(shown.at("tally").get_object(), "average"), "69,49");
}

TEST_F(CliCouncil, RefusesMinutesThatDoNotAddUp) {
    run(minutes({"A=28", "B=20"}), 2);
    EXPECT_NE(said_.find("C=POINTS, of at most 40"), std::string::npos) << said_;
    run(minutes({"A=28", "B=20", "C=x"}), 2);
    run(minutes({"A=28", "B=20", "C=20", "C=21"}), 2);
    run(minutes({"A=28", "B=25,01", "C=20"}), 6);
    EXPECT_NE(said_.find("wrong_tally"), std::string::npos) << said_;
    run(minutes({"A=28", "B=20", "C=20"}, "4"), 6);
    EXPECT_NE(said_.find("wrong_tally"), std::string::npos) << said_;
}

TEST_F(CliCouncil, SaysThatThereIsNoSheet) {
    story_.take(story_.meeting_opening());
    at_.sync();
    run({"meeting", "sheet", story_.meeting.hex(), story_.product.hex(), "--scores", "1=1"}, 4);
    EXPECT_NE(said_.find("meeting paper"), std::string::npos) << said_;
    run({"dossier", "assess", story_.product.hex(), "--scores", "1=1"}, 4);
    EXPECT_NE(said_.find("not found"), std::string::npos) << said_;
}

}  // namespace
}  // namespace hoso::client
