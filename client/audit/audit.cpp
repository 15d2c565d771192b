#include "client/audit/audit.hpp"

#include "shared/log/checkpoint.hpp"

namespace hoso::client::audit {
namespace {

constexpr Position progress_step = 4096;

bool beyond(const log::Event& event, const Until& until) {
    if (until.position && event.head.position > *until.position) return true;
    return until.before && event.head.received >= *until.before;
}

std::optional<Fault> compare_checkpoint(const StoredLog& log, Verifier& verifier, std::uint64_t& size) {
    const std::string note = log.checkpoint();
    if (note.empty()) return std::nullopt;
    const auto& genesis = verifier.replica().state().registry.genesis;
    const auto opened = log::open_note(note, genesis.origin, genesis.log_key);
    if (!opened)
        return Fault{0, verifier.size() - 1, opened.error().code, "the stored checkpoint does not hold: " + opened.error().detail};
    size = opened->size;
    return verifier.expect_root(opened->size, opened->root, "the signed checkpoint");
}

// What was acknowledged and is not there: the fault lies at the end.
std::optional<Fault> missing_end(const StoredLog& log, const Verifier& verifier, const std::map<std::uint64_t, Hash>& roots) {
    if (roots.empty() || log.in_use() || roots.rbegin()->first <= verifier.size()) return std::nullopt;
    const std::uint64_t acknowledged = roots.rbegin()->first;
    return Fault{
        verifier.size(), acknowledged - 1, Errc::amnesia,
        std::to_string(acknowledged) + " events were acknowledged, and only " + std::to_string(verifier.size()) + " are there"};
}

}  // namespace

Result<Replayed> replay(const StoredLog& log, const Until& until, const Progress& progress) {
    Replayed done;
    log::CompactTree tree;
    const auto read = log.read([&](Position position, ByteSpan leaf) {
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
    if (!read) return read.error();
    if (!done.fault) done.fault = *read;
    if (log.whole()) done.root = tree.root();
    return done;
}

Result<Verified> verify(const StoredLog& log, const Progress& progress) {
    if (!log.whole()) {
        return Error{Errc::invalid,
                     "This desk holds only its own units: verify on a desk that follows the whole log, or on the server's data."};
    }
    auto roots = log.watermark_roots();
    if (!roots) return roots.error();
    Verifier verifier{log.leaf_hashes(), *roots};
    Verified done;
    const auto read = log.read([&](Position, ByteSpan leaf) {
        done.fault = verifier.take(leaf);
        if (verifier.size() % progress_step == 0) progress(verifier.size(), log.size());
        return !done.fault;
    });
    if (!read) return read.error();
    if (!done.fault) done.fault = *read;
    if (!done.fault) done.fault = verifier.finish();
    if (!done.fault) done.fault = missing_end(log, verifier, *roots);
    if (!done.fault) done.fault = compare_checkpoint(log, verifier, done.checkpoint_size);
    done.size = verifier.size();
    done.root = verifier.root();
    done.state_hash = replica::state_hash(verifier.replica().state());
    done.counts = verifier.counts();
    done.training = verifier.replica().state().registry.genesis.training;
    return done;
}

}  // namespace hoso::client::audit
