#include "client/desk.hpp"

#include <rocksdb/write_batch.h>
#include <sys/timex.h>

#include <algorithm>

#include "client/desk_parts.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client {
namespace {

constexpr std::size_t join_bytes_max = 1 << 20;
constexpr std::size_t read_events_max = 1024;
constexpr std::size_t read_bytes_max = 4 << 20;
constexpr std::string_view scopes_name = "desk.scopes";          // per scope: unit, after u64
constexpr std::string_view checkpoint_name = "desk.checkpoint";  // the note
constexpr std::string_view seen_name = "desk.seen";              // size u64, root

Result<Identity> read_identity(const std::filesystem::path& folder) {
    const auto bytes = io::read_file(folder / join_file, join_bytes_max);
    if (bytes) return identity_from_json(as_text(*bytes));
    if (bytes.error().code != Errc::not_found) return bytes.error();
    if (std::filesystem::exists(folder / founder_file)) {
        return Error{Errc::not_found,
                     "The desk in " + folder.string() +
                         " waits for its join file: once the province's server is set up, run: hoso join --file FILE"};
    }
    return Error{Errc::not_found,
                 "There is no desk in " + folder.string() + ". Make one with a slip from the province: hoso enrol --slip FILE"};
}

// What the system says of its own clock; a handed clock is nobody's measure.
bool clock_is_synced() {
    timex state{};
    return ::adjtimex(&state) != TIME_ERROR && !(state.status & STA_UNSYNC);
}

rocksdb::Slice slice(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace

std::filesystem::path officer_key_file(const std::filesystem::path& folder, const AccountId& account) {
    return folder / "officers" / (account.hex() + ".key");
}

Desk::Desk(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(const std::filesystem::path& folder, run::Clock& clock, const Options& options) {
    auto identity = read_identity(folder);
    if (!identity) return identity.error();
    if (auto allowed = run::may_run(clock, identity->training()); !allowed) return allowed.error();
    auto lock = DeskLock::take(folder);
    if (!lock) return lock.error();
    auto key = io::load_key(folder / device_key_file);
    if (!key) return key.error();
    auto database = io::Database::open(folder / "db",
                                       {.size = io::Database::Size::desk, .create = true, .reserve_bytes = options.reserve_bytes});
    if (!database) return database.error();
    auto parts = std::make_unique<Parts>(std::filesystem::absolute(folder), clock, std::move(*identity), std::move(*lock),
                                         std::move(*key), std::move(*database));
    const Identity& self = parts->identity;
    auto outbox = Outbox::open(*parts->database, folder / "outbox", self.province.log, self.device, self.epoch);
    if (!outbox) return outbox.error();
    parts->outbox = std::move(*outbox);
    if (auto done = parts->load_meta(); !done) return done.error();
    if (auto done = parts->open_log(); !done) return done.error();
    if (auto done = parts->load_sessions(); !done) return done.error();
    return std::unique_ptr<Desk>{new Desk(std::move(parts))};
}

Result<void> Desk::Parts::load_meta() {
    if (const auto held = database->get("meta", scopes_name)) {
        const ByteSpan bytes = as_bytes(*held);
        for (std::size_t at = 0; at + 24 <= bytes.size(); at += 24) {
            marks.push_back({*UnitId::from(bytes.subspan(at, 16)), load_le<std::uint64_t>(bytes.data() + at + 16)});
            scopes.push_back(marks.back().scope);
        }
    } else if (held.error().code != Errc::not_found) {
        return held.error();
    }
    if (auto held = database->get("meta", checkpoint_name)) note = std::move(*held);
    if (const auto held = database->get("meta", seen_name); held && held->size() == 40) {
        const ByteSpan bytes = as_bytes(*held);
        seen = {identity.province.origin, load_le<std::uint64_t>(bytes.data()), *Hash::from(bytes.subspan(8))};
    }
    return keep_note_ahead();
}

void Desk::Parts::put_meta(rocksdb::WriteBatch& batch) const {
    Bytes units, quoted;
    for (const ScopeMark& mark : marks) {
        append(units, mark.scope.span());
        append_le(units, mark.after);
    }
    append_le(quoted, seen.size);
    append(quoted, seen.root.span());
    auto* meta = database->family("meta");
    const bool put = batch.Put(meta, slice(as_bytes(scopes_name)), slice(units)).ok() &&
                     batch.Put(meta, slice(as_bytes(checkpoint_name)), slice(as_bytes(note))).ok() &&
                     batch.Put(meta, slice(as_bytes(seen_name)), slice(quoted)).ok();
    CHECK(put);
}

Result<void> Desk::Parts::save_meta() {
    rocksdb::WriteBatch batch;
    put_meta(batch);
    return database->write_later(batch);  // in the order of the events it speaks of
}

// The newest checkpoint is one we have not reached, unless it is the one we quote.
Result<void> Desk::Parts::keep_note_ahead() {
    if (note.empty()) return {};
    const auto newest = log::open_note(note, identity.province.origin, identity.province.log_key);
    if (!newest) return newest.error();
    if (newest->size > seen.size) ahead.push_back(*newest);
    return {};
}

// Before the first contact the genesis, which came with the slip, is all that is known of the log.
Result<void> Desk::Parts::fold_genesis() {
    const auto genesis = log::decode_leaf(identity.province.genesis);
    if (!genesis) return genesis.error();
    return confirmed.fold(*genesis, replica::Replica::Check::judge);
}

Result<void> Desk::Parts::open_log() {
    if (scopes.empty()) return fold_genesis();
    io::RocksLog::Options options;
    options.whole = follows_whole();
    options.acknowledges = false;  // the province does; what this desk recorded lies in the outbox
    auto opened = io::RocksLog::open(*database, folder / "log", options);
    if (!opened) return opened.error();
    log = std::move(*opened);
    if (log->amnesia()) {
        halted = Error{Errc::amnesia,
                       "This desk's copy of the province's log lost events; nothing that was recorded here is lost. Fetch the log "
                       "again, with: hoso sync --again"};
    } else if (log->size() == 0) {
        const auto genesis = log::decode_leaf(identity.province.genesis);
        if (!genesis) return genesis.error();
        if (auto kept = log->append({&*genesis, 1}); !kept) return kept;
    }
    return confirmed.size() == 0 ? fold_log() : Result<void>{};
}

// An event that cannot be folded stops the desk there: it shows what it has until then, and still records.
Result<void> Desk::Parts::fold_log() {
    for (Position from = 0;;) {
        const auto events = log->read(from, read_events_max, read_bytes_max);
        if (!events) return events.error();
        if (events->empty()) return {};
        for (const log::Event& event : *events) {
            const auto folded = confirmed.fold(event, replica::Replica::Check::judge);
            if (folded) continue;
            if (!halted)
                halted = Error{folded.error().code, "Event " + std::to_string(event.head.position) +
                                                        " of this desk's log cannot be read back: " + folded.error().detail};
            return {};
        }
        from = events->back().head.position + 1;
    }
}

Result<void> Desk::Parts::load_sessions() {
    constexpr std::size_t opened = domain::Body{domain::SessionOpened{}}.index();
    for (const OwnAction& own : outbox->all()) {
        if (own.kind != opened || own.verdict.outcome == domain::Outcome::voided) continue;
        const auto action = outbox->decoded(own.seq);
        if (!action) return action.error();
        const auto& session = std::get<domain::SessionOpened>(action->body);
        sessions[session.account] = {own.id, session.expires};
    }
    return {};
}

Position Desk::Parts::through() const {
    if (scopes.empty()) return confirmed.size();
    if (follows_whole()) return log->size();
    Position least = no_position;
    for (const ScopeMark& mark : marks) least = std::min(least, mark.after);
    return least;
}

domain::ClockQuality Desk::Parts::clock_quality() const {
    if (identity.training()) return domain::ClockQuality::training;
    return clock_is_synced() ? domain::ClockQuality::synced : domain::ClockQuality::local;
}

const Identity& Desk::identity() const { return parts_->identity; }
const std::filesystem::path& Desk::folder() const { return parts_->folder; }
run::Clock& Desk::clock() const { return parts_->clock; }
Instant Desk::now() const { return parts_->clock.now(); }
const replica::Replica& Desk::confirmed() const { return parts_->confirmed; }
Position Desk::through() const { return parts_->through(); }
const std::vector<UnitId>& Desk::scopes() const { return parts_->scopes; }
bool Desk::whole() const { return parts_->follows_whole(); }
const io::RocksLog* Desk::log() const { return parts_->log.get(); }
io::Database& Desk::database() const { return *parts_->database; }
std::string Desk::checkpoint() const { return parts_->note; }
const std::optional<Error>& Desk::halted() const { return parts_->halted; }
const Outbox& Desk::outbox() const { return *parts_->outbox; }
void Desk::on_recorded(std::function<void()> call) { parts_->on_recorded = std::move(call); }
const SigningKey& Desk::device_key() const { return parts_->device_key; }

}  // namespace hoso::client
