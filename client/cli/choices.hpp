#pragma once

#include <string_view>

#include "shared/base/result.hpp"
#include "shared/domain/action.hpp"
#include "shared/domain/product.hpp"

namespace hoso::client::cli {

// The words of an enumerator; Errc::invalid names those that exist. "re-evaluation" and "re_evaluation" are the same.
Result<domain::Phase> phase_from(std::string_view text);
Result<domain::Role> role_from(std::string_view text);
Result<domain::Seat> seat_from(std::string_view text);
Result<domain::NumberKind> number_kind_from(std::string_view text);
Result<domain::DecisionKind> decision_kind_from(std::string_view text);
Result<domain::DossierKind> dossier_kind_from(std::string_view text);
Result<domain::MeetingForm> meeting_form_from(std::string_view text);
Result<domain::PromotionKind> promotion_kind_from(std::string_view text);
Result<domain::InspectionKind> inspection_kind_from(std::string_view text);
Result<domain::InspectionOutcome> inspection_outcome_from(std::string_view text);

}  // namespace hoso::client::cli
