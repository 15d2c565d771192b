#include "client/daemon.hpp"

#include <gtest/gtest.h>
#include <rocksdb/write_batch.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <fstream>
#include <sstream>
#include <thread>

#include "client/control.hpp"
#include "tests/support/desk_folder.hpp"

namespace hoso::client {
namespace {

using namespace tests;

// Stands in for the command line: says back what it was given.
int echo(Desk& desk, Link&, const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err) {
    for (const std::string& arg : args) out << arg << "|";
    out << "\n" << std::filesystem::current_path().filename().string() << " " << desk.outbox().size() << "\n";
    std::string line;
    for (int number = 0; std::getline(in, line); ++number) out << line << "\n";
    if (const char* set = std::getenv("HOSO_TEST_WORD")) out << set << "\n";
    err << "xong\n";
    return 4;
}

class Running {
public:
    explicit Running(DeskFolder& at) : at_(at) {
        thread_ = std::thread([this] {
            boost::asio::io_context context;
            done_ = run_daemon(*at_.desk, context, echo, {}).has_value();
            at_.desk.reset();
        });
        for (int tries = 0; tries < 500 && !forwarded({"ping"}); ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    ~Running() {
        if (thread_.joinable()) stop();
    }
    void stop() {
        stopped = stop_daemon(at_.folder).has_value();
        thread_.join();
    }
    bool forwarded(const std::vector<std::string>& args, const std::string& input = {}) {
        std::istringstream in(input);
        out.str({});
        err.str({});
        return forward_if_running(at_.folder, args, true, in, out, err, exit);
    }
    std::ostringstream out, err;
    int exit = -1;
    bool stopped = false;
    bool done() const { return done_; }

private:
    DeskFolder& at_;
    std::thread thread_;
    bool done_ = false;
};

TEST(Daemon, CarriesOutForwardedCommands) {
    DeskFolder at;
    at.settle();
    Running running(at);
    struct stat socket {};
    ASSERT_EQ(::stat((at.folder / "desk.sock").c_str(), &socket), 0);
    EXPECT_EQ(socket.st_mode & 0777, 0600u);
    ::setenv("HOSO_TEST_WORD", "chè", 1);
    ASSERT_TRUE(running.forwarded({"record", "-", "tệp có dấu cách"}, "dòng một\ndòng hai\n"));
    ::unsetenv("HOSO_TEST_WORD");
    EXPECT_EQ(running.exit, 4);
    EXPECT_EQ(running.out.str(), "record|-|tệp có dấu cách|\n" + std::filesystem::current_path().filename().string() +
                                     " 2\ndòng một\ndòng hai\nchè\n");
    EXPECT_EQ(running.err.str(), "xong\n");
    std::string much;
    for (int i = 0; i < 20'000; ++i) much += "{\"kind\": \"noteAdded\", \"text\": \"một dòng vừa phải\"}\n";
    ASSERT_TRUE(running.forwarded({"record"}, much));
    EXPECT_NE(running.out.str().find(much), std::string::npos);
    running.stop();
    EXPECT_TRUE(running.done());
    EXPECT_TRUE(running.stopped);
}

TEST(Daemon, StopsAndFreesTheDesk) {
    DeskFolder at;
    at.settle();
    Running running(at);
    running.stop();
    EXPECT_FALSE(std::filesystem::exists(at.folder / "desk.sock"));
    EXPECT_TRUE(Desk::open(at.folder, at.clock).has_value());
    EXPECT_FALSE(running.forwarded({"status"}));
    EXPECT_EQ(stop_daemon(at.folder).error().code, Errc::not_found);
}

TEST(Daemon, ASocketLeftByAKilledDaemonIsNoDaemon) {
    DeskFolder at;
    at.settle();
    { Running first(at); }
    ASSERT_TRUE(at.reopen());
    std::ofstream(at.folder / "desk.sock") << "";
    std::istringstream in;
    std::ostringstream out, err;
    int exit = 0;
    EXPECT_FALSE(forward_if_running(at.folder, {"status"}, false, in, out, err, exit));
    Running second(at);
    EXPECT_EQ(second.exit, 4);
}

TEST(Link, SaysAtOnceWhenNobodyListens) {
    DeskFolder at;
    at.settle();
    boost::asio::io_context context;
    Link link(*at.desk, context);
    const auto synced = link.sync(20, {});
    ASSERT_FALSE(synced.has_value());
    EXPECT_EQ(synced.error().code, Errc::unreachable);
}

// A server that takes connections and says nothing.
class Silent {
public:
    explicit Silent(boost::asio::io_context& context) : acceptor_(context, {boost::asio::ip::address_v4::loopback(), 0}) {
        accept();
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }
    std::size_t taken() const { return sockets_.size(); }
    void hang_up() {
        for (auto& socket : sockets_) socket.close();
    }

private:
    void accept() {
        acceptor_.async_accept([this](boost::system::error_code failed, boost::asio::ip::tcp::socket socket) {
            if (failed) return;
            sockets_.push_back(std::move(socket));
            accept();
        });
    }
    boost::asio::ip::tcp::acceptor acceptor_;
    std::vector<boost::asio::ip::tcp::socket> sockets_;
};

TEST(Link, ASyncThatFindsTheLineBusyDoesNotStopTheLoop) {
    DeskFolder at;
    boost::asio::io_context context;
    Silent server(context);
    at.slip.province.address = server.address();
    at.settle();
    Link link(*at.desk, context);
    const auto wait_for = [&](std::size_t connections) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (server.taken() < connections && std::chrono::steady_clock::now() < until) {
            context.restart();
            context.run_one_for(std::chrono::milliseconds{100});
        }
        return server.taken() >= connections;
    };
    link.start();
    ASSERT_TRUE(wait_for(1));
    const auto busy = link.sync(0, {});
    ASSERT_FALSE(busy.has_value());
    EXPECT_EQ(busy.error().code, Errc::unreachable);
    server.hang_up();
    EXPECT_TRUE(wait_for(2)) << "the loop comes back by itself";
    EXPECT_TRUE(link.failing_since().has_value());
    link.stop();
}

// A commune that asks for its copy anew while nobody answers goes on with the one it has.
TEST(Link, WhatIsFetchedAgainStaysUntilTheProvinceAnswers) {
    DeskFolder at;
    at.settle();
    const Hash before = stream_hash(at.desk->confirmed().state(), registry_stream);
    boost::asio::io_context context;
    Link link(*at.desk, context);
    EXPECT_EQ(link.sync(1, {}, true).error().code, Errc::unreachable);
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), registry_stream), before);
    EXPECT_GT(at.desk->through(), 1u);
    EXPECT_NE(at.desk->facts().cursors.front().after, 0u) << "the next sync is an ordinary one";
}

// Whoever asked and went away does not want the rest.
TEST(Control, NoticesAReaderThatWent) {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    ControlStream lines(ends[0], "err");
    std::ostream said(&lines);
    said << "đã xét 2000/40000" << std::flush;
    EXPECT_TRUE(said.good());
    char told[64];
    EXPECT_GT(::read(ends[1], told, sizeof told), 0);
    ::close(ends[1]);
    said << std::flush;
    EXPECT_TRUE(said.bad()) << "also with nothing to say";
    ::close(ends[0]);
}

TEST(Link, ADeskThatIsHaltedFetchesTheLogAgain) {
    DeskFolder at;
    at.settle();
    rocksdb::WriteBatch batch;
    std::string first;
    append_be64(first, 0);
    ASSERT_TRUE(batch.Put(at.desk->database().family("events"), first, "no chunk").ok());
    ASSERT_TRUE(at.desk->database().write(batch).has_value());
    ASSERT_TRUE(at.reopen());
    ASSERT_TRUE(at.desk->halted().has_value());
    boost::asio::io_context context;
    Link link(*at.desk, context);
    EXPECT_EQ(link.sync(1, {}).error().code, at.desk->halted()->code);
    const Position size = at.desk->confirmed().size();
    EXPECT_EQ(link.sync(1, {}, true).error().code, Errc::unreachable);
    EXPECT_TRUE(at.desk->halted().has_value()) << "nobody listens: what is left of the copy stays";
    EXPECT_EQ(at.desk->confirmed().size(), size);
    at.desk->fetch_again_next(true);
    at.sync();
    EXPECT_FALSE(at.desk->halted().has_value());
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), registry_stream), stream_hash(at.world.replica.state(), registry_stream));
}

}  // namespace
}  // namespace hoso::client
