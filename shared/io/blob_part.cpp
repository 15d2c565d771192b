#include "shared/io/blob_part.hpp"

#include <fcntl.h>

#include "shared/base/hash.hpp"
#include "shared/io/disk_file.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::io {
namespace {

constexpr std::size_t record_head = Hash::size + 16;
constexpr std::size_t piece_file_bytes_max = log::file_chunk_bytes * (1 + record_head);  // pieces of a byte

std::filesystem::path part_path(const std::filesystem::path& folder, const log::FileId& file) {
    return folder / (file.root.hex() + "." + std::to_string(file.size));
}

std::filesystem::path beside(const std::filesystem::path& path, const char* ending) { return path.string() + ending; }

Result<DiskFile> open_to_write(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::exists(path, error) ? DiskFile::open(path, O_RDWR | O_NOFOLLOW) : DiskFile::create(path, O_RDWR);
}

Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset, ByteSpan bytes) {
    const auto file = open_to_write(path);
    if (!file) return file.error();
    return file->write_at(offset, bytes);
}

// Empty unless that many bytes are there.
std::optional<Bytes> read_at(const std::filesystem::path& path, std::uint64_t offset, std::size_t size) {
    const auto file = DiskFile::open(path, O_RDONLY);
    if (!file) return std::nullopt;
    Bytes bytes(size);
    const auto got = file->read_at(offset, bytes);
    if (!got || *got < size) return std::nullopt;
    return bytes;
}

bool is_mark(ByteSpan hash) {
    return std::any_of(hash.begin(), hash.end(), [](Byte byte) { return byte != 0; });
}

Bytes record_of(std::uint64_t chunk, std::size_t begin, ByteSpan bytes) {
    Bytes rest;
    rest.reserve(record_head + bytes.size());
    append_le(rest, chunk);
    append_le(rest, static_cast<std::uint32_t>(begin));
    append_le(rest, static_cast<std::uint32_t>(bytes.size()));
    append(rest, bytes);
    const Hash sum = sha256(rest);
    rest.insert(rest.begin(), sum.bytes.begin(), sum.bytes.end());
    return rest;
}

struct Records {
    std::uint64_t chunk = 0;
    Bytes bytes{};
    std::size_t end = 0;  // of what holds
};

// As far as each holds and continues the one before.
Records records_in(ByteSpan stored) {
    Records found;
    while (stored.size() - found.end > record_head) {
        const ByteSpan record = stored.subspan(found.end);
        const Byte* head = record.data() + Hash::size;
        const auto chunk = load_le<std::uint64_t>(head);
        const auto begin = load_le<std::uint32_t>(head + 8), size = load_le<std::uint32_t>(head + 12);
        const bool first = found.end == 0;
        if (begin != found.bytes.size() || (!first && chunk != found.chunk) || size == 0) break;
        if (size > record.size() - record_head) break;
        const ByteSpan rest = record.subspan(Hash::size, record_head - Hash::size + size);
        if (sha256(rest) != Hash::from(record.first(Hash::size))) break;
        found.chunk = chunk;
        append(found.bytes, rest.subspan(record_head - Hash::size));
        found.end += record_head + size;
    }
    return found;
}

}  // namespace

BlobPart::BlobPart(const std::filesystem::path& folder, const log::FileId& file)
    : file_(file),
      path_(part_path(folder, file)),
      proofs_path_(beside(path_, ".proofs")),
      chunks_(log::ChunkMap::none(log::chunks_of(file.size))) {
    count_marks();
    for (Coming& coming : coming_) take_up_piece(coming);
}

void BlobPart::count_marks() {
    const auto proofs = DiskFile::open(proofs_path_, O_RDONLY);
    if (!proofs) return;
    Byte hash[Hash::size];
    for (std::uint64_t chunk = 0; chunk < log::chunks_of(file_.size); ++chunk) {
        const auto got = proofs->read_at(chunk * record_bytes(), hash);
        if (!got || *got < sizeof hash) return;
        if (is_mark(hash)) set(chunk, true);
    }
}

void BlobPart::take_up_piece(Coming& coming) {
    const auto stored = read_file(piece_path(coming), piece_file_bytes_max);
    if (!stored) return;
    const Records found = records_in(*stored);
    if (found.bytes.empty() || found.chunk >= log::chunks_of(file_.size)) return;
    if (found.bytes.size() >= log::chunk_size(file_.size, found.chunk) || held_of(found.chunk) > 0) return;
    coming = {found.chunk, found.bytes.size(), found.end};
}

std::filesystem::path BlobPart::piece_path(const Coming& coming) const {
    return path_.string() + ".piece" + std::to_string(&coming - coming_.data());
}

BlobPart::Coming* BlobPart::coming_of(std::uint64_t chunk) {
    for (Coming& coming : coming_) {
        if (coming.bytes > 0 && coming.chunk == chunk) return &coming;
    }
    return nullptr;
}

BlobPart::Coming& BlobPart::place_for(std::uint64_t chunk) {
    if (Coming* coming = coming_of(chunk)) return *coming;
    Coming* last = &coming_.front();
    for (Coming& coming : coming_) {
        if (coming.bytes == 0) return coming;
        if (coming.chunk > last->chunk) last = &coming;
    }
    last->bytes = 0;
    return *last;
}

std::uint64_t BlobPart::held_bytes() const {
    std::uint64_t bytes = bytes_held_;
    for (const Coming& coming : coming_) bytes += coming.bytes;
    return bytes;
}

