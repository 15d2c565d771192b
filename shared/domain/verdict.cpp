#include "shared/domain/verdict.hpp"

#include "schema/event.capnp.h"

namespace hoso::domain {
namespace {

constexpr const char* reason_names[reasons] = {
    "none",
    "unauthentic",
    "malformed",
    "wrong_stream",
    "no_mandate",
    "mandate_ended",
    "mandate_uncertain",
    "not_a_member",
    "session_expired",
    "time_uncertain",
    "unknown_unit",
    "unknown_account",
    "unknown_rule_set",
    "unknown_round",
    "unknown_council",
    "unknown_meeting",
    "unknown_decision",
    "unknown_stage",
    "unknown_product_set",
    "unknown_criterion",
    "unknown_document",
    "unknown_certificate",
    "unknown_dossier",
    "unknown_mandate",
    "unknown_slip",
    "unknown_ground",
    "already_exists",
    "unit_closed",
    "slip_used",
    "slip_expired",
    "wrong_phase",
    "wrong_stage",
    "lost_race",
    "stale_view",
    "dossier_open",
    "rule_set_not_in_force",
    "assessment_incomplete",
    "option_not_offered",
    "opinion_missing",
    "documents_missing",
    "meeting_closed",
    "meeting_open",
    "wrong_key",
    "quorum_not_met",
    "spread_exceeded",
    "wrong_tally",
    "stars_not_earned",
    "below_threshold",
    "number_not_granted",
    "number_used",
    "decision_mismatch",
    "not_expired",
    "certificate_ended",
    "not_held",
    "dossier_not_listed",
    "advice_missing",
    "not_legacy",
    "opening_held",
    "sheet_missing",
    "rules_lapsed",
    "recused",
    "idea_declined",
    "not_revoked",
    "unknown_office",
    "unknown_record",
    "unfit_code",
    "nobody_decides",
    "out_of_order",
    "meeting_uncounted",
    "certificate_in_force",
    "unfit_file",
    "files_missing",
};

// One line each: the numbers in leaves are those of the schema.
static_assert(static_cast<int>(Reason::none) == static_cast<int>(schema::Reason::NONE));
static_assert(static_cast<int>(Reason::unauthentic) == static_cast<int>(schema::Reason::UNAUTHENTIC));
static_assert(static_cast<int>(Reason::malformed) == static_cast<int>(schema::Reason::MALFORMED));
static_assert(static_cast<int>(Reason::wrong_stream) == static_cast<int>(schema::Reason::WRONG_STREAM));
static_assert(static_cast<int>(Reason::no_mandate) == static_cast<int>(schema::Reason::NO_MANDATE));
static_assert(static_cast<int>(Reason::mandate_ended) == static_cast<int>(schema::Reason::MANDATE_ENDED));
static_assert(static_cast<int>(Reason::mandate_uncertain) == static_cast<int>(schema::Reason::MANDATE_UNCERTAIN));
static_assert(static_cast<int>(Reason::not_a_member) == static_cast<int>(schema::Reason::NOT_A_MEMBER));
static_assert(static_cast<int>(Reason::session_expired) == static_cast<int>(schema::Reason::SESSION_EXPIRED));
static_assert(static_cast<int>(Reason::time_uncertain) == static_cast<int>(schema::Reason::TIME_UNCERTAIN));
static_assert(static_cast<int>(Reason::unknown_unit) == static_cast<int>(schema::Reason::UNKNOWN_UNIT));
static_assert(static_cast<int>(Reason::unknown_account) == static_cast<int>(schema::Reason::UNKNOWN_ACCOUNT));
static_assert(static_cast<int>(Reason::unknown_rule_set) == static_cast<int>(schema::Reason::UNKNOWN_RULE_SET));
static_assert(static_cast<int>(Reason::unknown_round) == static_cast<int>(schema::Reason::UNKNOWN_ROUND));
static_assert(static_cast<int>(Reason::unknown_council) == static_cast<int>(schema::Reason::UNKNOWN_COUNCIL));
static_assert(static_cast<int>(Reason::unknown_meeting) == static_cast<int>(schema::Reason::UNKNOWN_MEETING));
static_assert(static_cast<int>(Reason::unknown_decision) == static_cast<int>(schema::Reason::UNKNOWN_DECISION));
static_assert(static_cast<int>(Reason::unknown_stage) == static_cast<int>(schema::Reason::UNKNOWN_STAGE));
static_assert(static_cast<int>(Reason::unknown_product_set) == static_cast<int>(schema::Reason::UNKNOWN_PRODUCT_SET));
static_assert(static_cast<int>(Reason::unknown_criterion) == static_cast<int>(schema::Reason::UNKNOWN_CRITERION));
static_assert(static_cast<int>(Reason::unknown_document) == static_cast<int>(schema::Reason::UNKNOWN_DOCUMENT));
static_assert(static_cast<int>(Reason::unknown_certificate) == static_cast<int>(schema::Reason::UNKNOWN_CERTIFICATE));
static_assert(static_cast<int>(Reason::unknown_dossier) == static_cast<int>(schema::Reason::UNKNOWN_DOSSIER));
static_assert(static_cast<int>(Reason::unknown_mandate) == static_cast<int>(schema::Reason::UNKNOWN_MANDATE));
static_assert(static_cast<int>(Reason::unknown_slip) == static_cast<int>(schema::Reason::UNKNOWN_SLIP));
static_assert(static_cast<int>(Reason::unknown_ground) == static_cast<int>(schema::Reason::UNKNOWN_GROUND));
static_assert(static_cast<int>(Reason::already_exists) == static_cast<int>(schema::Reason::ALREADY_EXISTS));
static_assert(static_cast<int>(Reason::unit_closed) == static_cast<int>(schema::Reason::UNIT_CLOSED));
static_assert(static_cast<int>(Reason::slip_used) == static_cast<int>(schema::Reason::SLIP_USED));
static_assert(static_cast<int>(Reason::slip_expired) == static_cast<int>(schema::Reason::SLIP_EXPIRED));
static_assert(static_cast<int>(Reason::wrong_phase) == static_cast<int>(schema::Reason::WRONG_PHASE));
static_assert(static_cast<int>(Reason::wrong_stage) == static_cast<int>(schema::Reason::WRONG_STAGE));
static_assert(static_cast<int>(Reason::lost_race) == static_cast<int>(schema::Reason::LOST_RACE));
static_assert(static_cast<int>(Reason::stale_view) == static_cast<int>(schema::Reason::STALE_VIEW));
static_assert(static_cast<int>(Reason::dossier_open) == static_cast<int>(schema::Reason::DOSSIER_OPEN));
static_assert(static_cast<int>(Reason::rule_set_not_in_force) == static_cast<int>(schema::Reason::RULE_SET_NOT_IN_FORCE));
static_assert(static_cast<int>(Reason::assessment_incomplete) == static_cast<int>(schema::Reason::ASSESSMENT_INCOMPLETE));
static_assert(static_cast<int>(Reason::option_not_offered) == static_cast<int>(schema::Reason::OPTION_NOT_OFFERED));
static_assert(static_cast<int>(Reason::opinion_missing) == static_cast<int>(schema::Reason::OPINION_MISSING));
static_assert(static_cast<int>(Reason::documents_missing) == static_cast<int>(schema::Reason::DOCUMENTS_MISSING));
static_assert(static_cast<int>(Reason::meeting_closed) == static_cast<int>(schema::Reason::MEETING_CLOSED));
static_assert(static_cast<int>(Reason::meeting_open) == static_cast<int>(schema::Reason::MEETING_OPEN));
static_assert(static_cast<int>(Reason::wrong_key) == static_cast<int>(schema::Reason::WRONG_KEY));
static_assert(static_cast<int>(Reason::quorum_not_met) == static_cast<int>(schema::Reason::QUORUM_NOT_MET));
static_assert(static_cast<int>(Reason::spread_exceeded) == static_cast<int>(schema::Reason::SPREAD_EXCEEDED));
static_assert(static_cast<int>(Reason::wrong_tally) == static_cast<int>(schema::Reason::WRONG_TALLY));
static_assert(static_cast<int>(Reason::stars_not_earned) == static_cast<int>(schema::Reason::STARS_NOT_EARNED));
static_assert(static_cast<int>(Reason::below_threshold) == static_cast<int>(schema::Reason::BELOW_THRESHOLD));
static_assert(static_cast<int>(Reason::number_not_granted) == static_cast<int>(schema::Reason::NUMBER_NOT_GRANTED));
static_assert(static_cast<int>(Reason::number_used) == static_cast<int>(schema::Reason::NUMBER_USED));
static_assert(static_cast<int>(Reason::decision_mismatch) == static_cast<int>(schema::Reason::DECISION_MISMATCH));
static_assert(static_cast<int>(Reason::not_expired) == static_cast<int>(schema::Reason::NOT_EXPIRED));
static_assert(static_cast<int>(Reason::certificate_ended) == static_cast<int>(schema::Reason::CERTIFICATE_ENDED));
static_assert(static_cast<int>(Reason::not_held) == static_cast<int>(schema::Reason::NOT_HELD));
static_assert(static_cast<int>(Reason::dossier_not_listed) == static_cast<int>(schema::Reason::DOSSIER_NOT_LISTED));
static_assert(static_cast<int>(Reason::advice_missing) == static_cast<int>(schema::Reason::ADVICE_MISSING));
static_assert(static_cast<int>(Reason::not_legacy) == static_cast<int>(schema::Reason::NOT_LEGACY));
static_assert(static_cast<int>(Reason::opening_held) == static_cast<int>(schema::Reason::OPENING_HELD));
static_assert(static_cast<int>(Reason::sheet_missing) == static_cast<int>(schema::Reason::SHEET_MISSING));
static_assert(static_cast<int>(Reason::rules_lapsed) == static_cast<int>(schema::Reason::RULES_LAPSED));
static_assert(static_cast<int>(Reason::recused) == static_cast<int>(schema::Reason::RECUSED));
static_assert(static_cast<int>(Reason::idea_declined) == static_cast<int>(schema::Reason::IDEA_DECLINED));
static_assert(static_cast<int>(Reason::not_revoked) == static_cast<int>(schema::Reason::NOT_REVOKED));
static_assert(static_cast<int>(Reason::unknown_office) == static_cast<int>(schema::Reason::UNKNOWN_OFFICE));
static_assert(static_cast<int>(Reason::unknown_record) == static_cast<int>(schema::Reason::UNKNOWN_RECORD));
static_assert(static_cast<int>(Reason::unfit_code) == static_cast<int>(schema::Reason::UNFIT_CODE));
static_assert(static_cast<int>(Reason::nobody_decides) == static_cast<int>(schema::Reason::NOBODY_DECIDES));
static_assert(static_cast<int>(Reason::out_of_order) == static_cast<int>(schema::Reason::OUT_OF_ORDER));
static_assert(static_cast<int>(Reason::meeting_uncounted) == static_cast<int>(schema::Reason::MEETING_UNCOUNTED));
static_assert(static_cast<int>(Reason::certificate_in_force) == static_cast<int>(schema::Reason::CERTIFICATE_IN_FORCE));

}  // namespace

const char* name(Outcome outcome) {
    switch (outcome) {
        case Outcome::effective: return "effective";
        case Outcome::held: return "held";
        case Outcome::voided: return "void";
    }
    return "?";
}

const char* name(Reason reason) {
    const auto number = static_cast<std::uint16_t>(reason);
    return number < reasons ? reason_names[number] : "?";
}

}  // namespace hoso::domain
