#pragma once

#include "shared/replica/judge.hpp"
#include "tests/support/authorisation_places.hpp"

// Makes the act of a row of docs/authorisation.md, finds everybody whom a column speaks of, and asks the judge.
namespace hoso::tests {

inline std::string lower(std::string text) {
    for (char& letter : text) letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    return text;
}

// Somebody who asks, and the cell that says whether they may.
struct Asker {
    std::string cell;  // "secretary / above"
    std::optional<Relation> relation;
    AccountId actor;
    DeviceId device;
    std::shared_ptr<const SigningKey> key;  // where no mandate is asked for
};

// The act of a row, as it stands in the province.
struct Asked {
    domain::Body body;
    StreamId stream;
    replica::Place place{};
    Setting setting;
    bool by_key() const { return place == replica::Place::anyone || place == replica::Place::server; }
};

class AuthorisationBench {
public:
    explicit AuthorisationBench(const std::string& ladder_json) : province(ladder_json) {
        for (const PlaceWords& words : place_words()) places_[words.words] = words;
    }

    AuthorisationProvince province;

    // Nothing where the row names a kind or a place that does not exist.
    std::optional<Asked> act_of(const PageRow& row) {
        const auto sample = sample_of(row.at("Kind"));
        const auto words = places_.find(row.at("Place"));
        if (!sample || words == places_.end()) return std::nullopt;
        Asked asked{*sample, {}, words->second.place, setting_at(province, words->second.place, row.stage())};
        if (words->second.turn) words->second.turn(province, asked.setting);
        fit(asked.body, asked.setting);
        asked.stream = stream_of(asked);
        return asked;
    }
    // The same act on another dossier.
    void move_to(const Item& item, Asked& asked) const {
        name_dossier(province, asked.setting, item);
        fit(asked.body, asked.setting);
        asked.stream = stream_of(asked);
    }

