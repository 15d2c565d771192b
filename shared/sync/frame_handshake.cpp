#include "shared/sync/frame_parts.hpp"

namespace hoso::sync::codec {
namespace {

void put(schema::Head::Builder to, const ChainHead& from) {
    to.setNextSeq(from.next_seq);
    to.setSealHash(data(from.seal_hash));
}

void get(schema::Head::Reader from, ChainHead& to, Take& take) {
    to.next_seq = from.getNextSeq();
    take.fixed(from.getSealHash(), to.seal_hash, "head.sealHash");
}

void put(schema::Cursor::Builder to, const Cursor& from) {
    to.setScope(data(from.scope));
    to.setNextSequence(from.next_sequence);
    to.setAfter(from.after);
}

void get(schema::Cursor::Reader from, Cursor& to, Take& take) {
    take.fixed(from.getScope(), to.scope, "cursor.scope");
    to.next_sequence = from.getNextSequence();
    to.after = from.getAfter();
}

}  // namespace

void put_units(DataList::Builder to, const std::vector<UnitId>& from) {
    for (unsigned i = 0; i < to.size(); ++i) to.set(i, data(from[i]));
}

void get_units(DataList::Reader from, std::vector<UnitId>& to, Take& take, const char* field) {
    if (!take.fits(from.size(), scopes_max, field)) return;
    to.resize(from.size());
    for (unsigned i = 0; i < from.size(); ++i) take.fixed(from[i], to[i], field);
}

void put(schema::Hello::Builder to, const Hello& from) {
    to.setProtocolMin(from.protocol_min);
    to.setProtocolMax(from.protocol_max);
    to.setLog(data(from.log));
    to.setDevice(data(from.device));
    to.setEpoch(from.epoch);
    put(to.initHead(), from.head);
    to.setCheckpoint(from.checkpoint);
    auto cursors = to.initCursors(count(from.cursors.size()));
    for (unsigned i = 0; i < cursors.size(); ++i) put(cursors[i], from.cursors[i]);
    to.setNonce(data(from.nonce));
    to.setSoftware(from.software);
}

void get(schema::Hello::Reader from, Hello& to, Take& take) {
    to.protocol_min = from.getProtocolMin();
    to.protocol_max = from.getProtocolMax();
    take.fixed(from.getLog(), to.log, "log");
    take.fixed(from.getDevice(), to.device, "device");
    to.epoch = from.getEpoch();
    get(from.getHead(), to.head, take);
    take.text(from.getCheckpoint(), note_bytes_max, to.checkpoint, "checkpoint");
    const auto cursors = from.getCursors();
    if (!take.fits(cursors.size(), scopes_max, "cursors")) return;
    to.cursors.resize(cursors.size());
    for (unsigned i = 0; i < cursors.size(); ++i) get(cursors[i], to.cursors[i], take);
    take.fixed(from.getNonce(), to.nonce, "nonce");
    take.text(from.getSoftware(), text_bytes_max, to.software, "software");
}

void put(schema::Welcome::Builder to, const Welcome& from) {
    to.setProtocol(from.protocol);
    to.setNonce(data(from.nonce));
    to.setCheckpoint(from.checkpoint);
    put(to.initHead(), from.head);
    put_units(to.initScopes(count(from.scopes.size())), from.scopes);
    auto limits = to.initLimits();
    limits.setFrameBytesMax(from.frame_bytes_max);
    limits.setPushActionsMax(from.push_actions_max);
    limits.setActionBytesMax(from.action_bytes_max);
    to.setCredit(from.credit);
    to.setServerTime(from.server_time);
}

void get(schema::Welcome::Reader from, Welcome& to, Take& take) {
    to.protocol = from.getProtocol();
    take.fixed(from.getNonce(), to.nonce, "nonce");
    take.text(from.getCheckpoint(), note_bytes_max, to.checkpoint, "checkpoint");
    get(from.getHead(), to.head, take);
    get_units(from.getScopes(), to.scopes, take, "scopes");
    to.frame_bytes_max = from.getLimits().getFrameBytesMax();
    to.push_actions_max = from.getLimits().getPushActionsMax();
    to.action_bytes_max = from.getLimits().getActionBytesMax();
    to.credit = from.getCredit();
    to.server_time = from.getServerTime();
}

void put(schema::Auth::Builder to, const Auth& from) { to.setSignature(data(from.signature)); }

void get(schema::Auth::Reader from, Auth& to, Take& take) { take.fixed(from.getSignature(), to.signature, "signature"); }

void put(schema::Ready::Builder, const Ready&) {}

void get(schema::Ready::Reader, Ready&, Take&) {}

void put(schema::Enrol::Builder to, const Enrol& from) {
    to.setProtocolMin(from.protocol_min);
    to.setProtocolMax(from.protocol_max);
    put(to.initPush(), from.push);
}

void get(schema::Enrol::Reader from, Enrol& to, Take& take) {
    to.protocol_min = from.getProtocolMin();
    to.protocol_max = from.getProtocolMax();
    get(from.getPush(), to.push, take);
}

void put(schema::Enrolled::Builder to, const Enrolled& from) {
    to.setGenesis(data(from.genesis));
    to.initResult().setBytes(data(from.head));
    to.setCheckpoint(from.checkpoint);
}

void get(schema::Enrolled::Reader from, Enrolled& to, Take& take) {
    take.bytes(from.getGenesis(), frame_bytes_max, to.genesis, "genesis");
    take.bytes(from.getResult().getBytes(), log::head_size, to.head, "result");
    if (to.head.size() != log::head_size) take.fail(Errc::protocol, "result");
    take.text(from.getCheckpoint(), note_bytes_max, to.checkpoint, "checkpoint");
}

void get(schema::Push::Reader from, Push& to, Take& take) { codec::get(from, to.push, take); }

}  // namespace hoso::sync::codec
