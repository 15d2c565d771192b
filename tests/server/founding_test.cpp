#include "server/founding.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "server/join_file.hpp"
#include "shared/domain/action_codec.hpp"
#include "tests/support/server_folder.hpp"

namespace hoso::server::test {
namespace {

class FoundingTest : public testing::Test {
protected:
    Founding founding() {
        Founding made{folder_.path() / "province", "hoso.example/practice", "Tỉnh thực hành", "127.0.0.1:7443", {}, {}, {}, true};
        made.join = folder_.path() / "join.json";
        for (int i = 0; i < 3; ++i) {
            made.founders.push_back(domain::Founder{names_.new_id(), "founder", names_.new_key()->public_key(), names_.new_id(),
                                                    names_.new_key()->public_key()});
        }
        return made;
    }
    std::vector<std::string> left() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }

    Folder folder_;
    tests::Names names_;
    Instant now_ = *instant_from_text("2023-03-20T08:00:00+07:00");
};

TEST_F(FoundingTest, MakesAProvinceThatOpens) {
    const auto founded = found(founding(), now_);
    ASSERT_TRUE(founded.has_value()) << founded.error().detail;
    EXPECT_EQ(left(), (std::vector<std::string>{"join.json", "province"}));
    const auto province = open_province(folder_.path() / "province", 0, {});
    ASSERT_TRUE(province.has_value()) << province.error().detail;
    const replica::State& state = province->book.replica.state();
    EXPECT_EQ(state.log, founded->log);
    EXPECT_EQ(state.registry.genesis.title, "Tỉnh thực hành");
    EXPECT_TRUE(state.registry.genesis.training);
    EXPECT_EQ(state.registry.genesis.founders.size(), 3u);
    EXPECT_EQ(province->book.log->size(), 1u);
    const auto secret = io::read_file(founded->recovery_key, 100);
    ASSERT_TRUE(secret.has_value());
    const auto key = BoxPrivateKey::from_hex(as_text(*secret).substr(0, 64));
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(box_public_key(*key), state.registry.genesis.recovery_key);
    for (const auto& file :
         {Files(folder_.path() / "province").log_key, Files(folder_.path() / "province").tls_key, founded->recovery_key}) {
        EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms(0077), std::filesystem::perms::none) << file;
    }
}

TEST_F(FoundingTest, TheJoinFileLeadsToTheProvince) {
    ASSERT_TRUE(found(founding(), now_).has_value());
    const auto province = open_province(folder_.path() / "province", 0, {});
    std::ifstream stream(folder_.path() / "join.json");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto join = boost::json::parse(text).as_object();
    EXPECT_EQ(join.at("version"), 1);
    EXPECT_EQ(join.at("address").as_string(), "127.0.0.1:7443");
    EXPECT_EQ(join.at("pin").as_string(), net::pin_of(province->identity.certificate_pem)->hex());
    EXPECT_EQ(join.at("log").as_string(), province->book.replica.state().log.hex());
    EXPECT_EQ(join.at("log_key").as_string(), province->log_key.public_key().hex());
    EXPECT_EQ(join.at("origin").as_string(), "hoso.example/practice");
    EXPECT_TRUE(join.at("training").as_bool());
    EXPECT_EQ(join.at("genesis").as_string(), to_base64(province->genesis));
}

TEST_F(FoundingTest, TakesARecoveryKeyThatWasMadeElsewhere) {
    Founding with_key = founding();
    with_key.recovery = box_public_key(names_.new_box_key());
    const auto founded = found(with_key, now_);
    ASSERT_TRUE(founded.has_value());
    EXPECT_TRUE(founded->recovery_key.empty());
    EXPECT_FALSE(std::filesystem::exists(Files(with_key.folder).recovery_key));
}

TEST_F(FoundingTest, NeverTouchesAFolderThatHoldsSomething) {
    ASSERT_TRUE(found(founding(), now_).has_value());
    const auto again = found(founding(), now_);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, Errc::exists);
    EXPECT_EQ(left(), (std::vector<std::string>{"join.json", "province"}));
}

TEST_F(FoundingTest, RefusesWhatNoLogCanHave) {
    const std::pair<const char*, std::function<void(Founding&)>> cases[] = {
        {"NoOrigin", [](Founding& f) { f.origin.clear(); }},
        {"OriginWithSpace", [](Founding& f) { f.origin = "a b"; }},
        {"OriginWithPlus", [](Founding& f) { f.origin = "a+b"; }},
        {"NoTitle", [](Founding& f) { f.title.clear(); }},
        {"TwoFounders", [](Founding& f) { f.founders.pop_back(); }},
        {"OneFounderTwice", [](Founding& f) { f.founders[2] = f.founders[0]; }},
        {"OneDeskForTwo", [](Founding& f) { f.founders[2].device = f.founders[0].device; }},
    };
    for (const auto& [name, change] : cases) {
        Founding wrong = founding();
        change(wrong);
        const auto refused = found(wrong, now_);
        ASSERT_FALSE(refused.has_value()) << name;
        EXPECT_EQ(refused.error().code, Errc::invalid) << name;
        EXPECT_TRUE(left().empty()) << name;
    }
}

TEST_F(FoundingTest, ReadsCards) {
    const auto file = folder_.path() / "card.json";
    const auto write = [&](const std::string& text) { std::ofstream(file) << text; };
    const std::string id(32, '1'), key(64, '2');
    const std::string good = R"({"version": 1, "account": ")" + id + R"(", "title": "Trưởng phòng", "officer_key": ")" + key +
                             R"(", "device": ")" + id + R"(", "device_key": ")" + key + R"("})";
    write(good);
    const auto card = read_card(file);
    ASSERT_TRUE(card.has_value()) << card.error().detail;
    EXPECT_EQ(card->title, "Trưởng phòng");
    EXPECT_EQ(card->account.hex(), id);
    write(good.substr(0, good.size() - 10));
    EXPECT_EQ(read_card(file).error().code, Errc::invalid);
    write(R"({"version": 2})");
    EXPECT_EQ(read_card(file).error().code, Errc::version);
    write(R"({"version": 1, "title": "x"})");
    EXPECT_EQ(read_card(file).error().code, Errc::invalid);
    EXPECT_EQ(read_card(folder_.path() / "none").error().code, Errc::not_found);
}

TEST_F(FoundingTest, AFolderWithoutAProvinceSaysSo) {
    const auto nothing = open_province(folder_.path(), 0, {});
    ASSERT_FALSE(nothing.has_value());
    EXPECT_EQ(nothing.error().code, Errc::not_found);
}

}  // namespace
}  // namespace hoso::server::test
