#include <gtest/gtest.h>

#include "tests/support/authorisation_bench.hpp"

// docs/authorisation.md is the expectation, written by hand. Every cell of it is asked of the judge, with an act of that kind by
// somebody who holds that one mandate, seat or key. To add a kind: its rows in the page. Its sample in
// tests/support/sample_actions.hpp is made to name units, dossiers and councils of the province by fit() in
// tests/support/authorisation_places.hpp, which also has the words of the column Place.
namespace hoso::tests {
namespace {

using namespace domain;

Page page() { return read_page(std::string{HOSO_DOCS_FOLDER} + "/authorisation.md"); }

std::string ladder_json() {
    std::ifstream file{std::string{HOSO_RULES_FOLDER} + "/ocop-148-2023.json"};
    return *canonical_json(std::string{std::istreambuf_iterator<char>(file), {}});
}

// "received / district / secretary / above"
std::string title(const PageRow& row, const std::string& cell) {
    return row.at("Kind") + " / " + (row.stage().empty() ? "-" : row.stage()) + " / " + cell;
}
std::string found_in(const PageRow& row) { return " (line " + std::to_string(row.line) + ", " + row.at("Place") + ")"; }

bool turned_away(const std::string& answer) {
    const auto reasons = {Reason::no_mandate, Reason::not_a_member, Reason::unauthentic, Reason::unknown_account};
    return std::any_of(reasons.begin(), reasons.end(), [&](Reason reason) { return answer == name(reason); });
}

bool names_stage(const Body& body) {
    return std::visit(
        [](const auto& action) {
            return requires { action.stage; };
        },
        body);
}

// Everybody of one column of a row: one failure for each cell that is not as printed. Answers how many cells that was.
std::size_t check(const AuthorisationBench& bench, const PageRow& row, const Asked& asked, const std::string& column) {
    const std::string text = row.at(column);
    const auto relations = relations_in(text);
    const auto yes = answer_in(text);
    std::map<std::string, std::string> faults;  // by cell; empty where all is well
    std::set<Relation> met;
    for (const Asker& asker : bench.askers(column, asked)) {
        if (asker.relation ? !relations : !yes) {
            ADD_FAILURE() << title(row, lower(column)) << ": cannot be read: " << text << found_in(row);
            return 0;
        }
        const bool expected = asker.relation ? relations->contains(*asker.relation) : *yes;
        const std::string got = bench.answer(asked, asker);
        std::string& fault = faults[asker.cell];
        if (expected ? got != "allowed" : !turned_away(got))
            fault = (expected ? "expected allowed, got " : "expected -, got ") + got;
        if (asker.relation) met.insert(*asker.relation);
    }
    if (faults.empty()) ADD_FAILURE() << "no such column: " << column << found_in(row);
    for (const auto& [cell, fault] : faults) {
        if (!fault.empty()) ADD_FAILURE() << title(row, cell) << ": " << fault << found_in(row);
    }
    if (!met.empty() && !std::includes(met.begin(), met.end(), relations->begin(), relations->end())) {
        ADD_FAILURE() << title(row, lower(column)) << ": no unit lies there: " << text << found_in(row);
    }
    return faults.size();
}

TEST(AuthorisationTable, HoldsCellByCell) {
    AuthorisationBench bench{ladder_json()};
    const std::set<std::string> words = {"Kind", "Stage", "Place", "Source"};
    std::size_t cells = 0;
    for (const PageRow& row : page().rows) {
        const auto asked = bench.act_of(row);
        if (!asked) {
            ADD_FAILURE() << "no such kind or place: " << title(row, row.at("Place")) << found_in(row);
            continue;
        }
        for (const auto& [column, text] : row.cells) {
            if (!words.contains(column)) cells += check(bench, row, *asked, column);
        }
    }
    std::printf("%zu cells\n", cells);
    EXPECT_GT(cells, 2'000u);
}

// What the page marks so is refused for every dossier, whoever asks.
TEST(AuthorisationTable, NeverMeansThatTheLadderRefuses) {
    AuthorisationBench bench{ladder_json()};
    const AuthorisationProvince& province = bench.province;
    std::size_t tried = 0;
    for (const PageRow& row : page().rows) {
        auto asked = bench.act_of(row);
        if (!asked || !row.never()) continue;
        for (const Item& item : province.items) {
            const Dossier& dossier = province.dossier(item);
            if (!names_stage(asked->body) && province.ladder().stages[dossier.stage].key != row.stage()) continue;
            bench.move_to(item, *asked);
            const Reason reason = bench.refusal(*asked);
            EXPECT_TRUE(reason == Reason::wrong_stage || reason == Reason::wrong_phase || reason == Reason::unknown_stage)
                << title(row, name(dossier.phase)) << ": got " << name(reason) << found_in(row);
            ++tried;
        }
    }
    EXPECT_GT(tried, 0u);
}

TEST(AuthorisationTable, HasARowForEveryKindAndStage) {
    const RuleSet ladder = *parse_rules(ladder_json());
    const Page read = page();
    for (const std::string& fault : read.faults) ADD_FAILURE() << fault;
    std::set<std::size_t> kinds;
    std::set<std::string> places, rows;
    std::map<std::string, std::set<std::string>> stages;
    for (const PageRow& row : read.rows) {
        const auto body = sample_of(row.at("Kind"));
        if (body) kinds.insert(body->index());
        EXPECT_TRUE(body) << "no such kind: " << row.at("Kind") << found_in(row);
        EXPECT_TRUE(row.at("Stage") == "-" || row.at("Stage") == row.stage() || row.never())
            << title(row, "no such stage") << found_in(row);
        EXPECT_TRUE(row.stage().empty() || ladder.stage(row.stage())) << title(row, "no such stage") << found_in(row);
        EXPECT_FALSE(body && row.stage().empty() && names_stage(*body))
            << title(row, "needs a row for each stage") << found_in(row);
        EXPECT_FALSE(row.at("Stage").empty() || row.at("Source").empty()) << title(row, "nothing in a column") << found_in(row);
        EXPECT_TRUE(rows.insert(title(row, row.at("Place"))).second) << title(row, "printed twice") << found_in(row);
        places.insert(row.at("Place"));
        if (!row.stage().empty()) stages[row.at("Kind") + ", " + row.at("Place")].insert(row.stage());
    }
    for (const auto& [act, printed] : stages)
        EXPECT_EQ(printed.size(), ladder.stages.size()) << act << ": not a row for each stage";
    ASSERT_EQ(action_kind_names().size(), std::variant_size_v<AnyBody>);
    for (std::size_t kind = 0; kind < action_kind_names().size(); ++kind) {
        EXPECT_TRUE(kinds.contains(kind)) << action_kind_names()[kind] << " has no row";
    }
    for (const PlaceWords& words : place_words()) EXPECT_TRUE(places.contains(words.words)) << "no row asks for: " << words.words;
}

}  // namespace
}  // namespace hoso::tests
