#pragma once

#include <cstdint>

#include "shared/base/id.hpp"

namespace hoso::domain {

enum class Outcome : std::uint8_t { effective, held, voided };

// Numbers are stored in leaves: schema/event.capnp has the words, static assertions in verdict.cpp hold the two together.
enum class Reason : std::uint16_t {
    none = 0,
    unauthentic = 1,
    unknown_action = 2,
    malformed = 3,
    wrong_stream = 4,
    no_mandate = 5,
    mandate_ended = 6,
    mandate_uncertain = 7,
    not_a_member = 8,
    session_expired = 9,
    time_uncertain = 10,
    unknown_unit = 11,
    unknown_account = 12,
    unknown_rule_set = 13,
    unknown_round = 14,
    unknown_council = 15,
    unknown_meeting = 16,
    unknown_decision = 17,
    unknown_stage = 18,
    unknown_product_set = 19,
    unknown_criterion = 20,
    unknown_document = 21,
    unknown_certificate = 22,
    unknown_dossier = 23,
    unknown_mandate = 24,
    unknown_slip = 25,
    unknown_ground = 26,
    already_exists = 27,
    unit_closed = 28,
    slip_used = 29,
    slip_expired = 30,
    wrong_phase = 31,
    wrong_stage = 32,
    lost_race = 33,
    stale_view = 34,
    dossier_open = 35,
    not_your_dossier = 36,
    rule_set_not_in_force = 37,
    assessment_incomplete = 38,
    option_not_offered = 39,
    opinion_missing = 40,
    documents_missing = 41,
    meeting_closed = 42,
    meeting_open = 43,
    wrong_key = 44,
    quorum_not_met = 45,
    spread_exceeded = 46,
    wrong_tally = 47,
    stars_not_earned = 48,
    below_threshold = 49,
    number_not_granted = 50,
    number_used = 51,
    decision_mismatch = 52,
    not_expired = 53,
    certificate_ended = 54,
    not_held = 55,
    dossier_not_listed = 56,
    advice_missing = 57,
};
inline constexpr std::uint16_t reasons = 58;

struct Verdict {
    Outcome outcome = Outcome::effective;
    Reason reason = Reason::none;
    Position against = no_position;  // of the event that stands in the way
    bool operator==(const Verdict&) const = default;
};

const char* name(Outcome outcome);  // "effective", "held", "void"
const char* name(Reason reason);    // "lost_race"

}  // namespace hoso::domain
