#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/text/language.hpp"
#include "shared/domain/action.hpp"
#include "shared/domain/product.hpp"
#include "shared/domain/verdict.hpp"

// Sentences for what the core says with enumerators.
namespace hoso::client {

const char* sentence(Language language, domain::Reason reason);           // why, as a sentence without its full stop
std::string sentence(Language language, const domain::Verdict& verdict);  // outcome and reason
const char* word(Language language, domain::Outcome outcome);
const char* word(Language language, domain::Phase phase);
const char* word(Language language, domain::Role role);
const char* word(Language language, domain::Seat seat);
const char* word(Language language, domain::DossierKind kind);
const char* kind_word(Language language, std::size_t kind);  // by the index in domain::Body: "Nộp hồ sơ"

std::optional<domain::Reason> reason_from(std::string_view name);  // "lost_race"

// The keys of JSON: "administrator", "re_evaluation".
const char* name(domain::Role role);
const char* name(domain::Seat seat);
const char* name(domain::DossierKind kind);
const char* name(domain::NumberKind kind);
const char* name(domain::MeetingForm form);
const char* name(domain::NoticeListKind kind);
const char* name(domain::PromotionKind kind);
const char* name(domain::InspectionKind kind);
const char* name(domain::InspectionOutcome outcome);
const char* name(domain::DecisionKind kind);

}  // namespace hoso::client
