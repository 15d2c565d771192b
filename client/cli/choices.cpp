#include "client/cli/choices.hpp"

#include <algorithm>
#include <string>

#include "client/text/words.hpp"

namespace hoso::client::cli {
namespace {

template <typename Choice>
Result<Choice> choose(std::string_view text, Choice last, const char* what) {
    std::string wanted(text);
    std::replace(wanted.begin(), wanted.end(), '-', '_');
    std::string known;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const auto choice = static_cast<Choice>(i);
        if (wanted == name(choice)) return choice;
        known += (known.empty() ? "" : ", ") + std::string(name(choice));
    }
    return Error{Errc::invalid, std::string(text) + " is no " + what + "; there are " + known + "."};
}

}  // namespace

Result<domain::Phase> phase_from(std::string_view text) { return choose(text, domain::Phase::withdrawn, "phase"); }
Result<domain::Role> role_from(std::string_view text) { return choose(text, domain::Role::auditor, "role"); }
Result<domain::Seat> seat_from(std::string_view text) { return choose(text, domain::Seat::support, "seat"); }
Result<domain::NumberKind> number_kind_from(std::string_view text) {
    return choose(text, domain::NumberKind::form, "kind of number");
}
Result<domain::DecisionKind> decision_kind_from(std::string_view text) {
    return choose(text, domain::DecisionKind::revocation, "kind of decision");
}
Result<domain::DossierKind> dossier_kind_from(std::string_view text) {
    return choose(text, domain::DossierKind::re_evaluation, "kind of dossier");
}

Result<domain::MeetingForm> meeting_form_from(std::string_view text) {
    return choose(text, domain::MeetingForm::written, "form of a meeting");
}
Result<domain::PromotionKind> promotion_kind_from(std::string_view text) {
    return choose(text, domain::PromotionKind::other, "kind of event");
}
Result<domain::InspectionKind> inspection_kind_from(std::string_view text) {
    return choose(text, domain::InspectionKind::confirmation, "kind of inspection");
}
Result<domain::InspectionOutcome> inspection_outcome_from(std::string_view text) {
    return choose(text, domain::InspectionOutcome::revoke, "outcome of an inspection");
}

}  // namespace hoso::client::cli
