#include <gtest/gtest.h>

#include "client/views/certificates.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/funnel.hpp"
#include "client/views/product_views.hpp"
#include "client/views/progress.hpp"
#include "client/views/registry_views.hpp"
#include "client/views/rejudge.hpp"
#include "client/views/search.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/story.hpp"

// Lists, counts and what is asked about a day that has passed, over states that are made by hand where a log would take years.
namespace hoso::client::views {
namespace {

using namespace tests;

std::string text(const json::object& from, const char* key) { return std::string(from.at(key).get_string()); }
int number(const json::value& row, const char* key) { return row.get_object().at(key).to_number<int>(); }

class Views : public testing::Test {
protected:
    World world_;
    replica::State state_;  // what the world came to, changed by hand
    StreamId product_;

    // A product with no dossier and no certificate.
    domain::Product& product() {
        Story story{world_, "a1"};
        story.take(story.registration());
        state_ = world_.replica.state();
        product_ = story.product;
        return std::get<domain::Product>(state_.streams.at(product_).content);
    }
    domain::RuleSet rules() const { return *state_.registry.rules(world_.rules); }
    void publish(domain::RuleSet rules, const char* called, bool newest = true) {
        rules.hash = sha256(as_bytes(called));
        if (newest) state_.registry.newest_rule_set = rules.hash;
        state_.registry.rule_sets[rules.hash] = std::make_shared<const domain::RuleSet>(std::move(rules));
    }
    json::array certificates_on(const char* at, CertificateFilter filter) const { return certificates(state_, filter, day(at), 0); }
    std::size_t counted(const char* at) const { return count_products(state_, "stars", day(at), day(at)).size(); }
    json::object total(const char* at) const {
        const Geography on(state_.registry, day(at));
        return progress(state_, state_.registry.rounds.at(world_.round), day(at), on).back().get_object();
    }
};

// ---- certificates -------------------------------------------------------------------------------------------------------

TEST_F(Views, TheCertificateOfADayIsNotTheOneRecordedLast) {
    auto& made = product();
    made.certificates = {certificate("N", 4, "2022-05-10"), certificate("O", 3, "2019-05-10")};
    const auto shown = [&](std::optional<Date> at) { return text(products(state_, at).front().get_object(), "certificate"); };
    EXPECT_EQ(shown(day("2022-06-01")), "N");
    EXPECT_EQ(shown(day("2020-01-01")), "O");
    EXPECT_EQ(shown(day("2030-01-01")), "N") << "the newest where none is good";
    EXPECT_EQ(shown({}), "N");
    EXPECT_EQ(text(count_products(state_, "stars", day("2022-06-01"), day("2022-06-01")).front().get_object(), "group"), "4");
}

TEST_F(Views, ACertificateIsGoodUntilTheDayItIsRevoked) {
    auto& made = product();
    made.certificates = {certificate("N", 4, "2022-05-10")};
    made.certificates[0].revoked = true;
    made.certificates[0].revoked_on = day("2023-04-12");
    EXPECT_EQ(counted("2023-04-11"), 1u);
    EXPECT_EQ(counted("2023-04-12"), 0u);
    EXPECT_TRUE(certificates_on("2023-04-11", CertificateFilter::revoked).empty());
    EXPECT_EQ(certificates_on("2023-04-12", CertificateFilter::revoked).size(), 1u);
    const auto before = certificates_on("2023-04-11", CertificateFilter::all).front().get_object();
    EXPECT_FALSE(before.at("revoked").get_bool());
    EXPECT_EQ(text(before, "status"), "good");
    EXPECT_EQ(number(total("2023-04-11"), "revoked"), 0);
    EXPECT_EQ(number(total("2023-04-12"), "revoked"), 1);
    EXPECT_EQ(number(total("2026-01-01"), "expired"), 0) << "it never ran out";
}

TEST_F(Views, DaysLeftAreNoneOnTheLastDay) {
    product().certificates = {certificate("O", 3, "2019-05-11")};
    EXPECT_EQ(number(certificates_on("2022-05-11", CertificateFilter::all).front(), "days_left"), 0);
    EXPECT_TRUE(certificates_on("2022-05-11", CertificateFilter::expired).empty());
    EXPECT_EQ(number(certificates_on("2022-05-12", CertificateFilter::expired).front(), "days_left"), -1);
}

TEST_F(Views, WhatWasRecognisedAgainAwaitsNoAnswer) {
    auto& made = product();
    made.certificates = {certificate("O", 3, "2019-05-10")};
    EXPECT_EQ(text(certificates_on("2022-06-01", CertificateFilter::expired).front().get_object(), "status"), "expired");
    EXPECT_EQ(number(total("2022-06-01"), "expired"), 1) << "of this log or of one before";
    EXPECT_EQ(number(total("2022-06-01"), "no_answer"), 1);
    made.certificates.push_back(certificate("N", 4, "2022-06-10"));
    EXPECT_EQ(text(certificates_on("2022-06-09", CertificateFilter::expired).front().get_object(), "status"), "expired");
    EXPECT_EQ(text(certificates_on("2022-06-10", CertificateFilter::expired).front().get_object(), "status"), "replaced");
    EXPECT_EQ(number(total("2022-06-10"), "no_answer"), 0);
    EXPECT_EQ(number(total("2022-06-10"), "renews"), 1);
}

TEST_F(Views, AnExtensionRunsWhileTheReEvaluationIsUnderWay) {
    auto& made = product();
    made.certificates = {certificate("O", 3, "2019-05-10")};
    const Date last = made.certificates[0].last_day;
    auto extending = rules();
    extending.extension = {last - std::chrono::days{5}, last + std::chrono::days{5}, 180};
    publish(std::move(extending), "extending");
    EXPECT_EQ(counted("2022-08-01"), 0u);
    auto& asked = add_dossier(world_, made, domain::DossierKind::re_evaluation, "2022-05-01", domain::Phase::submitted);
    EXPECT_EQ(counted("2022-08-01"), 1u);
    EXPECT_EQ(counted("2022-12-31"), 0u) << "at most so long";
    EXPECT_EQ(number(total("2022-08-01"), "expired"), 0);
    EXPECT_EQ(text(certificates_on("2022-08-01", CertificateFilter::all).front().get_object(), "status"), "extended");
    asked.phase = domain::Phase::declined;
    asked.since = day("2022-07-01");
    EXPECT_EQ(counted("2022-06-15"), 1u);
    EXPECT_EQ(counted("2022-08-01"), 0u);
}

TEST_F(Views, ARegulationIsTheOneInForceThatDay) {
    product();
    state_.registry.rule_sets.clear();
    const auto term = [&](const char* id, const char* called, const char* from, const char* to) {
        domain::RuleSet made;
        made.id = id;
        made.terms = {{domain::DossierKind::first, day(from), *to ? day(to) : Date{}, {}}};
        publish(std::move(made), called);
    };
    const auto on = [&](const char* at) {
        const auto* found = rules_on(state_.registry, domain::DossierKind::first, day(at));
        return found ? found->hash : Hash{};
    };
    term("new", "new", "2023-02-24", "");
    term("newer", "newer", "2026-05-22", "");
    term("old", "old", "2019-08-21", "2023-02-23");  // published last, for the dossiers of then
    EXPECT_EQ(on("2019-08-20"), Hash{});
    EXPECT_EQ(on("2023-02-23"), sha256(as_bytes("old")));
    EXPECT_EQ(on("2023-02-24"), sha256(as_bytes("new")));
    EXPECT_EQ(on("2026-05-22"), sha256(as_bytes("newer"))) << "where two are in force the later one";
    for (const char* edition : {"new, mended", "new, mended again"}) {
        term("new", edition, "2023-02-24", "");
        EXPECT_EQ(on("2024-01-01"), sha256(as_bytes(edition)));
    }
    EXPECT_EQ(rules_on(state_.registry, domain::DossierKind::upgrade, day("2024-01-01")), nullptr);
}

// ---- how far a round is -------------------------------------------------------------------------------------------------

TEST_F(Views, AStepStaysReached) {
    Story up{world_, "a1"};
    up.submit();
    up.evaluate(five_stars);
    up.take(up.forwarding());
    up.evaluate(five_stars);  // the province's council
    Story back{world_, "a1"};
    back.submit();
    back.receive();
    back.take(back.return_it());
    Story never{world_, "a2"};
    never.draft();
    never.take(never.withdrawal());
    state_ = world_.replica.state();
    const auto all = total("2023-06-02");
    EXPECT_EQ(number(all, "registered"), 3);
    EXPECT_EQ(number(all, "submitted"), 2) << "one was withdrawn before";
    EXPECT_EQ(number(all, "received"), 2) << "one was returned since";
    EXPECT_EQ(number(all, "forwarded"), 1) << "the next council has tallied";
    back.take(back.submission());
    state_ = world_.replica.state();
    EXPECT_EQ(number(total("2023-06-02"), "received"), 2);
}

TEST_F(Views, AProductWithTwoDossiersIsOneProduct) {
    Story story{world_, "a1"};
    story.submit();
    story.take(story.withdrawal());
    story.file = world_.new_id();
    story.take(story.opening());
    state_ = world_.replica.state();
    const auto steps = funnel(state_, state_.registry.rounds.at(world_.round));
    const auto products_at = [&](const std::string& step) {
        for (const auto& row : steps) {
            if (text(row.get_object(), "step") == step) return number(row, "products");
        }
        return -1;
    };
    EXPECT_EQ(products_at("opened"), 1);
    EXPECT_EQ(products_at("submitted"), 1);
    EXPECT_EQ(products_at("withdrawn"), 0) << "it goes on";
    const auto& round = state_.registry.rounds.at(world_.round);
    for (const char* step : funnel_steps)
        EXPECT_EQ(static_cast<int>(client::views::products_at(state_, round, step).size()), products_at(step)) << step;
}

// Behind every number of progress stands the list of the dossiers that it counts.
TEST_F(Views, ANumberOfProgressCountsItsDossiers) {
    Story forward{world_, "a1"};
    forward.submit();
    forward.evaluate(three_stars);
    forward.recognise();
    Story back{world_, "a2"};
    back.submit();
    Story drafted{world_, "b1"};
    drafted.take(drafted.registration());
    drafted.take(drafted.opening());
    state_ = world_.replica.state();
    const auto& round = state_.registry.rounds.at(world_.round);
    const auto day_of_it = day("2023-06-02");
    const auto told = progress(state_, round, day_of_it, Geography(state_.registry, day_of_it)).back().get_object();
    int all = 0;
    for (const char* step : {"registered", "submitted", "received", "tallied", "forwarded", "recognised", "recognised_3",
                             "recognised_4", "recognised_5", "declined", "withdrawn", "open"}) {
        EXPECT_TRUE(is_dossier_step(step));
        int counted = 0;
        Look(state_).each<domain::Product>([&](const domain::Product& product) {
            for (const auto& [id, dossier] : product.dossiers)
                counted += dossier.round == round.id && came_to(state_.registry, product, dossier, step) ? 1 : 0;
        });
        EXPECT_EQ(counted, number(told, step)) << step;
        all += counted;
    }
    EXPECT_GT(all, 8);
    EXPECT_FALSE(is_dossier_step("late"));
}

TEST_F(Views, ThePaceOfADayKnowsNothingLater) {
    auto& made = product();
    const auto& filed = add_dossier(world_, made, domain::DossierKind::first, "2023-06-05", domain::Phase::recognised);
    made.certificates = {certificate("N", 3, "2023-07-10")};
    made.certificates[0].dossier = filed.id;
    const auto on = [&](const char* at) {
        return pace(state_, state_.registry.rounds.at(world_.round), day(at)).back().get_object();
    };
    EXPECT_EQ(number(on("2023-06-04"), "left"), 0) << "not filed yet";
    EXPECT_EQ(number(on("2023-07-09"), "left"), 1);
    EXPECT_EQ(number(on("2023-07-09"), "done"), 0);
    EXPECT_EQ(number(on("2023-07-10"), "done"), 1);
    EXPECT_EQ(text(on("2023-08-07"), "pace"), "0") << "four weeks ago";
}

// A unit that is no more is shown by the path of its last day, whatever its parent is called since.
TEST_F(Views, AClosedUnitKeepsItsPath) {
    product();
    auto& units = state_.registry.units;
    const UnitId& commune = world_.units.at("a1");
    EXPECT_EQ(unit_path(state_.registry, commune), "p/a/a1");
    units.at(commune).valid_to = day("2025-06-30");
    auto& province = units.at(world_.units.at("p"));
    province.former.push_back({province.name, province.kind, province.code, day("2025-06-30")});
    province.code = "new";
    EXPECT_EQ(unit_path(state_.registry, commune), "p/a/a1");
    EXPECT_EQ(unit_path(state_.registry, world_.units.at("a2")), "new/a/a2");
}

// ---- results ------------------------------------------------------------------------------------------------------------

TEST_F(Views, PaperIsMarkedAndTheAnswerFromAboveIsNone) {
    auto& made = product();
    auto& filed = add_dossier(world_, made, domain::DossierKind::first, "2023-06-05", domain::Phase::tallied);
    filed.meetings = 1;
    filed.tally = domain::Tally{"district", {}, 2, {5'000, 4'000, 5'000}, 4, "05/BB"};
    filed.tally->paper = true;
    EXPECT_EQ(text(dossier_row(state_, made, filed), "paper"), "05/BB");
    filed.tally = domain::Tally{"district", {}, 1, {8'500}, 4, "9/QĐ"};
    const auto fallen = dossier_row(state_, made, filed);
    EXPECT_FALSE(fallen.contains("paper"));
    EXPECT_EQ(text(fallen, "decision"), "9/QĐ");
    EXPECT_FALSE(tally(*filed.tally).contains("paper"));
}

TEST_F(Views, WhatIsSupplementedHasNoResult) {
    auto& made = product();
    auto& filed = add_dossier(world_, made, domain::DossierKind::first, "2023-06-05", domain::Phase::returned);
    filed.tally = domain::Tally{"district", world_.new_id(), 2, {5'000, 4'000, 5'000}, 4, ""};
    for (const auto phase : {domain::Phase::returned, domain::Phase::submitted, domain::Phase::received}) {
        filed.phase = phase;
        EXPECT_FALSE(dossier_row(state_, made, filed).contains("stars")) << name(phase);
    }
    filed.stage = 2;  // forwarded: the district's result is what the province looks at
    EXPECT_EQ(dossier_row(state_, made, filed).at("stars").to_number<int>(), 4);
}

TEST_F(Views, WhatCannotBeJudgedAgainSaysWhy) {
    Story sheets{world_, "a1"};
    sheets.submit();
    sheets.evaluate(three_stars);
    Story paper{world_, "a1"};
    paper.take(paper.registration("stone"));
    paper.take(paper.opening());
    paper.take(paper.document());
    paper.take(paper.opinion({}));
    paper.take(paper.submission());
    paper.receive();
    paper.take(paper.paper(60));
    std::string bare = world_rules_json("bare", "cloth");
    bare.replace(bare.find(R"("key":"stone")"), 13, R"("key":"tea")");
    const auto other = domain::parse_rules(bare);
    ASSERT_TRUE(other);
    const replica::State& state = world_.replica.state();
    const auto missing = rejudged(state, sheets.state(), sheets.dossier(), *other);
    EXPECT_EQ(text(missing, "why"), "sheet missing, cannot be judged again");
    EXPECT_TRUE(missing.at("average_under").is_null());
    EXPECT_TRUE(missing.at("stars_under").is_null());
    const auto typed = rejudged(state, paper.state(), paper.dossier(), *state.registry.rules(world_.rules));
    ASSERT_FALSE(typed.empty());
    EXPECT_EQ(text(typed, "why"), "tallied on paper: there are no sheets to judge again");
    EXPECT_TRUE(typed.at("stars_under").is_null());
}

// ---- the registry -------------------------------------------------------------------------------------------------------

TEST_F(Views, ABlockOfAllNumbersHasThemLeft) {
    domain::Registry registry;
    domain::NumberBlock block;
    block.last = 0xFFFF'FFFF;
    registry.blocks[world_.new_id()] = block;
    EXPECT_EQ(number_blocks(registry).front().get_object().at("left").to_number<std::uint64_t>(), 0x1'0000'0000u);
}

TEST_F(Views, LettersOfficesFormsAndFormerNamesAreFound) {
    auto& made = product();
    const auto& filed = add_dossier(world_, made, domain::DossierKind::first, "2023-06-05", domain::Phase::submitted);
    domain::Registry& registry = state_.registry;
    const UnitId unit = world_.units.at("a1");
    registry.units.at(unit).former = {{"Xã Hiền Lương", "xa", "04861", day("2019-12-31")}};
    registry.offices[world_.new_id()] = {
        world_.new_id(), unit, "Sở Môi trường", {}, {{"Sở Nông nghiệp", "", "", day("2025-02-28")}}};
    domain::NoticeIssued notice;
    notice.number = "332/SNN";
    notice.title = "Triển khai";
    registry.notices[world_.new_id()] = notice;
    domain::PackageSent package;
    package.number = "88/UBND";
    registry.packages[world_.new_id()] = package;
    registry.forms[filed.id] = {{unit, "7/PĐK-17", day("2023-06-05")}};
    const std::pair<const char*, const char*> rows[] = {{"hien luong", "unit"},    {"04861", "unit"},     {"moi truong", "office"},
                                                        {"nong nghiep", "office"}, {"332/snn", "notice"}, {"trien khai", "notice"},
                                                        {"88/ubnd", "package"},    {"7/pdk-17", "form"}};
    for (const auto& [typed, kind] : rows) {
        const auto found = search(state_, typed, 10);
        ASSERT_EQ(found.size(), 1u) << typed;
        EXPECT_EQ(text(found.front().get_object(), "kind"), kind) << typed;
    }
}

}  // namespace
}  // namespace hoso::client::views
