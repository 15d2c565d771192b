#include "client/views/event_views.hpp"

#include "client/views/sentence.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client::views {
namespace {

json::object head(const log::Event& event) {
    const domain::Verdict judged{static_cast<domain::Outcome>(event.head.outcome), static_cast<domain::Reason>(event.head.reason),
                                 event.head.against};
    return {{"position", event.head.position},
            {"action", action_id(event.action).hex()},
            {"received", instant(event.head.received)},
            {"verdict", verdict(judged)},
            {"scope", id(event.head.scope)},
            {"stream_version", event.head.stream_version},
            {"device", id(event.head.device)},
            {"seq", event.head.seq}};
}

// Where the desk stands that the event came from; null for the server's and the founders'.
json::value device_unit(const domain::Registry& registry, const DeviceId& device) {
    const auto found = registry.devices.find(device);
    if (found == registry.devices.end() || found->second.unit.is_nil()) return nullptr;
    return json::value(unit_name(registry, found->second.unit));
}

void add_header(const Look& state, const domain::Action& action, json::object& out) {
    out["kind"] = json::string(kind_name(action.body.index()));
    out["stream"] = action.header.stream.hex();
    out["actor"] = id(action.header.actor);
    out["actor_title"] = account_title(state.registry(), action.header.actor);
    out["claimed"] = instant(action.header.claimed_time);
}

}  // namespace

json::object event_row(const Look& state, const log::Event& event, Language language) {
    json::object out = head(event);
    if (const auto action = domain::decode(event.action)) {
        add_header(state, *action, out);
        out["sentence"] = sentence(language, state, *action);
    }
    return out;
}

json::object event(const Look& state, const log::Event& event, const ActionJson& actions, Language language) {
    json::object out = event_row(state, event, language);
    out["device_unit"] = device_unit(state.registry(), event.head.device);
    out["seen_time"] = instant(event.head.seen_time);
    out["scope_sequence"] = event.head.scope_sequence;
    out["epoch"] = event.head.epoch;
    out["judge_version"] = event.head.judge_version;
    out["arrived_by"] = event.head.path == 0 ? "ws" : "bundle";
    if (const auto action = domain::decode(event.action)) {
        out["session"] = id(action->header.session);
        out["seen_size"] = action->header.seen_size;
        out["seen_root"] = id(action->header.seen_root);
        out["body"] = actions.write(action->body);
    }
    out["signatures"] = event.signatures.size();
    if (event.seal) {
        out["seal"] = json::object{{"first_seq", event.seal->first_seq},
                                   {"last_seq", event.seal->last_seq},
                                   {"previous", event.seal->previous.hex()},
                                   {"root", event.seal->root.hex()}};
    }
    Bytes leaf;
    log::encode_leaf(event, leaf);
    out["leaf_bytes"] = leaf.size();
    return out;
}

}  // namespace hoso::client::views
