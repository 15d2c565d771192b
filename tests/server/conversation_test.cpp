#include "server/conversation.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>

#include "server/reception.hpp"
#include "tests/support/server_folder.hpp"

namespace hoso::server::test {
namespace {

namespace asio = boost::asio;

template <typename T>
net::Awaitable<void> fill(net::Awaitable<T> from, std::optional<T>& to) {
    to.emplace(co_await std::move(from));
}

// A desk that speaks frame by frame, each step waited for.
class RawDesk {
public:
    RawDesk(const net::Address& address, const net::Pin& pin) {
        auto opened = run(net::connect(address, pin, sync::frame_bytes_max));
        CHECK(opened.has_value());
        connection_ = std::move(*opened);
    }
    template <typename T>
    T run(net::Awaitable<T> from) {
        std::optional<T> result;
        asio::co_spawn(io_, fill(std::move(from), result), asio::detached);
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!result && std::chrono::steady_clock::now() < end) {
            if (io_.stopped()) io_.restart();
            io_.run_one_for(std::chrono::seconds(1));
        }
        CHECK(result.has_value());
        return std::move(*result);
    }
    bool send(const sync::Frame& frame) { return run(connection_->send(sync::encode(frame))).has_value(); }
    bool send_bytes(Bytes bytes) { return run(connection_->send(std::move(bytes))).has_value(); }
    // Nothing once the connection has ended.
    std::optional<sync::Frame> next() {
        const auto bytes = run(connection_->receive());
        if (!bytes) return std::nullopt;
        auto decoded = sync::decode(*bytes);
        CHECK(decoded.has_value());
        last_hash_ = decoded->message_hash;
        return std::move(decoded->frame);
    }
    // Skips frames of other kinds; CHECKs that one comes.
    template <typename What>
    What expect() {
        for (;;) {
            const auto frame = next();
            CHECK(frame.has_value());
            if (const auto* what = std::get_if<What>(&*frame)) return *what;
        }
    }
    sync::Welcome open(const tests::World& world, const tests::Desk& desk) {
        sync::Hello hello;
        hello.log = world.replica.state().log;
        hello.device = desk.id;
        CHECK(send(hello));
        const auto welcome = expect<sync::Welcome>();
        const Bytes statement = sync::session_statement(connection_->exporter(), sync::message_hash(hello), last_hash_);
        CHECK(send(sync::Auth{desk.key->sign(statement)}));
        expect<sync::Ready>();
        return welcome;
    }

private:
    asio::io_context io_;
    std::unique_ptr<net::Connection> connection_;
    Hash last_hash_;
};

// The server's own parts on loopback, as run() builds them.
class ConversationTest : public testing::Test {
protected:
    void SetUp() override {
        write_province(folder_.path() / "data", world_);
        auto opened = open_province(folder_.path() / "data", 0, {});
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        province_ = std::make_unique<Province>(std::move(*opened));
        auto listener = net::Listener::open(io_.get_executor(), net::Address{"127.0.0.1", 0}, province_->identity,
                                            limits_.early_message_bytes_max);
        ASSERT_TRUE(listener.has_value()) << listener.error().detail;
        listener_ = std::move(*listener);
        gate_ = std::make_unique<Gate>(limits_);
        reader_ = std::make_unique<Reader>(*province_->book.log, limits_, journal_);
        ledger_ = std::make_unique<Ledger>(*province_, clock_, limits_, journal_,
                                           [this](const sync::server::Grew& news) { hub_.grew(news); });
        files_ = *io::BlobStore::open(folder_.path() / "blobs", {});
        blobs_ = std::make_unique<Blobs>(*files_, *ledger_, clock_, limits_, journal_);
        services_.emplace(Services{*ledger_, hub_, *reader_, *blobs_, *gate_, clock_, limits_, journal_});
        asio::co_spawn(listener_->executor(), receive_desks(*listener_, *services_), asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    void TearDown() override {
        io_.stop();
        thread_.join();
        reader_->stop();
        ledger_->stop();
        blobs_->stop();
    }
    RawDesk connect() { return RawDesk(listener_->address(), *net::pin_of(province_->identity.certificate_pem)); }
    const tests::Desk& desk_of(const std::string& officer) const { return world_.desks[world_.officers.at(officer).desk]; }

    Folder folder_;
    tests::World world_;
    WorldClock clock_{world_};
    Limits limits_;
    Journal journal_{true};
    std::unique_ptr<Province> province_;
    Hub hub_;
    std::unique_ptr<Gate> gate_;
    std::unique_ptr<Reader> reader_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<io::BlobStore> files_;
    std::unique_ptr<Blobs> blobs_;
    std::optional<Services> services_;
    asio::io_context io_{1};  // with the conversations that are still open
    std::unique_ptr<net::Listener> listener_;
    std::thread thread_;
};

TEST_F(ConversationTest, ADeskPushesAndFollows) {
    const Position before = world_.events.size();
    RawDesk desk(connect());
    const auto welcome = desk.open(world_, desk_of("founder_0"));
    EXPECT_EQ(welcome.scopes, std::vector<UnitId>{whole_log_scope()});
    Position through = 0;
    std::size_t own = 0;
    while (through < before) {
        const auto events = desk.expect<sync::Events>();
        for (const log::Event& event : events.events) {
            EXPECT_EQ(event.head.position, through++);
            const bool mine = event.head.device == desk_of("founder_0").id;
            own += mine;
            EXPECT_EQ(event.action.empty(), mine) << "own events come back with their head alone";
        }
        EXPECT_EQ(events.through, through);
        desk.send(sync::Credit{1});
    }
    EXPECT_GT(own, 0u);

    RawDesk commune(connect());
    commune.open(world_, desk_of("officer_a1"));
    const log::Push push = subjects(world_, 3);
    ASSERT_TRUE(commune.send(sync::Push{push}));
    const auto results = commune.expect<sync::Results>();
    EXPECT_EQ(results.first_seq, push.seal.first_seq);
    EXPECT_EQ(results.heads.size(), 3 * log::head_size);
    const auto news = desk.expect<sync::Events>();
    ASSERT_EQ(news.events.size(), 3u) << "who follows hears of it";
    EXPECT_EQ(news.events.front().head.position, before);
    EXPECT_EQ(news.events.back().seal, push.seal);
}

TEST_F(ConversationTest, TheNewerConnectionOfADeskStays) {
    RawDesk older(connect());
    older.open(world_, desk_of("officer_a1"));
    RawDesk newer(connect());
    newer.open(world_, desk_of("officer_a1"));
    EXPECT_EQ(older.expect<sync::Bye>().reason, sync::ByeReason::superseded);
    ASSERT_TRUE(newer.send(sync::Push{subjects(world_, 1)}));
    newer.expect<sync::Results>();
    EXPECT_EQ(hub_.size(), 1u);
}

TEST_F(ConversationTest, WhoIsUnknownIsSentAway) {
    RawDesk stranger(connect());
    sync::Hello hello;
    hello.log = world_.replica.state().log;
    hello.device = world_.new_id();
    ASSERT_TRUE(stranger.send(hello));
    EXPECT_EQ(stranger.expect<sync::Bye>().reason, sync::ByeReason::unknown_device);
    EXPECT_FALSE(stranger.next().has_value());
    RawDesk of_another_epoch(connect());
    hello.device = desk_of("officer_a1").id;
    hello.epoch = 1;
    ASSERT_TRUE(of_another_epoch.send(hello));
    EXPECT_EQ(of_another_epoch.expect<sync::Bye>().reason, sync::ByeReason::unknown_device);
}

TEST_F(ConversationTest, ARefusedPushEndsTheConversationWithItsReason) {
    RawDesk desk(connect());
    desk.open(world_, desk_of("officer_a1"));
    log::Push push = subjects(world_, 1);
    push.seal.signature.bytes[5] ^= 1;
    ASSERT_TRUE(desk.send(sync::Push{push}));
    EXPECT_EQ(desk.expect<sync::Bye>().reason, sync::ByeReason::bad_seal);
}

// More structure than content: kept as it is, it would not fit a frame of ours.
TEST_F(ConversationTest, APushOfManySmallSignaturesIsRefusedAndTheServerGoesOn) {
    RawDesk desk(connect());
    desk.open(world_, desk_of("officer_a1"));
    log::Push push = subjects(world_, 1);
    log::SignedAction small{Bytes(200, 7), {4, log::DetachedSignature{1, Bytes(1)}}};
    push.actions.assign(log::push_actions_max, small);
    ASSERT_TRUE(desk.send(sync::Push{push}));
    EXPECT_EQ(desk.expect<sync::Bye>().reason, sync::ByeReason::protocol);
    RawDesk other(connect());
    other.open(world_, desk_of("officer_b1"));
    ASSERT_TRUE(other.send(sync::Push{subjects(world_, 1, "b1")}));
    other.expect<sync::Results>();
}

TEST_F(ConversationTest, ADeskComesBackForAUnitBelowItsOwn) {
    RawDesk district(connect());
    const auto before = district.open(world_, desk_of("adviser_a")).scopes;
    const UnitId made = world_.new_id();
    const domain::UnitCreated created{made, world_.units.at("a"), "commune", "commune", "a3", "a3", {}};
    const tests::Officer& founder = world_.officers.at("founder_0");
    RawDesk admin(connect());
    admin.open(world_, desk_of("founder_0"));
    ASSERT_TRUE(admin.send(sync::Push{world_.seal(founder.desk, {world_.make(founder, registry_stream, created)})}));
    admin.expect<sync::Results>();
    EXPECT_EQ(district.expect<sync::Bye>().reason, sync::ByeReason::done);
    const auto after = RawDesk(connect()).open(world_, desk_of("adviser_a")).scopes;
    EXPECT_EQ(after.size(), before.size() + 1);
    EXPECT_EQ(std::count(after.begin(), after.end(), made), 1);
}

TEST_F(ConversationTest, TheJournalTellsWhatADeskFindsWrong) {
    testing::internal::CaptureStderr();
    RawDesk desk(connect());
    desk.open(world_, desk_of("officer_a1"));
    ASSERT_TRUE(desk.send(sync::Bye{sync::ByeReason::amnesia, "it was\nlonger", 0}));
    while (desk.next()) continue;
    const std::string journal = testing::internal::GetCapturedStderr();
    EXPECT_NE(journal.find(desk_of("officer_a1").id.hex()), std::string::npos) << journal;
    EXPECT_NE(journal.find("amnesia, \"it was longer\""), std::string::npos) << journal;
}

// The ledger is busy for longer than a stranger may be silent: who waits for it is not silent.
TEST_F(ConversationTest, AnEnrolmentMayTakeItsTime) {
    limits_.early_seconds_max = 2;
    std::promise<void> go;
    ledger_->identify({}, [gone = go.get_future().share()](const sync::server::Input&) { gone.wait(); });
    RawDesk stranger(connect());
    sync::Enrol enrol;
    enrol.push.device = world_.new_id();
    enrol.push.actions.push_back({Bytes(8), {}});
    ASSERT_TRUE(stranger.send(enrol));
    std::this_thread::sleep_for(std::chrono::seconds(5));
    go.set_value();
    EXPECT_EQ(stranger.expect<sync::Bye>().reason, sync::ByeReason::protocol);
}

TEST_F(ConversationTest, BytesThatAreNoFrameEndIt) {
    RawDesk desk(connect());
    ASSERT_TRUE(desk.send_bytes(Bytes{1, 2, 3, 4, 5, 6, 7, 8, 9}));
    const auto reason = desk.expect<sync::Bye>().reason;
    EXPECT_TRUE(reason == sync::ByeReason::protocol || reason == sync::ByeReason::version);
    EXPECT_FALSE(desk.next().has_value());
}

TEST_F(ConversationTest, AStrangerMayNotSayMuch) {
    RawDesk desk(connect());
    desk.send_bytes(Bytes(limits_.early_message_bytes_max + 1));
    EXPECT_FALSE(desk.next().has_value());
}

TEST_F(ConversationTest, ASilentStrangerIsSentAway) {
    RawDesk desk(connect());
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(desk.expect<sync::Bye>().reason, sync::ByeReason::timeout);
    EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::seconds(4));
}

TEST_F(ConversationTest, StoppingSaysGoodbye) {
    RawDesk desk(connect());
    desk.open(world_, desk_of("officer_a1"));
    while (hub_.size() == 0) std::this_thread::yield();
    hub_.stop_all(sync::ByeReason::shutdown);
    EXPECT_EQ(desk.expect<sync::Bye>().reason, sync::ByeReason::shutdown);
}

TEST_F(ConversationTest, ManyPushesOfManyDesksAreAllAnswered) {
    std::vector<log::Push> first, second;
    for (int i = 0; i < 30; ++i) {
        first.push_back(subjects(world_, 20, "a1"));
        second.push_back(subjects(world_, 20, "b1"));
    }
    const Position before = ledger_->newest().log_size;
    const auto push_all = [this](const char* officer, const std::vector<log::Push>& pushes, const tests::Desk& as) {
        RawDesk desk(connect());
        desk.open(world_, as);
        std::size_t sent = 0;
        for (std::size_t answered = 0; answered < pushes.size(); ++answered) {
            for (; sent < pushes.size() && sent - answered < sync::pushes_in_flight_max; ++sent)
                desk.send(sync::Push{pushes[sent]});
            EXPECT_EQ(desk.expect<sync::Results>().first_seq, pushes[answered].seal.first_seq) << officer;
        }
    };
    std::thread other([&] { push_all("officer_b1", second, desk_of("officer_b1")); });
    push_all("officer_a1", first, desk_of("officer_a1"));
    other.join();
    EXPECT_EQ(province_->book.log->size(), before + 2 * 30 * 20);
}

}  // namespace
}  // namespace hoso::server::test
