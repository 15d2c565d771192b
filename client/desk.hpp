#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <span>

#include "client/desk_files.hpp"
#include "client/identity.hpp"
#include "client/outbox.hpp"
#include "client/settlements.hpp"
#include "shared/io/key_file.hpp"
#include "shared/io/rocks_log.hpp"
#include "shared/replica/replica.hpp"
#include "shared/run/clock.hpp"
#include "shared/sync/client_session.hpp"

namespace hoso::client {

// What an officer wants to do. Ids inside the body are made by the caller (io::uuid_v7).
struct Proposal {
    domain::Body body;
    StreamId stream;
    AccountId account;  // must be unlocked
    std::vector<domain::FileReference> files;
};

struct Recorded {
    bool recorded = false;  // false: the preview says void, and nothing was written
    ActionId id;
    std::uint64_t seq = 0;
    domain::Verdict preview;  // what the province would say if it knew what this desk knows
};

// A request of a page that may come again, since its answer may be lost on the way.
struct AskedOnce {
    std::string key;
    // What it is to be answered: asked when all is judged, and kept with the actions.
    std::function<std::string(std::span<const Recorded> done)> answer;
};

struct RecordOptions {
    bool force = false;           // also what the preview finds void: the province judges
    bool all_or_nothing = false;  // one refusal, and no proposal of the batch is written
    // Of a large batch, now and then; last before it is written. False: nothing of it is.
    std::function<bool(std::size_t judged)> on_judged = {};
    std::optional<AskedOnce> asked = {};
};

// How far the copy of the log is folded; `size` is 0 where nobody knows.
using OnFold = std::function<void(Position done, Position size)>;

// One data directory: the one writer of its device's chain, and this desk's copy of the log.
//   device.key  officers/<account>.key  join.json  private.ndjson  files.json  desk.lock  desk.sock  db/  outbox/  blobs/
class Desk {
public:
    struct Options {
        std::uint64_t reserve_bytes = 64ull << 20;  // recording stops, with Errc::full, before the disk has less than this free
        OnFold on_fold = {};                        // while opening
    };
    // Errc::not_found (no desk there, or not joined yet), locked (names the process), denied (a handed clock on a real log),
    // amnesia (the disk lost actions that were reported as recorded), version, corrupt, io. Each says what to do. A copy of the log
    // that is damaged is no error: the desk is halted, with what could still be read of it, and records.
    static Result<std::unique_ptr<Desk>> open(const std::filesystem::path& folder, run::Clock& clock, const Options& options);
    static Result<std::unique_ptr<Desk>> open(const std::filesystem::path& folder, run::Clock& clock) {
        return open(folder, clock, Options{});
    }
    ~Desk();

    const Identity& identity() const;
    const std::filesystem::path& folder() const;
    run::Clock& clock() const;
    Instant now() const;

    // The log as far as it came, folded; and the same with own actions that are not logged yet on top. A reference to `pending()`
    // holds until the next call that records or receives.
    const replica::Replica& confirmed() const;
    const replica::Replica& pending() const;
    Position through() const;                   // everything of our scopes below this position is here
    const std::vector<UnitId>& scopes() const;  // empty before the first contact
    bool whole() const;                         // follows the whole log: dense, with a tree
    const io::RocksLog* log() const;            // null before the first contact of an enrolled desk
    io::Database& database() const;
    std::string checkpoint() const;  // newest signed note, verified with the log key; empty if none
    // Empties this desk's copy of the log, to be fetched anew by the next sync: the way out when the copy is damaged. The outbox
    // stays, and what our actions quote. No conversation may be under way; references into this desk end.
    Result<void> fetch_again();
    // The same at the next contact, once the province has named the scopes: until then the copy stays as it is.
    void fetch_again_next(bool wanted);
    const std::optional<Error>& halted() const;  // why this desk receives nothing more; evidence is kept in `quarantine`
    // What an officer must hear before anything else is recorded here, until the province takes this desk as it is: kept.
    void warn(std::string_view text);
    std::string warning() const;  // empty: none
    Position known() const;       // events that the newest signed checkpoint covers
    // Where the province's server is from now on; its key stays the one of the slip. Errc::invalid for no HOST:PORT.
    Result<void> move_province(const std::string& address);
    // Where anyone looks up certificates: in the QR codes of those that are printed from now on, and in the slips that this desk
    // issues. Errc::invalid unless it is "https://HOST" with or without a port; empty for none.
    Result<void> name_lookup(const std::string& address);
    Instant last_exchange() const;  // when everything was last sent and received; 0: never
    // What a person decided about an own action that was answered held; empty while it waits.
    std::optional<Settled> settled(const OwnAction& own) const;

