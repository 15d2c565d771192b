#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "tests/support/desk_folder.hpp"

namespace hoso::client {
namespace {

using namespace tests;
using domain::Outcome;
using domain::Reason;

TEST(Desk, EnrolsAndFollowsItsScope) {
    DeskFolder at;
    at.settle();
    EXPECT_EQ(at.desk->identity().unit, at.slip.unit);
    EXPECT_TRUE(at.desk->identity().training());
    EXPECT_FALSE(at.desk->whole());
    EXPECT_EQ(at.desk->scopes(), (std::vector<UnitId>{registry_scope, at.slip.unit}));
    EXPECT_EQ(at.desk->through(), at.world.events.size());
    EXPECT_TRUE(at.desk->confirmed().state().registry.devices.contains(at.desk->identity().device));
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), registry_stream), stream_hash(at.world.replica.state(), registry_stream));
}

TEST(Desk, EnrolmentIsTakenUpAgainWithTheSameKeys) {
    DeskFolder at;
    at.prepare();
    const ActionId enrolment = at.desk->outbox().at(0).id;
    const PublicKey key = at.desk->device_key().public_key();
    at.desk.reset();
    at.prepare();
    EXPECT_EQ(at.desk->outbox().size(), 1u);
    EXPECT_EQ(at.desk->outbox().at(0).id, enrolment);
    EXPECT_EQ(at.desk->device_key().public_key(), key);
    ASSERT_TRUE(Talk::enrol(at.world, *at.desk).has_value());
    ASSERT_TRUE(Talk::enrol(at.world, *at.desk).has_value()) << "the answer was lost: the same frame again is harmless";
}

TEST(Desk, EnrolmentBegunWithoutAnActionIsTakenUpAgain) {
    DeskFolder at;
    at.prepare();
    at.desk.reset();
    std::filesystem::remove_all(at.folder / "db");
    std::filesystem::remove_all(at.folder / "outbox");
    at.prepare();
    EXPECT_EQ(at.desk->outbox().size(), 1u);
}

TEST(Desk, AnotherSlipNeedsAnotherFolder) {
    DeskFolder at;
    at.prepare();
    at.desk.reset();
    const Slip other = slip_for(at.world, at.slip.unit, domain::Role::officer);
    const auto made = prepare_enrolment(at.folder, other, passphrase, at.clock);
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, Errc::exists);
}

TEST(Desk, ASlipWorksOnce) {
    DeskFolder first;
    first.settle();
    const auto second = prepare_enrolment(first.temp.path() / "second", first.slip, passphrase, first.clock);
    ASSERT_TRUE(second.has_value());
    const auto enrolled = Talk::enrol(first.world, **second);
    ASSERT_FALSE(enrolled.has_value());
    EXPECT_EQ(enrolled.error().code, Errc::denied);
}

TEST(Desk, OpeningSaysWhatIsMissing) {
    DeskFolder at;
    const auto nothing = Desk::open(at.folder, at.clock);
    ASSERT_FALSE(nothing.has_value());
    EXPECT_EQ(nothing.error().code, Errc::not_found);
    at.prepare();
    const auto second = Desk::open(at.folder, at.clock);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Errc::locked);
    EXPECT_NE(second.error().detail.find(std::to_string(::getpid())), std::string::npos) << second.error().detail;
}

TEST(Desk, AHandedClockIsForTrainingOnly) {
    DeskFolder at;
    at.prepare();
    at.desk.reset();
    std::ifstream in(at.folder / "join.json");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    text.replace(text.find("true"), 4, "false");
    std::ofstream(at.folder / "join.json") << text;
    const auto opened = Desk::open(at.folder, at.clock);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::corrupt) << "the genesis in the file says that it is a training log";
}

TEST(Desk, RefusesWhatWouldBeVoid) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    const auto refused = at.desk->record(at.hopeless());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::denied);
    EXPECT_TRUE(refused.error().detail.starts_with("no_mandate")) << refused.error().detail;
    EXPECT_EQ(at.desk->outbox().size(), size);
    EXPECT_EQ(at.desk->preview(at.hopeless()).reason, Reason::no_mandate);

    const auto forced = at.desk->record(at.hopeless(), {.force = true});
    ASSERT_TRUE(forced.has_value());
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    EXPECT_EQ(at.desk->outbox().at(forced->seq).standing, Standing::logged);
    EXPECT_EQ(at.desk->outbox().at(forced->seq).verdict.reason, Reason::no_mandate);
}

