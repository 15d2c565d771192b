#pragma once

#include <optional>

#include "client/desk.hpp"

namespace hoso::client {

inline constexpr Position past_events_max = 2'000'000;  // folded for one look back; about twenty seconds

// What a desk looks back to: the state after a position, or at the end of a day.
struct PastPoint {
    std::optional<Position> position;
    std::optional<Date> day;
    bool operator==(const PastPoint&) const = default;
};
Result<PastPoint> past_point(std::string_view text);  // "871", "2023-12-15"; Errc::invalid

// States of the past, folded from this desk's copy of the log when they are asked for. Keeps the last one, and goes on from it when
// a later one is asked for: a slider that moves forward folds each event once.
class PastStates {
public:
    struct Look {
        const replica::State* state;
        Date day;  // the day that is looked at: of the point, or of the last event
    };
    // Good until the next call. Errc::not_found for a point past the end of the log or before its beginning, limit, and what
    // reading the copy meets.
    Result<Look> at(const Desk& desk, const PastPoint& point, Position events_max = past_events_max);

private:
    Result<bool> fold(const Desk& desk, const PastPoint& point, Position events_max);  // false: nothing came after what is folded

    replica::Replica replica_;
    std::string chunk_;  // the key of the one that was read last
    Position end_ = 0;   // everything below it is folded
    Instant last_ = 0;   // when the last event that is folded was received
};

}  // namespace hoso::client
