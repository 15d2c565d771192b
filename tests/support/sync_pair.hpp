#pragma once

#include <deque>
#include <functional>
#include <map>

#include "shared/base/check.hpp"
#include "shared/sync/client_session.hpp"
#include "shared/sync/server_session.hpp"
#include "tests/support/sync_cast.hpp"

// Both sessions over a wire in memory, between a ledger that is a vector and a desk that is a map. Frames travel as bytes.
namespace hoso::sync::test {

// The province: admits whatever continues the device's chain, answers a resend from the log.
struct Ledger {
    std::vector<log::Event> log;
    std::vector<log::Push> pushes;  // of the desk, in order
    std::size_t resends = 0;

    Ledger() { log.push_back(event(0, {Bytes(8, 1), {}}, registry_scope)); }

    Position size() const { return log.size(); }
    std::string checkpoint() const { return note(size()); }
    server::Grew news() const { return {size(), checkpoint()}; }
    ChainHead head() const {
        if (pushes.empty()) return {};
        return {pushes.back().seal.last_seq + 1, log::seal_hash(log_id, desk_id, 1, pushes.back().seal)};
    }
    void others_write(log::SignedAction from, const UnitId& scope) { log.push_back(event(size(), std::move(from), scope)); }

    server::Input store(const log::Push& push) {
        if (!log::seal_holds(desk_key().public_key(), log_id, push)) return server::Refused{ByeReason::bad_seal, "seal"};
        if (push.seal.first_seq < head().next_seq) return resend(push);
        if (push.seal.first_seq != head().next_seq || push.seal.previous != head().seal_hash)
            return server::Refused{ByeReason::bad_chain, "chain"};
        const Position first = size();
        for (std::size_t i = 0; i < push.actions.size(); ++i) {
            log::Event logged = event(size(), push.actions[i], filled<UnitId>(push.actions[i].action[0]));
            logged.head.device = desk_id;
            logged.head.seq = push.seal.first_seq + i;
            if (i + 1 == push.actions.size()) logged.seal = push.seal;
            log.push_back(std::move(logged));
        }
        pushes.push_back(push);
        return server::Logged{push.seal.first_seq, heads_from(first, push.actions.size()), {}, {}};
    }
    server::Input resend(const log::Push& push) {
        ++resends;
        if (std::find(pushes.begin(), pushes.end(), push) == pushes.end())
            return server::Refused{ByeReason::bad_chain, "not what was logged"};
        for (const log::Event& logged : log) {
            if (logged.head.device == desk_id && logged.head.seq == push.seal.first_seq) {
                return server::Logged{push.seal.first_seq, heads_from(logged.head.position, push.actions.size()), {}, {}};
            }
        }
        return server::Refused{ByeReason::amnesia, "lost"};
    }
    Bytes heads_from(Position first, std::size_t count) const {
        Bytes made(count * log::head_size);
        for (std::size_t i = 0; i < count; ++i) log::encode_head(log[first + i], made.data() + i * log::head_size);
        return made;
    }
    server::Fetched fetch(const server::Fetch& asked, std::size_t events_max) const {
        Events found{size(), {}};
        for (const log::Event& logged : log) {
            const bool wanted = std::any_of(asked.cursors.begin(), asked.cursors.end(), [&](const log::ScopeCursor& cursor) {
                return (cursor.scope == logged.head.scope || cursor.scope == whole_log_scope()) &&
                       logged.head.position >= cursor.after;
            });
            if (!wanted) continue;
            if (found.events.size() == events_max) {
                found.through = logged.head.position;
                break;
            }
            found.events.push_back(logged);
            if (logged.head.device != asked.receiver) continue;
            found.events.back().action.clear();
            found.events.back().signatures.clear();
            found.events.back().seal.reset();
        }
        return {std::move(found)};
    }
};

// The desk: what survives a cut of its line.
struct Desk {
    std::vector<log::Push> sealed;
    std::uint64_t answered = 0;
    std::map<std::uint64_t, log::Head> results;  // by own seq
    std::map<Position, log::Event> events;
    std::map<UnitId, Position> after;  // by scope: complete through here
    std::vector<UnitId> scopes;
    std::string checkpoint;
    std::size_t pushes_at_once = 0;  // how far it ran ahead of answers

    void record(std::vector<log::SignedAction> actions) {
        const ChainHead now = head();
        sealed.push_back(push(now.next_seq, now.seal_hash, std::move(actions)));
    }
    ChainHead head() const {
        if (sealed.empty()) return {};
        return {sealed.back().seal.last_seq + 1, log::seal_hash(log_id, desk_id, 1, sealed.back().seal)};
    }
    client::Facts facts() const {
        std::vector<Cursor> cursors;
        for (const auto& [scope, position] : after) cursors.push_back({scope, 0, position});
        return {log_id, origin, log_key().public_key(), desk_id, 1, head(), answered, checkpoint, cursors, "test"};
    }
    client::Prepared prepare(std::uint64_t first_seq) const {
        for (const log::Push& one : sealed) {
            if (one.seal.first_seq == first_seq) return {one};
        }
        return {};
    }
    void take(const Results& from) {
        for (std::size_t i = 0; i * log::head_size < from.heads.size(); ++i) {
            const auto head = log::decode_head(ByteSpan{from.heads}.subspan(i * log::head_size, log::head_size));
            const auto [held, fresh] = results.emplace(head->seq, *head);
            CHECK(fresh || held->second == *head);  // a resend gets the first answer
            answered = std::max(answered, head->seq + 1);
        }
    }
    void save(const Events& from) {
        for (const log::Event& one : from.events) {
            const auto [held, fresh] = events.emplace(one.head.position, one);
            CHECK(fresh || held->second == one);
        }
        for (const UnitId& scope : scopes) after[scope] = std::max(after[scope], from.through);
    }
    Position through() const {
        Position least = no_position;
        for (const UnitId& scope : scopes) least = std::min(least, after.contains(scope) ? after.at(scope) : 0);
        return least;
    }
};

// One connection. What each side has still to look at stands in a queue; step() lets one thing happen, chosen by chance.
class Pair {
public:
    Pair(Ledger& ledger, Desk& desk, Random& random, std::vector<UnitId> scopes)
        : ledger_(ledger), desk_(desk), random_(random), scopes_(std::move(scopes)), desk_session_(desk_key(), desk.facts()) {
        server_inbox_.push_back(server::Opened{filled<Hash>(0x71), filled<Hash>(0x72), 0});
        desk_inbox_.push_back(client::Opened{filled<Hash>(0x71), filled<Hash>(0x73), 0});
    }