TEST(Desk, ABatchAnswersEveryProposal) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    const std::vector<Proposal> proposals{at.subject("một"), at.hopeless(), at.subject("hai")};
    const auto none = at.desk->record_many(proposals, {.all_or_nothing = true});
    ASSERT_TRUE(none.has_value());
    EXPECT_EQ(at.desk->outbox().size(), size);
    EXPECT_FALSE(none->at(0).recorded);

    const auto some = at.desk->record_many(proposals, {});
    ASSERT_TRUE(some.has_value());
    EXPECT_EQ(at.desk->outbox().size(), size + 2);
    EXPECT_TRUE(some->at(0).recorded);
    EXPECT_FALSE(some->at(1).recorded);
    EXPECT_EQ(some->at(1).preview.outcome, Outcome::voided);
    EXPECT_EQ(some->at(2).seq, size + 1);
}

TEST(Desk, PendingActionsAreFoldedOnTop) {
    DeskFolder at;
    at.settle();
    const Proposal subject = at.subject();
    ASSERT_TRUE(at.desk->record(subject).has_value());
    const Proposal product{
        domain::ProductRegistered{at.slip.unit, subject.stream, "Chè", "tea", "01"}, at.world.new_id(), at.slip.account, {}};
    EXPECT_EQ(at.desk->confirmed().state().subject(subject.stream), nullptr);
    ASSERT_NE(at.desk->pending().state().subject(subject.stream), nullptr);
    ASSERT_TRUE(at.reopen());
    ASSERT_NE(at.desk->pending().state().subject(subject.stream), nullptr) << "also after a restart";
    at.unlock();
    EXPECT_NE(at.desk->preview(subject).outcome, Outcome::effective) << "it exists already";
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    ASSERT_NE(at.desk->confirmed().state().subject(subject.stream), nullptr);
    EXPECT_EQ(at.desk->pending().size(), at.desk->confirmed().size());
}

TEST(Desk, NoRoomNothingRecorded) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    ASSERT_TRUE(at.reopen({.reserve_bytes = ~std::uint64_t{0} >> 1}));
    at.unlock();
    const auto full = at.desk->record(at.subject());
    ASSERT_FALSE(full.has_value());
    EXPECT_EQ(full.error().code, Errc::full);
    EXPECT_EQ(at.desk->outbox().size(), size);
    ASSERT_TRUE(at.reopen());
    at.unlock();
    EXPECT_TRUE(at.desk->record(at.subject()).has_value());
}

TEST(Desk, TextThatIsNoUtf8NeverEntersTheChain) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    const auto bad = at.desk->record(at.subject("\xff\xfe"));
    ASSERT_FALSE(bad.has_value());
    EXPECT_EQ(bad.error().code, Errc::invalid);
    const auto large = at.desk->record(at.subject(std::string(70'000, 'x')));
    ASSERT_FALSE(large.has_value());
    EXPECT_EQ(large.error().code, Errc::limit);
    EXPECT_EQ(at.desk->outbox().size(), size);
}

// Whoever opened `file` holds `other` in its place from now on.
void replace_open_file(const std::filesystem::path& file, const char* other) {
    bool found = false;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        if (std::filesystem::read_symlink(entry.path(), gone) != file) continue;
        const int with = ::open(other, O_RDWR | O_CLOEXEC);
        CHECK(with >= 0 && ::dup2(with, std::stoi(entry.path().filename().string())) >= 0);
        ::close(with);
        found = true;
    }
    CHECK(found);
}

TEST(Desk, AFailingWatermarkIsNotCalledUnrecorded) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    for (const char* name : {"headlog.0", "headlog.1"})
        replace_open_file(std::filesystem::canonical(at.folder) / "outbox" / name, "/dev/full");
    const auto failed = at.desk->record(at.subject());
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().code, Errc::io) << failed.error().detail;
    EXPECT_EQ(failed.error().detail.find("nothing was recorded"), std::string::npos) << failed.error().detail;
    EXPECT_EQ(at.desk->outbox().size(), size + 1) << "it is in the chain";
    const auto next = at.desk->record(at.subject());
    ASSERT_FALSE(next.has_value()) << "this process writes nothing more";
    EXPECT_EQ(next.error().code, Errc::io);
    EXPECT_EQ(at.desk->outbox().size(), size + 1);
    EXPECT_FALSE(at.desk->prepare(size).has_value()) << "and sends nothing that no watermark vouches for";
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(at.desk->outbox().size(), size + 1);
    at.unlock();
    EXPECT_TRUE(at.desk->record(at.subject()).has_value());
}

