#include "shared/sync/frame_parts.hpp"

namespace hoso::sync {
namespace {

constexpr std::size_t padded(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

}  // namespace

// Two pointers and the action's words; a list tag; per signature a word, a pointer and its words.
std::size_t push_room(const log::SignedAction& action) {
    std::size_t room = 16 + padded(action.action.size()) + 8;
    for (const log::DetachedSignature& signature : action.signatures) room += 16 + padded(signature.bytes.size());
    return room;
}

namespace codec {
namespace {

void put(schema::Seal::Builder to, const log::Seal& from) {
    to.setFirstSeq(from.first_seq);
    to.setLastSeq(from.last_seq);
    to.setPrevious(data(from.previous));
    to.setRoot(data(from.root));
    to.setSignature(data(from.signature));
}

void get(schema::Seal::Reader from, log::Seal& to, Take& take) {
    to.first_seq = from.getFirstSeq();
    to.last_seq = from.getLastSeq();
    take.fixed(from.getPrevious(), to.previous, "seal.previous");
    take.fixed(from.getRoot(), to.root, "seal.root");
    take.fixed(from.getSignature(), to.signature, "seal.signature");
}

void put(schema::SignedAction::Builder to, const log::SignedAction& from) {
    to.setAction(data(from.action));
    if (from.signatures.empty()) return;
    auto signatures = to.initSignatures(count(from.signatures.size()));
    for (unsigned i = 0; i < signatures.size(); ++i) {
        signatures[i].setKind(from.signatures[i].kind);
        signatures[i].setBytes(data(from.signatures[i].bytes));
    }
}

void get(schema::SignedAction::Reader from, log::SignedAction& to, Take& take) {
    take.bytes(from.getAction(), log::action_bytes_max, to.action, "action");
    const auto signatures = from.getSignatures();
    if (!take.fits(signatures.size(), log::signatures_max, "signatures")) return;
    to.signatures.resize(signatures.size());
    for (unsigned i = 0; i < signatures.size(); ++i) {
        to.signatures[i].kind = signatures[i].getKind();
        take.bytes(signatures[i].getBytes(), signature_bytes_max, to.signatures[i].bytes, "signature");
    }
}

std::size_t content_bytes(const log::SignedAction& action) {
    std::size_t bytes = action.action.size();
    for (const log::DetachedSignature& signature : action.signatures) bytes += signature.bytes.size();
    return bytes;
}

}  // namespace

void put(schema::Push::Builder to, const log::Push& from) {
    to.setDevice(data(from.device));
    to.setEpoch(from.epoch);
    put(to.initSeal(), from.seal);
    auto actions = to.initActions(count(from.actions.size()));
    for (unsigned i = 0; i < actions.size(); ++i) put(actions[i], from.actions[i]);
}

void get(schema::Push::Reader from, log::Push& to, Take& take) {
    take.fixed(from.getDevice(), to.device, "device");
    to.epoch = from.getEpoch();
    get(from.getSeal(), to.seal, take);
    const auto actions = from.getActions();
    if (actions.size() == 0) return take.fail(Errc::protocol, "actions");
    if (!take.fits(actions.size(), log::push_actions_max, "actions")) return;
    to.actions.resize(actions.size());
    std::size_t bytes = 0;
    std::size_t room = 0;
    for (unsigned i = 0; i < actions.size() && !take.fault(); ++i) {
        get(actions[i], to.actions[i], take);
        bytes += content_bytes(to.actions[i]);
        room += push_room(to.actions[i]);
    }
    if (bytes > log::push_bytes_max || room > push_taken_max) take.fail(Errc::limit, "actions");
}

std::size_t room(const log::Push& push) {
    std::size_t room = 512;
    for (const log::SignedAction& action : push.actions) room += push_room(action);
    return room;
}

}  // namespace codec
}  // namespace hoso::sync
