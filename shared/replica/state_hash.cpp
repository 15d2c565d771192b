#include "shared/replica/replica.hpp"

namespace hoso::replica {
namespace {

Hash hash_of(const StreamId& id, const Stream& stream) {
    Hash summary;
    if (const auto* product = std::get_if<domain::Product>(&stream.content)) summary = domain::summary(*product);
    Bytes statement(8);
    store_le(statement.data(), stream.version);
    return sha256({as_bytes("hoso/stream/v1"), id.span(), statement, stream.chain.span(), summary.span()});
}

}  // namespace

Hash stream_hash(const State& state, const StreamId& id) {
    const Stream* stream = state.stream(id);
    return stream ? hash_of(id, *stream) : Hash{};
}

Hash state_hash(const State& state) {
    Bytes statement;
    statement.reserve(32 + state.streams.size() * Hash::size);
    append(statement, as_bytes("hoso/state/v1"));
    append_le(statement, state.judge_version);
    append_le(statement, std::uint64_t{state.streams.size()});
    for (const auto& [id, stream] : state.streams) append(statement, hash_of(id, stream).span());
    return sha256(statement);
}

}  // namespace hoso::replica
