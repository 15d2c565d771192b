#include "client/past_states.hpp"

#include <charconv>

#include "shared/base/bytes.hpp"
#include "shared/log/chunk.hpp"

namespace hoso::client {
namespace {

// Whether the point comes before this event.
bool before(const PastPoint& point, const log::Event& event) {
    if (point.position) return event.head.position > *point.position;
    return event.head.received >= start_of_day(*point.day + std::chrono::days{1});
}

}  // namespace

Result<PastPoint> past_point(std::string_view text) {
    Position position = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (!text.empty() && fault == std::errc{} && end == text.data() + text.size()) return PastPoint{position, {}};
    if (const auto day = date_from_text(text)) return PastPoint{{}, *day};
    return Error{Errc::invalid, "at is a position of the log or a date YYYY-MM-DD."};
}

Result<PastStates::Look> PastStates::at(const Desk& desk, const PastPoint& point, Position events_max) {
    if (point.position && *point.position >= desk.confirmed().size())
        return Error{Errc::not_found, "This desk's copy of the log does not reach that position yet."};
    const bool passed =
        point.position ? end_ > *point.position + 1 : end_ > 0 && last_ >= start_of_day(*point.day + std::chrono::days{1});
    if (passed) *this = PastStates();
    if (auto folded = fold(desk, point, events_max); !folded) {
        *this = PastStates();
        return folded.error();
    }
    if (end_ == 0) return Error{Errc::not_found, "The log had not begun on that day."};
    return Look{&replica_.state(), point.day ? *point.day : local_date(last_)};
}

Result<bool> PastStates::fold(const Desk& desk, const PastPoint& point, Position events_max) {
    std::optional<Error> fault;
    Position count = 0;
    bool reached = false;
    const auto take = [&](const log::Event& event) -> Result<void> {
        if (event.head.position < end_) return {};
        reached = before(point, event);
        if (reached) return {};
        if (++count > events_max)
            return Error{Errc::limit, "That is too far from what was looked at for a page: use hoso audit replay --at."};
        if (auto folded = replica_.fold(event, replica::Replica::Check::judge); !folded) return folded;
        end_ = event.head.position + 1;
        last_ = event.head.received;
        return {};
    };
    const auto scanned = desk.database().scan("events", chunk_, {}, [&](ByteSpan key, ByteSpan value) {
        chunk_.assign(as_text(key));
        const auto chunk = log::Chunk::from_value(value);
        if (!chunk) fault = chunk.error();
        for (std::size_t i = 0; !fault && !reached && i < chunk->size(); ++i) {
            const auto event = chunk->event(i);
            const auto taken = event ? take(*event) : Result<void>{event.error()};
            if (!taken) fault = taken.error();
        }
        return !fault && !reached;
    });
    if (!scanned) return scanned.error();
    if (fault) return *fault;
    return count > 0;
}

}  // namespace hoso::client