    // Officers of this desk: those with a key file here, and those unlocked in this process.
    std::vector<AccountId> officers() const;
    bool unlocked(const AccountId& account) const;
    // Opens the officer's key (Errc::denied: wrong passphrase, not_found: no such key here) and records SessionOpened if no session
    // of that account is live. A session stays live across processes until it expires; the key must be unlocked in each.
    Result<void> unlock(const AccountId& account, std::string_view passphrase, int hours);
    void lock(const AccountId& account);
    const SigningKey* officer_key(const AccountId& account) const;  // null unless unlocked: opens what was sealed to the officer

    // Durable on return, the chain's head written after it. Refused (Errc::denied, with the reason's name first in the detail) when
    // the preview is void; Errc::full when there is no room (nothing recorded); Errc::limit over 64 KiB.
    Result<Recorded> record(Proposal proposal, const RecordOptions& options);
    Result<Recorded> record(Proposal proposal) { return record(std::move(proposal), RecordOptions{}); }
    // One answer per proposal, in order, all made durable by one sync; each is previewed on top of those before it. A refusal is an
    // answer here, not an error.
    Result<std::vector<Recorded>> record_many(std::span<const Proposal> proposals, const RecordOptions& options);
    domain::Verdict preview(const Proposal& proposal) const;  // as record would see it; writes nothing

    // A commitment for a personal field (docs/log_format.md section 7). The value stays in private.ndjson, written before the
    // next action is.
    domain::SealedField seal_field(std::string_view field, std::string_view value);
    std::optional<std::string> open_field(const Hash& commitment) const;

    // Another officer's key on this desk, by a slip for this desk's unit. Durable in the outbox; usable for sessions at once.
    Result<Recorded> add_officer(const Slip& slip, std::string_view passphrase);

    const Outbox& outbox() const;                                 // own actions and where they stand
    DeskFiles& files() const;                                     // papers and photos
    Result<void> mark_seen(std::span<const std::uint64_t> seqs);  // as Outbox
    // Called after something was recorded, and when files are to be sent or fetched: the link does it.
    void on_recorded(std::function<void()> call);
    void on_files_changed(std::function<void()> call);
    void files_changed();

    // For the link: what the session has to know, and what it tells us to do.
    const SigningKey& device_key() const;
    sync::client::Facts facts() const;
    Result<std::optional<log::Push>> prepare(std::uint64_t first_seq);
    void left(std::uint64_t first_seq, std::uint64_t last_seq);  // as Outbox
    void line_ended();
    Result<void> exchanged();  // both sides have everything
    Result<void> accept(const sync::client::Answered& answered);
    Result<void> accept(const sync::client::UseScopes& use);
    Result<void> accept(const sync::client::Save& save);
    Result<void> accept(const sync::client::SaveCheckpoint& save);
    // After an enrolment: the province's answer. Errc::denied when it says void.
    Result<void> accept(const sync::Enrolled& enrolled);

private:
    friend class Trial;
    friend Result<std::unique_ptr<Desk>> prepare_enrolment(const std::filesystem::path& folder, const Slip& slip,
                                                           std::string_view passphrase, run::Clock& clock);
    Result<Recorded> record_enrolment(const Slip& slip, const PublicKey& officer);

    struct Parts;
    explicit Desk(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// Making a desk. The folder is new or was begun by the same call: a crash in between leaves one that can be taken up again with the
// same keys. Errc::exists for a folder that holds another desk.
//
// Keys and card of a founder; `work` training only for a practice log.
Result<FounderCard> make_founder(const std::filesystem::path& folder, std::string_view title, std::string_view passphrase,
                                 io::Work work, Instant now);
// Errc::denied when the genesis does not name this desk.
Result<void> join_as_founder(const std::filesystem::path& folder, const Province& province);
// Makes the keys, writes DeviceEnrolled (seq 0) to the outbox. `Link::enrol` then hands it over and may be repeated.
Result<std::unique_ptr<Desk>> prepare_enrolment(const std::filesystem::path& folder, const Slip& slip, std::string_view passphrase,
                                                run::Clock& clock);

}  // namespace hoso::client
