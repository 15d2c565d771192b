#include "shared/sync/frame_codec.hpp"

#include <capnp/message.h>
#include <capnp/serialize.h>

#include "shared/sync/frame_parts.hpp"

namespace hoso::sync::codec {
namespace {

void put_union(schema::Frame::Builder to, const Hello& from) { put(to.initHello(), from); }
void put_union(schema::Frame::Builder to, const Welcome& from) { put(to.initWelcome(), from); }
void put_union(schema::Frame::Builder to, const Auth& from) { put(to.initAuth(), from); }
void put_union(schema::Frame::Builder to, const Ready& from) { put(to.initReady(), from); }
void put_union(schema::Frame::Builder to, const Enrol& from) { put(to.initEnrol(), from); }
void put_union(schema::Frame::Builder to, const Enrolled& from) { put(to.initEnrolled(), from); }
void put_union(schema::Frame::Builder to, const Push& from) { put(to.initPush(), from.push); }
void put_union(schema::Frame::Builder to, const Results& from) { put(to.initResults(), from); }
void put_union(schema::Frame::Builder to, const Events& from) { put(to.initEvents(), from); }
void put_union(schema::Frame::Builder to, const EventsWant& from) { put(to.initEventsWant(), from); }
void put_union(schema::Frame::Builder to, const NewCheckpoint& from) { put(to.initCheckpoint(), from); }
void put_union(schema::Frame::Builder to, const Credit& from) { put(to.initCredit(), from); }
void put_union(schema::Frame::Builder to, const Scope& from) { put(to.initScope(), from); }
void put_union(schema::Frame::Builder to, const Bye& from) { put(to.initBye(), from); }
void put_union(schema::Frame::Builder to, const BlobHave& from) { put(to.initBlobHave(), from); }
void put_union(schema::Frame::Builder to, const BlobWant& from) { put(to.initBlobWant(), from); }
void put_union(schema::Frame::Builder to, const BlobChunk& from) { put(to.initBlobChunk(), from); }

template <typename Kind, typename Reader>
Kind taken(Reader from, Take& take) {
    Kind to;
    if constexpr (std::is_same_v<Kind, Push>) {
        get(from, to.push, take);
    } else {
        get(from, to, take);
    }
    return to;
}

// Empty for a frame this program does not know.
std::optional<Frame> get_union(schema::Frame::Reader from, Take& take) {
    switch (from.which()) {
        case schema::Frame::HELLO: return taken<Hello>(from.getHello(), take);
        case schema::Frame::WELCOME: return taken<Welcome>(from.getWelcome(), take);
        case schema::Frame::AUTH: return taken<Auth>(from.getAuth(), take);
        case schema::Frame::READY: return taken<Ready>(from.getReady(), take);
        case schema::Frame::ENROL: return taken<Enrol>(from.getEnrol(), take);
        case schema::Frame::ENROLLED: return taken<Enrolled>(from.getEnrolled(), take);
        case schema::Frame::PUSH: return taken<Push>(from.getPush(), take);
        case schema::Frame::RESULTS: return taken<Results>(from.getResults(), take);
        case schema::Frame::EVENTS: return taken<Events>(from.getEvents(), take);
        case schema::Frame::EVENTS_WANT: return taken<EventsWant>(from.getEventsWant(), take);
        case schema::Frame::CHECKPOINT: return taken<NewCheckpoint>(from.getCheckpoint(), take);
        case schema::Frame::CREDIT: return taken<Credit>(from.getCredit(), take);
        case schema::Frame::SCOPE: return taken<Scope>(from.getScope(), take);
        case schema::Frame::BYE: return taken<Bye>(from.getBye(), take);
        case schema::Frame::BLOB_HAVE: return taken<BlobHave>(from.getBlobHave(), take);
        case schema::Frame::BLOB_WANT: return taken<BlobWant>(from.getBlobWant(), take);
        case schema::Frame::BLOB_CHUNK: return taken<BlobChunk>(from.getBlobChunk(), take);
    }
    return std::nullopt;
}

// At least what the message takes, so that it lands in one segment: a segment that overflows starts a second one.
std::size_t room(const Frame& frame) {
    constexpr std::size_t fixed = 1024;
    struct Room {
        std::size_t operator()(const Hello& from) const {
            return from.checkpoint.size() + from.software.size() + from.cursors.size() * 40;
        }
        std::size_t operator()(const Welcome& from) const { return from.checkpoint.size() + from.scopes.size() * 24; }
        std::size_t operator()(const Enrol& from) const { return codec::room(from.push); }
        std::size_t operator()(const Enrolled& from) const {
            return from.genesis.size() + from.head.size() + from.checkpoint.size();
        }
        std::size_t operator()(const Push& from) const { return codec::room(from.push); }
        std::size_t operator()(const Results& from) const { return from.heads.size(); }
        std::size_t operator()(const Events& from) const {
            std::size_t room = 0;
            for (const log::Event& event : from.events) room += events_room(event);
            return room;
        }
        std::size_t operator()(const EventsWant& from) const { return from.positions.size() * 8; }
        std::size_t operator()(const NewCheckpoint& from) const { return from.note.size(); }
        std::size_t operator()(const Scope& from) const { return (from.added.size() + from.removed.size()) * 24 + from.why.size(); }
        std::size_t operator()(const Bye& from) const { return from.detail.size(); }
        std::size_t operator()(const BlobHave& from) const { return from.chunks.size(); }
        std::size_t operator()(const BlobChunk& from) const { return from.bytes.size() + from.proof.size() * Hash::size; }
        std::size_t operator()(const BlobWant&) const { return 0; }
        std::size_t operator()(const Auth&) const { return 0; }
        std::size_t operator()(const Ready&) const { return 0; }
        std::size_t operator()(const Credit&) const { return 0; }
    };
    return fixed + std::visit(Room{}, frame);
}

}  // namespace

void write(const Frame& frame, Bytes& out) {
    capnp::MallocMessageBuilder message(count(room(frame) / sizeof(capnp::word)));
    std::visit([root = message.initRoot<schema::Frame>()](const auto& from) { put_union(root, from); }, frame);
    const auto segments = message.getSegmentsForOutput();
    CHECK(segments.size() == 1);
    append_le(out, std::uint32_t{0});
    append_le(out, static_cast<std::uint32_t>(segments[0].size()));
    const auto bytes = segments[0].asBytes();
    append(out, {bytes.begin(), bytes.size()});
}

Result<Frame> read(std::span<const capnp::word> message) {
    const auto* table = reinterpret_cast<const Byte*>(message.data());
    if (message.size() < 2 || load_le<std::uint32_t>(table) != 0 || load_le<std::uint32_t>(table + 4) != message.size() - 1) {
        return Error{Errc::protocol, "the frame is not one whole message of one segment"};
    }
    capnp::ReaderOptions options;
    options.traversalLimitInWords = 4 * message.size() + 1024;
    options.nestingLimit = 16;
    try {
        capnp::FlatArrayMessageReader reader({message.data(), message.size()}, options);
        Take take;
        auto frame = get_union(reader.getRoot<schema::Frame>(), take);
        if (take.fault()) return *take.fault();
        if (!frame) return Error{Errc::version, "the peer sends a frame that this program does not know"};
        return std::move(*frame);
    } catch (const kj::Exception& exception) {
        return Error{Errc::protocol, std::string{"the frame is malformed: "} + exception.getDescription().cStr()};
    }
}

}  // namespace hoso::sync::codec
