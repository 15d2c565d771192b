#include <algorithm>

#include "shared/domain/rules_read.hpp"

namespace hoso::domain {
namespace {

bool has_band(const RuleSet& rules, std::uint8_t stars) {
    return std::any_of(rules.bands.begin(), rules.bands.end(), [&](const Band& band) { return band.stars == stars; });
}

void check_bands(const RuleSet& rules, Finding& finding) {
    if (rules.bands.empty()) finding.fail_at("bands", "there are none");
    const Band* before = nullptr;
    each(rules.bands, "bands", finding, [&](const Band& band) {
        finding.expect(band.from <= sheet_points, "the band begins above 100 points");
        finding.expect(before || band.from == 0, "the lowest band does not begin at 0");
        if (before) finding.expect(before->stars < band.stars && before->from < band.from, "the bands do not ascend");
        before = &band;
    });
}

void check_certificate(const RuleSet& rules, Finding& finding) {
    const auto here = finding.at("certificate");
    finding.expect(rules.certificate_months > 0, "months are expected");
    finding.expect(has_band(rules, rules.certificate_stars_min), "starsMin is no band");
    for (const Band& band : rules.bands) {
        const auto decides = [&](const Stage& stage) { return stage.decides_stars(band.stars); };
        const auto stages = std::count_if(rules.stages.begin(), rules.stages.end(), decides);
        const std::string stars = std::to_string(band.stars) + " stars";
        if (band.stars >= rules.certificate_stars_min && stages != 1) finding.fail(stars + " are not decided by exactly one stage");
        if (band.stars < rules.certificate_stars_min && stages != 0)
            finding.fail(stars + " are decided by a stage but get no certificate");
    }
}

void check_external(const RuleSet& rules, const Stage& stage, Finding& finding) {
    const bool external = stage.does == Does::external;
    finding.expect(external == stage.level.empty(), "a stage has the level of its desks, unless it is external");
    finding.expect(external != stage.entered_by.empty(), "an external stage, and no other, is enteredBy a stage");
    const Stage* desk = rules.stage(stage.entered_by);
    if (external) finding.expect(desk && desk->does != Does::external, "enteredBy names no stage that has desks");
}

void check_stages(const RuleSet& rules, Finding& finding) {
    const auto council = [](const Stage& stage) { return stage.does == Does::council; };
    if (std::none_of(rules.stages.begin(), rules.stages.end(), council)) finding.fail_at("stages", "none has a council");
    bool below_council = true;
    each(rules.stages, "stages", finding, [&](const Stage& stage) {
        check_external(rules, stage, finding);
        below_council = below_council && stage.does == Does::opinion;
        finding.expect(below_council || stage.does != Does::opinion, "opinions are given below the first council");
        for (const auto stars : stage.decides) finding.expect(has_band(rules, stars), "decides stars that are no band");
        finding.expect(stage.forwards_from <= sheet_points, "forwardsFrom is above 100 points");
        const bool last = &stage == &rules.stages.back();
        if (stage.does == Does::opinion) {
            finding.expect(stage.decides.empty() && stage.forwards_from == 0, "an opinion stage decides nothing and forwards all");
        }
        finding.expect(!last || (stage.does != Does::opinion && stage.forwards_from == 0),
                       "the last stage decides and forwards nothing");
        finding.expect(last || stage.does == Does::opinion || stage.forwards_from > 0, "forwardsFrom is expected: a stage follows");
    });
}

}  // namespace

void check_ladder(const RuleSet& rules, Finding& finding) {
    check_bands(rules, finding);
    if (finding.fine()) check_stages(rules, finding);
    if (finding.fine()) check_certificate(rules, finding);
}

}  // namespace hoso::domain
