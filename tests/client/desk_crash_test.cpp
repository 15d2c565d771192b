#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>

#include "tests/support/desk_folder.hpp"

namespace hoso::client {
namespace {

using namespace tests;

struct Reported {
    std::uint64_t seq = 0;
    ActionId id;
};

constexpr int report_file = 3;

// The other process: records until it is killed, and reports what was recorded.
TEST(Child, Records) {
    const char* folder = std::getenv("HOSO_TEST_DESK");
    if (!folder) GTEST_SKIP() << "run by Killed.WhatWasReportedIsThere";
    run::SystemClock clock;
    auto desk = Desk::open(folder, clock);
    CHECK(desk.has_value());
    const Identity identity = (*desk)->identity();
    CHECK((*desk)->unlock(identity.account, passphrase, 8).has_value());
    for (std::uint64_t number = 0;; ++number) {
        const domain::SubjectRegistered body{identity.unit, "chủ thể", "cooperative", std::to_string(number), {}, {}, {}};
        const auto recorded = (*desk)->record({body, io::uuid_v7(clock.now()), identity.account, {}}, {.force = true});
        CHECK(recorded.has_value());
        const Reported report{recorded->seq, recorded->id};
        CHECK(::write(report_file, &report, sizeof report) == sizeof report);
        if (number % 16 == 15) CHECK((*desk)->prepare((*desk)->outbox().sealed()).has_value());
    }
}

std::vector<Reported> killed_after(const std::filesystem::path& folder, int milliseconds) {
    int ends[2];
    CHECK(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const int nowhere = ::open("/dev/null", O_WRONLY);
        ::dup2(ends[1], report_file);
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
        ::setenv("HOSO_TEST_DESK", folder.c_str(), 1);
        ::execl("/proc/self/exe", "desk_crash_test", "--gtest_filter=Child.Records", "--gtest_brief=1", nullptr);
        ::_exit(1);
    }
    ::close(ends[1]);
    std::string heard;
    char bytes[4096];
    while (heard.empty()) {  // until it is at work
        const auto got = ::read(ends[0], bytes, sizeof bytes);
        if (got <= 0) break;
        heard.append(bytes, static_cast<std::size_t>(got));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds});
    ::kill(child, SIGKILL);
    for (ssize_t got; (got = ::read(ends[0], bytes, sizeof bytes)) > 0;) heard.append(bytes, static_cast<std::size_t>(got));
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    std::vector<Reported> reported;
    for (std::size_t at = 0; at + sizeof(Reported) <= heard.size(); at += sizeof(Reported)) {
        std::memcpy(&reported.emplace_back(), heard.data() + at, sizeof(Reported));
    }
    return reported;
}

TEST(Killed, WhatWasReportedIsThere) {
    DeskFolder at;
    at.prepare();
    at.desk.reset();
    std::mt19937 random(20231215);
    std::size_t reported_all = 0;
    for (int round = 0; round < 10; ++round) {
        const auto reported = killed_after(at.folder, static_cast<int>(random() % 120));
        reported_all += reported.size();
        ASSERT_TRUE(at.reopen()) << "round " << round;
        for (const Reported& one : reported) {
            ASSERT_LT(one.seq, at.desk->outbox().size());
            ASSERT_EQ(at.desk->outbox().at(one.seq).id, one.id);
        }
        // The chain of seals is whole, from the first action to the last.
        for (std::uint64_t seq = 0; seq < at.desk->outbox().size();) {
            const auto push = at.desk->prepare(seq);
            ASSERT_TRUE(push && *push);
            ASSERT_TRUE(log::seal_holds(at.desk->device_key().public_key(), at.slip.province.log, **push));
            seq = (*push)->seal.last_seq + 1;
        }
        at.desk.reset();
    }
    EXPECT_GT(reported_all, 0u);
}

}  // namespace
}  // namespace hoso::client
