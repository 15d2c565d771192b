#include "client/local_api/lookup_find.hpp"

#include <gtest/gtest.h>

#include "client/paper/facts_parts.hpp"
#include "client/paper/proof.hpp"
#include "shared/base/hash.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/story.hpp"

// What the public lookup finds, over states that are made by hand where a log would take years.
namespace hoso::client::local_api {
namespace {

using namespace tests;
using std::chrono::seconds;

class Finding : public testing::Test {
protected:
    void SetUp() override {
        Story story{world_, "a1"};
        story.take(story.registration());
        state_ = world_.replica.state();
        product_ = story.product;
    }
    domain::Product& product() { return std::get<domain::Product>(state_.streams.at(product_).content); }
    LookedUp asked(std::string_view number, const char* on) const {
        CertificateIndex index;
        index.refresh(state_, {});
        return look_up(state_, index, number, day(on), nobody_signed);
    }
    FoundCertificate only(std::string_view number, const char* on) const {
        const LookedUp answer = asked(number, on);
        EXPECT_EQ(answer.found.size(), 1u) << number;
        return answer.found.empty() ? FoundCertificate{} : answer.found.front();
    }
    static Result<paper::Signing> nobody_signed(const domain::Decision&) { return Error{Errc::not_found, ""}; }

    World world_;
    replica::State state_;
    StreamId product_;
};

TEST_F(Finding, SaysWhatACertificateIsOnADay) {
    product().certificates = {certificate("OCOP-2019-001", 3, "2019-05-10")};
    EXPECT_EQ(only("OCOP-2019-001", "2019-05-09").status, "upcoming");
    EXPECT_EQ(only("OCOP-2019-001", "2019-05-10").status, "good");
    EXPECT_EQ(only("OCOP-2019-001", "2022-05-10").status, "good") << "on its last day";
    EXPECT_EQ(only("OCOP-2019-001", "2022-05-11").status, "expired");
    EXPECT_EQ(only("OCOP-2019-001", "2022-05-11").good_until, day("2022-05-10"));
}

TEST_F(Finding, ARevocationHoldsFromItsDay) {
    product().certificates = {certificate("C", 4, "2022-05-10")};
    EXPECT_EQ(only("C", "2023-04-11").revoked_on, Date{});
    product().certificates[0].revoked = true;
    product().certificates[0].revoked_on = day("2023-04-12");
    EXPECT_EQ(only("C", "2023-04-11").status, "good");
    EXPECT_EQ(only("C", "2023-04-11").revoked_on, day("2023-04-12")) << "it is known to come";
    EXPECT_EQ(only("C", "2023-04-12").status, "revoked");
    product().certificates[0].revoked_on = day("2022-05-01");
    EXPECT_EQ(only("C", "2022-05-02").status, "revoked") << "before it ever held";
}

TEST_F(Finding, ANewerOneTakesThePlace) {
    product().certificates = {certificate("OLD", 3, "2019-05-10"), certificate("NEW", 4, "2022-05-10")};
    EXPECT_EQ(only("OLD", "2022-05-09").status, "good");
    const FoundCertificate replaced = only("OLD", "2022-05-10");
    EXPECT_EQ(replaced.status, "replaced");
    EXPECT_EQ(replaced.replaced_by, "NEW");
    EXPECT_EQ(replaced.replaced_on, day("2022-05-10"));
    product().certificates[1].revoked = true;
    product().certificates[1].revoked_on = day("2022-06-01");
    EXPECT_EQ(only("OLD", "2022-06-01").status, "expired") << "what was revoked takes nobody's place";
}

TEST_F(Finding, AnExtensionIsSaidWithItsLastDay) {
    product().certificates = {certificate("C", 3, "2019-05-10")};
    domain::RuleSet extending = *state_.registry.rules(world_.rules);
    extending.extension = {day("2022-05-05"), day("2022-05-15"), 180};
    extending.hash = sha256(as_bytes("extending"));
    state_.registry.rule_sets[extending.hash] = std::make_shared<const domain::RuleSet>(extending);
    add_dossier(world_, product(), domain::DossierKind::re_evaluation, "2022-05-01", domain::Phase::submitted);
    EXPECT_EQ(only("C", "2022-08-01").status, "extended");
    EXPECT_EQ(only("C", "2022-08-01").good_until, day("2022-05-10") + std::chrono::days{180});
}

TEST_F(Finding, NumbersCompareAsTheLogComparesThem) {
    product().certificates = {certificate("1/2023/OCOP-ĐB", 3, "2023-05-10")};
    for (const char* typed : {"1/2023/OCOP-ĐB", "1 2023 ocop ĐB", "12023OCOPĐB",
                              " 1/2023/OCOP-\xC4\x90"
                              "B\n",
                              "1/2023/ocop-đb", "1-2023-OCOP-DB"})
        EXPECT_EQ(only(typed, "2023-06-01").number, "1/2023/OCOP-ĐB") << typed;
    for (const char* other : {"1/2023/OCOP", "11/2023/OCOP-ĐB", "1/2023/OCOP-ĐBX", "OCOP-ĐB", "1", "%"})
        EXPECT_TRUE(asked(other, "2023-06-01").found.empty()) << other;
}

TEST_F(Finding, AccentsCountWhereBothAreThere) {
    product().certificates = {certificate("1/ĐB", 3, "2023-05-10"), certificate("1/DB", 4, "2023-05-11")};
    EXPECT_EQ(only("1/ĐB", "2023-06-01").stars, 3);
    EXPECT_EQ(only("1/db", "2023-06-01").stars, 4);
    EXPECT_EQ(asked("1/Ḍb", "2023-06-01").found.size(), 2u);
}

TEST_F(Finding, TwoProductsWithOneNumberAreBothShown) {
    product().certificates = {certificate("C-1", 3, "2019-05-10")};
    Story other{world_, "a2"};
    other.take(other.registration());
    auto copy = *world_.replica.state().product(other.product);
    copy.certificates = {certificate("C.1", 4, "2019-06-10")};
    state_.streams[other.product] = world_.replica.state().streams.at(other.product);
    state_.streams[other.product].content = copy;
    EXPECT_EQ(asked("c1", "2020-01-01").found.size(), 2u);
}

TEST_F(Finding, WhatIsNoNumberIsSaid) {
    for (const std::string& none : {std::string{}, std::string("  "), std::string("/-/"), std::string(400, '1')})
        EXPECT_EQ(asked(none, "2020-01-01").outcome, Outcome::no_number);
    EXPECT_EQ(asked("OCOP", "2020-01-01").outcome, Outcome::unknown);
}

TEST_F(Finding, CorrectionsSayNoWordsThatMayNameAPerson) {
    product().certificates = {certificate("C", 3, "2019-05-10"), certificate("D", 3, "2019-05-10")};
    product().care.corrections = {{"", "name", "Che", "Chè", "15/QĐ", day("2020-01-01"), "Thiếu dấu"},
                                  {"C", "phone of the owner", "0900", "0911", "16/QĐ", day("2020-02-01"), "Bà Lan gọi"},
                                  {"D", "stars", "3", "4", "17/QĐ", day("2020-03-01"), "Nhầm"}};
    const auto found = only("C", "2020-06-01").corrections;
    ASSERT_EQ(found.size(), 2u) << "that of another certificate is not of this one";
    EXPECT_EQ(found[0].after, "Chè");
    EXPECT_EQ(found[1].item + found[1].before + found[1].after, "");
    EXPECT_EQ(found[1].number, "16/QĐ");
}

TEST_F(Finding, TheIndexFollowsTheLogWithinSeconds) {
    CertificateIndex index;
    const RateLimit::Moment began{};
    index.refresh(state_, began);
    product().certificates = {certificate("C", 3, "2019-05-10")};
    index.refresh(state_, began + seconds{60});
    EXPECT_TRUE(index.products("C").empty()) << "the log did not grow";
    state_.size += 1;
    index.refresh(state_, began + seconds{4});
    EXPECT_TRUE(index.products("C").empty());
    index.refresh(state_, began + seconds{5});
    EXPECT_EQ(index.products("C"), std::vector{product_});
    state_.streams.erase(product_);
    EXPECT_TRUE(look_up(state_, index, "C", day("2020-01-01"), nobody_signed).found.empty()) << "gone since";
}

// ---- codes ---------------------------------------------------------------------------------------------------------------

class Codes : public testing::Test {
protected:
    void SetUp() override {
        story_.submit();
        story_.evaluate(three_stars);
        story_.recognise();
        index_.refresh(state(), {});
        proof_ = {state().log, signing(state().registry.decisions.at(story_.decision))->action,
                  story_.state().certificates.front().text};
    }
    const replica::State& state() const { return world_.replica.state(); }
    Result<paper::Signing> signing(const domain::Decision& decision) const {
        return paper::Signing{action_id(world_.events.at(decision.position).action), {}};
    }
    LookedUp asked(const std::string& text) const {
        return look_up(state(), index_, text, world_.today(), [this](const domain::Decision& from) { return signing(from); });
    }

