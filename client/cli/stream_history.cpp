#include "client/cli/stream_history.hpp"

#include "client/views/event_views.hpp"
#include "client/views/sentence.hpp"

namespace hoso::client::cli {

Result<json::array> stream_history(const Session& session, const StreamId& stream) {
    json::array rows;
    if (const io::RocksLog* log = session.desk.log()) {
        const auto positions = log->stream(stream);
        if (!positions) return positions.error();
        for (const Position position : *positions) {
            if (session.past && position >= session.past->state->size) break;
            const auto event = log->at(position);
            if (!event) return event.error();
            rows.push_back(views::event_row(session.look(), *event, session.out.language()));
        }
    }
    if (session.past) return rows;
    for (const OwnAction& own : session.desk.outbox().all()) {
        const bool here_already = own.standing == Standing::logged && own.position < session.desk.through();
        if (own.stream != stream || here_already) continue;
        const auto action = session.desk.outbox().decoded(own.seq);
        if (!action) return action.error();
        rows.push_back(json::object{{"position", views::position(own.position)},
                                    {"sentence", views::sentence(session.out.language(), session.look(), *action)},
                                    {"action", own.id.hex()},
                                    {"kind", json::string(kind_name(own.kind))},
                                    {"actor", views::id(own.actor)},
                                    {"actor_title", views::account_title(session.registry(), own.actor)},
                                    {"claimed", views::instant(own.claimed_time)},
                                    {"status", name(own.standing)}});
    }
    return rows;
}

}  // namespace hoso::client::cli
