#include <algorithm>

#include "shared/domain/rules_read.hpp"

namespace hoso::domain {
namespace {

MonthDay read_month_day(capnp::Text::Reader from, const char* field, Finding& finding) {
    const auto here = finding.at(field);
    const auto date = date_from_text("2023-" + text_of(from));
    finding.expect(date.has_value(), "a month and a day MM-DD are expected");
    const std::chrono::year_month_day parts{date.value_or(Date{})};
    return {static_cast<std::uint8_t>(unsigned{parts.month()}), static_cast<std::uint8_t>(unsigned{parts.day()})};
}

void read_notices(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    each(from.getNotices(), "notices", finding, [&](std::uint16_t days) {
        finding.expect(days > 0 && (to.notices.empty() || days < to.notices.back()), "the days do not descend to 1");
        to.notices.push_back(days);
    });
}

void read_re_evaluation(schema::ReEvaluation::Reader from, RuleSet& to, Finding& finding) {
    const auto here = finding.at("reEvaluation");
    to.re_evaluation = {from.getFiledFromDays(), from.getFiledToDays(), from.getDoneWithinDays()};
    const ReEvaluation& made = to.re_evaluation;
    const bool window = made.filed_from_days > 0 || made.filed_to_days > 0;
    finding.expect(!window || made.filed_from_days > made.filed_to_days, "filedFromDays is not before filedToDays");
}

void read_extension(schema::Extension::Reader from, RuleSet& to, Finding& finding) {
    const auto here = finding.at("extension");
    const std::string first = text_of(from.getExpiringFrom());
    const std::string last = text_of(from.getExpiringTo());
    if (first.empty() && last.empty()) return;
    to.extension = {read_date(first, "expiringFrom", finding), read_date(last, "expiringTo", finding), from.getDaysMax()};
    finding.expect(to.extension.expiring_from <= to.extension.expiring_to, "expiringTo is before expiringFrom");
    finding.expect(to.extension.days_max > 0, "daysMax is expected");
}

void read_rounds(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    each(from.getRounds(), "rounds", finding, [&](schema::RoundDates::Reader round) {
        RoundDates made;
        made.stage = text_of(round.getStage());
        finding.expect(to.stage(made.stage) != nullptr, "stage names no stage");
        made.proposed_before = read_month_day(round.getProposedBefore(), "proposedBefore", finding);
        made.evaluated_before = read_month_day(round.getEvaluatedBefore(), "evaluatedBefore", finding);
        to.rounds.push_back(std::move(made));
    });
}

// Parts in parentheses with dashes between them.
bool is_pattern(std::string_view text) {
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('-', at), text.size());
        const std::string_view part = text.substr(at, end - at);
        if (part.size() < 3 || part.front() != '(' || part.back() != ')') return false;
        at = end + 1;
    }
    return true;
}

}  // namespace

void read_times(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    read_notices(from, to, finding);
    read_re_evaluation(from.getReEvaluation(), to, finding);
    read_extension(from.getExtension(), to, finding);
    read_rounds(from, to, finding);
    to.revocation_days = from.getRevocationDays();
    to.samples = from.getSamples();
    to.product_code = text_of(from.getProductCode());
    if (!to.product_code.empty() && !is_pattern(to.product_code))
        finding.fail_at("productCode", "parts in parentheses with dashes between them are expected");
    each(from.getIdeaReasons(), "ideaReasons", finding, [&](schema::Named::Reader named) {
        Named made;
        made.key = unique_key(named.getKey(), to.idea_reasons, finding);
        read_names(named, made, finding);
        to.idea_reasons.push_back(std::move(made));
    });
}

}  // namespace hoso::domain
