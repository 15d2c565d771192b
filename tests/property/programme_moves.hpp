#pragma once

#include "tests/property/twist.hpp"
#include "tests/support/programme.hpp"

namespace hoso::tests {

// What happens around the dossiers while they go their way, right and wrong.
class ProgrammeMoves {
public:
    ProgrammeMoves(Random& random, World& world) : random_(random), programme_(world) {}

    Step next(Story& story) {
        const auto* product = story.world.replica.state().product(story.product);
        const bool open = product && product->dossier(story.file);
        if (open && random_.chance(30)) return of_dossier(story);
        return random_.chance(50) ? of_province(story) : of_product(story);
    }

private:
    Step of_province(Story& story) {
        switch (random_.below(13)) {
            case 0: return programme_.office();
            case 1: return programme_.office_renaming(static_cast<int>(random_.below(20)));
            case 2: return programme_.unit_renaming("b1", static_cast<int>(random_.below(20)));
            case 3: return programme_.calendar();
            case 4: return programme_.notice(story);
            case 5: return programme_.reminder();
            case 6: return programme_.difficulty();
            case 7: return programme_.difficulty_answer();
            case 8: return programme_.promotion();
            case 9: return programme_.council_change(random_.chance(50) ? "a" : "b");
            case 10: return programme_.publication(story);
            case 11: return programme_.form(story);
            default: return programme_.package(story);
        }
    }
    Step of_product(Story& story) {
        switch (random_.below(9)) {
            case 0: return programme_.idea(story, random_.chance(70));
            case 1: return programme_.code(story, random_.chance(50) ? "17-1-2" : "x");
            case 2: return programme_.expiry_notice(story);
            case 3:
                return programme_.inspection(
                    story, random_.chance(50) ? domain::InspectionOutcome::kept : domain::InspectionOutcome::revoke);
            case 4: return programme_.service(story);
            case 5: return programme_.complaint(story);
            case 6: return programme_.complaint_answer(story);
            case 7: return programme_.correction(story);
            default: return programme_.participation(story);
        }
    }
    Step of_dossier(Story& story) {
        switch (random_.below(6)) {
            case 0: return programme_.minutes(story);
            case 2:
            case 3: return photo(story);
            case 4: return stored(story);
            case 1: return programme_.recusal(story, random_.chance(50) ? "member" : "secretary");
            default: return programme_.samples(story);
        }
    }

    // Mostly as it should be; else too large, with a role of its own, or by an action that cites nothing.
    static constexpr std::uint64_t too_large = 60'000'000;
    Step photo(Story& story) {
        Step step = story.photo(random_.chance(80) ? 300'000 : too_large);
        if (random_.chance(10)) step.files.back().role = "other";
        if (random_.chance(10)) step.body = story.note().body;
        return step;
    }
    // The server's device tells of a file, now and then of one that nobody cites; some officer may claim the same.
    Step stored(Story& story) {
        const domain::FileStored told = story.storing().value_or(domain::FileStored{story.world.rules, 1});
        if (random_.chance(85)) story.world.log_by_server(story.product, told);
        if (random_.chance(60)) story.store_files();
        return random_.chance(50) ? story.note() : Step{story.officer(), story.product, told};
    }

    Random& random_;
    Programme programme_;
};

}  // namespace hoso::tests
