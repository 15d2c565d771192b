#include "client/audit/audit.hpp"

#include <algorithm>

#include "client/audit/comparing.hpp"
#include "shared/log/checkpoint.hpp"

namespace hoso::client::audit {
namespace {

constexpr Position progress_step = 4096;

bool beyond(const log::Event& event, const Until& until) {
    if (until.position && event.head.position > *until.position) return true;
    return until.before && event.head.received >= *until.before;
}

std::string events(std::uint64_t count) { return std::to_string(count) + " events"; }

}  // namespace

std::optional<Fault> other_log(const Known& known, const Verifier& verifier) {
    const LogId& here = verifier.replica().state().log;
    if (!known.log || *known.log == here) return std::nullopt;
    return Fault{0, 0, Errc::conflict, "it is the genesis of log " + here.hex() + ", and the desk follows log " + known.log->hex()};
}

namespace {

// What was acknowledged and is not there: the fault lies at the end. A look at a log in use is always a little behind.
std::optional<Fault> missing_end(const Watermarks& marks, Position size) {
    if (marks.roots.empty() || marks.roots.rbegin()->first <= size) return std::nullopt;
    const std::uint64_t acknowledged = marks.roots.rbegin()->first;
    return Fault{size, acknowledged - 1, Errc::amnesia,
                 events(acknowledged) + " were acknowledged, and only " + std::to_string(size) + " are there"};
}

// The newest watermark belongs to the newest batch, or to the one before it after a crash between the two syncs.
std::optional<Fault> check_watermark(const StoredLog& log, const Watermarks& marks, Position size) {
    const auto at_end = [size](Errc code, std::string detail) { return Fault{size, size, code, std::move(detail)}; };
    const auto number = log.number();
    if (!number) return at_end(Errc::corrupt, number.error().detail);
    if (marks.number == 0) return at_end(Errc::amnesia, "no watermark stands beside it, so nobody can say whether it is whole");
    const std::string both =
        "batch " + std::to_string(*number) + ", the watermark beside it to batch " + std::to_string(marks.number);
    const bool older = *number < marks.number && !log.in_use();
    if (older || *number > marks.number + 1) return at_end(Errc::amnesia, "the log goes to " + both);
    if (*number == marks.number && marks.size != size && !log.in_use())
        return at_end(Errc::amnesia, "the watermark beside it vouches for " + events(marks.size));
    return std::nullopt;
}

std::optional<Fault> check_end(const StoredLog& log, const StoredTiles& tiles, const Watermarks& marks, Position size) {
    if (!log.in_use()) {
        if (auto fault = missing_end(marks, size)) return fault;
        if (auto fault = tiles.check_end(size)) return fault;
    }
    return log.of_desk() ? std::nullopt : check_watermark(log, marks, size);
}

}  // namespace

// Counts as compared only what was.
std::optional<Fault> compare(const Known::Note& note, Verifier& verifier, std::uint64_t& compared) {
    const auto& genesis = verifier.replica().state().registry.genesis;
    const auto opened = log::open_note(note.text, genesis.origin, genesis.log_key);
    if (!opened)
        return Fault{0, verifier.size() - 1, opened.error().code, note.said_by + " does not hold: " + opened.error().detail};
    if (opened->size > verifier.size()) {
        return Fault{
            verifier.size(), opened->size - 1, Errc::amnesia,
            note.said_by + " covers " + events(opened->size) + ", and only " + std::to_string(verifier.size()) + " are there"};
    }
    auto fault = verifier.expect_root(opened->size, opened->root, note.said_by);
    if (!fault) compared = std::max(compared, opened->size);
    return fault;
}

namespace {

Result<void> compare_notes(const StoredLog& log, const Known& known, Verifier& verifier, Verified& done) {
    for (const Known::Note& note : known.notes) {
        done.fault = compare(note, verifier, done.checkpoint_size);
        if (!done.fault) continue;
        if (done.fault->code != Errc::amnesia || !log.in_use()) return {};
        return Error{Errc::conflict, "The log is in use and could not be read as far as " + note.said_by +
                                         ": verify again, or stop the program that uses it first."};
    }
    const auto own = log.checkpoint();
    if (!own) done.fault = Fault{verifier.size(), verifier.size(), own.error().code, own.error().detail};
    if (!own || own->empty()) return {};
    auto fault = compare({"its own signed checkpoint", *own}, verifier, done.checkpoint_size);
    const bool behind = fault && fault->code == Errc::amnesia && log.in_use();
    if (!behind) done.fault = std::move(fault);
    return {};
}

}  // namespace

void tell(const Verifier& verifier, Verified& done) {
    done.size = verifier.size();
    done.root = verifier.root();
    done.state_hash = replica::state_hash(verifier.replica().state());
    done.counts = verifier.counts();
    done.training = verifier.replica().state().registry.genesis.training;
}

Result<Replayed> replay(const StoredLog& log, const Until& until, const Progress& progress) {
    Replayed done;
    log::CompactTree tree;
    const auto unreadable = log.read([&](Position position, ByteSpan leaf) {
        const auto event = log::decode_leaf(leaf);
        if (event && beyond(*event, until)) return false;
        const auto folded = event ? done.replica.fold(*event, replica::Replica::Check::judge) : Result<void>{event.error()};
        if (!folded) {
            const Position at = event ? event->head.position : position;
            done.fault = Fault{at, at, folded.error().code, folded.error().detail};
            return false;
        }
        tree.append(log::leaf_hash(leaf));
        done.counts.add(*event);
        if (tree.size() % progress_step == 0) progress(event->head.position, log.size());
        return true;
    });
    if (!done.fault) done.fault = unreadable;
    if (!done.fault && until.position && *until.position >= log.size()) {
        return Error{Errc::not_found, "There is no position " + std::to_string(*until.position) + " here: the last is " +
                                          std::to_string(log.size() - 1) + "."};
    }
    if (log.whole()) done.root = tree.root();
    return done;
}

Result<Verified> verify(const StoredLog& log, const Known& known, const Progress& progress) {
    if (!log.whole()) {
        return Error{Errc::invalid,
                     "This desk holds only its own units: verify on a desk that follows the whole log, or on the server's data."};
    }
    const auto marks = log.watermarks();
    if (!marks) return marks.error();
    const auto tiles = log.tiles();
    Verifier verifier{[&tiles](Position position) { return tiles->leaf(position); }, marks->roots};
    Verified done;
    const auto unreadable = log.read([&](Position, ByteSpan leaf) {
        done.fault = verifier.take(leaf);
        if (!done.fault && verifier.size() == 1) done.fault = other_log(known, verifier);
        if (!done.fault) done.fault = tiles->append(log::leaf_hash(leaf));
        if (verifier.size() % progress_step == 0) progress(verifier.size(), log.size());
        return !done.fault;
    });
    if (!done.fault) done.fault = unreadable;
    if (!done.fault) done.fault = verifier.finish();
    if (!done.fault) done.fault = check_end(log, *tiles, *marks, verifier.size());
    if (!done.fault) {
        if (const auto damage = log.damaged_files()) {
            done.fault =
                Fault{verifier.size(), verifier.size(), Errc::corrupt,
                      "every event holds, and a file of the database beside them does not: bring back a backup. " + *damage};
        }
    }
    if (!done.fault) {
        if (auto compared = compare_notes(log, known, verifier, done); !compared) return compared.error();
    }
    tell(verifier, done);
    return done;
}

}  // namespace hoso::client::audit
