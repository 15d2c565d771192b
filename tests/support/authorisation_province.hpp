#pragma once

#include "tests/scenario/acts.hpp"
#include "tests/support/authorisation_page.hpp"
#include "tests/support/world.hpp"

// A province for docs/authorisation.md. For every role and unit somebody holds that one mandate and nothing else, for every seat of
// a council somebody holds that one seat; products of commune a1 stand at every step of their way to the ministry.
namespace hoso::tests {

inline constexpr std::array<const char*, 6> role_names = {"administrator", "officer", "adviser", "secretary", "signer", "auditor"};
inline constexpr std::array<const char*, 4> seat_names = {"chair", "secretary", "member", "support"};
inline constexpr const char* certificate_of_2019 = "12/2019/GCN-OCOP";  // that of tests/support/sample_actions.hpp

// The units of the world and a hamlet h below commune a1, by the unit each lies in.
inline const std::map<std::string, std::string>& units_above() {
    static const std::map<std::string, std::string> above = {{"p", ""},   {"a", "p"},  {"b", "p"}, {"a1", "a"},
                                                             {"a2", "a"}, {"b1", "b"}, {"h", "a1"}};
    return above;
}

inline bool lies_in(const std::string& inner, const std::string& outer) {
    const std::string& above = units_above().at(inner);
    return above == outer || (!above.empty() && lies_in(above, outer));
}

// Everybody is beside a place that does not exist.
inline Relation relation(const std::string& place, const std::string& unit) {
    if (place == unit) return Relation::same;
    if (place.empty()) return Relation::beside;
    if (lies_in(place, unit)) return Relation::above;
    return lies_in(unit, place) ? Relation::below : Relation::beside;
}

class AuthorisationProvince {
public:
    explicit AuthorisationProvince(const std::string& rules_json) : rules(world.publish(rules_json)) {
        world.units["h"] = world.new_id();
        world.effective("founder_0", registry_stream,
                        domain::UnitCreated{world.units.at("h"), world.units.at("a1"), "hamlet", "hamlet", "h", "h", {}});
        fill_posts();
        lend();
        play_products();
        for (const std::string unit : {"a", "b", "p"}) seat_council(unit);
        for (const std::string unit : {"a", "b", "p", "a1"}) sign_revocation(unit);
        state = world.replica.state();
    }

    World world;
    Hash rules;
    std::map<std::pair<domain::Role, std::string>, AccountId> posts;  // by role and unit
    std::map<std::pair<domain::Seat, std::string>, AccountId> seats;  // by seat and the council's unit
    std::map<std::string, AccountId> lent;                            // accounts of district a, by where their one mandate lies
    std::map<std::string, Uuid> councils, meetings, decisions;        // by unit
    std::vector<Item> items;                                          // each a step further than the one before
    Uuid slip;                                                        // of the clerk, who has an own desk, no mandate and no seat
    std::shared_ptr<const SigningKey> slip_key = world.new_key();
    replica::State state;  // of the log, with what tests hold in it

    const domain::RuleSet& ladder() const { return *world.registry().rules(rules); }
    const Officer& clerk() const { return world.officers.at("clerk"); }
    const domain::Dossier& dossier(const Item& item) const { return *state.product(item.product)->dossier(item.dossier); }
    const Item& item_at(const std::string& stage) const {
        const auto found = std::find_if(items.begin(), items.end(),
                                        [&](const Item& item) { return ladder().stages[dossier(item).stage].key == stage; });
        CHECK(found != items.end());
        return *found;
    }

private:
    AccountId open_account(const std::string& unit) {
        const AccountId account = world.new_id();
        world.effective("founder_0", registry_stream, domain::AccountCreated{account, "for tests", {}, world.units.at(unit)});
        return account;
    }
    Uuid grant(const AccountId& account, domain::Role role, const std::string& unit) {
        const Uuid mandate = world.new_id();
        world.effective("founder_0", registry_stream,
                        domain::MandateGranted{mandate, account, role, world.units.at(unit), world.today(), {}, ""});
        return mandate;
    }

    // Their accounts are all the province's: what counts is where the mandate lies.
    void fill_posts() {
        for (std::size_t role = 0; role < role_names.size(); ++role) {
            for (const auto& [unit, above] : units_above()) {
                const AccountId account = open_account("p");
                grant(account, static_cast<domain::Role>(role), unit);
                posts[{static_cast<domain::Role>(role), unit}] = account;
            }
        }
    }

