#include "shared/base/check.hpp"
#include "shared/base/hash.hpp"
#include "shared/log/event.hpp"
#include "shared/log/merkle.hpp"

namespace hoso::log {
namespace {

Bytes statement(std::string_view prefix) {
    const ByteSpan bytes = as_bytes(prefix);
    return Bytes(bytes.begin(), bytes.end());
}

}  // namespace

Bytes seal_statement(const LogId& log, const DeviceId& device, std::uint32_t epoch, const Seal& seal) {
    Bytes out = statement("hoso/push-seal/v1");
    append(out, log.span());
    append(out, device.span());
    append_le(out, epoch);
    append_le(out, seal.first_seq);
    append_le(out, seal.last_seq);
    append(out, seal.previous.span());
    append(out, seal.root.span());
    return out;
}

Hash seal_hash(const LogId& log, const DeviceId& device, std::uint32_t epoch, const Seal& seal) {
    return sha256({seal_statement(log, device, epoch, seal), seal.signature.span()});
}

Bytes act_statement(const ActionId& action) {
    Bytes out = statement("hoso/act/v1");
    append(out, action.span());
    return out;
}

Bytes slip_statement(const LogId& log, const Uuid& slip, const DeviceId& device, const PublicKey& device_key,
                     const AccountId& account, const PublicKey& officer_key) {
    Bytes out = statement("hoso/slip/v1");
    append(out, log.span());
    append(out, slip.span());
    append(out, device.span());
    append(out, device_key.span());
    append(out, account.span());
    append(out, officer_key.span());
    return out;
}

Hash actions_root(std::span<const ActionId> actions) {
    CompactTree tree;
    for (const ActionId& action : actions) tree.append(leaf_hash(action.span()));
    return tree.root();
}

Seal make_seal(const SigningKey& key, const LogId& log, const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
               const Hash& previous, std::span<const ActionId> actions) {
    CHECK(!actions.empty() && actions.size() <= push_actions_max);
    Seal seal;
    seal.first_seq = first_seq;
    seal.last_seq = first_seq + actions.size() - 1;
    seal.previous = previous;
    seal.root = actions_root(actions);
    seal.signature = key.sign(seal_statement(log, device, epoch, seal));
    return seal;
}

bool seal_holds(const PublicKey& key, const LogId& log, const Push& push) {
    const std::size_t count = push.actions.size();
    const Seal& seal = push.seal;
    if (count == 0 || count > push_actions_max) return false;
    if (seal.last_seq < seal.first_seq || seal.last_seq - seal.first_seq != count - 1) return false;
    std::vector<ActionId> ids;
    ids.reserve(count);
    for (const SignedAction& action : push.actions) ids.push_back(action_id(action.action));
    if (actions_root(ids) != seal.root) return false;
    return verify(key, seal_statement(log, push.device, push.epoch, seal), seal.signature);
}

}  // namespace hoso::log