    // False when nothing is left to happen.
    bool step() {
        std::vector<std::function<void()>> choices;
        if (!server_inbox_.empty()) choices.push_back([this] { serve(); });
        if (!desk_inbox_.empty()) choices.push_back([this] { attend(); });
        if (!to_server_.empty())
            choices.push_back([this] { deliver(to_server_, server_inbox_, server::Stop{ByeReason::protocol}); });
        if (!to_desk_.empty()) choices.push_back([this] { deliver(to_desk_, desk_inbox_, client::Stop{}); });
        if (choices.empty()) return false;
        choices[random_.below(choices.size())]();
        return true;
    }
    // Until all is quiet, also after a tick.
    void run() {
        for (Instant now = 0; now < 3; ++now) {
            for (int i = 0; i < 100'000 && step(); ++i) {
            }
            tick(now);
        }
    }
    void recorded() { desk_inbox_.push_back(client::OutboxGrew{}); }
    void grew() { server_inbox_.push_back(ledger_.news()); }
    void tick(Instant now) {
        server_inbox_.push_back(server::Tick{now});
        desk_inbox_.push_back(client::Tick{now});
    }

    std::size_t delivered = 0;
    bool idle = false;
    std::optional<client::Close> closed;
    std::size_t stored_before_ready = 0;

private:
    template <typename Inbox, typename Stop>
    void deliver(std::deque<Bytes>& wire, Inbox& inbox, Stop stop) {
        auto decoded = decode(wire.front());
        wire.pop_front();
        ++delivered;
        if (!decoded) return inbox.push_back(stop);
        using Received = std::conditional_t<std::is_same_v<Stop, server::Stop>, server::Received, client::Received>;
        inbox.push_back(Received{std::move(decoded->frame), decoded->message_hash});
    }
    void serve() {
        const server::Input input = std::move(server_inbox_.front());
        server_inbox_.pop_front();
        for (const server::Effect& effect : server_session_.step(input))
            std::visit([this](const auto& one) { carry_out(one); }, effect);
    }
    void attend() {
        const client::Input input = std::move(desk_inbox_.front());
        desk_inbox_.pop_front();
        for (const client::Effect& effect : desk_session_.step(input))
            std::visit([this](const auto& one) { carry_out(one); }, effect);
    }

    void carry_out(const server::Send& send) { to_desk_.push_back(encode(send.frame)); }
    void carry_out(const server::Identify&) {
        server_inbox_.push_back(
            server::Known{desk_key().public_key(), log_id, ledger_.head(), scopes_, ledger_.checkpoint(), ledger_.size()});
    }
    void carry_out(const server::Store& store) {
        if (!server_session_.ready()) ++stored_before_ready;
        server_inbox_.push_back(ledger_.store(store.push));
        server_inbox_.push_back(ledger_.news());
    }
    void carry_out(const server::StoreEnrolment&) {}
    void carry_out(const server::Fetch& fetch) { server_inbox_.push_back(ledger_.fetch(fetch, 1 + random_.below(20))); }
    void carry_out(const server::Close&) {}

    void carry_out(const client::Send& send) {
        if (std::holds_alternative<Push>(send.frame)) desk_.pushes_at_once = std::max(desk_.pushes_at_once, ++unanswered_);
        to_server_.push_back(encode(send.frame));
    }
    void carry_out(const client::Prepare& prepare) { desk_inbox_.push_back(desk_.prepare(prepare.first_seq)); }
    void carry_out(const client::Answered& answered) {
        --unanswered_;
        desk_.take(answered.results);
    }
    void carry_out(const client::UseScopes& use) { desk_.scopes = use.scopes; }
    void carry_out(const client::Save& save) {
        desk_.save(save.events);
        desk_inbox_.push_back(client::Saved{});
    }
    void carry_out(const client::SaveCheckpoint& save) { desk_.checkpoint = save.note; }
    void carry_out(const client::LookForFiles&) { desk_inbox_.push_back(client::Files{}); }
    template <typename OfFiles>
    void carry_out(const OfFiles&) {}
    void carry_out(const client::Idle&) { idle = true; }
    void carry_out(const client::Ahead&) {}
    void carry_out(const client::Close& close) { closed = close; }

    Ledger& ledger_;
    Desk& desk_;
    Random& random_;
    std::vector<UnitId> scopes_;
    server::Session server_session_;
    client::Session desk_session_;
    std::deque<server::Input> server_inbox_;
    std::deque<client::Input> desk_inbox_;
    std::deque<Bytes> to_server_;
    std::deque<Bytes> to_desk_;
    std::size_t unanswered_ = 0;
};

}  // namespace hoso::sync::test
