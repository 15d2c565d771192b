#include "shared/replica/judge.hpp"

namespace hoso::replica {
namespace {

using namespace domain;

// The legal dates an act states. What it states of the past, such as an older certificate, has an upper bound only.
struct Stated {
    std::optional<Date> bracketed;
    std::array<std::optional<Date>, 2> past;
};

template <typename Other>
Stated stated(const Other&) {
    return {};
}
Stated stated(const DossierOpened& action) { return {action.filing_date, {}}; }
Stated stated(const Submitted& action) { return {action.date, {}}; }
Stated stated(const Received& action) { return {action.date, {}}; }
Stated stated(const Forwarded& action) { return {action.date, {}}; }
Stated stated(const Declined& action) { return {action.date, {}}; }
Stated stated(const RenewalAnswered& action) { return {action.date, {}}; }
Stated stated(const MeetingOpened& action) { return {action.date, {}}; }
Stated stated(const DecisionSigned& action) { return {action.date, {}}; }
Stated stated(const Recognised& action) { return {action.issued, {}}; }
Stated stated(const CertificateRevoked& action) { return {action.date, {}}; }
Stated stated(const LegacyRecognised& action) { return {{}, {action.decision_date, action.issued}}; }
Stated stated(const ResultEntered& action) { return {{}, {action.date}}; }
Stated stated(const PaperTallied& action) { return {{}, {action.date}}; }
Stated stated(const CouncilEstablished& action) { return {{}, {action.decision_date}}; }
Stated stated(const CouncilChanged& action) { return {{}, {action.decision_date}}; }
Stated stated(const NoticeIssued& action) { return {{}, {action.date}}; }
Stated stated(const MinutesFiled& action) { return {{}, {action.date}}; }
Stated stated(const ResultsPublished& action) { return {{}, {action.date}}; }
Stated stated(const PackageSent& action) { return {{}, {action.date}}; }
Stated stated(const FormNumbered& action) { return {action.date, {}}; }
Stated stated(const ReminderSent& action) { return {{}, {action.date}}; }
Stated stated(const DifficultyRaised& action) { return {{}, {action.date}}; }
Stated stated(const DifficultyResolved& action) { return {{}, {action.date}}; }
Stated stated(const IdeaReviewed& action) { return {action.date, {}}; }
Stated stated(const ProductCoded& action) { return {{}, {action.date}}; }
Stated stated(const SamplesReceived& action) { return {{}, {action.date}}; }
Stated stated(const ExpiryNotified& action) { return {action.date, {}}; }
Stated stated(const Inspected& action) { return {action.date, {}}; }
Stated stated(const RevocationServed& action) { return {action.date, {}}; }
Stated stated(const ComplaintFiled& action) { return {{}, {action.date}}; }
Stated stated(const ComplaintResolved& action) { return {action.date, {}}; }
Stated stated(const Corrected& action) { return {action.date, {}}; }
Stated stated(const PromotionJoined& action) { return {{}, {action.date}}; }

// Of the dossier's rule set; for acts without a dossier of the one published last.
std::uint16_t days_back(const Registry& registry, const Site& site, const Body& body) {
    Hash hash = registry.newest_rule_set;
    std::visit(
        [&](const auto& action) {
            if constexpr (std::is_same_v<std::decay_t<decltype(action)>, DossierOpened>) {
                hash = action.rule_set_hash;
            } else if constexpr (requires { action.dossier; }) {
                const auto* product = site.stream ? std::get_if<Product>(&site.stream->content) : nullptr;
                const Dossier* dossier = product ? product->dossier(action.dossier) : nullptr;
                if (dossier) hash = dossier->rule_set;
            }
        },
        body);
    const RuleSet* rules = registry.rules(hash);
    return rules ? rules->dates_back_days_max : 0;
}

// The day on which a dossier is recognised, by an act here or by a stage without a desk.
std::optional<Date> recognised_on(const Recognised& action) { return action.issued; }
std::optional<Date> recognised_on(const ResultEntered& action) {
    return action.stars > 0 ? std::optional{action.date} : std::nullopt;
}
template <typename Other>
std::optional<Date> recognised_on(const Other&) {
    return std::nullopt;
}

}  // namespace

bool rules_lapsed(const State& state, const Site& site, const Body& body) {
    return std::visit(
        [&](const auto& action) {
            const std::optional<Date> day = recognised_on(action);
            if constexpr (requires { action.dossier; }) {
                const auto* product = day ? std::get_if<Product>(&site.stream->content) : nullptr;
                const Dossier* dossier = product ? product->dossier(action.dossier) : nullptr;
                const RuleSet* rules = dossier ? state.registry.rules(dossier->rule_set) : nullptr;
                const Term* term = rules ? rules->term(dossier->kind, dossier->filing_date) : nullptr;
                return term && term->decided_by != Date{} && *day > term->decided_by;
            }
            return false;
        },
        body);
}

bool dates_hold(const State& state, const Site& site, const Occasion& occasion, const Body& body) {
    const Stated dates = std::visit([](const auto& action) { return stated(action); }, body);
    const Date latest = local_date(occasion.received);
    for (const auto& past : dates.past) {
        if (past && *past > latest) return false;
    }
    if (!dates.bracketed) return true;
    if (*dates.bracketed > latest) return false;
    const Date seen = local_date(occasion.seen_time);
    return *dates.bracketed >= seen || *dates.bracketed >= seen - std::chrono::days{days_back(state.registry, site, body)};
}

}  // namespace hoso::replica