TEST(Desk, SaysHowFarItIs) {
    DeskFolder at;
    at.settle();
    std::vector<Proposal> proposals;
    for (int i = 0; i < 2'500; ++i) proposals.push_back(at.subject("chủ thể " + std::to_string(i)));
    std::vector<std::size_t> judged;
    ASSERT_TRUE(at.desk
                    ->record_many(proposals, {.on_judged =
                                                  [&](std::size_t count) {
                                                      judged.push_back(count);
                                                      return true;
                                                  }})
                    .has_value());
    EXPECT_EQ(judged, (std::vector<std::size_t>{2'000, 2'500}));
    at.sync();
    std::vector<Position> folded;
    Position size = 0;
    const auto tell = [&](Position done, Position all) {
        folded.push_back(done);
        size = all;
    };
    ASSERT_TRUE(at.reopen({.on_fold = tell}));
    ASSERT_FALSE(folded.empty());
    EXPECT_TRUE(std::is_sorted(folded.begin(), folded.end()));
    EXPECT_EQ(folded.back(), at.desk->confirmed().size());
    EXPECT_EQ(size, at.desk->log()->size());
}

TEST(Desk, AnOlderCopyOfTheOutboxIsNoticed) {
    DeskFolder at;
    at.settle();
    at.desk.reset();
    std::filesystem::copy(at.folder / "db", at.temp.path() / "old", std::filesystem::copy_options::recursive);
    ASSERT_TRUE(at.reopen());
    at.unlock();
    ASSERT_TRUE(at.desk->record(at.subject()).has_value());
    at.desk.reset();
    std::filesystem::remove_all(at.folder / "db");
    std::filesystem::rename(at.temp.path() / "old", at.folder / "db");
    const auto opened = at.reopen();
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::amnesia);
}

TEST(Desk, PersonalValuesStayHere) {
    DeskFolder at;
    at.settle();
    Proposal proposal = at.subject();
    auto& body = std::get<domain::SubjectRegistered>(proposal.body);
    body.phone = at.desk->seal_field("phone", "0912 345 678");
    ASSERT_TRUE(at.desk->record(proposal).has_value());
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(at.desk->open_field(body.phone.commitment), "0912 345 678");
    EXPECT_EQ(at.desk->open_field(Hash{}), std::nullopt);
}

TEST(Desk, APersonalValueSurvivesATornLineBeforeIt) {
    DeskFolder at;
    at.settle();
    const auto keep = [&](const char* value) {
        Proposal proposal = at.subject();
        auto& body = std::get<domain::SubjectRegistered>(proposal.body);
        body.phone = at.desk->seal_field("phone", value);
        CHECK(at.desk->record(proposal).has_value());
        return body.phone.commitment;
    };
    const Hash before = keep("0912 345 678");
    std::ofstream(at.folder / "private.ndjson", std::ios::app) << "{\"commitment\": \"00";
    const Hash after = keep("0987 654 321");
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(at.desk->open_field(before), "0912 345 678");
    EXPECT_EQ(at.desk->open_field(after), "0987 654 321");
}

TEST(Desk, APersonalValueThatFindsNoRoomSaysSo) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    std::filesystem::create_symlink("/dev/full", at.folder / "private.ndjson");
    Proposal proposal = at.subject();
    std::get<domain::SubjectRegistered>(proposal.body).phone = at.desk->seal_field("phone", "0912 345 678");
    const auto full = at.desk->record(proposal);
    ASSERT_FALSE(full.has_value());
    EXPECT_EQ(full.error().code, Errc::full) << full.error().detail;
    EXPECT_EQ(at.desk->outbox().size(), size);
}

TEST(Files, AreReadBackAndCheckedAgainstTheirGenesis) {
    DeskFolder at;
    const auto slip = slip_from_json(to_json(at.slip));
    ASSERT_TRUE(slip.has_value()) << slip.error().detail;
    EXPECT_EQ(to_json(*slip), to_json(at.slip));
    const auto join = province_from_json(to_json(at.slip.province));
    ASSERT_TRUE(join.has_value());
    std::string newer = to_json(at.slip);
    newer.replace(newer.find("\"version\": 1"), 12, "\"version\": 2");
    EXPECT_EQ(slip_from_json(newer).error().code, Errc::version);
    Slip other = at.slip;
    other.province.origin = "hoso.example/other";
    EXPECT_EQ(slip_from_json(to_json(other)).error().code, Errc::corrupt);
    EXPECT_EQ(slip_from_json("{}").error().code, Errc::invalid);
    EXPECT_EQ(slip_from_json("tệp khác").error().code, Errc::invalid);
}

}  // namespace
}  // namespace hoso::client
