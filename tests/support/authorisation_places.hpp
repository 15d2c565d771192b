#pragma once

#include <functional>

#include "tests/support/authorisation_province.hpp"
#include "tests/support/sample_actions.hpp"

// What the column Place of docs/authorisation.md says, and how an act is made that asks for that place.
namespace hoso::tests {

// What an act names, and the unit it is asked for.
struct Setting {
    std::string place;  // a unit of units_above(); empty where there is none
    std::string stage;
    StreamId product;
    DossierId dossier;
    std::uint32_t turn = 0;
    Hash digest;
    UnitId unit;
    Uuid council, meeting, decision, slip;
    AccountId account;
    Hash rules;
    std::vector<domain::CouncilMember> members;
    StreamId held_in;
    std::vector<ActionId> held;
};

// Puts into an act what it has a field for; the rest of it stays a sample.
inline void fit(domain::Body& body, const Setting& setting) {
    std::visit(
        [&](auto& action) {
            if constexpr (requires { action.stage = setting.stage; }) {
                if (!setting.stage.empty()) action.stage = setting.stage;
            }
            if constexpr (requires { action.dossier = setting.dossier; }) action.dossier = setting.dossier;
            if constexpr (requires { action.turn = setting.turn; }) action.turn = setting.turn;
            if constexpr (requires { action.digest = setting.digest; }) action.digest = setting.digest;
            if constexpr (requires { action.unit = setting.unit; }) action.unit = setting.unit;
            if constexpr (requires { action.council = setting.council; }) {
                if (!setting.council.is_nil()) action.council = setting.council;
            }
            if constexpr (requires { action.meeting = setting.meeting; }) action.meeting = setting.meeting;
            if constexpr (requires { action.decision = setting.decision; }) action.decision = setting.decision;
            if constexpr (requires { action.slip = setting.slip; }) action.slip = setting.slip;
            if constexpr (requires { action.account = setting.account; }) action.account = setting.account;
            if constexpr (requires { action.rule_set_hash = setting.rules; }) action.rule_set_hash = setting.rules;
            if constexpr (requires { action.members = setting.members; }) action.members = setting.members;
            if constexpr (requires { action.actions = setting.held; }) action.actions = setting.held;
        },
        body);
}

// The sample of a kind, by its name in the schema or in C++; nothing for a kind that does not exist.
inline std::optional<domain::Body> sample_of(const std::string& kind) {
    std::string snake;
    for (const char letter : kind) {
        const bool capital = letter >= 'A' && letter <= 'Z';
        snake += capital ? std::string("_") + static_cast<char>(letter - 'A' + 'a') : std::string(1, letter);
    }
    for (const auto& [name, action] : sample_actions()) {
        if (name == snake) return action.body;
    }
    return std::nullopt;
}

inline void name_dossier(const AuthorisationProvince& province, Setting& setting, const Item& item) {
    setting.product = item.product;
    setting.dossier = item.dossier;
    setting.turn = province.dossier(item).turn;
    setting.digest = domain::digest(province.dossier(item));
}

// Where an authority of this stage sits; the acts without a stage are tried at a district, which has units on every side.
inline std::string unit_of_stage(const std::string& stage) {
    const std::map<std::string, std::string> units = {
        {"", "a"}, {"commune", "a1"}, {"district", "a"}, {"province", "p"}, {"central", ""}};
    return units.at(stage);
}

// The unit at, above or below which an act is tried. Whether those above it will do is for the page to say: not told here.
inline std::string unit_asked(replica::Place place, const std::string& stage) {
    using enum replica::Place;
    const std::string unit = unit_of_stage(stage);
    switch (place) {
        case root: return "p";
        case within_named:
        case exactly_named:
        case slip:
        case exactly_stage:
        case exactly_council:
        case exactly_decision: return unit;
        case within_stream: return "a1";
        case exactly_entering: return stage == "central" ? "p" : "";
        case council: return unit == "a" || unit == "p" ? unit : "";
        case anyone:
        case server:
        case held: return "";
    }
    return "";
}

inline Setting setting_at(const AuthorisationProvince& province, replica::Place place, const std::string& stage) {
    Setting setting;
    setting.place = unit_asked(place, stage);
    setting.stage = stage;
    name_dossier(province, setting, province.item_at(stage.empty() ? "district" : stage));
    const auto of = [](const auto& ids, const std::string& unit) {
        const auto found = ids.find(unit);
        return found == ids.end() ? Uuid{} : found->second;
    };
    const std::string unit = unit_of_stage(stage);
    // What an act names besides its place lies elsewhere, so that nobody is let through by it.
    using enum replica::Place;
    const bool by_name = place == within_named || place == exactly_named || place == slip || place == within_stream;
    setting.unit = of(province.world.units, by_name ? setting.place : "a2");
    setting.decision = of(province.decisions, place == exactly_decision || place == held ? unit : "b");
    setting.council = of(province.councils, unit);
    setting.meeting = of(province.meetings, unit);
    setting.slip = province.slip;
    setting.account = province.clerk().account;
    setting.rules = province.rules;
    setting.members = {{setting.account, domain::Seat::chair},
                       {province.world.officers.at("officer_b1").account, domain::Seat::member}};
    return setting;
}

// ---- the words ---------------------------------------------------------------------------------------------------------

using Turn = std::function<void(AuthorisationProvince&, Setting&)>;

struct PlaceWords {
    std::string words;
    replica::Place place{};
    Turn turn;  // what is particular about this row
};

inline void hold(AuthorisationProvince& province, Setting& setting, const StreamId& stream, const std::string& kind) {
    domain::Action action{sample_header(), sample_of(kind).value()};
    fit(action.body, setting);
    action.header.stream = stream;
    const ActionId id = action_id(domain::encode(action));
    province.state.streams[stream].held[id] = {action, province.state.size - 1, domain::Reason::mandate_uncertain};
    setting.held_in = stream;
    setting.held.push_back(id);
}

// An act of this kind and stage, held in a product's stream: whose it is to settle.
inline Turn held_act(const std::string& kind, const std::string& stage, const std::string& place) {
    return [=](AuthorisationProvince& province, Setting& setting) {
        setting = setting_at(province, replica::Place::held, stage);
        hold(province, setting, setting.product, kind);
        setting.place = place;
    };
}

// The same where the stream of commune a1 holds no product.
inline Turn held_without_product(const std::string& kind, const std::string& place) {
    return [=](AuthorisationProvince& province, Setting& setting) {
        const StreamId stream = province.world.new_id();
        province.state.streams[stream].scope = province.world.units.at("a1");
        setting.unit = province.world.units.at("a1");
        hold(province, setting, stream, kind);
        setting.place = place;
    };
}

inline Turn held_elsewhere(const std::function<StreamId(AuthorisationProvince&)>& stream) {
    return [=](AuthorisationProvince& province, Setting& setting) {
        hold(province, setting, stream(province), "mandateEnded");
        setting.place = "p";
    };
}

// A slip for a desk of district a and this account.
inline Turn slip_for(const std::function<AccountId(AuthorisationProvince&)>& account, const std::string& place) {
    return [=](AuthorisationProvince& province, Setting& setting) {
        setting.account = account(province);
        setting.place = place;
    };
}
inline Turn slip_for_lent(const std::string& mandate, const std::string& place) {
    return slip_for([=](AuthorisationProvince& province) { return province.lent.at(mandate); }, place);
}

inline std::vector<PlaceWords> slip_words() {
    using enum replica::Place;
    const auto of_province = [](AuthorisationProvince& p) { return p.posts.at({domain::Role::auditor, "p"}); };
    const auto founder = [](AuthorisationProvince& p) { return p.world.officers.at("founder_0").account; };
    // An adviser of commune a1 who sits in the province's council.
    const auto seated = [](AuthorisationProvince& p) {
        const AccountId account = p.posts.at({domain::Role::adviser, "a1"});
        p.state.registry.councils.at(p.world.councils.at("p")).members.push_back({account, domain::Seat::member, {}});
        return account;
    };
    const auto desk_of_province = [](AuthorisationProvince& province, Setting& setting) {
        setting.unit = province.world.units.at("p");
        setting.place = "p";
    };
    return {
        {"the slip's unit", slip, {}},
        {"the slip's unit: a mandate below", slip, slip_for_lent("a1", "a")},
        {"the slip's unit: a mandate above that ended", slip, slip_for_lent("ended", "a")},
        {"the province: the desk is its own", slip, desk_of_province},
        {"the province: the account is its own", slip, slip_for(of_province, "p")},
        {"the province: the account has a mandate there", slip, slip_for_lent("p", "p")},
        {"the province: the account has a mandate beside", slip, slip_for_lent("b", "p")},
        {"the province: the account has a seat in its council", slip, slip_for(seated, "p")},
        {"the province: the account is a founder's", slip, slip_for(founder, "p")},
    };
}

inline std::vector<PlaceWords> held_words() {
    using enum replica::Place;
    const auto both = [](AuthorisationProvince& province, Setting& setting) {
        hold(province, setting, setting.product, "submitted");
        hold(province, setting, setting.product, "received");
        setting.place = "a";
    };
    const auto adoption = [](AuthorisationProvince& province, Setting& setting) {
        hold(province, setting, setting.product, "received");
        hold(province, setting, setting.product, "adopted");
        setting.held.erase(setting.held.begin());
        setting.place = "a";
    };
    const auto from_elsewhere = [](AuthorisationProvince& province, Setting& setting) {
        setting.decision = province.decisions.at("b");
        hold(province, setting, setting.product, "certificateRevoked");
        setting.place = "p";
    };
    const auto desk = [](AuthorisationProvince& province) { return province.world.desks[province.clerk().desk].id; };
    return {
        {"held: a filing in the stream's unit", held, held_act("submitted", "district", "a1")},
        {"held: the opening of the stream", held, held_without_product("productRegistered", "a1")},
        {"held: an act of the district's stage", held, held_act("received", "district", "a")},
        {"held: an act of the province's stage", held, held_act("received", "province", "p")},
        {"held: an act of a stage without a desk", held, held_act("received", "central", "p")},
        {"held: a result that the province enters", held, held_act("resultEntered", "central", "p")},
        {"held: an act of the district's council", held, held_act("paperTallied", "district", "a")},
        {"held: an act of an unknown council", held, held_act("paperTallied", "commune", "p")},
        {"held: a revocation by the district's decision", held, held_act("certificateRevoked", "district", "a")},
        {"held: a revocation by a decision from elsewhere", held, from_elsewhere},
        {"held: an act of a stage, the product gone", held, held_without_product("received", "p")},
        {"held: a filing and an act of the district's stage", held, both},
        {"held: an adoption of an act of the district's stage", held, adoption},
        {"held: in the registry", held, held_elsewhere([](AuthorisationProvince&) { return registry_stream; })},
        {"held: in a desk's stream", held, held_elsewhere(desk)},
    };
}

// Every text that the column may hold.
inline std::vector<PlaceWords> place_words() {
    using enum replica::Place;
    const auto not_above = [](AuthorisationProvince& province, Setting& setting) {
        setting.decision = province.decisions.at("b");
        setting.place = "";
    };
    std::vector<PlaceWords> all = {
        {"the root unit", root, {}},
        {"the unit named", exactly_named, {}},
        {"the stream's unit", within_stream, {}},
        {"the stage's unit", exactly_stage, {}},
        {"the unit that enters the result", exactly_entering, {}},
        {"the decision's unit", exactly_decision, {}},
        {"a decision's unit that the product does not lie in", exactly_decision, not_above},
        {"the council", council, {}},
        {"the council's unit", exactly_council, {}},
        {"the server", server, {}},
        {"a key", anyone, {}},
    };
    for (const auto& more : {slip_words(), held_words()}) all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace hoso::tests
