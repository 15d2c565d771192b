#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "client/cli/run_command.hpp"
#include "tests/support/desk_folder.hpp"
#include "tests/support/story.hpp"

namespace hoso::client {

namespace json = boost::json;

// What a command answers with on a desk of a practice log; what it says to people goes to `said`.
inline std::vector<json::object> answers_of(Desk& desk, std::vector<std::string> args, int expected, const std::string& input,
                                            std::string& said) {
    std::istringstream in(input);
    std::ostringstream out, err;
    boost::asio::io_context context;
    Link link(desk, context);
    args.insert(args.begin(), "--json");
    const int code = cli::run_command(desk, link, args, in, out, err);
    EXPECT_EQ(code, expected) << err.str();
    said = err.str();
    std::vector<json::object> answers;
    std::istringstream lines(out.str());
    for (std::string line; std::getline(lines, line);) answers.push_back(json::parse(line).get_object());
    for (const auto& answer : answers) EXPECT_TRUE(answer.at("training").get_bool());
    return answers;
}

// Commands on a real desk, of a commune unless another unit is named, against a province in memory.
class CliDesk : public testing::Test {
protected:
    explicit CliDesk(const std::string& unit = "a1") : at_(unit) {}
    void SetUp() override { at_.settle(); }

    // The objects a command answers with.
    std::vector<json::object> run(const std::vector<std::string>& args, int expected = 0, const std::string& input = {}) {
        return run_on(at_, args, expected, input);
    }
    std::vector<json::object> run_on(tests::DeskFolder& at, const std::vector<std::string>& args, int expected = 0,
                                     const std::string& input = {}) {
        return answers_of(*at.desk, args, expected, input, said_);
    }
    json::object answer(const std::vector<std::string>& args) {
        const auto answers = run(args);
        return answers.empty() ? json::object{} : answers.back();
    }
    static std::string text(const json::object& from, const char* key) { return std::string(from.at(key).get_string()); }
    std::string file(const std::string& content) {
        const auto path = at_.temp / "lines.ndjson";
        std::ofstream(path) << content;
        return path.string();
    }
    // A product of the commune with its dossier opened.
    std::string product() {
        const std::string subject = text(answer({"subject", "register", "--unit", "p/a/a1", "--name", "HTX Chè", "--type",
                                                 "cooperative", "--registration", "1"}),
                                         "subject");
        const std::string made = text(
            answer({"product", "register", "--subject", subject, "--unit", "a1", "--name", "Trà xanh", "--set", "tea"}), "product");
        answer({"dossier", "open", made, "--kind", "first", "--ruleset", "practice", "--round", "2023"});
        return made;
    }
    tests::DeskFolder at_;
    std::string said_;
};

}  // namespace hoso::client
