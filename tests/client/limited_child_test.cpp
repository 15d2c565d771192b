#include "client/media/limited_child.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "tests/support/temp_folder.hpp"

// What another program can do to us, and we to it.
namespace hoso::client::media {
namespace {

using namespace std::chrono_literals;

ChildReport shell(const std::string& script, const ChildLimits& limits = {}) {
    const auto report = run_limited("/bin/sh", {"-c", script}, limits);
    EXPECT_TRUE(report.has_value());
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
    return *report;
}

std::string said(const ChildReport& report) { return std::string{as_text(report.output)}; }

struct Case {
    const char* name;
    const char* script;
    ChildEnd end;
    int exit_code;
};
const Case cases[] = {
    {"Ends", "exit 0", ChildEnd::exited, 0},
    {"Fails", "exit 3", ChildEnd::exited, 3},
    {"Crashes", "kill -SEGV $$", ChildEnd::crashed, 0},
    {"Floods", "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", ChildEnd::too_much_output, 0},
    {"FloodsComplaints", "i=0; while [ $i -lt 9999 ]; do echo xxxxxxxxxxxxxxxxxxx 2>/dev/null >&2; i=$((i+1)); done",
     ChildEnd::exited, 0},
    {"Computes", "while :; do :; done", ChildEnd::out_of_time, 0},
    {"Sleeps", "sleep 100", ChildEnd::out_of_time, 0},
    {"IgnoresSignals", "trap '' TERM INT HUP; while :; do sleep 1; done", ChildEnd::out_of_time, 0},
};
class Child : public testing::TestWithParam<Case> {};
TEST_P(Child, Row) {
    const Case& row = GetParam();
    const ChildLimits limits{std::size_t{256} << 20, 1, std::size_t{64} << 10, 1500ms};
    const ChildReport report = shell(row.script, limits);
    EXPECT_EQ(report.end, row.end);
    EXPECT_EQ(report.exit_code, row.exit_code);
    EXPECT_LE(report.output.size(), limits.output_bytes_max);
}
INSTANTIATE_TEST_SUITE_P(Table, Child, testing::ValuesIn(cases), [](const auto& row) { return row.param.name; });

TEST(LimitedChild, SeesNothingOfOurs) {
    ::setenv("HOSO_SECRET", "passphrase", 1);
    const std::ifstream open_here{"/proc/self/maps"};
    EXPECT_EQ(said(shell("pwd; cat; env | grep -v -e ^PWD= -e ^PATH= -e ^_= -e ^OLDPWD= -e ^SHLVL=; ls /proc/self/fd | wc -l")),
              "/\n4\n");  // the standard three and the folder that ls reads
    ::unsetenv("HOSO_SECRET");
}

TEST(LimitedChild, KeepsBothOutputsApart) {
    const ChildReport report = shell("echo page; echo Incorrect password >&2");
    EXPECT_EQ(said(report), "page\n");
    EXPECT_EQ(report.complaints, "Incorrect password\n");
}

TEST(LimitedChild, MemoryIsLimited) {
    const ChildLimits limits{.memory_bytes_max = std::size_t{64} << 20};
    const ChildReport report = shell("x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done", limits);
    EXPECT_TRUE(report.end == ChildEnd::crashed || report.exit_code != 0);
    EXPECT_NE(report.end, ChildEnd::out_of_time);
}

bool runs(const std::string& process) {
    std::ifstream status{"/proc/" + process + "/stat"};
    std::string number, name, state;
    return (status >> number >> name >> state) && state != "Z";
}

TEST(LimitedChild, WhatItStartedEndsWithIt) {
    const ChildReport report = shell("sleep 300 >/dev/null 2>&1 & echo $!");
    std::string process = said(report);
    process.pop_back();
    for (int tries = 0; tries < 100 && runs(process); ++tries) std::this_thread::sleep_for(20ms);
    EXPECT_FALSE(runs(process));
}

TEST(LimitedChild, NoProgram) {
    const auto report = run_limited("/nowhere/pdftoppm", {}, {});
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->end, ChildEnd::not_started);
    EXPECT_TRUE(installed_program("no-such-program").empty());
    EXPECT_TRUE(installed_program("sh").is_absolute());
}

TEST(LimitedChild, LeavesNoOpenFile) {
    const auto count = [] { return std::distance(std::filesystem::directory_iterator{"/proc/self/fd"}, {}); };
    const auto before = count();
    for (int times = 0; times < 5; ++times) shell("echo x; echo y >&2");
    EXPECT_EQ(count(), before);
}

}  // namespace
}  // namespace hoso::client::media
