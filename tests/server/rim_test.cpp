#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>

#include "server/config.hpp"
#include "server/day_budget.hpp"
#include "server/gate.hpp"
#include "server/inbox.hpp"
#include "server/quarantine.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/run/clock.hpp"
#include "tests/support/server_folder.hpp"

namespace hoso::server::test {
namespace {

using namespace std::chrono_literals;

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

TEST(Clock, ReadsItsForms) {
    EXPECT_FALSE((*run::make_clock(""))->handed_in());
    const auto started = run::make_clock("2023-08-01T08:00:00+07:00");
    ASSERT_TRUE(started.has_value());
    EXPECT_TRUE((*started)->handed_in());
    const Instant start = *instant_from_text("2023-08-01T08:00:00+07:00");
    EXPECT_GE((*started)->now(), start);
    EXPECT_LT((*started)->now(), start + 60'000'000);
    EXPECT_EQ(to_text(local_date((*run::make_clock("2023-08-01"))->now())), "2023-08-01");
    EXPECT_EQ(run::make_clock("yesterday").error().code, Errc::invalid);
    EXPECT_EQ(run::make_clock("@/nowhere/at/all").error().code, Errc::not_found);
}

TEST(Clock, FollowsItsFileAndKeepsTheLastTime) {
    const Folder folder;
    const auto file = folder.path() / "clock";
    write(file, "2023-08-01T08:00:00+07:00\n");
    const auto clock = run::make_clock("@" + file.string());
    ASSERT_TRUE(clock.has_value());
    EXPECT_EQ(to_text((*clock)->now()), "2023-08-01T08:00:00+07:00");
    write(file, "2023-09-02T10:00:00+07:00\n");
    EXPECT_EQ(to_text((*clock)->now()), "2023-09-02T10:00:00+07:00");
    write(file, "");
    EXPECT_EQ(to_text((*clock)->now()), "2023-09-02T10:00:00+07:00");
}

TEST(Clock, IsHandedToTrainingLogsOnly) {
    const auto handed = run::make_clock("2023-08-01");
    EXPECT_TRUE(run::may_run(**handed, true).has_value());
    EXPECT_EQ(run::may_run(**handed, false).error().code, Errc::denied);
    EXPECT_TRUE(run::may_run(run::SystemClock{}, false).has_value());
    EXPECT_TRUE(run::may_run(run::SystemClock{}, true).has_value());
}

TEST(Gate, BoundsAHostAndTheWhole) {
    Limits limits;
    limits.early_per_host_max = 3;
    limits.early_total_max = 5;
    limits.handshakes_per_minute = 1000;
    Gate gate(limits);
    const auto now = Gate::Time{} + 1h;
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(gate.enter("192.0.2.1", now));
    EXPECT_FALSE(gate.enter("192.0.2.1", now)) << "too many of one host";
    EXPECT_TRUE(gate.enter("192.0.2.2", now));
    gate.known("192.0.2.1");
    EXPECT_TRUE(gate.enter("192.0.2.1", now)) << "who is known no longer waits";
    EXPECT_TRUE(gate.enter("127.0.0.1", now));
    EXPECT_FALSE(gate.enter("127.0.0.1", now)) << "too many in all";
    gate.leave("192.0.2.2", false);
    EXPECT_TRUE(gate.enter("127.0.0.1", now));
}

TEST(Gate, CountsHandshakesPerMinute) {
    Limits limits;
    limits.handshakes_per_minute = 2;
    Gate gate(limits);
    auto now = Gate::Time{} + 1h;
    const auto come = [&](const std::string& host) {
        const bool in = gate.enter(host, now);
        if (in) gate.leave(host, false);
        return in;
    };
    EXPECT_TRUE(come("192.0.2.1"));
    EXPECT_TRUE(come("192.0.2.1"));
    EXPECT_FALSE(come("192.0.2.1"));
    EXPECT_TRUE(come("192.0.2.9")) << "another host";
    now += 31s;
    EXPECT_TRUE(come("192.0.2.1"));
    EXPECT_FALSE(come("192.0.2.1"));
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(come("::1")) << "this machine is free";
    limits.loopback_is_free = false;
    EXPECT_TRUE(come("::1"));
    EXPECT_TRUE(come("::1"));
    EXPECT_FALSE(come("::1"));
}

TEST(Gate, BoundsThoseInside) {
    Limits limits;
    limits.connections_max = 2;
    Gate gate(limits);
    const auto now = Gate::Time{} + 1h;
    for (const char* host : {"192.0.2.1", "192.0.2.2"}) {
        EXPECT_TRUE(gate.enter(host, now));
        gate.known(host);
    }
    EXPECT_FALSE(gate.enter("192.0.2.3", now));
    gate.leave("192.0.2.1", true);
    EXPECT_TRUE(gate.enter("192.0.2.3", now));
}

net::Awaitable<void> drain(std::shared_ptr<Inbox> inbox, std::vector<Input>& taken) {
    for (;;) {
        auto next = co_await inbox->next();
        if (!next) co_return;
        taken.push_back(std::move(*next));
    }
}

TEST(Inbox, KeepsTheNewestNewsAndTickHoweverLongNobodyLooks) {
    std::vector<Input> taken;
    boost::asio::io_context io;
    const auto inbox = std::make_shared<Inbox>(io.get_executor(), 8);
    inbox->answer(sync::server::Stop{});
    for (Position size = 1; size <= 1000; ++size) {
        inbox->notify(sync::server::Grew{size, "note"});
        inbox->tick(static_cast<Instant>(size));
        io.restart();
        io.poll();
    }
    boost::asio::co_spawn(io, drain(inbox, taken), boost::asio::detached);
    io.restart();
    io.poll();
    ASSERT_EQ(taken.size(), 3u);
    EXPECT_EQ(std::get<sync::server::Grew>(taken[0]).log_size, 1000u);
    EXPECT_EQ(std::get<sync::server::Tick>(taken[1]).now, 1000);
    EXPECT_TRUE(std::holds_alternative<sync::server::Stop>(taken[2]));
    inbox->close();
    io.restart();
    io.poll();
}

TEST(Quarantine, GivesEveryDeviceItsShare) {
    const Folder folder;
    Limits limits;
    limits.quarantine_pushes_of_device_max = 3;
    limits.quarantine_pushes_max = 5;
    tests::Names names;
    const DeviceId loud = names.new_id(), other = names.new_id(), third = names.new_id();
    const auto seal = [](Byte number) { return Hash{{number}}; };
    const Bytes push(100, 1);
    {
        Quarantine quarantine(folder.path() / "quarantine", limits);
        for (const Byte number : {1, 2, 3}) EXPECT_TRUE(*quarantine.keep(loud, seal(number), push));
        EXPECT_FALSE(*quarantine.keep(loud, seal(2), push)) << "it lies there already";
        EXPECT_EQ(quarantine.keep(loud, seal(4), push).error().code, Errc::limit);
        EXPECT_TRUE(*quarantine.keep(other, seal(4), push));
    }
    Quarantine again(folder.path() / "quarantine", limits);
    EXPECT_EQ(again.keep(loud, seal(5), push).error().code, Errc::limit) << "counted at the start";
    EXPECT_TRUE(*again.keep(other, seal(5), push));
    EXPECT_EQ(again.keep(third, seal(6), push).error().code, Errc::limit) << "full for everybody";
    EXPECT_EQ(files_below(folder.path()), 5u);
    EXPECT_EQ(*io::read_file(folder.path() / "quarantine" / loud.hex() / seal(1).hex(), 1000), push);
    limits.quarantine_bytes_max = 550;
    limits.quarantine_pushes_max = 100;
    EXPECT_EQ(again.keep(third, seal(6), push).error().code, Errc::limit);
}

TEST(DayBudget, BeginsAnewAtMidnightInVietnam) {
    tests::Names names;
    const DeviceId device = names.new_id();
    const Instant evening = *instant_from_text("2023-08-01T23:00:00+07:00");
    const Instant morning = *instant_from_text("2023-08-02T00:00:00+07:00");
    DayBudget budget(1000);
    budget.spend(device, 999, evening);
    EXPECT_FALSE(budget.spent(device, evening));
    budget.spend(device, 1, evening);
    EXPECT_TRUE(budget.spent(device, evening));
    EXPECT_FALSE(budget.spent(names.new_id(), evening));
    EXPECT_TRUE(budget.first_refusal(device, evening));
    EXPECT_FALSE(budget.first_refusal(device, evening));
    EXPECT_FALSE(budget.spent(device, morning));
    budget.spend(device, 1000, morning);
    EXPECT_TRUE(budget.first_refusal(device, morning));
    DayBudget unlimited(0);
    unlimited.spend(device, 1'000'000'000, evening);
    EXPECT_FALSE(unlimited.spent(device, evening));
}

TEST(Limits, LeaveRoomForTheLog) {
    EXPECT_EQ(reserve_for(0), 1ull << 30);
    EXPECT_EQ(reserve_for(10ull << 30), 1ull << 30);
    EXPECT_EQ(reserve_for(100ull << 30), 5ull << 30);
    EXPECT_EQ(connections_for(20'000, 16'000), 16'000u);
    EXPECT_EQ(connections_for(4096, 16'000), 4096u - 1280u);
    EXPECT_EQ(connections_for(1024, 16'000), 512u);
    EXPECT_EQ(connections_for(20'000, 10), 10u);
}

TEST(Config, FlagsBeforeEnvironmentBeforeFile) {
    const Folder folder;
    const auto file = folder.path() / "server.toml";
    write(file, "data = '/from/file'\nthreads = 3\ndisk_reserve = 1000\nloopback_is_free = false\n");
    const auto settings = settings_from_file(file);
    ASSERT_TRUE(settings.has_value()) << settings.error().detail;
    const auto config = make_config({{"listen", "127.0.0.1:1"}}, {{"listen", "127.0.0.1:2"}, {"threads", "4"}}, *settings);
    ASSERT_TRUE(config.has_value()) << config.error().detail;
    EXPECT_EQ(config->data, "/from/file");
    EXPECT_EQ(config->listen.port, 1);
    EXPECT_EQ(config->threads, 4u);
    EXPECT_EQ(config->limits.disk_reserve_bytes, 1000u);
    EXPECT_FALSE(config->limits.loopback_is_free);
    EXPECT_EQ(config->limits.handshakes_per_minute, 20u);
    EXPECT_EQ(config->limits.device_bytes_per_day, 50'000'000u);
    const auto usual = make_config({{"data", "x"}, {"device_bytes_per_day", "0"}}, {}, {});
    EXPECT_FALSE(usual->limits.disk_reserve_bytes) << "it follows the disk";
    EXPECT_EQ(usual->limits.device_bytes_per_day, 0u);
}

TEST(Config, RefusesWhatItDoesNotUnderstand) {
    const Folder folder;
    const auto file = folder.path() / "server.toml";
    const char* const wrong_files[] = {"daat = '/x'\n", "data = [1]\n", "data = \n"};
    for (const char* text : wrong_files) {
        write(file, text);
        EXPECT_EQ(settings_from_file(file).error().code, Errc::invalid) << text;
    }
    EXPECT_EQ(settings_from_file(folder.path() / "none").error().code, Errc::not_found);
    const Settings wrong_settings[] = {{},
                                       {{"data", "x"}, {"listen", "nowhere"}},
                                       {{"data", "x"}, {"threads", "0"}},
                                       {{"data", "x"}, {"disk_reserve", "-1"}},
                                       {{"data", "x"}, {"device_bytes_per_day", "much"}},
                                       {{"data", "x"}, {"loopback_is_free", "yes"}}};
    for (const Settings& settings : wrong_settings) EXPECT_EQ(make_config(settings, {}, {}).error().code, Errc::invalid);
}

TEST(ExitCode, TellsScriptsWhatHappened) {
    EXPECT_EQ(exit_code(Errc::invalid), 2);
    EXPECT_EQ(exit_code(Errc::not_found), 3);
    EXPECT_EQ(exit_code(Errc::exists), 4);
    EXPECT_EQ(exit_code(Errc::locked), 4);
    EXPECT_EQ(exit_code(Errc::unreachable), 5);
    EXPECT_EQ(exit_code(Errc::denied), 6);
    EXPECT_EQ(exit_code(Errc::full), 7);
    EXPECT_EQ(exit_code(Errc::version), 8);
    EXPECT_EQ(exit_code(Errc::corrupt), 1);
    EXPECT_EQ(exit_code(Errc::io), 70);
}

}  // namespace
}  // namespace hoso::server::test
