#include <algorithm>
#include <numeric>

#include "shared/domain/dossier_checks.hpp"
#include "shared/domain/tally.hpp"

// A dossier before the council: the advisers' report, the members' sealed sheets, the count.
namespace hoso::domain {
namespace {

const Meeting* find_meeting(const Registry& registry, const Uuid& id) {
    const auto found = registry.meetings.find(id);
    return found == registry.meetings.end() ? nullptr : &found->second;
}

const Council* find_council(const Registry& registry, const Uuid& id) {
    const auto found = registry.councils.find(id);
    return found == registry.councils.end() ? nullptr : &found->second;
}

// The council is that of the stage where the dossier stands, or one of a unit that stands for the stage's.
std::optional<Refusal> refuse_council(const Registry& registry, const Council* council, const Product& product,
                                      const Dossier& dossier, const Occasion& occasion) {
    const Stage& stage = stage_of(rules_of(registry, dossier), dossier);
    const bool holds = council && stage.does == Does::council && holds_stage(registry, council->unit, product, stage, occasion);
    if (!holds) return Refusal{Reason::wrong_stage};
    const Date day = local_date(occasion.received);
    if (decides(registry, council->unit, stage.decides, {stage, dossier.kind, day, council->stage})) return std::nullopt;
    const bool waits = !somebody_decides(registry, product, dossier, day);
    return Refusal{waits ? Reason::nobody_decides : Reason::wrong_stage};
}

bool as_recomputed(const Tallied& action, const Grade& grade) {
    return action.sheets == grade.sheets && action.stars == grade.stars &&
           std::equal(action.sums.begin(), action.sums.end(), grade.sums.begin(), grade.sums.end());
}

// Nobody's arithmetic is trusted: the sheets are opened and counted again wherever the log is read.
std::optional<Refusal> refuse_count(const Registry& registry, const Product& product, const Dossier& dossier,
                                    const Meeting& meeting, const Tallied& action) {
    const RuleSet& rules = rules_of(registry, dossier);
    const auto sheets = open_sheets(registry, product, dossier, meeting);
    const auto grade = grade_sheets(rules, set_of(rules, product), sheets);
    if (!grade || grade->sheets < meeting.quorum) return Refusal{Reason::quorum_not_met};
    if (grade->spread > meeting.spread_max) return Refusal{Reason::spread_exceeded};
    if (!as_recomputed(action, *grade)) return Refusal{Reason::wrong_tally};
    return std::nullopt;
}

// A closing opens the sheets to everybody: where they hold as they are, nobody may call another meeting, or turn to paper, for
// other stars. Of the meetings of this council's unit the one closed first is counted first.
bool uncounted_before(const Registry& registry, const Product& product, const Dossier& dossier, const Council& council,
                      Position closed_before) {
    const RuleSet& rules = rules_of(registry, dossier);
    return std::any_of(dossier.sheets.begin(), dossier.sheets.end(), [&](const auto& entry) {
        const Meeting* meeting = find_meeting(registry, entry.first);
        if (!meeting || !meeting->closed || meeting->closed_at >= closed_before) return false;
        const auto& counted = dossier.counted;
        if (std::find(counted.begin(), counted.end(), meeting->id) != counted.end()) return false;
        const Council* theirs = find_council(registry, meeting->council);
        if (!theirs || theirs->unit != council.unit) return false;
        const auto grade = grade_sheets(rules, set_of(rules, product), open_sheets(registry, product, dossier, *meeting));
        return grade && grade->sheets >= meeting->quorum && grade->spread <= meeting->spread_max;
    });
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const AdvisoryReported& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_stage(rules_of(registry, *dossier), *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const AdvisoryReported& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    auto& reports = dossier.advice[action.stage];
    make_room(reports);
    reports.push_back({occasion.header.actor, action.agrees, action.text});
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const SheetSubmitted& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const Meeting* meeting = find_meeting(registry, action.meeting);
    if (!meeting) return Refusal{Reason::unknown_meeting};
    if (!meeting->lists(product.id, action.dossier)) return Refusal{Reason::dossier_not_listed};
    if (meeting->closed) return Refusal{Reason::meeting_closed};
    if (dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    const Council* council = find_council(registry, meeting->council);
    if (const auto refused = refuse_council(registry, council, product, *dossier, occasion)) return refused;
    if (set_of(rules_of(registry, *dossier), product).criteria.empty()) return Refusal{Reason::sheet_missing};
    if (dossier->recused(meeting->council, occasion.header.actor)) return Refusal{Reason::recused};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const SheetSubmitted& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    const AccountId& author = occasion.header.actor;
    dossier.sheets[action.meeting][author] = {occasion.id, author, action.sealed};
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Tallied& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const RuleSet& rules = rules_of(registry, *dossier);
    if (const auto refused = refuse_stage(rules, *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    const Meeting* meeting = find_meeting(registry, action.meeting);
    if (!meeting) return Refusal{Reason::unknown_meeting};
    if (!meeting->closed) return Refusal{Reason::meeting_open};
    if (!meeting->lists(product.id, action.dossier)) return Refusal{Reason::dossier_not_listed};
    const Council* council = find_council(registry, meeting->council);
    if (const auto refused = refuse_council(registry, council, product, *dossier, occasion)) return refused;
    if (dossier->tally && dossier->tally->meeting == action.meeting) return Refusal{Reason::already_exists};
    if (!dossier->advice.contains(action.stage)) return Refusal{Reason::advice_missing};
    if (action.digest != digest(*dossier)) return Refusal{Reason::stale_view};
    if (uncounted_before(registry, product, *dossier, *council, meeting->closed_at)) return Refusal{Reason::meeting_uncounted};
    return refuse_count(registry, product, *dossier, *meeting, action);
}

namespace {

// Between two meetings the dossier stays with its council.
void keep(const Registry& registry, Dossier& dossier, Tally tally, const Occasion& occasion) {
    if (!tally.meeting.is_nil()) dossier.counted.push_back(tally.meeting);
    tally.position = occasion.position;
    dossier.tally = std::move(tally);
    dossier.meetings += 1;
    dossier.since = local_date(occasion.received);
    if (dossier.meetings >= stage_of(rules_of(registry, dossier), dossier).meetings) dossier.phase = Phase::tallied;
    rest_on(dossier, occasion);
}

// What every option's points of the regulation are a multiple of; 0 where it has no sheet.
Points step_of(const RuleSet& rules) {
    Points step = 0;
    for (const ProductSet& set : rules.product_sets) {
        for (const Criterion& criterion : set.criteria) {
            for (const Option& option : criterion.options) step = std::gcd(step, option.points);
        }
    }
    return step;
}

// Minutes state averages to the hundredth, rounded or cut off. So few sheets have one sum alone that comes to such an average:
// seven of 180 points in all to 25.71. Where none or several do, the average is taken as it reads.
PointsSum sum_of(Points average, std::uint16_t sheets, Points step) {
    const PointsSum as_it_reads = PointsSum{average} * sheets;
    if (step == 0) return as_it_reads;
    const PointsSum least = as_it_reads - std::min<PointsSum>(as_it_reads, sheets / 2);
    const PointsSum sum = (least + step - 1) / step * step;
    const PointsSum most = as_it_reads + sheets - 1;
    return sum <= most && sum + step > most ? sum : as_it_reads;
}

Tally tally_of(const RuleSet& rules, const PaperTallied& action) {
    Tally tally;
    tally.stage = action.stage;
    tally.sheets = action.sheets;
    tally.stars = action.stars;
    tally.minutes = action.minutes;
    tally.paper = true;
    tally.date = action.date;
    const Points step = step_of(rules);
    for (const Points average : action.averages) tally.sums.push_back(sum_of(average, action.sheets, step));
    return tally;
}

// What the averages earn by points alone: the paper does not say which options they stand for.
bool within_points(const RuleSet& rules, const PaperTallied& action) {
    const Tally tally = tally_of(rules, action);
    return std::any_of(rules.bands.begin(), rules.bands.end(),
                       [&](const Band& band) { return band.stars == action.stars && tally.reaches(band.from); });
}

bool averages_hold(const ProductSet& set, const PaperTallied& action) {
    return std::equal(action.averages.begin(), action.averages.end(), set.sections.begin(), set.sections.end(),
                      [](Points average, const Section& section) { return average <= section.points_max; });
}

}  // namespace

void apply(const Registry& registry, Product& product, const Occasion& occasion, const Tallied& action) {
    const Meeting* meeting = find_meeting(registry, action.meeting);
    Tally tally;
    tally.stage = action.stage;
    tally.meeting = action.meeting;
    tally.sheets = action.sheets;
    tally.sums = {action.sums.begin(), action.sums.end()};
    tally.stars = action.stars;
    tally.date = meeting ? meeting->date : Date{};
    keep(registry, product.dossiers.at(action.dossier), std::move(tally), occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const PaperTallied& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const RuleSet& rules = rules_of(registry, *dossier);
    if (const auto refused = refuse_stage(rules, *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    const Council* council = find_council(registry, action.council);
    if (!council) return Refusal{Reason::unknown_council};
    if (const auto refused = refuse_council(registry, council, product, *dossier, occasion)) return refused;
    if (!dossier->advice.contains(action.stage)) return Refusal{Reason::advice_missing};
    if (action.digest != digest(*dossier)) return Refusal{Reason::stale_view};
    if (action.minutes.empty() || action.sheets > council->scoring()) return Refusal{Reason::malformed};
    const auto& before = dossier->tally;
    if (before && before->stage == action.stage && before->minutes == action.minutes) return Refusal{Reason::already_exists};
    if (action.date < dossier->filing_date) return Refusal{Reason::out_of_order};
    if (action.sheets < council->quorum) return Refusal{Reason::quorum_not_met};
    if (!averages_hold(set_of(rules, product), action) || !within_points(rules, action)) return Refusal{Reason::wrong_tally};
    if (uncounted_before(registry, product, *dossier, *council, no_position)) return Refusal{Reason::meeting_uncounted};
    return std::nullopt;
}

void apply(const Registry& registry, Product& product, const Occasion& occasion, const PaperTallied& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    keep(registry, dossier, tally_of(rules_of(registry, dossier), action), occasion);
}

// A member states it, or those who lead the council for one who cannot; a sheet of a meeting that is closed after it counts no
// more. The sheets of a closed meeting have been read: a recusal changes nothing there.
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Recused& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const Council* council = find_council(registry, action.council);
    if (!council) return Refusal{Reason::unknown_council};
    const CouncilMember* actor = council->find(occasion.header.actor);
    const bool for_another = occasion.header.actor != action.account;
    if (for_another && (!actor || actor->seat == Seat::member)) return Refusal{Reason::not_a_member};
    if (!council->find(action.account)) return Refusal{Reason::not_a_member};
    if (dossier->recused(action.council, action.account)) return Refusal{Reason::already_exists};
    if (action.reason.empty()) return Refusal{Reason::malformed};
    return dossier->phase == Phase::received || dossier->phase == Phase::submitted ? std::nullopt
                                                                                   : std::optional{Refusal{Reason::wrong_phase}};
}

void apply(const Registry&, Product& product, const Occasion& occasion, const Recused& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.recusals.push_back({action.council, action.account, action.reason, occasion.position});
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const SamplesReceived& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const auto stage = rules_of(registry, *dossier).stage_index(action.stage);
    if (!stage) return Refusal{Reason::unknown_stage};
    if (action.count == 0) return Refusal{Reason::malformed};
    return dossier->ended() ? std::optional{Refusal{Reason::wrong_phase}} : std::nullopt;
}

// Samples travel by hand and may come after the papers: like a note, they make nobody's view stale.
void apply(const Registry&, Product& product, const Occasion&, const SamplesReceived& action) {
    product.dossiers.at(action.dossier).samples.push_back({action.stage, action.count, action.date, action.text});
}

}  // namespace hoso::domain
