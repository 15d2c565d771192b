#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "shared/sync/client_session.hpp"
#include "tests/support/sync_cast.hpp"

// A desk's session, and the words that lead it to where a test begins.
namespace hoso::sync::client::test {

using namespace sync::test;

constexpr Instant second = 1'000'000;
inline const Hash exporter = filled<Hash>(0x61);
inline const Hash seal_hash = filled<Hash>(0x62);

// Ten actions sealed, four of them answered; the log seen up to 20, held up to 18.
inline Facts facts() {
    Facts made;
    made.log = log_id;
    made.origin = origin;
    made.log_key = log_key().public_key();
    made.device = desk_id;
    made.epoch = 1;
    made.head = {10, seal_hash};
    made.answered = 4;
    made.checkpoint = note(20);
    made.cursors = {{registry_scope, 0, 18}, {commune, 0, 18}};
    return made;
}

inline Welcome welcome() {
    Welcome made;
    made.nonce = filled<Hash>(0x63);
    made.checkpoint = note(25);
    made.head = {6, filled<Hash>(0x64)};
    made.scopes = {registry_scope, commune};
    return made;
}

inline Welcome with(const std::function<void(Welcome&)>& change) {
    Welcome made = welcome();
    change(made);
    return made;
}

inline Received frame(Frame from) {
    const Hash hash = message_hash(from);
    return {std::move(from), hash};
}

inline log::Push push_at(std::uint64_t first_seq, std::size_t actions = 2) {
    Random random{first_seq};
    std::vector<log::SignedAction> made;
    for (std::size_t i = 0; i < actions; ++i) made.push_back(action(random, 10));
    return push(first_seq, seal_hash, std::move(made));
}

inline Events events_to(Position through) {
    Random random{through};
    return {through, {event(through - 1, action(random, 5))}};
}

struct Talk {
    explicit Talk(Facts from = facts()) : session(desk_key(), std::move(from)) {}
    // A desk without files, unless a test has some.
    Effects& step(const Input& input) {
        last = session.step(input);
        if (has_files || only<LookForFiles>(last).empty()) return last;
        for (Effect& more : session.step(Files{})) last.push_back(std::move(more));
        return last;
    }
    void open() { step(Opened{exporter, filled<Hash>(0x65), 100 * second}); }
    void greeted(const Welcome& answer = welcome()) {
        open();
        step(frame(answer));
    }
    void ready(const Welcome& answer = welcome()) {
        greeted(answer);
        step(frame(Ready{}));
        ASSERT_TRUE(session.ready());
    }
    // Ready, with nothing more to send.
    void drained() {
        ready();
        step(Prepared{push_at(4, 6)});
        step(Prepared{});
        step(frame(Results{4, heads(push_at(4, 6), 12)}));
    }

    Session session;
    Effects last;
    bool has_files = false;
};

}  // namespace hoso::sync::client::test
