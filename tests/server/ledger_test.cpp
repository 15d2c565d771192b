#include "server/ledger.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <fstream>

#include "tests/support/server_ledger.hpp"
#include "tests/support/small_disk.hpp"

namespace hoso::server::test {
namespace {

namespace conversation = sync::server;
using sync::ByeReason;

std::vector<log::Head> heads_of(const conversation::Logged& logged) {
    std::vector<log::Head> heads;
    for (std::size_t at = 0; at < logged.heads.size(); at += log::head_size) {
        const auto head = log::decode_head(ByteSpan{logged.heads}.subspan(at, log::head_size));
        CHECK(head.has_value());
        heads.push_back(*head);
    }
    return heads;
}

TEST_F(LedgerTest, AnswersEveryPushWithTheHeadsThatAreOnDisk) {
    open();
    const Position before = log().size();
    Answers answers;
    constexpr std::size_t pushes = 40;
    for (std::size_t i = 0; i < pushes; ++i) ledger_->store(Petition{subjects(world_, 3), false, answers.next()});
    const auto all = answers.wait(pushes);
    EXPECT_EQ(log().size(), before + 3 * pushes);
    Position next = before;
    for (const conversation::Input& input : all) {
        ASSERT_TRUE(std::holds_alternative<conversation::Logged>(input));
        for (const log::Head& head : heads_of(std::get<conversation::Logged>(input))) {
            EXPECT_EQ(head.position, next++);
            EXPECT_EQ(head.outcome, 0) << domain::name(static_cast<domain::Reason>(head.reason));
            EXPECT_EQ(log().at(head.position)->head, head);
        }
    }
}

TEST_F(LedgerTest, SaysNothingBeforeItIsDurable) {
    open();
    std::atomic<bool> durable = true;
    Answers answers;
    for (int i = 0; i < 20; ++i) {
        const auto tell = answers.next();
        ledger_->store(Petition{subjects(world_, 2), false, [&, tell](conversation::Input input) {
                                    const auto heads = heads_of(std::get<conversation::Logged>(input));
                                    if (log().size() <= heads.back().position) durable = false;
                                    tell(std::move(input));
                                }});
    }
    answers.wait(20);
    EXPECT_TRUE(durable);
}

TEST_F(LedgerTest, TheStateOnDiskIsTheStateInMemory) {
    open();
    Answers answers;
    for (int i = 0; i < 10; ++i) ledger_->store(Petition{subjects(world_, 5, i % 2 ? "a1" : "b1"), false, answers.next()});
    answers.wait(10);
    ledger_->stop();
    const Hash in_memory = replica::state_hash(province_->book.replica.state());
    const Hash root = log().tree().root();
    close();
    const auto again = open_book(folder_.path() / "data", io::Database::Options{}, {});
    ASSERT_TRUE(again.has_value()) << again.error().detail;
    EXPECT_EQ(replica::state_hash(again->replica.state()), in_memory);
    EXPECT_EQ(again->log->tree().root(), root);
}

TEST_F(LedgerTest, AResendGetsItsFirstAnswer) {
    open();
    const log::Push push = subjects(world_, 7);
    const auto first = std::get<conversation::Logged>(store(push));
    const Position size = log().size();
    EXPECT_EQ(std::get<conversation::Logged>(store(push)).heads, first.heads);
    EXPECT_EQ(log().size(), size);
    close();
    open();
    EXPECT_EQ(std::get<conversation::Logged>(store(push)).heads, first.heads);
    EXPECT_EQ(log().size(), size);
}

TEST_F(LedgerTest, AResendInTheSameGroupWaitsForTheDisk) {
    open();
    const log::Push push = subjects(world_, 7);
    Answers answers;
    for (int i = 0; i < 5; ++i) ledger_->store(Petition{push, false, answers.next()});
    const auto all = answers.wait(5);
    for (const auto& input : all)
        EXPECT_EQ(std::get<conversation::Logged>(input).heads, std::get<conversation::Logged>(all[0]).heads);
}

TEST_F(LedgerTest, RefusesWhatCannotBeLoggedAndGoesOn) {
    open();
    const tests::World fork = world_;  // of the time before the good push
    const log::Push good = subjects(world_, 2);
    const auto altered = [&](const auto& change) {
        tests::World copy = fork;
        log::Push push = subjects(copy, 2);
        change(copy, push);
        return push;
    };
    const auto reseal = [](const tests::World& copy, log::Push push) {
        const tests::Officer& by = copy.officers.at("officer_a1");
        tests::World before = copy;
        before.desks[by.desk].next_seq = push.seal.first_seq;
        before.desks[by.desk].seal_hash = push.seal.previous;
        return before.seal(by.desk, std::move(push.actions));
    };
    struct Case {
        const char* name;
        log::Push push;
        ByeReason reason;
    };
    const Case cases[] = {
        {"BrokenSeal", altered([](auto&, log::Push& push) { push.seal.signature.bytes[0] ^= 1; }), ByeReason::bad_seal},
        {"UnknownDevice", altered([](tests::World& copy, log::Push& push) { push.device = copy.new_id(); }), ByeReason::bad_seal},
        {"Gap", altered([](tests::World& copy, log::Push& push) { push = subjects(copy, 1); }), ByeReason::bad_chain},
        {"NoAction", altered([&](tests::World& copy, log::Push& push) {
             push.actions[0].action.resize(8);
             push = reseal(copy, std::move(push));
         }),
         ByeReason::protocol},
    };
    for (const Case& wrong : cases) {
        const auto input = store(wrong.push);
        ASSERT_TRUE(std::holds_alternative<conversation::Refused>(input)) << wrong.name;
        EXPECT_EQ(std::get<conversation::Refused>(input).reason, wrong.reason) << wrong.name;
    }
    EXPECT_EQ(files_below(files_.quarantine), std::size(cases)) << "kept for a person to look at";
    EXPECT_TRUE(std::holds_alternative<conversation::Logged>(store(good)));
    // Other actions under the same numbers: the device has two pasts.
    const auto forked = store(altered([](tests::World& copy, log::Push& push) {
        tests::World again = copy;
        again.desks[again.officers.at("officer_a1").desk].next_seq = push.seal.first_seq;
        again.desks[again.officers.at("officer_a1").desk].seal_hash = push.seal.previous;
        push = subjects(again, 2);
    }));
    ASSERT_TRUE(std::holds_alternative<conversation::Refused>(forked));
    EXPECT_EQ(std::get<conversation::Refused>(forked).reason, ByeReason::bad_chain);
}

TEST_F(LedgerTest, AFullDiskRefusesPushesAndServesReads) {
    testing::internal::CaptureStderr();
    open(~std::uint64_t{0} / 2);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(refusal(subjects(world_, 1)), ByeReason::full);
    const std::string journal = testing::internal::GetCapturedStderr();
    const std::string said = "nothing is logged until there is room";
    EXPECT_NE(journal.find(said), std::string::npos) << journal;
    EXPECT_EQ(journal.find(said), journal.rfind(said)) << "once: " << journal;
    EXPECT_EQ(files_below(files_.quarantine), 0u);
    const auto known = identify(device("officer_a1"));
    EXPECT_TRUE(known.key.has_value());
    EXPECT_EQ(known.log_size, world_.events.size());
    EXPECT_TRUE(log().read(0, 10, 1 << 20).has_value());
}

TEST_F(LedgerTest, OneDeviceDoesNotFillTheDiskInADay) {
    limits_.device_bytes_per_day = 2'000;
    open();
    const log::Push first = subjects(world_, 10);
    ASSERT_TRUE(std::holds_alternative<conversation::Logged>(store(first)));
    const log::Push second = subjects(world_, 1);
    const auto input = store(second);
    ASSERT_TRUE(std::holds_alternative<conversation::Refused>(input));
    EXPECT_EQ(std::get<conversation::Refused>(input).reason, ByeReason::busy);
    EXPECT_NE(std::get<conversation::Refused>(input).detail.find("2000 bytes"), std::string::npos);
    EXPECT_GT(std::get<conversation::Refused>(input).retry_after_ms, 60'000u);
    EXPECT_EQ(files_below(files_.quarantine), 0u);
    EXPECT_TRUE(std::holds_alternative<conversation::Logged>(store(first))) << "a resend is answered";
    EXPECT_TRUE(std::holds_alternative<conversation::Logged>(store(subjects(world_, 1, "b1")))) << "another device goes on";
    clock_.advance(86'400'000'000);
    EXPECT_TRUE(std::holds_alternative<conversation::Logged>(store(second)));
}

TEST_F(LedgerTest, TooManyWaitingAreSentAway) {
    limits_.waiting_pushes_max = 0;
    open();
    const auto refused = store(subjects(world_, 1));
    ASSERT_TRUE(std::holds_alternative<conversation::Refused>(refused));
    EXPECT_EQ(std::get<conversation::Refused>(refused).reason, ByeReason::busy);
}

TEST_F(LedgerTest, KnowsADevicesHeadAndScopes) {
    open();
    const auto& officer = world_.officers.at("officer_a1");
    const auto known = identify(device("officer_a1"));
    EXPECT_EQ(known.key, world_.desks[officer.desk].key->public_key());
    EXPECT_EQ(known.head.next_seq, world_.desks[officer.desk].next_seq);
    EXPECT_EQ(known.head.seal_hash, world_.desks[officer.desk].seal_hash);
    EXPECT_FALSE(known.scopes.empty());
    EXPECT_FALSE(identify(world_.new_id()).key.has_value());
    EXPECT_FALSE(identify(device("officer_a1"), {}, 1).key.has_value()) << "under another epoch";
    EXPECT_FALSE(identify(world_.desks[0].id).key.has_value()) << "nobody may come as the server itself";
    EXPECT_EQ(identify(device("founder_0")).scopes, std::vector<UnitId>{whole_log_scope()});
}

// What a stranger with a slip sends.
log::Push enrolment(tests::World& world, const Uuid& slip, const SigningKey& slip_key, const tests::Officer& officer) {
    const auto key = world.new_key();
    const DeviceId id = world.new_id();
    const LogId& log = world.replica.state().log;
    const Bytes statement = log::slip_statement(log, slip, id, key->public_key(), officer.account, officer.key->public_key());
    domain::Action action;
    action.header.log = log;
    action.header.device = id;
    action.header.actor = officer.account;
    action.header.seen_size = 1;
    action.header.seen_root = world.root(1);
    action.body =
        domain::DeviceEnrolled{slip, key->public_key(), officer.account, officer.key->public_key(), slip_key.sign(statement)};
    log::Push push;
    push.device = id;
    push.actions.push_back({domain::encode(action), {}});
    const ActionId action_name = action_id(push.actions.front().action);
    push.seal = log::make_seal(*key, log, id, 0, 0, {}, std::span{&action_name, 1});
    return push;
}

TEST_F(LedgerTest, ASlipWorksOnceAndItsMisuseIsLogged) {
    const std::size_t before = world_.events.size();
    const auto slip_key = world_.new_key();
    const tests::Officer officer = world_.officers.at("officer_a1");
    const Uuid slip = world_.issue_slip(officer.account, world_.units.at("a1"), *slip_key);
    write_province(folder_.path() / "data", world_, before);
    open();
    const log::Push first = enrolment(world_, slip, *slip_key, officer);
    const auto enrolled = store(first, true);
    ASSERT_TRUE(std::holds_alternative<conversation::Logged>(enrolled)) << std::get<conversation::Refused>(enrolled).detail;
    EXPECT_EQ(std::get<conversation::Logged>(enrolled).genesis, province_->genesis);
    EXPECT_EQ(log::decode_leaf(province_->genesis)->head.position, 0u);
    EXPECT_EQ(std::get<conversation::Logged>(store(first, true)).heads, std::get<conversation::Logged>(enrolled).heads);

    const Position size = log().size();
    constexpr std::size_t tries = 8;
    for (std::size_t i = 0; i < tries; ++i) {
        const auto refused = store(enrolment(world_, slip, *slip_key, officer), true);
        ASSERT_TRUE(std::holds_alternative<conversation::Refused>(refused));
        EXPECT_EQ(std::get<conversation::Refused>(refused).reason, ByeReason::slip_refused);
    }
    ledger_->stop();
    ASSERT_EQ(log().size(), size + limits_.slip_reports_max);
    for (Position at = size; at < log().size(); ++at) {
        const auto event = log().at(at);
        const auto action = domain::decode(event->action);
        EXPECT_TRUE(std::holds_alternative<domain::SlipMisused>(action->body));
        EXPECT_EQ(event->head.device, world_.desks[0].id);
        EXPECT_EQ(event->head.outcome, 0) << domain::name(static_cast<domain::Reason>(event->head.reason));
    }
    EXPECT_TRUE(std::holds_alternative<domain::SlipMisused>(domain::decode(log().at(log().size() - 1)->action)->body));
}

TEST_F(LedgerTest, AStrangerWithoutASlipLeavesNoTrace) {
    open();
    const auto stranger = world_.new_key();
    const Position size = log().size();
    const auto refused = store(enrolment(world_, world_.new_id(), *stranger, world_.officers.at("officer_a1")), true);
    EXPECT_EQ(std::get<conversation::Refused>(refused).reason, ByeReason::slip_refused);
    ledger_->stop();
    EXPECT_EQ(log().size(), size);
}

class LedgerOnASmallDisk : public LedgerTest {
protected:
    tests::SmallDisk disk_{folder_.path() / "data"};
};

// It fills up under a group that is being written, while the next one is judged: both are told, kept, and written when there is
// room.
TEST_F(LedgerOnASmallDisk, FullUnderwayLosesNothingAndGoesOn) {
    if (!disk_.mounted) GTEST_SKIP() << "needs the right to mount a small file system";
    open();
    const auto free = std::filesystem::space(disk_.folder).available;
    const auto ballast = disk_.folder / "ballast";
    std::ofstream{ballast} << std::string(free - 150'000, 'x');
    std::vector<log::Push> pushes;
    Answers answers;
    for (int i = 0; i < 60; ++i) pushes.push_back(subjects(world_, 100));
    const Position before = log().size();
    for (const log::Push& push : pushes) ledger_->store(Petition{push, false, answers.next()});
    std::size_t refused = 0;
    for (const conversation::Input& input : answers.wait(pushes.size())) {
        const auto* no = std::get_if<conversation::Refused>(&input);
        if (!no) continue;
        EXPECT_EQ(no->reason, ByeReason::full) << no->detail;
        ++refused;
    }
    ASSERT_GT(refused, 0u);
    ASSERT_LT(refused, pushes.size()) << "some room was left";
    EXPECT_LT(log().size(), before + 100 * pushes.size());
    const auto known = identify(device("officer_a1"));
    EXPECT_EQ(known.head.next_seq, pushes[pushes.size() - refused].seal.first_seq) << "only what is durable is told";
    const std::clock_t before_waiting = std::clock();
    std::this_thread::sleep_for(std::chrono::seconds(3));
    const auto worked = static_cast<double>(std::clock() - before_waiting) / CLOCKS_PER_SEC;
    EXPECT_LT(worked, 1.0) << "a full disk is tried once a second, not without pause";
    std::filesystem::remove(ballast);
    Position next = before;
    for (const log::Push& push : pushes) {
        auto answer = store(push);
        for (int tries = 0; std::holds_alternative<conversation::Refused>(answer) && tries < 10; ++tries) {
            ASSERT_EQ(std::get<conversation::Refused>(answer).reason, ByeReason::full);
            std::this_thread::sleep_for(std::chrono::seconds(1));
            answer = store(push);
        }
        ASSERT_TRUE(std::holds_alternative<conversation::Logged>(answer));
        for (const log::Head& head : heads_of(std::get<conversation::Logged>(answer))) EXPECT_EQ(head.position, next++);
    }
    EXPECT_EQ(log().size(), before + 100 * pushes.size());
    EXPECT_EQ(files_below(files_.quarantine), 0u);
    ledger_->stop();
    const Hash in_memory = replica::state_hash(province_->book.replica.state());
    close();
    const auto again = open_book(folder_.path() / "data", io::Database::Options{}, {});
    ASSERT_TRUE(again.has_value()) << again.error().detail;
    EXPECT_EQ(replica::state_hash(again->replica.state()), in_memory);
}

TEST_F(LedgerTest, TellsWhatGrew) {
    open();
    store(subjects(world_, 4));
    ledger_->stop();
    EXPECT_EQ(grown_, log().size());
    EXPECT_EQ(ledger_->newest().scopes_at, world_.events.size()) << "subjects move no scopes";
    EXPECT_EQ(ledger_->newest().log_size, log().size());
    const auto key = world_.desks[0].key->public_key();
    const auto note = log::open_note(ledger_->newest().checkpoint, world_.registry().genesis.origin, key);
    ASSERT_TRUE(note.has_value());
    EXPECT_EQ(note->size, log().size());
    EXPECT_EQ(note->root, log().tree().root());
}

TEST_F(LedgerTest, ASecondServerIsSentAway) {
    open();
    const auto second = open_province(folder_.path() / "data", 0, {});
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Errc::locked);
}

}  // namespace
}  // namespace hoso::server::test
