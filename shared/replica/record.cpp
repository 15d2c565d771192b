#include "shared/replica/record.hpp"

#include "shared/replica/kinds.hpp"

namespace hoso::replica {
namespace {

using namespace domain;

// Where an event is filed: its stream if that exists or comes to be with it, else the registry.
struct Filing {
    StreamId stream;
    UnitId scope;
};

Filing filing_of(const Site& site, const Header& header, const Body& body, Outcome outcome) {
    if (site.stream) return {header.stream, site.stream->scope};
    if (site.device) return {header.stream, site.device->unit};
    if (outcome != Outcome::voided) {
        if (const auto* subject = std::get_if<SubjectRegistered>(&body)) return {header.stream, subject->unit};
        if (const auto* product = std::get_if<ProductRegistered>(&body)) return {header.stream, product->unit};
    }
    return {registry_stream, registry_scope};
}

void extend(Stream& stream, const ActionId& id, Outcome outcome, Reason reason) {
    const Byte judged[3] = {static_cast<Byte>(outcome), static_cast<Byte>(static_cast<std::uint16_t>(reason) & 0xFF),
                            static_cast<Byte>(static_cast<std::uint16_t>(reason) >> 8)};
    stream.chain = sha256({as_bytes("hoso/chain/v1"), stream.chain.span(), id.span(), judged});
    ++stream.version;
}

// The applies of the kinds that change more than the registry or a product; Adopted is take_effect's own.
void apply(State& state, Stream&, const Occasion&, const JudgeUpgraded& action) { state.judge_version = action.judge_version; }

void apply(State&, Stream& stream, const Occasion& occasion, const SessionOpened& action) {
    if (!std::holds_alternative<DeviceStream>(stream.content)) stream.content = DeviceStream{};
    std::get<DeviceStream>(stream.content).sessions[occasion.id] = {action.account, action.officer_key, occasion.header.epoch,
                                                                    action.first_seq, action.expires};
}

void apply(State&, Stream&, const Occasion&, const SlipMisused&) {}

void apply(State& state, Stream& stream, const Occasion& occasion, const SubjectRegistered& action) {
    Subject subject;
    subject.id = occasion.header.stream;
    apply(state.registry, subject, occasion, action);
    stream.content = std::move(subject);
}

void apply(State& state, Stream& stream, const Occasion& occasion, const ProductRegistered& action) {
    Product product;
    product.id = occasion.header.stream;
    apply(state.registry, product, occasion, action);
    stream.content = std::move(product);
}

void apply(State&, Stream& stream, const Occasion&, const Annulled& action) {
    for (const ActionId& id : action.actions) stream.held.erase(id);
}

void apply(State& state, Stream& stream, const Occasion& occasion, const Adopted& action);

void take_effect(State& state, Stream& stream, const Occasion& occasion, const Body& body) {
    std::visit(
        [&](const auto& action) {
            if constexpr (requires { apply(state, stream, occasion, action); }) {
                apply(state, stream, occasion, action);
            } else if constexpr (home_of<std::decay_t<decltype(action)>> == Home::product) {
                apply(state.registry, std::get<Product>(stream.content), occasion, action);
            } else {
                apply(state.registry, occasion, action);
            }
        },
        body);
}

// A held adoption may name another one: a list of work, because a call for each could go as deep as somebody likes.
void apply(State& state, Stream& stream, const Occasion& occasion, const Adopted& action) {
    std::vector<ActionId> work(action.actions.rbegin(), action.actions.rend());
    while (!work.empty()) {
        const auto node = stream.held.extract(work.back());
        work.pop_back();
        if (node.empty()) continue;
        const Action& held = node.mapped().action;
        const Occasion adoption{held.header, node.key(), occasion.position, occasion.received, occasion.seen_time};
        if (refusal(state, Site{&stream, nullptr}, adoption, held.body)) continue;
        if (const auto* nested = std::get_if<Adopted>(&held.body)) {
            work.insert(work.end(), nested->actions.rbegin(), nested->actions.rend());
        } else {
            take_effect(state, stream, adoption, held.body);
        }
    }
}

}  // namespace

log::Head head_of(const State& state, const Site& site, const Action& action, const Verdict& verdict, const Arrival& arrival) {
    const Filing filing = filing_of(site, action.header, action.body, verdict.outcome);
    const bool own = filing.stream == action.header.stream;
    const Stream* stream = own ? site.stream : state.stream(filing.stream);
    const auto next = state.scope_next.find(filing.scope);
    log::Head head;
    head.judge_version = state.judge_version;
    head.position = arrival.position;
    head.received = arrival.received;
    head.seen_time = arrival.seen_time;
    head.stream_version = stream ? stream->version : 0;
    head.scope_sequence = next == state.scope_next.end() ? 0 : next->second;
    head.against = verdict.against;
    head.outcome = static_cast<std::uint8_t>(verdict.outcome);
    head.path = arrival.path;
    head.reason = static_cast<std::uint16_t>(verdict.reason);
    head.scope = filing.scope;
    head.device = action.header.device;
    head.epoch = action.header.epoch;
    head.seq = action.header.seq;
    return head;
}

void record(State& state, Action&& action, const ActionId& id, const log::Head& head) {
    const auto outcome = static_cast<Outcome>(head.outcome);
    const auto reason = static_cast<Reason>(head.reason);
    const auto found = state.streams.find(action.header.stream);
    const bool known = found != state.streams.end();
    const Site site = known ? Site{&found->second, nullptr} : site_of(state, action.header.stream);
    const Filing filing = filing_of(site, action.header, action.body, outcome);
    Stream& stream = known ? found->second : state.streams[filing.stream];
    stream.scope = filing.scope;
    extend(stream, id, outcome, reason);
    state.scope_next[filing.scope] = head.scope_sequence + 1;
    state.size = head.position + 1;
    state.last_received = head.received;
    Chain& chain = state.chains[head.device];
    chain.epoch = head.epoch;
    chain.next_seq = head.seq + 1;
    chain.seen_size = action.header.seen_size;
    if (outcome == Outcome::effective) {
        take_effect(state, stream, {action.header, id, head.position, head.received, head.seen_time}, action.body);
    } else if (outcome == Outcome::held) {
        stream.held.emplace(id, Held{std::move(action), head.position, reason});
    }
}

void record_genesis(State& state, Action&& action, const ActionId& id, const log::Head& head) {
    const auto& genesis = std::get<Genesis>(action.body);
    state.judge_version = genesis.judge_version;
    state.log = LogId{id.bytes};
    state.genesis_received = head.received;
    for (const Founder& founder : genesis.founders) state.chains[founder.device] = {};
    record(state, std::move(action), id, head);
}

}  // namespace hoso::replica
