#include "shared/replica/judge.hpp"
#include "shared/replica/kinds.hpp"

namespace hoso::replica {
namespace {

using namespace domain;

Verdict voided(Reason reason, Position against = no_position) { return {Outcome::voided, reason, against}; }
Verdict held(Reason reason, Position against = no_position) { return {Outcome::held, reason, against}; }

// Where an officer must hold a role; nothing for a unit that does not exist, such as that of a stage without a desk here.
struct Ground {
    std::uint8_t roles = 0;
    UnitId unit;
    bool exactly = false;
};

const Unit* unit_of_stage(const Registry& registry, const Product& product, const RuleSet& rules, std::string_view key) {
    const Stage* stage = rules.stage(key);
    return stage ? registry.at_level(product.unit, stage->level) : nullptr;
}

template <typename Named>
std::optional<UnitId> stage_unit(const Registry& registry, const Site& site, const Named& action, bool entering) {
    if constexpr (requires { action.dossier; }) {
        const auto& product = std::get<Product>(site.stream->content);
        const Dossier* dossier = product.dossier(action.dossier);
        const RuleSet* rules = dossier ? registry.rules(dossier->rule_set) : nullptr;
        if (!rules) return std::nullopt;
        std::string_view key = rules->stages[dossier->stage].key;
        if constexpr (requires { action.stage; }) key = action.stage;
        if (entering) {
            const Stage* external = rules->stage(key);
            key = external ? std::string_view{external->entered_by} : std::string_view{};
        }
        const Unit* unit = unit_of_stage(registry, product, *rules, key);
        return unit ? std::optional{unit->id} : std::nullopt;
    }
    return std::nullopt;
}

template <typename Named>
std::optional<UnitId> decision_unit(const Registry& registry, const Site& site, const Named& action, Date day) {
    if constexpr (requires { action.decision; }) {
        const auto found = registry.decisions.find(action.decision);
        if (found == registry.decisions.end()) return std::nullopt;
        const UnitId& unit = found->second.unit;
        return registry.within(std::get<Product>(site.stream->content).unit, unit, day) ? std::optional{unit} : std::nullopt;
    }
    return std::nullopt;
}

template <typename Named>
std::optional<UnitId> named_unit(const Named& action) {
    if constexpr (requires { action.unit; }) return action.unit;
    return std::nullopt;
}

const Council* council_of(const Registry& registry, const Body& body) {
    Uuid id;
    std::visit(
        [&](const auto& action) {
            if constexpr (requires { action.meeting; }) {
                const auto meeting = registry.meetings.find(action.meeting);
                if (meeting != registry.meetings.end()) id = meeting->second.council;
            }
            if constexpr (requires { action.council; }) id = action.council;
        },
        body);
    const auto found = registry.councils.find(id);
    return found == registry.councils.end() ? nullptr : &found->second;
}

std::optional<UnitId> unit_of(const State& state, const Site& site, const Body& body, Place place, Date day) {
    return std::visit(
        [&](const auto& action) -> std::optional<UnitId> {
            switch (place) {
                case Place::within_named:
                case Place::exactly_named: return named_unit(action);
                case Place::within_stream: return site.stream ? std::optional{site.stream->scope} : named_unit(action);
                case Place::exactly_stage: return stage_unit(state.registry, site, action, false);
                case Place::exactly_entering: return stage_unit(state.registry, site, action, true);
                case Place::exactly_council: {
                    const Council* council = council_of(state.registry, body);
                    return council ? std::optional{council->unit} : std::nullopt;
                }
                case Place::exactly_decision: return decision_unit(state.registry, site, action, day);
                case Place::root: return state.registry.root;
                case Place::anyone:
                case Place::server:
                case Place::slip:
                case Place::council:
                case Place::held: return std::nullopt;
            }
            return std::nullopt;
        },
        body);
}

// One mandate against the bracket; nothing for one that begins after receipt.
std::optional<Verdict> weigh(const Mandate& mandate, const Occasion& occasion) {
    const Date seen = local_date(occasion.seen_time);
    const Date received = local_date(occasion.received);
    if (mandate.valid_from > received) return std::nullopt;
    const Position ended = mandate.ended_at;
    if (ended != no_position && occasion.header.seen_size > ended) return voided(Reason::mandate_ended, ended);
    const bool limited = mandate.valid_to != Date{};
    if (limited && mandate.valid_to < seen) return voided(Reason::mandate_ended);
    if (ended != no_position) return held(Reason::mandate_ended, ended);
    if (limited && mandate.valid_to < received) return held(Reason::mandate_ended);
    if (mandate.valid_from > seen) return held(Reason::mandate_uncertain);
    return Verdict{};
}

Verdict worst(const Verdict& one, const Verdict& other) { return one.outcome < other.outcome ? other : one; }

// A closed unit's people act up to its last day. What they did within the bracket, or before they had seen the closing, waits for a
// person.
Verdict weigh_unit(const Registry& registry, const UnitId& id, const Occasion& occasion) {
    if (!registry.ended(id, local_date(occasion.received))) return {};
    const Position closed = registry.unit(id)->closed_at;
    const bool knew = occasion.header.seen_size > closed && registry.ended(id, local_date(occasion.seen_time));
    return knew ? voided(Reason::unit_closed, closed) : held(Reason::unit_closed, closed);
}

// Outcomes in ascending order are effective, held, void: the least is the best, and of equals the one granted first.
Verdict by_mandate(const Registry& registry, const Occasion& occasion, const Ground& ground) {
    const AccountId& actor = occasion.header.actor;
    if (ground.roles & bits(Role::administrator)) {
        const auto account = registry.accounts.find(actor);
        if (account != registry.accounts.end() && account->second.founder) return {};
    }
    const Date day = local_date(occasion.received);
    Verdict best = voided(Reason::no_mandate);
    const auto granted = registry.mandates_of.find(actor);
    if (granted == registry.mandates_of.end()) return best;
    for (const Uuid& id : granted->second) {
        const Mandate& mandate = registry.mandates.at(id);
        if (!(ground.roles >> static_cast<unsigned>(mandate.role) & 1u)) continue;
        const bool covers =
            ground.exactly ? registry.stands_for(ground.unit, mandate.unit, day) : registry.within(ground.unit, mandate.unit, day);
        const auto weighed = covers ? weigh(mandate, occasion) : std::nullopt;
        if (!weighed) continue;
        const Verdict verdict = worst(*weighed, weigh_unit(registry, mandate.unit, occasion));
        if (verdict.outcome < best.outcome || best.reason == Reason::no_mandate) best = verdict;
    }
    return best;
}

Verdict by_seat(const Registry& registry, const Occasion& occasion, const Body& body, std::uint8_t seats) {
    const Council* council = council_of(registry, body);
    const CouncilMember* member = council ? council->find(occasion.header.actor) : nullptr;
    const bool sits = member && (seats >> static_cast<unsigned>(member->seat) & 1u);
    return sits ? weigh_unit(registry, council->unit, occasion) : voided(Reason::not_a_member);
}

// A slip makes a key for whatever its account may do: whoever issues it answers for all of these places, not for the desk's alone.
Verdict by_slip(const Registry& registry, const Occasion& occasion, const SlipIssued& slip) {
    const auto administrates = [&](const UnitId& unit) {
        return by_mandate(registry, occasion, {bits(Role::administrator), unit, false});
    };
    const Account& account = registry.accounts.at(slip.account);
    Verdict verdict = worst(administrates(slip.unit), administrates(account.founder ? registry.root : account.unit));
    for (const auto& [id, council] : registry.councils) {
        if (council.find(slip.account)) verdict = worst(verdict, administrates(council.unit));
    }
    const auto granted = registry.mandates_of.find(slip.account);
    if (granted == registry.mandates_of.end()) return verdict;
    const Date day = local_date(occasion.received);
    for (const Uuid& id : granted->second) {
        const Mandate& mandate = registry.mandates.at(id);
        const bool over = mandate.ended_at != no_position || (mandate.valid_to != Date{} && mandate.valid_to < day);
        if (!over) verdict = worst(verdict, administrates(mandate.unit));
    }
    return verdict;
}

// The unit at which, or above which, a held act of a subject's or product's stream is adopted or annulled. What has no place of its
// own any more goes to the root.
UnitId place_of_held(const State& state, const Site& site, const Body& body, Date day) {
    const Kind& kind = kind_of(body);
    if (kind.place == Place::council) {
        const Council* council = council_of(state.registry, body);
        return council ? council->unit : state.registry.root;
    }
    const bool of_product = kind.home == Home::product && kind.place != Place::within_stream;
    if (of_product && !std::holds_alternative<Product>(site.stream->content)) return state.registry.root;
    return unit_of(state, site, body, kind.place, day).value_or(state.registry.root);
}

template <typename Named>
const std::vector<ActionId>* settled_by(const Named& action) {
    if constexpr (std::is_same_v<Named, Adopted> || std::is_same_v<Named, Annulled>) return &action.actions;
    return nullptr;
}

// Whoever settles held acts could have done, or decided on, every one of them; a settlement that is held itself stands for its own.
Verdict by_held(const State& state, const Site& site, const Occasion& occasion, const Body& body, std::uint8_t roles) {
    const auto named = [](const Body& of) { return std::visit([](const auto& action) { return settled_by(action); }, of); };
    std::set<ActionId> seen;
    std::vector<ActionId> work = *named(body);
    Verdict verdict;
    while (!work.empty()) {
        const auto held = site.stream->held.find(work.back());
        work.pop_back();
        if (held == site.stream->held.end() || !seen.insert(held->first).second) continue;
        if (const auto* nested = named(held->second.action.body)) {
            work.insert(work.end(), nested->begin(), nested->end());
            continue;
        }
        const UnitId unit = place_of_held(state, site, held->second.action.body, local_date(occasion.received));
        verdict = worst(verdict, by_mandate(state.registry, occasion, {roles, unit, false}));
    }
    return verdict;
}

}  // namespace

Verdict authority(const State& state, const Site& site, const Occasion& occasion, const Body& body) {
    const Registry& registry = state.registry;
    const Kind& kind = kind_of(body);
    switch (kind.place) {
        case Place::anyone: return {};
        case Place::server: {
            const bool server = occasion.header.device == registry.genesis.server_device;
            return server ? Verdict{} : voided(Reason::no_mandate);
        }
        case Place::council: return by_seat(registry, occasion, body, kind.who);
        case Place::held: {
            const bool of_people =
                !site.stream || site.stream->scope == registry_scope || registry.devices.contains(occasion.header.stream);
            if (of_people) return by_mandate(registry, occasion, {bits(Role::administrator), registry.root, false});
            return by_held(state, site, occasion, body, kind.who);
        }
        case Place::slip: return by_slip(registry, occasion, std::get<SlipIssued>(body));
        case Place::root:
        case Place::within_named:
        case Place::exactly_named:
        case Place::within_stream:
        case Place::exactly_stage:
        case Place::exactly_entering:
        case Place::exactly_council:
        case Place::exactly_decision: break;
    }
    const auto unit = unit_of(state, site, body, kind.place, local_date(occasion.received));
    if (!unit) return voided(Reason::no_mandate);
    const bool within = kind.place == Place::root || kind.place == Place::within_named || kind.place == Place::within_stream;
    const Verdict verdict = by_mandate(registry, occasion, {kind.who, *unit, !within});
    const bool registers = kind.home == Home::opens_subject || kind.home == Home::opens_product;
    return registers ? worst(verdict, weigh_unit(registry, *unit, occasion)) : verdict;
}

}  // namespace hoso::replica
