#include "shared/base/hash.hpp"
#include "shared/io/rocks_log_parts.hpp"

// What opening a log finds out: how long it is, its tree, and whether it still holds what was acknowledged.
namespace hoso::io {

Result<std::uint64_t> LogParts::meta_u64(std::string_view key) const {
    const auto value = database.get("meta", key);
    if (!value && value.error().code == Errc::not_found) return std::uint64_t{0};
    if (!value) return value.error();
    if (value->size() != 8) return Error{Errc::corrupt, "The log's own setting " + std::string(key) + " is damaged."};
    return load_le<std::uint64_t>(as_bytes(*value).data());
}

Result<void> LogParts::recover(const std::filesystem::path& folder) {
    const std::unique_ptr<rocksdb::Iterator> iterator{database.rocks().NewIterator(rocksdb::ReadOptions{}, events)};
    iterator->SeekToLast();
    if (!iterator->status().ok()) return database.error_of(iterator->status(), "Reading");
    if (iterator->Valid()) {
        const auto chunk = log::Chunk::from_value(span(iterator->value()));
        if (!chunk) return chunk.error();
        last_leaf = log::leaf_hash(chunk->leaf(chunk->size() - 1));
        size.store(chunk->last() + 1);
        const auto genesis = at(0);
        if (!genesis) return Error{Errc::corrupt, "The log in " + folder.string() + " has no genesis: " + genesis.error().detail};
        log_id = {action_id(genesis->action).bytes};
    }
    if (!options.whole) return {};
    if (auto built = recover_tree(); !built) return built;
    const std::string rows(1, leaf_row_level);
    const auto scanned = database.scan("tiles", rows, rows, [this](ByteSpan key, ByteSpan) {
        leaf_rows.push_back(load_be64(key.data() + 1));
        return true;
    });
    if (!scanned) return scanned;
    return options.acknowledges ? recover_watermark(folder) : Result<void>{};
}

// Leaves since the last full tile are hashed again, older ones are taken from the tiles.
Result<void> LogParts::recover_tree() {
    const std::uint64_t leaves = size.load();
    std::vector<Hash> tail;
    const Position from = leaves - leaves % TileTree::width;
    for (ChunkWalk walk{*this, from, leaves, 0}; from + tail.size() < leaves;) {
        const auto chunk = walk.next();
        if (!chunk) return chunk.error();
        if (!*chunk) return Error{Errc::corrupt, "The log ends before its last event."};
        for (std::size_t i = (*chunk)->find(from); i < (*chunk)->size(); ++i) {
            if ((*chunk)->position(i) != from + tail.size())
                return Error{Errc::corrupt, "The log has a gap before event " + std::to_string((*chunk)->position(i)) + "."};
            tail.push_back(log::leaf_hash((*chunk)->leaf(i)));
        }
    }
    auto resumed = TileTree::resume(leaves, std::move(tail), tile_reader());
    if (!resumed) return resumed.error();
    tree = std::move(*resumed);
    return {};
}

Result<void> LogParts::recover_watermark(const std::filesystem::path& folder) {
    const auto held = meta_u64(meta_number);
    if (!held) return held.error();
    number = *held;
    const bool fresh = number == 0 && size.load() == 0;
    const auto newest = Headlog::look(folder);
    if (!newest && newest.error().code == Errc::not_found && fresh) return start_watermark(folder);
    if (!newest && (newest.error().code == Errc::not_found || newest.error().code == Errc::corrupt)) {
        return watermark_lost(folder, newest.error().detail);
    }
    if (!newest) return newest.error();
    if (!*newest) {
        // The first batch may have been the last thing before a power cut.
        return number <= 1 ? start_watermark(folder) : watermark_lost(folder, "The watermark in " + folder.string() + " is empty.");
    }
    if (auto compared = compare(*newest, folder); !compared || amnesia) return compared;
    return start_watermark(folder);
}

Result<void> LogParts::compare(const std::optional<Headlog::Newest>& newest, const std::filesystem::path& folder) {
    const Watermark& mark = newest->watermark;
    const std::string advice =
        " Nothing is acknowledged until what is missing has been brought back from a standby, a backup or the desks.";
    const bool may_be_behind = database.options().read_only && database.in_use();
    if (mark.position > size.load()) {
        if (may_be_behind) return {};
        amnesia = Error{Errc::amnesia, "The log holds " + std::to_string(size.load()) + " events, but " +
                                           std::to_string(mark.position) + " were acknowledged: the disk lost the rest." + advice};
        return {};
    }
    if (mark.position > 0) {
        const auto event = at(mark.position - 1);
        if (!event) return event.error();
        Bytes leaf;
        log::encode_leaf(*event, leaf);
        const auto root = tree.root_at(mark.position, tile_reader());
        if (!root) return root.error();
        if (log::leaf_hash(leaf) != mark.entry || *root != mark.root) {
            amnesia = Error{Errc::amnesia, "The log up to event " + std::to_string(mark.position - 1) +
                                               " is not the one that was acknowledged." + advice};
            return {};
        }
    }
    if (number < newest->number && !may_be_behind) {
        amnesia = Error{Errc::amnesia,
                        "The log is as long as was acknowledged, but settings written after its last event are lost." + advice};
        return {};
    }
    if (number > newest->number + 1 && !may_be_behind) {
        return watermark_lost(folder, "The watermark in " + folder.string() + " is older than the log beside it.");
    }
    return {};
}

// Without its watermark a log cannot tell whether it is whole: a person who knows its last leaf hash, from a checkpoint or a desk,
// says so.
Result<void> LogParts::watermark_lost(const std::filesystem::path& folder, const std::string& what) {
    if (options.accept_head && *options.accept_head == last_leaf) {
        if (database.options().read_only) return {};  // whoever opens it for writing accepts it
        head_accepted = true;
        for (const char* name : {"headlog.0", "headlog.1"}) {
            std::error_code ignored;
            std::filesystem::rename(folder / name, folder / (std::string(name) + ".set-aside"), ignored);
        }
        return start_watermark(folder);
    }
    amnesia = Error{Errc::amnesia,
                    what + " The log beside it holds " + std::to_string(size.load()) +
                        " events; whether more were acknowledged is not known. If this is all, start once with --accept-head " +
                        last_leaf.hex() + "."};
    return {};
}

// Opens it for writing, and brings it up to a log that is one batch ahead: a crash came between the two syncs.
Result<void> LogParts::start_watermark(const std::filesystem::path& folder) {
    if (database.options().read_only) return {};
    auto opened = Headlog::open(folder, true);
    if (!opened) return opened.error();
    headlog = std::move(*opened);
    if (headlog->number() == number) return {};
    return headlog->write(watermark(), number);
}

}  // namespace hoso::io
