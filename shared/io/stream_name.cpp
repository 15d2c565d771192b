#include "shared/io/stream_name.hpp"

#include <capnp/serialize.h>

#include "schema/action.capnp.h"

namespace hoso::io {

// Only the header is looked at: the body of an action that this program is too old for still has a place in its stream's index.
StreamId stream_named_by(ByteSpan action) {
    if (action.size() % sizeof(capnp::word) != 0) return registry_stream;
    std::vector<capnp::word> words(action.size() / sizeof(capnp::word));  // aligned, which a part of a chunk need not be
    std::memcpy(words.data(), action.data(), action.size());
    try {
        capnp::ReaderOptions limits;
        limits.traversalLimitInWords = 4 * words.size() + 1024;
        limits.nestingLimit = 16;
        capnp::FlatArrayMessageReader message{kj::arrayPtr(words.data(), words.size()), limits};
        const auto stream = message.getRoot<schema::Action>().getHeader().getStream();
        return StreamId::from({stream.begin(), stream.size()}).value_or(registry_stream);
    } catch (const kj::Exception&) {
        return registry_stream;
    }
}

}  // namespace hoso::io
