#pragma once

#include <cstdint>

#include "shared/base/id.hpp"

namespace hoso::domain {

enum class Outcome : std::uint8_t { effective, held, voided };

// Numbers are stored in leaves: schema/event.capnp has the words, static assertions in verdict.cpp hold the two together.
enum class Reason : std::uint16_t {
    none = 0,
    unauthentic = 1,
    malformed = 2,
    wrong_stream = 3,
    no_mandate = 4,
    mandate_ended = 5,
    mandate_uncertain = 6,
    not_a_member = 7,
    session_expired = 8,
    time_uncertain = 9,
    unknown_unit = 10,
    unknown_account = 11,
    unknown_rule_set = 12,
    unknown_round = 13,
    unknown_council = 14,
    unknown_meeting = 15,
    unknown_decision = 16,
    unknown_stage = 17,
    unknown_product_set = 18,
    unknown_criterion = 19,
    unknown_document = 20,
    unknown_certificate = 21,
    unknown_dossier = 22,
    unknown_mandate = 23,
    unknown_slip = 24,
    unknown_ground = 25,
    already_exists = 26,
    unit_closed = 27,
    slip_used = 28,
    slip_expired = 29,
    wrong_phase = 30,
    wrong_stage = 31,
    lost_race = 32,
    stale_view = 33,
    dossier_open = 34,
    rule_set_not_in_force = 35,
    assessment_incomplete = 36,
    option_not_offered = 37,
    opinion_missing = 38,
    documents_missing = 39,
    meeting_closed = 40,
    meeting_open = 41,
    wrong_key = 42,
    quorum_not_met = 43,
    spread_exceeded = 44,
    wrong_tally = 45,
    stars_not_earned = 46,
    below_threshold = 47,
    number_not_granted = 48,
    number_used = 49,
    decision_mismatch = 50,
    not_expired = 51,
    certificate_ended = 52,
    not_held = 53,
    dossier_not_listed = 54,
    advice_missing = 55,
    not_legacy = 56,
    opening_held = 57,
    sheet_missing = 58,
    rules_lapsed = 59,
    recused = 60,
    idea_declined = 61,
    not_revoked = 62,
    unknown_office = 63,
    unknown_record = 64,
    unfit_code = 65,
    nobody_decides = 66,
    out_of_order = 67,
    meeting_uncounted = 68,
    certificate_in_force = 69,
    unfit_file = 70,
    files_missing = 71,
};
inline constexpr std::uint16_t reasons = 72;

struct Verdict {
    Outcome outcome = Outcome::effective;
    Reason reason = Reason::none;
    Position against = no_position;  // of the event that stands in the way
    bool operator==(const Verdict&) const = default;
};

const char* name(Outcome outcome);  // "effective", "held", "void"
const char* name(Reason reason);    // "lost_race"

}  // namespace hoso::domain
