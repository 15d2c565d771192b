#include "shared/replica/judge.hpp"

#include <algorithm>

#include "shared/replica/kinds.hpp"

namespace hoso::replica {

using namespace domain;

Site site_of(const State& state, const StreamId& id) {
    Site site{state.stream(id), nullptr};
    if (!site.stream) {
        const auto device = state.registry.devices.find(id);
        if (device != state.registry.devices.end()) site.device = &device->second;
    }
    return site;
}

std::optional<Refusal> misplacement(const State& state, const Site& site, const Occasion& occasion, const Body& body) {
    const StreamId& id = occasion.header.stream;
    const auto unless = [](bool holds) { return holds ? std::nullopt : std::optional{Refusal{Reason::wrong_stream}}; };
    // A second opening of the same stream, also while the first is still held.
    const auto opens = [&](bool same_kind) -> std::optional<Refusal> {
        if (!may_name(id) || state.registry.devices.contains(id)) return Refusal{Reason::wrong_stream};
        if (!site.stream) return std::nullopt;
        const bool again = same_kind || std::holds_alternative<std::monostate>(site.stream->content);
        return Refusal{again ? Reason::already_exists : Reason::wrong_stream};
    };
    switch (kind_of(body).home) {
        case Home::registry: return unless(id == registry_stream);
        case Home::device: return unless(id == occasion.header.device);
        case Home::opens_subject: return opens(site.stream && std::holds_alternative<Subject>(site.stream->content));
        case Home::opens_product: return opens(site.stream && std::holds_alternative<Product>(site.stream->content));
        case Home::product: return unless(site.stream && std::holds_alternative<Product>(site.stream->content));
        case Home::held: return unless(site.exists());
    }
    return Refusal{Reason::malformed};
}

std::optional<Refusal> refusal(const State& state, const Site& site, const Occasion& occasion, const Body& body) {
    return std::visit(
        [&](const auto& action) -> std::optional<Refusal> {
            if constexpr (requires { refuse(state, site, occasion, action); }) {
                return refuse(state, site, occasion, action);
            } else if constexpr (home_of<std::decay_t<decltype(action)>> == Home::product) {
                // A stream whose opening was annulled holds no product: for what waited for it there.
                const auto* product = std::get_if<Product>(&site.stream->content);
                return product ? refuse(state.registry, *product, occasion, action) : Refusal{Reason::wrong_stream};
            } else {
                return refuse(state.registry, occasion, action);
            }
        },
        body);
}

namespace {

// The held opening that an act of those who file needs: of the product's stream or of the dossier. Their work of days may rest on
// it.
const Held* opening_awaited(const Site& site, const Body& body) {
    const Kind& kind = kind_of(body);
    if (!site.stream || kind.home != Home::product || kind.place != Place::within_stream) return nullptr;
    const auto find = [&](const auto& opens) -> const Held* {
        const auto& held = site.stream->held;
        const auto found =
            std::find_if(held.begin(), held.end(), [&](const auto& entry) { return opens(entry.second.action.body); });
        return found == held.end() ? nullptr : &found->second;
    };
    if (std::holds_alternative<std::monostate>(site.stream->content)) {
        return find([](const Body& other) { return std::holds_alternative<ProductRegistered>(other); });
    }
    const auto* product = std::get_if<Product>(&site.stream->content);
    if (!product || std::holds_alternative<DossierOpened>(body)) return nullptr;
    return std::visit(
        [&](const auto& action) -> const Held* {
            if constexpr (requires { action.dossier; }) {
                if (product->dossier(action.dossier)) return nullptr;
                return find([&](const Body& other) {
                    const auto* opened = std::get_if<DossierOpened>(&other);
                    return opened && opened->dossier == action.dossier;
                });
            }
            return nullptr;
        },
        body);
}

}  // namespace

Verdict judge(const State& state, const Site& site, const Occasion& occasion, const Body& body) {
    const auto voided = [](const Refusal& refusal) { return Verdict{Outcome::voided, refusal.reason, refusal.against}; };
    if (const Held* opening = opening_awaited(site, body)) {
        const Verdict right = authority(state, site, occasion, body);
        if (right.outcome == Outcome::voided) return right;
        return {Outcome::held, Reason::opening_held, opening->position};
    }
    // What only the root's administrator may do is asked for that first: nobody else's bytes are worth unpacking.
    if (kind_of(body).place == Place::root) {
        if (const Verdict right = authority(state, site, occasion, body); right.outcome == Outcome::voided) return right;
    }
    if (const auto misplaced = misplacement(state, site, occasion, body)) return voided(*misplaced);
    // A file that nobody is to store.
    if (!occasion.header.files.empty() && !std::holds_alternative<DocumentAdded>(body)) return voided({Reason::malformed});
    if (const auto refused = refusal(state, site, occasion, body)) return voided(*refused);
    const Verdict right = authority(state, site, occasion, body);
    if (right.outcome != Outcome::effective) return right;
    if (!dates_hold(state, site, occasion, body)) return {Outcome::held, Reason::time_uncertain, no_position};
    if (rules_lapsed(state, site, body)) return {Outcome::held, Reason::rules_lapsed, no_position};
    return {};
}

std::optional<Refusal> refuse(const State&, const Site&, const Occasion&, const Genesis&) {
    return Refusal{Reason::already_exists};
}

std::optional<Refusal> refuse(const State& state, const Site&, const Occasion&, const JudgeUpgraded& action) {
    return action.judge_version > state.judge_version ? std::nullopt : std::optional{Refusal{Reason::malformed}};
}

std::optional<Refusal> refuse(const State& state, const Site&, const Occasion& occasion, const SessionOpened& action) {
    const auto device = state.registry.devices.find(occasion.header.device);
    if (device == state.registry.devices.end()) return Refusal{Reason::unknown_account};
    const auto officer = device->second.officers.find(action.account);
    const bool enrolled = officer != device->second.officers.end() && officer->second == action.officer_key;
    return enrolled ? std::nullopt : std::optional{Refusal{Reason::unknown_account}};
}

std::optional<Refusal> refuse(const State&, const Site&, const Occasion&, const SlipMisused&) { return std::nullopt; }

namespace {

std::optional<Refusal> refuse_ids(const Site& site, const std::vector<ActionId>& ids) {
    if (ids.empty()) return Refusal{Reason::malformed};
    std::set<ActionId> named;
    for (const ActionId& id : ids) {
        const bool held = site.stream && site.stream->held.contains(id);
        if (!held || !named.insert(id).second) return Refusal{Reason::not_held};
    }
    return std::nullopt;
}

}  // namespace

// What waits for an opening is adopted behind it, or it would be gone.
std::optional<Refusal> refuse(const State&, const Site& site, const Occasion&, const Adopted& action) {
    if (const auto refused = refuse_ids(site, action.actions)) return refused;
    std::set<Position> before;
    for (const ActionId& id : action.actions) {
        const Held& held = site.stream->held.at(id);
        const Held* opening = opening_awaited(site, held.action.body);
        if (opening && !before.contains(opening->position)) return Refusal{Reason::opening_held, opening->position};
        before.insert(held.position);
    }
    return std::nullopt;
}

std::optional<Refusal> refuse(const State&, const Site& site, const Occasion&, const Annulled& action) {
    return refuse_ids(site, action.actions);
}

}  // namespace hoso::replica
