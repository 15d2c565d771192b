#include "client/desk.hpp"

#include <rocksdb/write_batch.h>
#include <sys/timex.h>

#include <algorithm>

#include "client/desk_parts.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/net/address.hpp"
#include "shared/replica/kinds.hpp"

namespace hoso::client {
namespace {

constexpr std::size_t join_bytes_max = 1 << 20;
constexpr std::string_view scopes_name = "desk.scopes";          // per scope: unit, after u64
constexpr std::string_view checkpoint_name = "desk.checkpoint";  // the note
constexpr std::string_view warning_name = "desk.warning";
constexpr std::string_view seen_name = "desk.seen";            // size u64, root
constexpr std::string_view exchanged_name = "desk.exchanged";  // instant

Result<Identity> read_identity(const std::filesystem::path& folder) {
    const auto bytes = io::read_file(folder / join_file, join_bytes_max);
    if (bytes) {
        auto identity = identity_from_json(as_text(*bytes));
        if (!identity) return Error{identity.error().code, (folder / join_file).string() + ": " + identity.error().detail};
        return identity;
    }
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
    auto files = DeskFiles::open(folder, options.reserve_bytes);
    if (!files) return files.error();
    parts->files = std::move(*files);
    if (auto done = parts->load_meta(); !done) return done.error();
    if (auto done = parts->resume_seen(); !done) return done.error();
    parts->on_fold = options.on_fold;
    auto done = parts->open_log();
    parts->on_fold = {};
    if (done) done = parts->expect_checkpoints();
    if (done) done = parts->load_sessions();
    if (!done) return done.error();
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
    if (auto held = database->get("meta", warning_name)) warning = std::move(*held);
    if (auto held = database->get("meta", checkpoint_name)) note = std::move(*held);
    if (const auto held = database->get("meta", seen_name); held && held->size() == 40) {
        const ByteSpan bytes = as_bytes(*held);
        seen = {identity.province.origin, load_le<std::uint64_t>(bytes.data()), *Hash::from(bytes.subspan(8))};
    }
    if (const auto held = database->get("meta", exchanged_name); held && held->size() == 8)
        exchanged = load_le<Instant>(as_bytes(*held).data());
    return {};
}

// What our chain quotes never falls: its newest action may have seen more than the settings that a power cut left.
Result<void> Desk::Parts::resume_seen() {
    if (outbox->size() == 0) return {};
    const auto newest = outbox->decoded(outbox->size() - 1);
    if (!newest) return newest.error();
    const domain::Header& header = newest->header;
    if (header.seen_size > seen.size) seen = {identity.province.origin, header.seen_size, header.seen_root};
    return {};
}

void Desk::Parts::put_meta(rocksdb::WriteBatch& batch) const {
    Bytes units, quoted, time;
    for (const ScopeMark& mark : marks) {
        append(units, mark.scope.span());
        append_le(units, mark.after);
    }
    append_le(quoted, seen.size);
    append(quoted, seen.root.span());
    append_le(time, exchanged);
    auto* meta = database->family("meta");
    const bool put = batch.Put(meta, slice(as_bytes(scopes_name)), slice(units)).ok() &&
                     batch.Put(meta, slice(as_bytes(checkpoint_name)), slice(as_bytes(note))).ok() &&
                     batch.Put(meta, slice(as_bytes(seen_name)), slice(quoted)).ok() &&
                     batch.Put(meta, slice(as_bytes(exchanged_name)), slice(time)).ok();
    CHECK(put);
}

// Of no use to anybody but people: a disk that does not take it has louder ways to say so.
void Desk::Parts::save_warning(std::string_view text) {
    if (warning == text) return;
    warning = text;
    rocksdb::WriteBatch batch;
    const auto put = batch.Put(database->family("meta"), slice(as_bytes(warning_name)), slice(as_bytes(text)));
    CHECK(put.ok());
    if (!database->write(batch)) return;
}

Result<void> Desk::Parts::save_meta() {
    rocksdb::WriteBatch batch;
    put_meta(batch);
    return database->write_later(batch);  // in the order of the events it speaks of
}

Result<void> Desk::Parts::load_sessions() {
    constexpr std::size_t opened = replica::index_of<domain::SessionOpened>();
    for (const OwnAction& own : outbox->all()) {
        if (own.kind != opened) continue;
        const auto action = outbox->decoded(own.seq);
        if (!action) return action.error();
        const auto& session = std::get<domain::SessionOpened>(action->body);
        sessions[session.account] = {own.id, own.seq, session.expires};
    }
    return {};
}

Position Desk::Parts::through() const {
    if (scopes.empty()) return confirmed.size();
    if (follows_whole()) return log ? log->size() : confirmed.size();
    Position least = no_position;
    for (const ScopeMark& mark : marks) least = std::min(least, mark.after);
    return least;
}

domain::ClockQuality Desk::Parts::clock_quality() const {
    if (identity.training()) return domain::ClockQuality::training;
    return clock_is_synced() ? domain::ClockQuality::synced : domain::ClockQuality::local;
}

bool Desk::Parts::without_effect(const OwnAction& own) const {
    if (own.standing != Standing::logged || own.verdict.outcome == domain::Outcome::effective) return false;
    return own.verdict.outcome == domain::Outcome::voided || settlements.of(own.id) != Settled::adopted;
}

DeskFiles& Desk::files() const { return *parts_->files; }
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
void Desk::warn(std::string_view text) { parts_->save_warning(text); }
std::string Desk::warning() const { return parts_->warning; }
Position Desk::known() const { return parts_->ahead.empty() ? parts_->seen.size : parts_->ahead.back().size; }

Result<void> Desk::Parts::save(const Province& province) {
    Identity changed = identity;
    changed.province = province;
    const auto saved = io::write_file(folder / join_file, as_bytes(to_json(changed)), 0600);
    if (saved) identity = std::move(changed);
    return saved;
}

Result<void> Desk::move_province(const std::string& address) {
    if (!net::address_from_text(address)) return Error{Errc::invalid, address + " is no HOST:PORT, such as 192.0.2.1:7443."};
    Province moved = parts_->identity.province;
    moved.address = address;
    return parts_->save(moved);
}

Result<void> Desk::name_lookup(const std::string& address) {
    if (!address.empty() && !is_lookup_address(address))
        return Error{Errc::invalid, address + " is no https://HOST, such as https://ocop.hoabinh.example."};
    Province named = parts_->identity.province;
    named.lookup = address;
    return parts_->save(named);
}

Instant Desk::last_exchange() const { return parts_->exchanged; }
std::optional<Settled> Desk::settled(const OwnAction& own) const { return parts_->settlements.of(own.id); }
const Outbox& Desk::outbox() const { return *parts_->outbox; }
Result<void> Desk::mark_seen(std::span<const std::uint64_t> seqs) { return parts_->outbox->mark_seen(seqs); }
void Desk::on_recorded(std::function<void()> call) { parts_->on_recorded = std::move(call); }
void Desk::on_files_changed(std::function<void()> call) { parts_->on_files_changed = std::move(call); }
void Desk::files_changed() { parts_->on_files_changed(); }
const SigningKey& Desk::device_key() const { return parts_->device_key; }

}  // namespace hoso::client
