#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "client/outbox_values.hpp"
#include "shared/domain/action.hpp"
#include "shared/domain/verdict.hpp"
#include "shared/io/database.hpp"
#include "shared/io/headlog.hpp"
#include "shared/log/event.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::client {

// Where an own action stands.
enum class Standing : std::uint8_t {
    recorded,  // durable here
    sent,      // left by the connection that stands; no answer yet
    logged,    // the province answered
};
const char* name(Standing standing);

struct OwnAction {
    std::uint64_t seq = 0;
    ActionId id;
    StreamId stream;
    AccountId actor;
    std::uint16_t kind = 0;  // index in domain::Body
    Instant claimed_time = 0;
    Standing standing = Standing::recorded;
    Position position = no_position;  // once logged
    domain::Verdict verdict;          // once logged: final, it is never edited
    bool seen = false;                // its officer has looked at what became of it
};

inline constexpr std::size_t requests_max = 1000;  // remembered, the newest
inline constexpr Instant request_lasts = 7LL * 24 * 3600 * 1'000'000;
inline constexpr std::size_t request_answer_bytes_max = 16 << 10;

// What the index of the outbox says of an action that was not sent yet.
OwnAction own_action(const domain::Action& action, const ActionId& id);

// The device's own chain: actions, the seals of its pushes, the province's answers. Kept for ever, also after they are logged.
class Outbox {
public:
    // Errc::amnesia when the disk holds less than was reported as recorded, or something else; io, corrupt.
    static Result<std::unique_ptr<Outbox>> open(io::Database& database, const std::filesystem::path& folder, const LogId& log,
                                                const DeviceId& device, std::uint32_t epoch);

    std::uint64_t size() const { return own_.size(); }  // = the next seq
    const OwnAction& at(std::uint64_t seq) const { return own_[seq]; }
    std::span<const OwnAction> all() const { return own_; }
    const OwnAction* find(const ActionId& id) const;      // null when it is not ours
    std::uint64_t answered() const { return answered_; }  // first seq without an answer
    std::uint64_t resend_from() const;                    // the same, back to where its push begins
    std::uint64_t sealed() const { return sealed_; }      // first seq without a seal
    sync::ChainHead head() const;                         // of what is sealed
    Result<log::SignedAction> action(std::uint64_t seq) const;
    Result<domain::Action> decoded(std::uint64_t seq) const;

    // Durable, then the watermark, then true: only after this may anybody say "recorded". Seqs continue the chain. Errc::full with
    // nothing written; Errc::io, and then this process writes nothing more: what is on the disk shows when it is opened again.
    struct Entry {
        OwnAction own;
        log::SignedAction action;
    };
    // With the request that they are of: in the same write, so that either both are there or none.
    Result<void> append(std::span<const Entry> entries, const ServedRequest* request = nullptr);
    // What a request of that key recorded, the oldest write first; nothing once it is older than `request_lasts`.
    std::vector<ServedRequest> served(std::string_view key, Instant now) const;
    Result<void> writable() const;  // the error of before, once a write failed like that
    // The push that starts at `first_seq`: as it was sealed before, or sealed now, durable before it is returned. Nothing when all
    // is sealed and `first_seq` is the next seq.
    Result<std::optional<log::Push>> prepare(std::uint64_t first_seq, const SigningKey& key);
    void left(std::uint64_t first_seq, std::uint64_t last_seq);  // their frame was handed to the connection
    void line_ended();                                           // what has no answer waits again
    // The province's heads for [first_seq, ...). Errc::conflict when one differs from what it answered before, or is not ours.
    Result<void> answer(std::span<const log::Head> heads);
    // The officer has looked at what became of these; durable on return. Errc::not_found for one that has no answer.
    Result<void> mark_seen(std::span<const std::uint64_t> seqs);
    // Completes an event of ours that came as its head alone: the action, its signatures, and the seal on the last of its push.
    Result<log::Event> complete(const log::Head& head) const;

private:
    Outbox(io::Database& database, const LogId& log, const DeviceId& device, std::uint32_t epoch);
    Result<void> load_actions();
    Result<void> load_seals();
    Result<void> load_answers();
    Result<void> load_seen();
    Result<void> load_requests();
    // Puts it into the batch, and takes out what is too old or too much.
    void put_request(const ServedRequest& request, rocksdb::WriteBatch& batch);
    Result<void> check_watermark();
    Result<void> write_watermark();
    // A batch of the chain, then `apply`, then the watermark for what it is now.
    Result<void> commit(rocksdb::WriteBatch& batch, const std::function<void()>& apply);
    Result<log::Push> push_of(const log::Seal& seal) const;
    Result<log::Push> cut() const;
    void take_answer(const log::Head& head);

    io::Database& database_;
    LogId log_;
    DeviceId device_;
    std::uint32_t epoch_;
    std::unique_ptr<io::Headlog> headlog_;
    std::vector<OwnAction> own_;
    std::map<std::uint64_t, log::Seal> seals_;  // by first seq
    std::uint64_t sealed_ = 0;
    std::uint64_t answered_ = 0;
    Hash seal_hash_;  // of the newest seal
    std::optional<Error> failed_;
    std::map<std::uint64_t, ServedRequest> requests_;  // by the order they came in
    std::uint64_t next_request_ = 0;
};

}  // namespace hoso::client
