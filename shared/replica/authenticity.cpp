#include "shared/replica/judge.hpp"
#include "shared/replica/kinds.hpp"

namespace hoso::replica {
namespace {

using namespace domain;

bool signed_by(const PublicKey& key, const ActionId& id, std::span<const log::DetachedSignature> signatures) {
    const Bytes statement = log::act_statement(id);
    for (const log::DetachedSignature& detached : signatures) {
        const auto signature = Signature::from(detached.bytes);
        if (detached.kind == log::officer_signature && signature && verify(key, statement, *signature)) return true;
    }
    return false;
}

// A slip that does not exist cannot have signed: the refusal says so, with its own reason.
bool slip_signed(const State& state, const Occasion& occasion, const Uuid& slip, const PublicKey& device_key,
                 const AccountId& account, const PublicKey& officer_key, const Signature& signature) {
    const auto found = state.registry.slips.find(slip);
    if (found == state.registry.slips.end()) return true;
    const DeviceId& device = occasion.header.device;
    const Bytes statement = log::slip_statement(state.log, slip, device, device_key, account, officer_key);
    return verify(found->second.key, statement, signature);
}

std::optional<Refusal> unless(bool holds) { return holds ? std::nullopt : std::optional{Refusal{Reason::unauthentic}}; }

}  // namespace

std::optional<Refusal> forgery(const State& state, const Occasion& occasion, const Body& body,
                               std::span<const log::DetachedSignature> signatures) {
    const Header& header = occasion.header;
    if (kind_of(body).place == Place::server) return std::nullopt;  // its seal is all there is; the judge asks who it was
    if (const auto* enrolled = std::get_if<DeviceEnrolled>(&body)) {
        return unless(slip_signed(state, occasion, enrolled->slip, enrolled->device_key, enrolled->account, enrolled->officer_key,
                                  enrolled->slip_signature));
    }
    if (const auto* added = std::get_if<OfficerKeyAdded>(&body)) {
        return unless(
            slip_signed(state, occasion, added->slip, PublicKey{}, added->account, added->officer_key, added->slip_signature));
    }
    if (const auto* opened = std::get_if<SessionOpened>(&body)) {
        return unless(header.actor == opened->account && signed_by(opened->officer_key, occasion.id, signatures));
    }
    const Session* session = state.session(header.device, header.session);
    if (!session || session->account != header.actor || session->epoch != header.epoch || session->first_seq > header.seq) {
        return Refusal{Reason::unauthentic};
    }
    if (session->expires < occasion.seen_time) return Refusal{Reason::session_expired};
    return unless(!kind_of(body).official || signed_by(session->officer_key, occasion.id, signatures));
}

}  // namespace hoso::replica
