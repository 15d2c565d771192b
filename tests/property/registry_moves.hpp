#pragma once

#include "tests/property/twist.hpp"

namespace hoso::tests {

// What administrators, councils and the server add to the registry while dossiers go their way, right and wrong.
class RegistryMoves {
public:
    RegistryMoves(Random& random, World& world) : random_(random), world_(world), twist_(random, world) {}

    Step next() {
        Step step = right();
        if (random_.chance(35)) twist_.body(step.body);
        if (random_.chance(10)) step.officer = random_.pick(world_.officers).first;
        return step;
    }

private:
    static Step by_founder(domain::Body body) { return {"founder_2", registry_stream, std::move(body)}; }
    Date day(int from_today) const { return world_.today() + std::chrono::days{from_today}; }
    int some_days() { return static_cast<int>(random_.below(12)) - 6; }

    Step right() {
        switch (random_.below(18)) {
            case 0: return by_founder(unit());
            case 1: return by_founder(closing());
            case 2: return by_founder(domain::AccountCreated{world_.new_id(), "Cán bộ", {}, random_.pick(world_.units).second});
            case 3:
            case 4: return mandate();
            case 5: return ending();
            case 6: return by_founder(rules());
            case 7: return by_founder(domain::RoundOpened{world_.new_id(), "Đợt 2", 2023, day(100), "none"});
            case 8: return council();
            case 9: return by_founder(block());
            case 10: return by_founder(domain::JudgeUpgraded{2});
            case 11:
            case 15: return slip_use();
            case 12: return odd();
            case 13: return by_founder(slip());
            case 14: return session();
            default: return newcomer();
        }
    }

    domain::Body unit() {
        return domain::UnitCreated{world_.new_id(), random_.pick(world_.units).second, "commune", "commune", "1", "Xã mới", {}};
    }
    // Of the communes in play only one is ever closed, and others take it over.
    domain::Body closing() {
        const auto& units = world_.registry().units;
        UnitId id = std::next(units.begin(), static_cast<std::ptrdiff_t>(random_.below(units.size())))->first;
        for (const auto& [called, used] : world_.units) {
            if (id == used) id = world_.units.at("a2");
        }
        return domain::UnitClosed{id, day(some_days()), {{world_.units.at("a1"), random_.chance(50)}}};
    }
    // For somebody with no other mandate, valid around these days; acts follow from `newcomer`.
    Step mandate() {
        const domain::MandateGranted granted{world_.new_id(),
                                             world_.officers.at("newcomer").account,
                                             domain::Role::officer,
                                             world_.units.at("a1"),
                                             day(random_.chance(50) ? 0 : some_days()),
                                             random_.chance(50) ? day(some_days()) : Date{},
                                             ""};
        return by_founder(granted);
    }
    Step ending() {
        const auto& mandates = world_.registry().mandates_of;
        const auto found = mandates.find(world_.officers.at("newcomer").account);
        const Uuid id = found == mandates.end() ? world_.new_id() : found->second[random_.below(found->second.size())];
        return by_founder(domain::MandateEnded{id, "Chuyển công tác"});
    }
    Step newcomer() {
        const StreamId fresh = world_.new_id();
        return {"newcomer", fresh, domain::ProductRegistered{world_.units.at("a1"), {}, "Trà", "tea", "1"}};
    }
    domain::Body rules() {
        static const std::string json = world_rules_json("practice-cloth", "cloth");
        static const Hash hash = domain::parse_rules(json)->hash;
        static const Bytes packed = domain::pack_rules(json);
        domain::RuleSetPublished published{"practice-cloth", hash, packed};
        if (random_.chance(20)) published.json.pop_back();
        return published;
    }
    Step council() {
        domain::CouncilEstablished made{world_.new_id(), world_.units.at("b"), "district", "2/QĐ", day(0), {}, 1, 500};
        made.members = {{world_.officers.at("member_b").account, domain::Seat::chair}};
        return {"signer_b", registry_stream, made};
    }
    domain::Body block() {
        const DeviceId& device = world_.desks[world_.officers.at("signer_a").desk].id;
        const auto first = static_cast<std::uint32_t>(random_.below(1'000));
        return domain::NumberBlockGranted{world_.new_id(), device, domain::NumberKind::certificate, "{}/more", first, first + 20};
    }
    domain::Body slip() {
        const AccountId& account = random_.pick(world_.officers).second.account;
        return domain::SlipIssued{world_.new_id(), world_.new_key()->public_key(), account, world_.units.at("b"), world_.now};
    }
    // For the desk it is made at, or with another's account.
    Step session() {
        const auto& [called, officer] = random_.pick(world_.officers);
        const AccountId& account = random_.chance(70) ? officer.account : random_.pick(world_.officers).second.account;
        const Desk& desk = world_.desks[officer.desk];
        const domain::SessionOpened opened{account, officer.key->public_key(), desk.next_seq, world_.now + 3'600'000'000};
        return {called, desk.id, opened};
    }
    // A slip for officer_a2 at a desk of a1, used there or elsewhere, in time or late, perhaps again.
    Step slip_use() {
        const AccountId& account = world_.officers.at("officer_a2").account;
        if (slip_.is_nil() || random_.chance(20)) {
            slip_key_ = world_.new_key();
            slip_ = world_.issue_slip(account, world_.units.at("a1"), *slip_key_);
            if (random_.chance(30)) world_.now += 2 * 86'400'000'000;
        }
        const std::string at = random_.chance(80) ? "officer_a1" : "officer_b1";
        const DeviceId& device = world_.desks[world_.officers.at(at).desk].id;
        const PublicKey key = world_.new_key()->public_key();
        if (random_.chance(25)) return {at, registry_stream, domain::DeviceEnrolled{slip_, key, account, key, {}}};
        const Bytes statement = log::slip_statement(world_.replica.state().log, slip_, device, PublicKey{}, account, key);
        return {at, registry_stream, domain::OfficerKeyAdded{slip_, account, key, slip_key_->sign(statement)}};
    }
    // Acts that belong to the server, and a second genesis.
    Step odd() {
        const domain::SlipMisused misused{slip_, {}, "slip_used"};
        if (random_.chance(50)) world_.log_by_server(world_.desks[0].id, misused);
        if (random_.chance(50)) return {"founder_0", world_.desks[world_.officers.at("founder_0").desk].id, misused};
        return by_founder(world_.registry().genesis);
    }

    Random& random_;
    World& world_;
    Twist twist_;
    Uuid slip_;
    std::shared_ptr<const SigningKey> slip_key_;
};

}  // namespace hoso::tests
