#include <map>

#include "shared/io/rocks_log_parts.hpp"

// The index of streams is written after the answers are out: it can be computed again, and a key per stream and group would cost
// more than the events.
namespace hoso::io {
namespace {

// Where the events of a stretch of the log are filed. Streams in the registry's scope need to know whether they exist already.
class Filer {
public:
    Filer(const LogParts& parts, Position from) : parts_(parts), from_(from) {}

    Result<StreamId> file(const log::Head& head, ByteSpan action) {
        const StreamId named = parts_.options.stream_of(action);
        if (head.scope != registry_scope || named == registry_stream) return named;
        const auto known = exists_.find(named);
        if (known == exists_.end()) {
            const auto indexed = is_indexed(named);
            if (!indexed) return indexed.error();
            exists_[named] = *indexed;
        }
        const StreamId filed = log::filed_in(head, named, exists_[named]);
        if (filed == named) exists_[named] = true;
        return filed;
    }

private:
    Result<bool> is_indexed(const StreamId& stream) const {
        bool found = false;
        const auto scanned = parts_.database.scan("streams", {}, as_text(stream.span()), [&](ByteSpan, ByteSpan value) {
            found = value.size() >= run_size && load_le<Position>(value.data()) < from_;  // the writer may be further on
            return false;
        });
        if (!scanned) return scanned.error();
        return found;
    }

    const LogParts& parts_;
    const Position from_;
    std::map<StreamId, bool> exists_;
};

// Calls `take(stream, head)` for every event from `from` on, until it says stop. Decodes no more than it must.
Result<void> file_from(const LogParts& parts, Position from, const std::function<bool(const StreamId&, const log::Head&)>& take) {
    Filer filer{parts, from};
    for (ChunkWalk walk{parts, from, parts.end(), 0};;) {
        const auto chunk = walk.next();
        if (!chunk) return chunk.error();
        if (!*chunk) return {};
        for (std::size_t i = (*chunk)->find(from); i < (*chunk)->size(); ++i) {
            const ByteSpan leaf = (*chunk)->leaf(i);
            const auto head = log::decode_head(leaf.first(log::head_size));
            if (!head) return head.error();
            const std::size_t action_size = load_le<std::uint32_t>(leaf.data() + 104);
            if (action_size > leaf.size() - log::head_size)
                return Error{Errc::corrupt, "An event's action is longer than the event."};
            const auto stream = filer.file(*head, leaf.subspan(log::head_size, action_size));
            if (!stream) return stream.error();
            if (!take(*stream, *head)) return {};
        }
    }
}

struct StreamRuns {
    std::uint64_t first_version = 0;
    std::vector<log::Run> runs;
};

}  // namespace

Result<void> RocksLog::index_streams(std::size_t events_min) {
    constexpr std::size_t events_max = 16 * 1024;  // of one batch
    if (parts_->failed) return *parts_->failed;
    if (parts_->database.options().read_only) return {};
    for (;;) {
        const auto indexed = parts_->meta_u64(meta_indexed);
        if (!indexed) return indexed.error();
        if (*indexed >= size() || size() - *indexed < events_min) return {};
        std::map<StreamId, StreamRuns> streams;
        Position end = *indexed;
        std::size_t count = 0;
        const auto filed = file_from(*parts_, *indexed, [&](const StreamId& stream, const log::Head& head) {
            const auto [held, is_new] = streams.try_emplace(stream);
            if (is_new) held->second.first_version = head.stream_version;
            log::extend(held->second.runs, head.position);
            end = head.position + 1;
            return ++count < events_max;
        });
        if (!filed) return filed;
        rocksdb::WriteBatch batch;
        for (const auto& [stream, held] : streams) {
            Bytes value;
            append_runs(value, held.runs);
            CHECK(batch.Put(parts_->streams, slice(run_key(stream, held.first_version)), slice(value)).ok());
        }
        Byte next[8];
        store_le(next, end);
        CHECK(batch.Put(parts_->meta, slice(meta_indexed), slice(next)).ok());
        if (auto written = parts_->database.write_later(batch); !written) return written;
    }
}

// Where the index ends is read first: what it holds beyond, because the writer went on meanwhile, is read from the events again.
Result<std::vector<Position>> RocksLog::stream(const StreamId& stream) const {
    const auto indexed = parts_->meta_u64(meta_indexed);
    if (!indexed) return indexed.error();
    std::vector<Position> positions;
    std::optional<Error> damaged;
    const auto scanned = parts_->database.scan("streams", {}, as_text(stream.span()), [&](ByteSpan, ByteSpan value) {
        const auto runs = read_runs(value);
        if (!runs) damaged = runs.error();
        for (const log::Run& run : runs ? *runs : std::vector<log::Run>{}) {
            for (Position position = run.first; position < run.first + run.count && position < *indexed; ++position)
                positions.push_back(position);
        }
        return !damaged;
    });
    if (!scanned) return scanned.error();
    if (damaged) return *damaged;
    const auto filed = file_from(*parts_, *indexed, [&](const StreamId& held, const log::Head& head) {
        if (held == stream) positions.push_back(head.position);
        return true;
    });
    if (!filed) return filed.error();
    return positions;
}

}  // namespace hoso::io