    // Nobody for a column that does not exist.
    std::vector<Asker> askers(const std::string& column, const Asked& asked) const {
        std::vector<Asker> all = with_mandates(column, asked.setting.place);
        for (const auto& more : {with_seats(column, asked.setting.place), with_neither(column, asked.place)}) {
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    }

    // "allowed", or the reason why not.
    std::string answer(Asked asked, const Asker& asker) const {
        const domain::Header header = header_of(asked, asker.actor, asker.device);
        if (asked.by_key()) sign(asked.body, header, *asker.key);
        const ActionId id = action_id(domain::encode(domain::Action{header, asked.body}));
        const auto occasion = occasion_of(header, id);
        if (asked.by_key()) {
            const Signature made = asker.key->sign(log::act_statement(id));
            const log::DetachedSignature detached{log::officer_signature, {made.bytes.begin(), made.bytes.end()}};
            if (const auto forged = replica::forgery(province.state, occasion, asked.body, {&detached, 1})) {
                return name(forged->reason);
            }
            if (refused(asked, occasion) == domain::Reason::unknown_account) return name(domain::Reason::unknown_account);
        }
        const auto verdict =
            replica::authority(province.state, replica::site_of(province.state, asked.stream), occasion, asked.body);
        return verdict.outcome == domain::Outcome::effective ? "allowed" : name(verdict.reason);
    }

    // Why an act is refused whoever asks; none if it is not.
    domain::Reason refusal(const Asked& asked) const {
        const domain::Header header = header_of(asked, province.clerk().account, desk("clerk"));
        const ActionId id;
        return refused(asked, occasion_of(header, id));
    }

private:
    domain::Header header_of(const Asked& asked, const AccountId& actor, const DeviceId& device) const {
        domain::Header header;
        header.log = province.state.log;
        header.device = device;
        header.actor = actor;
        header.stream = asked.stream;
        header.seen_size = province.state.size;
        return header;
    }
    domain::Occasion occasion_of(const domain::Header& header, const ActionId& id) const {
        return {header, id, province.state.size, province.world.now, province.world.now};
    }
    domain::Reason refused(const Asked& asked, const domain::Occasion& occasion) const {
        const auto site = replica::site_of(province.state, asked.stream);
        const auto refusal = replica::refusal(province.state, site, occasion, asked.body);
        return refusal ? refusal->reason : domain::Reason::none;
    }
    const DeviceId& desk(const std::string& officer) const {
        return province.world.desks[province.world.officers.at(officer).desk].id;
    }

    StreamId stream_of(const Asked& asked) const {
        switch (replica::kind_of(asked.body).home) {
            case replica::Home::registry: return registry_stream;
            case replica::Home::device: return desk("clerk");
            case replica::Home::opens_subject:
            case replica::Home::opens_product: return sample_id(99);
            case replica::Home::product: return asked.setting.product;
            case replica::Home::held: return asked.setting.held_in;
        }
        return {};
    }

    Asker one(const std::string& cell, const AccountId& account, std::optional<Relation> relation = {}) const {
        return {cell, relation, account, desk("clerk"), province.clerk().key};
    }

    std::vector<Asker> with_mandates(const std::string& column, const std::string& place) const {
        std::vector<Asker> all;
        for (const auto& [post, account] : province.posts) {
            const std::string role = role_names[static_cast<std::size_t>(post.first)];
            if (column != "No seat" && lower(column) != role) continue;
            const Relation lies = relation(place, post.second);
            const std::string cell = column == "No seat" ? "no seat (" + role + ")" : role;
            all.push_back(one(cell + " / " + relation_names[static_cast<std::size_t>(lies)], account, lies));
        }
        return all;
    }

    std::vector<Asker> with_seats(const std::string& column, const std::string& place) const {
        using domain::Seat;
        const std::map<std::string, Seat> columns = {
            {"Chair", Seat::chair}, {"Council secretary", Seat::secretary}, {"Member", Seat::member}, {"Support", Seat::support}};
        std::vector<Asker> all;
        const auto asked = columns.find(column);
        for (const auto& [seat, account] : province.seats) {
            if (asked == columns.end() || seat.first != asked->second) continue;
            const Relation lies = relation(place, seat.second);
            all.push_back(one(lower(column) + " / " + relation_names[static_cast<std::size_t>(lies)], account, lies));
        }
        return all;
    }

    std::vector<Asker> with_neither(const std::string& column, replica::Place place) const {
        const World& world = province.world;
        const AccountId& clerk = province.clerk().account;
        const std::string cell = lower(column);
        std::vector<Asker> all;
        for (const std::string founder : {"founder_0", "founder_1", "founder_2"}) {
            const Officer& officer = world.officers.at(founder);
            if (column == "Founder") all.push_back({cell, {}, officer.account, desk(founder), officer.key});
            if (column == "Anybody else") {  // with a key of their own, in the clerk's name, at either desk
                all.push_back({cell, {}, clerk, desk(founder), officer.key});
                all.push_back({cell, {}, clerk, desk("clerk"), officer.key});
            }
        }
        if (column == "Server's device") all.push_back({cell, {}, clerk, world.desks[0].id, world.desks[0].key});
        if (column == "Holder of the slip") all.push_back({cell, {}, clerk, sample_id(98), province.slip_key});
        if (column == "The account itself" || column == "No mandate") all.push_back(one(cell, clerk));
        if (column == "No mandate" && place != replica::Place::council) {
            for (const auto& [seat, account] : province.seats) all.push_back(one(cell, account));
        }
        return all;
    }

    // As whoever has this key would.
    static void sign(domain::Body& body, const domain::Header& header, const SigningKey& key) {
        std::visit(
            [&](auto& action) {
                if constexpr (requires { action.officer_key = key.public_key(); }) action.officer_key = key.public_key();
                if constexpr (requires { action.slip_signature = Signature{}; }) {
                    PublicKey device_key;
                    if constexpr (requires { action.device_key; }) device_key = action.device_key;
                    action.slip_signature = key.sign(log::slip_statement(header.log, action.slip, header.device, device_key,
                                                                         action.account, action.officer_key));
                }
            },
            body);
    }

    std::map<std::string, PlaceWords> places_;
};

}  // namespace hoso::tests
