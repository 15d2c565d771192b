#include <algorithm>
#include <utility>

#include "shared/sync/server_session.hpp"

// What a desk follows: events from its cursors on, then news, for as long as the conversation lasts.
namespace hoso::sync::server {

void Session::set_cursors(const std::vector<UnitId>& scopes) {
    for (const UnitId& scope : scopes) {
        const auto held =
            std::find_if(hello_.cursors.begin(), hello_.cursors.end(), [&](const Cursor& cursor) { return cursor.scope == scope; });
        cursors_.push_back({scope, held == hello_.cursors.end() ? 0 : held->after});
    }
    through_sent_ = through();
}

Effects Session::take(const Credit& credit) {
    if (phase_ != Phase::ready) return bye(ByeReason::protocol, "Credit comes after Ready");
    credit_ = credit.frames == 0 ? 0 : credit_ + std::min(credit.frames, event_frames_in_flight_max - credit_);
    Effects effects;
    advance(effects);
    return effects;
}

Effects Session::on(Fetched&& fetched) {
    if (phase_ != Phase::ready) return {};
    fetching_ = false;
    Effects effects;
    if (std::min(fetched.events.through, log_size_) <= through())
        return effects;  // nothing new for a reader that lags: the next news or tick asks again
    send_events(std::move(fetched.events), effects);
    advance(effects);
    return effects;
}

// What was fetched may be more than a frame takes, and may reach beyond the news: whether there are units beyond it that this desk
// does not follow yet is not known. What finds no credit, and what lies beyond, is dropped and fetched again.
void Session::send_events(Events&& fetched, Effects& effects) {
    const Position known_through = std::min(fetched.through, log_size_);
    const auto end = std::find_if(fetched.events.begin(), fetched.events.end(),
                                  [&](const log::Event& event) { return event.head.position >= known_through; });
    if (end == fetched.events.begin()) return reach(known_through);
    for (auto next = fetched.events.begin(); next != end && credit_ > 0; --credit_) {
        const auto first = next;
        for (std::size_t room = 0; next != end; ++next) {
            room += events_room(*next);
            if (next != first && room > events_room_max) break;
        }
        // Events are merged by position: up to the first one left out, nothing is missing.
        const Position through = next == end ? known_through : next->head.position;
        effects.push_back(Send{Events{through, {std::make_move_iterator(first), std::make_move_iterator(next)}}});
        reach(through);
        through_sent_ = this->through();
    }
}

void Session::reach(Position through) {
    for (log::ScopeCursor& cursor : cursors_) cursor.after = std::max(cursor.after, through);
}

Position Session::through() const {
    Position through = no_position;
    for (const log::ScopeCursor& cursor : cursors_) through = std::min(through, cursor.after);
    return through;
}

void Session::advance(Effects& effects) {
    if (phase_ != Phase::ready || fetching_ || held_) return;
    if (through() < log_size_) {
        if (credit_ == 0) return;
        fetching_ = true;
        effects.push_back(Fetch{device_, cursors_});
        return;
    }
    const bool note_due = checkpoint_sent_ < log_size_ && through() == log_size_;
    if (through_sent_ < through()) {
        if (news_left_ == 0 || credit_ == 0) return;
        --news_left_;
        --credit_;
        through_sent_ = through();
        effects.push_back(Send{Events{through_sent_, {}}});
    } else if (credit_ < event_frames_in_flight_max) {
        return;  // the desk is still saving: while events flow, a checkpoint for every one of them helps nobody
    }
    if (!note_due) return;
    checkpoint_sent_ = log_size_;
    effects.push_back(Send{NewCheckpoint{checkpoint_}});
}

Effects Session::on(const Grew& grew) {
    Effects effects;
    if (grew.log_size <= log_size_) return effects;
    if (phase_ == Phase::ready && grew.scopes_at > scopes_at_) {
        const bool asked = held_.has_value();
        held_ = grew;
        if (!asked) effects.push_back(Identify{device_, epoch_});
        return effects;
    }
    log_size_ = grew.log_size;
    checkpoint_ = grew.checkpoint;
    advance(effects);
    return effects;
}

// Nothing beyond the old scopes was sent, so the desk can take up the new ones where it stands.
Effects Session::scopes_again(const Known& known) {
    const auto same = [](const log::ScopeCursor& cursor, const UnitId& scope) { return cursor.scope == scope; };
    if (!std::equal(cursors_.begin(), cursors_.end(), known.scopes.begin(), known.scopes.end(), same))
        return bye(ByeReason::done, "the units that this desk follows have changed: it gets the new ones when it comes back");
    scopes_at_ = known.scopes_at;
    const std::optional<Grew> news = std::exchange(held_, std::nullopt);
    return news ? on(*news) : Effects{};
}

}  // namespace hoso::sync::server
