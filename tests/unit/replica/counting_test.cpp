#include <gtest/gtest.h>

#include "tests/support/programme.hpp"

// Once a meeting is closed everybody has read its sheets: what holds is counted, and nobody looks for another result.
namespace hoso::tests {
namespace {

using namespace domain;

class CountingTest : public testing::Test {
protected:
    CountingTest() {
        story.submit();
        story.receive();
    }
    Reason reason(const Step& step) { return story.try_it(step).reason; }

    World world;
    Programme programme{world};
    Story story{world, "a1"};
};

TEST_F(CountingTest, AnEarlierMeetingIsCountedFirst) {
    story.meet(three_stars);
    const Uuid first = story.meeting;
    const BoxPrivateKey key = story.meeting_key;
    story.meet(four_stars);
    EXPECT_EQ(reason(story.tally()), Reason::meeting_uncounted);
    EXPECT_EQ(reason(story.paper(90)), Reason::meeting_uncounted);
    story.meeting = first;
    story.meeting_key = key;
    story.take(story.tally());
    EXPECT_EQ(story.dossier().tally->stars, 3);
}

TEST_F(CountingTest, AMeetingShortOfItsQuorumStandsInNobodysWay) {
    story.take(story.meeting_opening());
    story.take(story.sheet("chair", three_stars));
    story.take(story.meeting_closing());
    story.meet(four_stars);
    EXPECT_EQ(reason(story.tally()), Reason::none);
}

TEST_F(CountingTest, AnOpenMeetingStandsInNobodysWay) {
    story.take(story.meeting_opening());
    story.take(story.sheet("chair", no_stars));
    story.meet(four_stars);
    EXPECT_EQ(reason(story.tally()), Reason::none);
}

TEST_F(CountingTest, ADecisionSignedBeforeTheCountRecognisesNothing) {
    story.meet(three_stars);
    const Step signing = story.decision_signing();
    DecisionSigned early = std::get<DecisionSigned>(signing.body);
    early.lines[0].stars = 3;
    story.take({signing.officer, signing.stream, early});
    story.take(story.tally());
    EXPECT_EQ(reason(story.recognition()), Reason::stale_view) << "nobody signs what they did not see";
    story.take(story.decision_signing());
    EXPECT_EQ(reason(story.recognition()), Reason::none);
}

TEST_F(CountingTest, ADecisionNamesADossierOnceAndAStageThatIsKnown) {
    story.meet(three_stars);
    story.take(story.tally());
    const Step signing = story.decision_signing();
    DecisionSigned twice = std::get<DecisionSigned>(signing.body);
    twice.lines.push_back(twice.lines[0]);
    twice.lines[1].certificate.value += 1;
    EXPECT_EQ(reason({signing.officer, signing.stream, twice}), Reason::malformed);
    DecisionSigned nowhere = std::get<DecisionSigned>(signing.body);
    nowhere.stage = "nosuch";
    EXPECT_EQ(reason({signing.officer, signing.stream, nowhere}), Reason::unknown_stage);
    EXPECT_EQ(reason(signing), Reason::none) << "neither took a number";
}

}  // namespace
}  // namespace hoso::tests