    World world_;
    Story story_{world_, "a1"};
    CertificateIndex index_;
    paper::Proof proof_;
};

TEST_F(Codes, TheNumberAndBothFormsOfTheCodeFindWhatThePaperPrints) {
    const paper::Source source{state(),
                               state(),
                               state().log,
                               false,
                               [this](const domain::Decision& from) { return signing(from); },
                               "https://ocop.example"};
    const auto printed = paper::certificate_facts(source, proof_.number);
    ASSERT_TRUE(printed) << printed.error().detail;
    EXPECT_EQ(paper::proof_from_text(printed->proof), proof_);
    for (const std::string& text : {proof_.number, printed->proof, paper::proof_text(proof_, "")}) {
        const LookedUp answer = asked(text);
        ASSERT_EQ(answer.outcome, Outcome::found) << text;
        const FoundCertificate& found = answer.found.front();
        EXPECT_EQ(found.number, printed->number);
        EXPECT_EQ(found.product, printed->product);
        EXPECT_EQ(found.subject, printed->subject);
        EXPECT_EQ(found.address, printed->address);
        EXPECT_EQ(found.stars, printed->stars);
        EXPECT_EQ(found.decision, printed->authority.number);
        EXPECT_EQ(found.decision_date, printed->authority.date);
        EXPECT_EQ(found.issued, printed->issued);
        EXPECT_EQ(found.last_day, printed->last_day);
    }
}

TEST_F(Codes, ACodeOfAnotherLogOrDecisionFindsNothing) {
    paper::Proof other = proof_;
    other.log.bytes[0] ^= 1;
    EXPECT_EQ(asked(paper::proof_text(other, "")).outcome, Outcome::other_log);
    other = proof_;
    other.decision.bytes[0] ^= 1;
    EXPECT_EQ(asked(paper::proof_text(other, "")).outcome, Outcome::other_decision);
    other = proof_;
    other.number += "0";
    EXPECT_EQ(asked(paper::proof_text(other, "")).outcome, Outcome::unknown);
}

TEST(Proof, ComesBackFromBothForms) {
    paper::Proof proof;
    proof.log.bytes[0] = 0xAB;
    proof.decision.bytes[31] = 0xCD;
    for (const char* number : {"1/2023/OCOP-ĐB", "A:B#C%20?&=", "#gcn:1:x", "/v/", "1"}) {
        proof.number = number;
        for (const char* lookup : {"", "https://ocop.example", "https://v:8443"}) {
            const std::string text = paper::proof_text(proof, lookup);
            EXPECT_EQ(paper::proof_from_text(text), proof) << text;
        }
    }
    const std::string whole = paper::proof_text(proof, "");
    for (const std::string& none :
         {std::string{}, std::string("hoso:gcn:1:"), whole.substr(0, 40), whole.substr(0, whole.size() - 2),
          "hoso:gcn:2:" + whole.substr(11), "http" + paper::proof_text(proof, "https://a").substr(5), std::string("https://"),
          std::string("https://a/v/1"), std::string("https://a#gcn:1:b/v/")})
        EXPECT_FALSE(paper::proof_from_text(none)) << none;
}

// ---- how often -----------------------------------------------------------------------------------------------------------

TEST(RateLimits, ABurstAndThenOneAtATime) {
    RateLimit limit({3, std::chrono::milliseconds{1000}, 10});
    const RateLimit::Moment now{seconds{100}};
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.admits("a", now));
    EXPECT_FALSE(limit.admits("a", now));
    EXPECT_TRUE(limit.admits("b", now)) << "another address has its own";
    EXPECT_FALSE(limit.admits("a", now + std::chrono::milliseconds{999}));
    EXPECT_TRUE(limit.admits("a", now + seconds{1}));
    EXPECT_FALSE(limit.admits("a", now + seconds{1}));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.admits("a", now + seconds{60}));
    EXPECT_FALSE(limit.admits("a", now + seconds{60})) << "rest saves up no more than a burst";
}

TEST(RateLimits, RemembersSoManyAddressesAndForgetsTheOldest) {
    RateLimit limit({1, std::chrono::milliseconds{1000}, 3});
    const RateLimit::Moment now{};
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limit.admits(std::to_string(i), now));
    EXPECT_EQ(limit.remembered(), 3u);
    EXPECT_FALSE(limit.admits("997", now));
    EXPECT_TRUE(limit.admits("new", now));
    EXPECT_FALSE(limit.admits("997", now)) << "who asked just now is not the one that is forgotten";
    EXPECT_TRUE(limit.admits("998", now));
}

}  // namespace
}  // namespace hoso::client::local_api
