#pragma once

#include <kj/exception.h>

#include "schema/sync.capnp.h"
#include "shared/sync/frame_codec.hpp"

// Pieces of the frame codec: one `put` and one `get` per struct, in the order of the schema.
namespace hoso::sync::codec {

// Takes values out of a message and remembers the first field that does not have its form.
class Take {
public:
    template <std::size_t Size, typename Tag>
    void fixed(capnp::Data::Reader from, FixedBytes<Size, Tag>& to, const char* field) {
        if (from.size() != Size) return fail(Errc::protocol, field);
        std::copy(from.begin(), from.end(), to.bytes.begin());
    }
    void bytes(capnp::Data::Reader from, std::size_t bytes_max, Bytes& to, const char* field) {
        if (from.size() > bytes_max) return fail(Errc::limit, field);
        to.assign(from.begin(), from.end());
    }
    void text(capnp::Text::Reader from, std::size_t bytes_max, std::string& to, const char* field) {
        if (from.size() > bytes_max) return fail(Errc::limit, field);
        to.assign(from.begin(), from.size());
        if (!is_utf8(as_bytes(to)) || to.find('\0') != std::string::npos) fail(Errc::protocol, field);
    }
    // Asked before a list is walked: a list of nothing may claim any length.
    bool fits(std::size_t count, std::size_t count_max, const char* field) {
        if (count <= count_max) return true;
        fail(Errc::limit, field);
        return false;
    }
    void fail(Errc code, const char* field) {
        if (!fault_) fault_ = Error{code, std::string{"the frame's field '"} + field + "' does not have its form"};
    }
    void fail(const Error& error) {
        if (!fault_) fault_ = error;
    }
    const std::optional<Error>& fault() const { return fault_; }

private:
    std::optional<Error> fault_;
};

template <std::size_t Size, typename Tag>
capnp::Data::Reader data(const FixedBytes<Size, Tag>& from) {
    return {from.bytes.data(), Size};
}
inline capnp::Data::Reader data(const Bytes& from) { return {from.data(), from.size()}; }
inline unsigned count(std::size_t size) { return static_cast<unsigned>(size); }

// A push as it also stands in Enrol: frame_push.cpp.
void put(schema::Push::Builder to, const log::Push& from);
void get(schema::Push::Reader from, log::Push& to, Take& take);
std::size_t room(const log::Push& push);

// The handshake: frame_handshake.cpp.
void put(schema::Hello::Builder to, const Hello& from);
void get(schema::Hello::Reader from, Hello& to, Take& take);
void put(schema::Welcome::Builder to, const Welcome& from);
void get(schema::Welcome::Reader from, Welcome& to, Take& take);
void put(schema::Auth::Builder to, const Auth& from);
void get(schema::Auth::Reader from, Auth& to, Take& take);
void put(schema::Ready::Builder to, const Ready& from);
void get(schema::Ready::Reader from, Ready& to, Take& take);
void put(schema::Enrol::Builder to, const Enrol& from);
void get(schema::Enrol::Reader from, Enrol& to, Take& take);
void put(schema::Enrolled::Builder to, const Enrolled& from);
void get(schema::Enrolled::Reader from, Enrolled& to, Take& take);
using DataList = capnp::List<capnp::Data>;
void put_units(DataList::Builder to, const std::vector<UnitId>& from);
void get_units(DataList::Reader from, std::vector<UnitId>& to, Take& take, const char* field);

// What follows Ready: frame_stream.cpp.
void put(schema::Results::Builder to, const Results& from);
void get(schema::Results::Reader from, Results& to, Take& take);
void put(schema::Events::Builder to, const Events& from);
void get(schema::Events::Reader from, Events& to, Take& take);
void put(schema::EventsWant::Builder to, const EventsWant& from);
void get(schema::EventsWant::Reader from, EventsWant& to, Take& take);
void put(schema::Checkpoint::Builder to, const NewCheckpoint& from);
void get(schema::Checkpoint::Reader from, NewCheckpoint& to, Take& take);
void put(schema::Credit::Builder to, const Credit& from);
void get(schema::Credit::Reader from, Credit& to, Take& take);
void put(schema::Scope::Builder to, const Scope& from);
void get(schema::Scope::Reader from, Scope& to, Take& take);
void put(schema::Bye::Builder to, const Bye& from);
void get(schema::Bye::Reader from, Bye& to, Take& take);

// Files: frame_blob.cpp.
void put(schema::BlobHave::Builder to, const BlobHave& from);
void get(schema::BlobHave::Reader from, BlobHave& to, Take& take);
void put(schema::BlobWant::Builder to, const BlobWant& from);
void get(schema::BlobWant::Reader from, BlobWant& to, Take& take);
void put(schema::BlobChunk::Builder to, const BlobChunk& from);
void get(schema::BlobChunk::Reader from, BlobChunk& to, Take& take);

}  // namespace hoso::sync::codec
