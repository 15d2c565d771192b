#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "client/desk_parts.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/log/chunk.hpp"

// This desk's copy of the province's log: it can be fetched again at any time, and nothing that was recorded here depends on it.
namespace hoso::client {
namespace {

constexpr const char* families_of_log[] = {"events", "devices", "streams", "scopes", "tiles"};

// Without its database a desk can neither go on nor say what it holds.
[[noreturn]] void stop_dead(const Error& error) {
    std::fprintf(stderr, "hoso: this desk's database cannot be opened again; what was recorded is on the disk. %s\n",
                 error.detail.c_str());
    std::_Exit(exit_code(error.code));
}

}  // namespace

// ---- opening --------------------------------------------------------------------------------------------------------

// Before the first contact the genesis, which came with the slip, is all that is known of the log.
Result<void> Desk::Parts::fold_genesis() {
    const auto genesis = log::decode_leaf(identity.province.genesis);
    if (!genesis) return genesis.error();
    return fold_one(*genesis);
}

// A copy that cannot be read halts the desk; it stays one that records and shows its outbox.
Result<void> Desk::Parts::open_log() {
    if (scopes.empty()) return fold_genesis();
    io::RocksLog::Options options;
    options.whole = follows_whole();
    options.acknowledges = false;  // the province does; what this desk recorded lies in the outbox
    auto opened = io::RocksLog::open(*database, folder / "log", options);
    if (opened) {
        log = std::move(*opened);
    } else {
        stop_at_damage(opened.error());
    }
    if (log && log->size() == 0) {
        const auto genesis = log::decode_leaf(identity.province.genesis);
        if (!genesis) return genesis.error();
        if (auto kept = log->append({&*genesis, 1}); !kept) halted = kept.error();
    }
    if (confirmed.size() > 0) return {};
    fold_log();
    return confirmed.size() > 0 ? Result<void>{} : fold_genesis();
}

void Desk::Parts::stop_at_damage(const Error& error) {
    if (halted) return;
    const bool newer = error.code == Errc::version;
    halted = Error{
        error.code,
        "This desk's copy of the province's log cannot be read to its end; nothing that was recorded here is lost, and it "
        "still records. " +
            std::string(newer ? "Update this program. (" : "Fetch the log again, with: hoso sync --again (") + error.detail + ")"};
}

// Straight from the stored chunks: what can still be read of a copy is there even where it cannot be opened as a log. The first
// event that does not fold is the last that is looked at.
void Desk::Parts::fold_log() {
    std::optional<Error> fault;
    const auto scanned = database->scan("events", {}, {}, [&](ByteSpan key, ByteSpan value) {
        if (const auto folded = fold_chunk(key, value); !folded) fault = folded.error();
        return !fault;
    });
    if (!scanned) fault = scanned.error();
    if (fault) stop_at_damage(*fault);
}

Result<void> Desk::Parts::fold_chunk(ByteSpan key, ByteSpan value) {
    const auto chunk = log::Chunk::from_value(value);
    if (!chunk) return chunk.error();
    if (key.size() != 8 || load_be64(key.data()) != chunk->first())
        return Error{Errc::corrupt, "A chunk of the log lies under another event's key."};
    for (std::size_t i = 0; i < chunk->size(); ++i) {
        const auto event = chunk->event(i);
        if (!event) return event.error();
        if (auto folded = fold_one(*event); !folded) return folded;
    }
    if (on_fold) on_fold(confirmed.size(), log ? log->size() : 0);
    return {};
}

// Own actions that are held are watched from their event on, until somebody settles them.
Result<void> Desk::Parts::fold_one(const log::Event& event) {
    if (auto folded = confirmed.fold(event, replica::Replica::Check::judge); !folded) return folded;
    const auto outcome = static_cast<domain::Outcome>(event.head.outcome);
    if (const auto stream = files ? domain::touches_files(event.action) : std::nullopt) files->touched(*stream);
    const bool own = event.head.device == identity.device && event.head.epoch == identity.epoch;
    const bool held = own && outcome == domain::Outcome::held;
    if (!held && !settlements.waiting()) return {};
    const ActionId id = action_id(event.action);
    if (held) settlements.watch(id);
    const auto action = domain::decode(event.action);
    if (!action) return action.error();
    settlements.take(action->body, id, outcome);
    return {};
}

// ---- fetching it again ----------------------------------------------------------------------------------------------

Result<void> Desk::fetch_again() { return parts_->fetch_again(); }
void Desk::fetch_again_next(bool wanted) { parts_->anew = wanted; }

// The copy goes; the outbox, what the province signed last, and what our actions quote, stay. Once the batch is on the disk the
// copy is empty and its cursors say so, also after a crash.
Result<void> Desk::Parts::fetch_again() {
    if (auto able = outbox->writable(); !able) return able;
    const std::string end(64, '\xff');
    rocksdb::WriteBatch batch;
    for (const char* name : families_of_log) {
        const auto put = batch.DeleteRange(database->family(name), {}, end);
        CHECK(put.ok());
    }
    const auto put = batch.DeleteRange(database->family("meta"), {}, end);
    CHECK(put.ok());
    const std::vector<ScopeMark> held = marks;
    for (ScopeMark& mark : marks) mark.after = 0;
    put_meta(batch);
    if (auto written = database->write(batch); !written) {
        marks = held;
        return written;
    }
    if (auto renewed = renew_database(); !renewed) stop_dead(renewed.error());
    confirmed = replica::Replica();
    if (files) files->all_touched();
    pending.reset();
    folded_own = 0;
    settlements = {};
    halted.reset();
    if (auto opened = open_log(); !opened) return opened;
    return expect_checkpoints();
}

// Under the marks of deletion a damaged file would lie until RocksDB merges it, which fails and ends all writing: it goes with its
// family, which opening makes anew.
Result<void> Desk::Parts::renew_database() {
    log.reset();
    std::vector<rocksdb::ColumnFamilyHandle*> dropped;
    for (const char* name : families_of_log) dropped.push_back(database->family(name));
    if (const auto status = database->rocks().DropColumnFamilies(dropped); !status.ok())
        return database->error_of(status, "Emptying");
    const io::Database::Options options = database->options();
    outbox.reset();
    database.reset();
    auto opened = io::Database::open(folder / "db", options);
    if (!opened) return opened.error();
    database = std::move(*opened);
    auto chain = Outbox::open(*database, folder / "outbox", identity.province.log, identity.device, identity.epoch);
    if (!chain) return chain.error();
    outbox = std::move(*chain);
    return {};
}

// ---- checkpoints ----------------------------------------------------------------------------------------------------

// Those our copy has not reached: the newest that was signed, and while the log is fetched again the one that we quote.
Result<void> Desk::Parts::expect_checkpoints() {
    ahead.clear();
    if (seen.size > through()) ahead.push_back(seen);
    if (note.empty()) return {};
    const auto newest = log::open_note(note, identity.province.origin, identity.province.log_key);
    if (!newest) return newest.error();
    if (newest->size > seen.size) ahead.push_back(*newest);
    return {};
}

Result<void> Desk::Parts::note_checkpoint(std::string_view text) {
    const auto opened = log::open_note(text, identity.province.origin, identity.province.log_key);
    if (!opened) return halt(opened.error(), nullptr);
    const Position newest = ahead.empty() ? seen.size : ahead.back().size;
    if (opened->size < newest) return {};
    const log::Checkpoint& same = ahead.empty() ? seen : ahead.back();
    if (opened->size == newest && newest > 0) {
        if (opened->root == same.root) return {};
        return halt({Errc::conflict, "The province signed two different checkpoints of size " + std::to_string(newest) +
                                         ": its history was rewritten."},
                    nullptr);
    }
    note = text;
    ahead.push_back(*opened);
    return {};
}

// A desk with the whole log compares each checkpoint with its own tree; every desk quotes the newest it ever reached.
Result<void> Desk::Parts::reach_checkpoints() {
    const Position here = through();
    std::size_t reached = 0;
    for (; reached < ahead.size() && ahead[reached].size <= here; ++reached) {
        if (!follows_whole()) continue;
        const auto root = log::root_at(*log, ahead[reached].size);
        if (!root) return root.error();
        if (*root != ahead[reached].root) {
            return halt({Errc::conflict, "The checkpoint of size " + std::to_string(ahead[reached].size) +
                                             " does not fit the events that were received: the history was rewritten."},
                        nullptr);
        }
    }
    if (reached == 0) return {};
    if (ahead[reached - 1].size > seen.size) seen = ahead[reached - 1];
    ahead.erase(ahead.begin(), ahead.begin() + static_cast<std::ptrdiff_t>(reached));
    return {};
}

}  // namespace hoso::client
