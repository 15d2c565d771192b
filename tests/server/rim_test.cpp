#include <gtest/gtest.h>

#include <fstream>

#include "server/config.hpp"
#include "server/gate.hpp"
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
