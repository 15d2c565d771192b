#include "shared/log/chunk.hpp"

#include <zstd.h>

#include <algorithm>

#include "shared/base/check.hpp"

namespace hoso::log {
namespace {

constexpr char magic[] = {'H', 'C', 'K', '1'};
constexpr std::uint32_t plain = 0;
constexpr std::uint32_t zstd = 1;
constexpr int level = 1;                            // higher levels cost more than they save
constexpr std::size_t compressed_from = 512;        // below, a frame saves nothing worth its time
constexpr std::size_t records_bytes_max = 1 << 20;  // more than any chunk holds: a lying header allocates no more than this

Error corrupt(const char* what) { return {Errc::corrupt, std::string("A chunk of the log is damaged: ") + what + "."}; }

struct FreeDecompressor {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// Making a context costs more than decompressing a small chunk; each thread keeps its own.
ZSTD_DCtx* decompressor() {
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context{ZSTD_createDCtx()};
    CHECK(context != nullptr);
    return context.get();
}

Result<Bytes> decompress(ByteSpan frame, std::size_t size) {
    if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return corrupt("it is not one zstd frame");
    Bytes records(size);
    const std::size_t got = ZSTD_decompressDCtx(decompressor(), records.data(), records.size(), frame.data(), frame.size());
    if (ZSTD_isError(got) || got != size) return corrupt("it does not decompress to its length");
    return records;
}

}  // namespace

struct ChunkBuilder::Compressor {
    Compressor() : context(ZSTD_createCCtx()) {
        CHECK(context != nullptr);
        CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)));
    }
    ~Compressor() { ZSTD_freeCCtx(context); }
    ZSTD_CCtx* context;
};

ChunkBuilder::ChunkBuilder() : compressor_(std::make_unique<Compressor>()) {}
ChunkBuilder::~ChunkBuilder() = default;

bool ChunkBuilder::has_room_for(const Event& event) const {
    if (empty()) return true;
    return events_ < chunk_events_max && records_.size() + record_head + leaf_size(event) <= chunk_bytes_max;
}

ByteSpan ChunkBuilder::add(const Event& event) {
    CHECK(!event.action.empty() && has_room_for(event));
    const std::size_t begin = records_.size() + record_head;
    append_record(event, records_);
    ++events_;
    return ByteSpan{records_}.subspan(begin);
}

ChunkBuilder::Built ChunkBuilder::take() {
    CHECK(!empty());
    if (stored_.size() < chunk_head + records_.size()) stored_.resize(chunk_head + records_.size());
    std::size_t size = records_.size();
    std::uint32_t codec = plain;
    if (records_.size() >= compressed_from) {
        // No room for more than the records themselves: what does not shrink is kept plain.
        const std::size_t got =
            ZSTD_compress2(compressor_->context, stored_.data() + chunk_head, records_.size(), records_.data(), records_.size());
        if (!ZSTD_isError(got)) {
            codec = zstd;
            size = got;
        }
    }
    if (codec == plain) std::copy(records_.begin(), records_.end(), stored_.begin() + chunk_head);
    std::copy(std::begin(magic), std::end(magic), stored_.begin());
    store_le(stored_.data() + 4, static_cast<std::uint32_t>(events_));
    store_le(stored_.data() + 8, codec);
    store_le(stored_.data() + 12, static_cast<std::uint32_t>(records_.size()));
    events_ = 0;
    Built built{ByteSpan{stored_}.first(chunk_head + size), Bytes(records_.begin(), records_.end())};
    records_.clear();
    return built;
}

Result<Chunk> Chunk::from_value(ByteSpan value) {
    if (value.size() < chunk_head || !std::equal(std::begin(magic), std::end(magic), value.begin())) {
        return corrupt("it does not start with HCK1");
    }
    const auto events = load_le<std::uint32_t>(value.data() + 4);
    const auto codec = load_le<std::uint32_t>(value.data() + 8);
    const std::size_t size = load_le<std::uint32_t>(value.data() + 12);
    const ByteSpan stored = value.subspan(chunk_head);
    if (size > records_bytes_max || codec > zstd) return corrupt("its head is out of bounds");
    if (codec == plain && stored.size() != size) return corrupt("it has another length");
    auto records = codec == plain ? Result<Bytes>{Bytes(stored.begin(), stored.end())} : decompress(stored, size);
    if (!records) return records.error();
    auto chunk = from_records(std::move(*records));
    if (chunk && chunk->size() != events) return corrupt("it holds another number of events");
    return chunk;
}

Result<Chunk> Chunk::from_records(Bytes records) {
    Chunk chunk;
    ByteSpan rest{records};
    while (!rest.empty()) {
        const auto record = next_record(rest);
        if (!record) return record.error();
        if (record->head_only || record->bytes.size() < head_size) return corrupt("it holds an event without its action");
        const auto position = load_le<Position>(record->bytes.data() + 8);
        if (!chunk.entries_.empty() && position <= chunk.last()) return corrupt("its positions do not ascend");
        chunk.entries_.push_back({position, static_cast<std::uint32_t>(record->bytes.data() - records.data()),
                                  static_cast<std::uint32_t>(record->bytes.size())});
    }
    if (chunk.entries_.empty() || chunk.entries_.size() > chunk_events_max) return corrupt("it holds no event, or too many");
    chunk.records_ = std::move(records);
    return chunk;
}

std::size_t Chunk::find(Position from) const {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), from,
                                        [](const Entry& entry, Position position) { return entry.position < position; });
    return static_cast<std::size_t>(found - entries_.begin());
}

}  // namespace hoso::log
