#include "shared/sync/frame_parts.hpp"

namespace hoso::sync::codec {
namespace {

void put(schema::File::Builder to, const log::FileId& from) {
    to.setRoot(data(from.root));
    to.setSize(from.size);
}

void get(schema::File::Reader from, log::FileId& to, Take& take) {
    take.fixed(from.getRoot(), to.root, "root");
    to.size = from.getSize();
    if (to.size == 0) take.fail(Errc::protocol, "size");
    if (to.size > log::file_bytes_max) take.fail(Errc::limit, "size");
}

}  // namespace

void put(schema::BlobHave::Builder to, const BlobHave& from) {
    put(to.initFile(), from.file);
    to.setAny(from.any);
    to.setChunks(data(from.chunks));
}

void get(schema::BlobHave::Reader from, BlobHave& to, Take& take) {
    get(from.getFile(), to.file, take);
    to.any = from.getAny();
    take.bytes(from.getChunks(), chunk_map_bytes_max, to.chunks, "chunks");
    const std::uint64_t bytes = (log::chunks_of(to.file.size) + 7) / 8;
    if (!to.chunks.empty() && (!to.any || to.chunks.size() != bytes)) take.fail(Errc::protocol, "chunks");
}

void put(schema::BlobWant::Builder to, const BlobWant& from) {
    put(to.initFile(), from.file);
    to.setOffset(from.offset);
    to.setBytes(from.bytes);
    to.setState(static_cast<schema::BlobState>(from.state));
    to.setPosition(from.position);
    to.setHeld(from.held);
}

void get(schema::BlobWant::Reader from, BlobWant& to, Take& take) {
    get(from.getFile(), to.file, take);
    to.offset = from.getOffset();
    to.bytes = from.getBytes();
    to.position = from.getPosition();
    to.held = from.getHeld();
    const auto state = static_cast<std::uint16_t>(from.getState());
    if (state > static_cast<std::uint16_t>(BlobState::later)) return take.fail(Errc::version, "state");
    to.state = static_cast<BlobState>(state);
    if (to.bytes > blob_window_bytes) return take.fail(Errc::limit, "bytes");
    const bool within = to.offset <= to.file.size && to.bytes <= to.file.size - to.offset;
    if (!within || (to.bytes > 0) != (to.state == BlobState::wanted)) take.fail(Errc::protocol, "bytes");
}

void put(schema::BlobChunk::Builder to, const BlobChunk& from) {
    put(to.initFile(), from.file);
    to.setOffset(from.offset);
    to.setBytes(data(from.bytes));
    Bytes proof;
    for (const Hash& hash : from.proof) append(proof, hash.span());
    to.setProof(codec::data(proof));
}

void get(schema::BlobChunk::Reader from, BlobChunk& to, Take& take) {
    get(from.getFile(), to.file, take);
    to.offset = from.getOffset();
    take.bytes(from.getBytes(), piece_bytes_max, to.bytes, "bytes");
    const bool within = to.offset < to.file.size && to.bytes.size() <= to.file.size - to.offset;
    const bool in_chunk = to.offset % log::file_chunk_bytes + to.bytes.size() <= log::file_chunk_bytes;
    if (to.bytes.empty() || !within || !in_chunk) return take.fail(Errc::protocol, "bytes");
    Bytes proof;
    take.bytes(from.getProof(), proof_hashes_max * Hash::size, proof, "proof");
    if (proof.size() % Hash::size != 0) return take.fail(Errc::protocol, "proof");
    to.proof.resize(proof.size() / Hash::size);
    for (std::size_t i = 0; i < to.proof.size(); ++i)
        std::copy_n(proof.begin() + static_cast<std::ptrdiff_t>(i * Hash::size), Hash::size, to.proof[i].bytes.begin());
}

}  // namespace hoso::sync::codec
