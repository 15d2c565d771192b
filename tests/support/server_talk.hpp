#pragma once

#include <gtest/gtest.h>

#include "shared/sync/server_session.hpp"
#include "tests/support/sync_cast.hpp"

// A server's session, and the words that lead it to where a test begins.
namespace hoso::sync::server::test {

using namespace sync::test;

constexpr Instant second = 1'000'000;
inline const Hash exporter = filled<Hash>(0x51);

inline Hello hello() {
    Hello made;
    made.log = log_id;
    made.device = desk_id;
    made.epoch = 1;
    made.cursors = {{registry_scope, 0, 5}, {commune, 0, 5}, {other_commune, 0, 5}};
    made.nonce = filled<Hash>(0x52);
    return made;
}

inline Known known() { return {desk_key().public_key(), log_id, {3, filled<Hash>(0x53)}, {registry_scope, commune}, note(5), 5}; }

inline Received frame(Frame from) {
    const Hash hash = message_hash(from);
    return {std::move(from), hash};
}

struct Talk {
    Session session;
    Effects last;

    Effects& step(const Input& input) { return last = session.step(input); }
    void open() { step(Opened{exporter, filled<Hash>(0x54), 100 * second}); }
    void greet(const Hello& greeting = hello()) {
        open();
        hello_hash = message_hash(greeting);
        step(frame(greeting));
    }
    void welcome(const Known& answer = known(), const Hello& greeting = hello()) {
        greet(greeting);
        step(answer);
    }
    Auth auth() const {
        const Hash welcome_hash = message_hash(only<Send>(last).at(0).frame);
        return {desk_key().sign(session_statement(exporter, hello_hash, welcome_hash))};
    }
    void ready(const Known& answer = known(), const Hello& greeting = hello()) {
        welcome(answer, greeting);
        step(frame(auth()));
        ASSERT_TRUE(session.ready());
    }

    Hash hello_hash;
};

}  // namespace hoso::sync::server::test