std::size_t BlobPart::held_of(std::uint64_t chunk) const {
    if (chunks_.holds(chunk)) return log::chunk_size(file_.size, chunk);
    for (const Coming& coming : coming_) {
        if (coming.bytes > 0 && coming.chunk == chunk) return coming.bytes;
    }
    return 0;
}

void BlobPart::set(std::uint64_t chunk, bool held) {
    if (chunks_.holds(chunk) == held) return;
    const std::size_t bytes = log::chunk_size(file_.size, chunk);
    chunks_.set(chunk, held);
    chunks_held_ = held ? chunks_held_ + 1 : chunks_held_ - 1;
    bytes_held_ = held ? bytes_held_ + bytes : bytes_held_ - bytes;
    Coming* coming = held ? coming_of(chunk) : nullptr;
    if (coming) coming->bytes = 0;
}

void BlobPart::look() {
    if (looked_) return;
    looked_ = true;
    for (std::uint64_t chunk = 0; chunk < log::chunks_of(file_.size); ++chunk) {
        if (chunks_.holds(chunk) && !read_verified(chunk)) set(chunk, false);
    }
    // The last chunk to come makes the file whole: there is always one that has not come.
    if (missing_chunks() == 0) set(log::chunks_of(file_.size) - 1, false);
}

Bytes BlobPart::piece(std::uint64_t chunk) {
    Coming* coming = coming_of(chunk);
    if (!coming) return {};
    const auto stored = read_at(piece_path(*coming), 0, coming->end);
    Records found = stored ? records_in(*stored) : Records{};
    if (found.bytes.empty() || found.chunk != chunk) {
        drop_piece(chunk);
        return {};
    }
    *coming = {chunk, found.bytes.size(), found.end};
    return std::move(found.bytes);
}

Result<void> BlobPart::add_piece(std::uint64_t chunk, ByteSpan bytes) {
    if (Coming* coming = coming_of(chunk)) return add_record(*coming, chunk, bytes);
    if (auto made = open_to_write(path_); !made) return made.error();  // a part is found by its file
    Coming& place = place_for(chunk);
    place.end = 0;
    return add_record(place, chunk, bytes);
}

// What lies there already is written over, never cut off first: file systems sync a file that was emptied and filled again.
Result<void> BlobPart::add_record(Coming& coming, std::uint64_t chunk, ByteSpan bytes) {
    const auto path = piece_path(coming);
    const auto file = coming.bytes == 0 ? open_to_write(path) : DiskFile::open(path, O_RDWR | O_NOFOLLOW);
    const auto status = file ? file->status() : Result<struct stat>{file.error()};
    if (!status && (coming.bytes == 0 || status.error().code != Errc::not_found)) return status.error();
    if (!status || static_cast<std::size_t>(status->st_size) < coming.end) {
        drop_piece(chunk);
        return Error{Errc::gap, "What had come of a chunk of the file " + file_.root.hex() + " is gone."};
    }
    const Bytes record = record_of(chunk, coming.bytes, bytes);
    if (auto written = file->write_at(coming.end, record); !written) return written;
    coming = {chunk, coming.bytes + bytes.size(), coming.end + record.size()};
    return {};
}

void BlobPart::drop_piece(std::uint64_t chunk) {
    Coming* coming = coming_of(chunk);
    if (!coming) return;
    coming->bytes = 0;
    remove_file(piece_path(*coming));
}

Result<void> BlobPart::write(std::uint64_t chunk, ByteSpan bytes) { return write_at(path_, chunk * log::file_chunk_bytes, bytes); }

Result<void> BlobPart::mark(std::uint64_t chunk, const Hash& hash, std::span<const Hash> proof) {
    Bytes record(hash.bytes.begin(), hash.bytes.end());
    for (const Hash& step : proof) append(record, step.span());
    if (auto written = write_at(proofs_path_, chunk * record_bytes(), record); !written) return written;
    set(chunk, true);
    return {};
}

std::optional<BlobPart::Chunk> BlobPart::read(std::uint64_t chunk) {
    if (!chunks_.holds(chunk)) return std::nullopt;
    auto held = read_verified(chunk);
    if (!held) set(chunk, false);
    return held;
}

std::optional<BlobPart::Chunk> BlobPart::read_verified(std::uint64_t chunk) const {
    const unsigned steps = log::proof_hashes(file_.size, chunk);
    const auto record = read_at(proofs_path_, chunk * record_bytes(), Hash::size * (1 + steps));
    auto bytes = read_at(path_, chunk * log::file_chunk_bytes, log::chunk_size(file_.size, chunk));
    if (!record || !bytes) return std::nullopt;
    Chunk held{*std::move(bytes), {}, {}};
    held.hash = *Hash::from(ByteSpan{*record}.first(Hash::size));
    for (unsigned i = 1; i <= steps; ++i) held.proof.push_back(*Hash::from(ByteSpan{*record}.subspan(i * Hash::size, Hash::size)));
    if (log::leaf_hash(held.bytes) != held.hash || !log::chunk_holds(file_, chunk, held.hash, held.proof)) return std::nullopt;
    return held;
}

void BlobPart::remove() {
    remove_file(path_);
    remove_file(proofs_path_);
    for (const Coming& coming : coming_) remove_file(piece_path(coming));
}

}  // namespace hoso::io