    void lend() {
        world.hire("clerk", world.units.at("a"));
        slip = world.issue_slip(clerk().account, world.units.at("a"), *slip_key);
        for (const std::string unit : {"a1", "p", "b"}) grant(lent[unit] = open_account("a"), domain::Role::officer, unit);
        const Uuid ended = grant(lent["ended"] = open_account("a"), domain::Role::officer, "p");
        world.effective("founder_0", registry_stream, domain::MandateEnded{ended, ""});
    }

    void play(Item& item, const std::string& text) {
        const Line line = read_line(text, 0);
        const std::map<std::string, Item> nothing_listed;
        Scene scene{world, world.replica, line.who, rules, item, line.words, nothing_listed};
        const auto acts = acts_of(scene);
        CHECK(!acts.empty());
        for (const Act& act : acts) world.effective(line.who, act.stream, act.body);
    }

    void play_products() {
        std::vector<std::string> way = {
            "officer_a1: register tea as tea",
            "secretary_a: record 4 stars, certificate " + std::string(certificate_of_2019) + " issued 2019-11-01 of tea",
            "officer_a1: open first dossier of tea",
            "officer_a1: assess tea for 95 points",
            "officer_a1: give opinion on tea",
            "officer_a1: attach everything to tea",
            "officer_a1: submit tea"};
        const std::size_t opened = 3;
        for (const std::string unit : {"a", "p"}) {
            way.push_back("secretary_" + unit + ": receive tea");
            way.push_back("adviser_" + unit + ": report on tea");
            way.push_back("secretary_" + unit + ": type minutes 05/BB with 95 points of tea");
            way.push_back("secretary_" + unit + ": forward tea");
        }
        for (std::size_t steps = opened; steps <= way.size(); ++steps) {
            items.emplace_back();
            for (std::size_t i = 0; i < steps; ++i) play(items.back(), way[i]);
        }
        items.emplace_back();  // and one that came back from the district
        for (std::size_t i = 0; way[i] != "adviser_a: report on tea"; ++i) play(items.back(), way[i]);
        play(items.back(), "secretary_a: return tea for registration_form");
    }

    void seat_council(const std::string& unit) {
        domain::CouncilEstablished council{
            world.new_id(), world.units.at(unit), unit == "p" ? "province" : "district", "1/QĐ", world.today(), {}, 2, 1'000};
        const std::string chair = "seated_" + unit;
        world.hire(chair, world.units.at(unit));
        for (std::size_t i = 0; i < seat_names.size(); ++i) {
            const auto seat = static_cast<domain::Seat>(i);
            const AccountId account = seat == domain::Seat::chair ? world.officers.at(chair).account : open_account("p");
            council.members.push_back({account, seat});
            seats[{seat, unit}] = account;
        }
        world.effective("signer_" + unit, registry_stream, council);
        councils[unit] = council.council;
        domain::MeetingOpened meeting{world.new_id(), council.council, world.today(), box_public_key(world.new_box_key()), {}, {}};
        for (const Item& item : items) meeting.dossiers.push_back({item.product, item.dossier});
        world.effective(chair, registry_stream, meeting);
        meetings[unit] = meeting.meeting;
    }

    // Of every product's certificate; also by a commune, which has no number to sign with unless somebody gives it one.
    void sign_revocation(const std::string& unit) {
        const std::string signer = "signer_" + unit;
        const std::string block = "decision_" + unit;
        if (!world.officers.contains(signer)) {
            world.appoint(signer, domain::Role::signer, unit);
            world.numbers[block] = {world.new_id(), 1};
            world.effective(
                "founder_0", registry_stream,
                domain::NumberBlockGranted{world.numbers.at(block).block, world.desks[world.officers.at(signer).desk].id,
                                           domain::NumberKind::decision, "{}/2023/" + block, 1, 9});
        }
        const std::string stage = unit == "p" ? "province" : unit == "a1" ? "commune" : "district";
        domain::Number& number = world.numbers.at(block);
        domain::DecisionSigned decision{world.new_id(),
                                        domain::DecisionKind::revocation,
                                        world.units.at(unit),
                                        stage,
                                        {number.block, number.value++},
                                        world.today(),
                                        {},
                                        {}};
        for (const Item& item : items) decision.lines.push_back({item.product, {}, 0, {}, certificate_of_2019});
        world.effective(signer, registry_stream, decision);
        decisions[unit] = decision.decision;
    }
};

}  // namespace hoso::tests
