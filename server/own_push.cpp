#include "server/own_push.hpp"

#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::server {

Result<log::Push> own_push(const Province& province, std::vector<OwnAct> acts, const run::Clock& clock) {
    const replica::State& state = province.book.replica.state();
    const Position durable = province.book.log->size();
    const auto root = log::root_at(*province.book.log, durable);
    if (!root) return root.error();
    const DeviceId device = state.registry.genesis.server_device;
    const replica::Chain& chain = state.chains.at(device);
    log::Push push;
    push.device = device;
    push.epoch = chain.epoch;
    std::vector<ActionId> ids;
    for (OwnAct& act : acts) {
        domain::Action action;
        action.header.epoch = chain.epoch;
        action.header.seq = chain.next_seq + ids.size();
        action.header.log = state.log;
        action.header.device = device;
        action.header.stream = act.stream;
        action.header.seen_size = durable;
        action.header.seen_root = *root;
        action.header.claimed_time = clock.now();
        action.header.clock_quality = clock.handed_in() ? domain::ClockQuality::training : domain::ClockQuality::local;
        action.body = std::move(act.body);
        push.actions.push_back(log::SignedAction{domain::encode(action), {}});
        ids.push_back(action_id(push.actions.back().action));
    }
    push.seal = log::make_seal(province.log_key, state.log, device, chain.epoch, chain.next_seq, chain.seal_hash, ids);
    return push;
}

}  // namespace hoso::server
