#include "tests/support/world.hpp"

namespace hoso::tests {

World::World(std::uint32_t judge_version_known, const char* first_day)
    : replica(judge_version_known), now(start_of_day(*date_from_text(first_day)) + 8 * 3'600'000'000) {
    found();
    settle();
}

World::World(const domain::Founder& away, const char* first_day)
    : now(start_of_day(*date_from_text(first_day)) + 8 * 3'600'000'000) {
    found(&away);
}

domain::Action World::propose(const Officer& officer, const StreamId& stream, const domain::Body& body, const How& how,
                              std::uint64_t ahead) const {
    domain::Action action{header(how.desk.value_or(officer.desk), stream, how, ahead), body};
    action.header.actor = officer.account;
    action.header.session = how.session.value_or(officer.session);
    action.header.files = how.files;
    return action;
}

log::SignedAction World::make(const Officer& officer, const StreamId& stream, const domain::Body& body, const How& how,
                              std::uint64_t ahead) const {
    const domain::Action action = propose(officer, stream, body, how, ahead);
    const bool signs = how.sign && replica::kind_of(body).official;
    return signs ? sign(action, *officer.key) : log::SignedAction{domain::encode(action), {}};
}

log::Push World::seal(std::size_t desk, std::vector<log::SignedAction> actions) const {
    const Desk& from = desks[desk];
    std::vector<ActionId> ids;
    for (const auto& action : actions) ids.push_back(action_id(action.action));
    const log::Seal made = log::make_seal(*from.key, replica.state().log, from.id, 0, from.next_seq, from.seal_hash, ids);
    return {from.id, 0, made, std::move(actions)};
}

Result<std::vector<log::Event>> World::admit(std::size_t desk, const log::Push& push) {
    now += 1'000'000;
    auto admitted = replica.admit(log::Push{push}, now, 0, past_at());
    if (!admitted) return admitted;
    desks[desk].next_seq = push.seal.last_seq + 1;
    desks[desk].seal_hash = log::seal_hash(replica.state().log, push.device, push.epoch, push.seal);
    events.insert(events.end(), admitted->begin(), admitted->end());
    return admitted;
}

std::uint64_t World::seen_by(const Officer& officer) const {
    const auto chain = replica.state().chains.find(desks[officer.desk].id);
    return chain == replica.state().chains.end() ? 0 : chain->second.seen_size;
}

Hash World::root(Position size) const {
    if (size == 0 || size > events.size()) return size == 0 ? log::empty_root() : Hash{};
    while (roots_.size() < size) {
        Bytes leaf;
        log::encode_leaf(events[roots_.size()], leaf);
        tree_.append(log::leaf_hash(leaf));
        roots_.push_back(tree_.root());
    }
    return roots_[size - 1];
}

replica::PastAt World::past_at() const {
    return [this](std::uint64_t size) -> Result<replica::Past> {
        if (size > events.size()) return Error{Errc::not_found, "no such size"};
        return replica::Past{events[size - 1].head.received, root(size)};
    };
}

log::Event World::log(const std::string& officer, const StreamId& stream, const domain::Body& body, const How& how) {
    const Officer& by = officers.at(officer);
    const std::size_t desk = how.desk.value_or(by.desk);
    auto admitted = admit(desk, seal(desk, {make(by, stream, body, how)}));
    CHECK(admitted.has_value());
    return admitted->front();
}

domain::Verdict World::act(const std::string& officer, const StreamId& stream, const domain::Body& body, const How& how) {
    return verdict(log(officer, stream, body, how));
}

ActionId World::effective(const std::string& officer, const StreamId& stream, const domain::Body& body, const How& how) {
    const log::Event event = log(officer, stream, body, how);
    const domain::Verdict said = verdict(event);
    if (said.outcome != domain::Outcome::effective) std::fprintf(stderr, "%s: %s\n", officer.c_str(), name(said.reason));
    CHECK(said.outcome == domain::Outcome::effective);
    return action_id(event.action);
}

domain::Verdict World::verdict(const log::Event& event) {
    return {static_cast<domain::Outcome>(event.head.outcome), static_cast<domain::Reason>(event.head.reason), event.head.against};
}

Officer& World::hire(const std::string& called, const UnitId& unit) {
    Officer officer{new_id(), desks.size(), new_key(), {}};
    effective("founder_0", registry_stream, domain::AccountCreated{officer.account, called, {}, unit});
    const auto slip_key = new_key();
    const Uuid slip = issue_slip(officer.account, unit, *slip_key);
    desks.push_back({new_id(), new_key(), 0, {}});
    const auto enrolled = enrol(officer.desk, slip, *slip_key, officer.account, officer.key->public_key());
    CHECK(enrolled.has_value());
    return sign_in(officers[called] = officer);
}

Uuid World::issue_slip(const AccountId& account, const UnitId& unit, const SigningKey& slip_key) {
    const Uuid slip = new_id();
    effective("founder_0", registry_stream, domain::SlipIssued{slip, slip_key.public_key(), account, unit, now + 86'400'000'000});
    return slip;
}

Result<std::vector<log::Event>> World::enrol(std::size_t desk, const Uuid& slip, const SigningKey& slip_key,
                                             const AccountId& account, const PublicKey& officer_key) {
    const Desk& from = desks[desk];
    const PublicKey& device_key = from.key->public_key();
    const Bytes statement = log::slip_statement(replica.state().log, slip, from.id, device_key, account, officer_key);
    domain::Action action{header(desk, registry_stream, {}, 0),
                          domain::DeviceEnrolled{slip, device_key, account, officer_key, slip_key.sign(statement)}};
    action.header.actor = account;
    return admit(desk, seal(desk, {{domain::encode(action), {}}}));
}

Officer& World::sign_in(Officer& officer, Instant valid_for) {
    const Desk& desk = desks[officer.desk];
    const domain::SessionOpened opened{officer.account, officer.key->public_key(), desk.next_seq, now + valid_for};
    const log::SignedAction made = make(officer, desk.id, opened);
    officer.session = action_id(made.action);
    const auto admitted = admit(officer.desk, seal(officer.desk, {made}));
    CHECK(admitted && verdict(admitted->front()).outcome == domain::Outcome::effective);
    return officer;
}

Uuid World::grant(const std::string& officer, domain::Role role, const UnitId& unit, Date from, Date to) {
    const Uuid mandate = new_id();
    const AccountId& account = officers.at(officer).account;
    effective("founder_0", registry_stream, domain::MandateGranted{mandate, account, role, unit, from, to, "for tests"});
    return mandate;
}

void World::appoint(const std::string& officer, domain::Role role, const std::string& unit) {
    hire(officer, units.at(unit));
    grant(officer, role, units.at(unit), std::min(today(), *date_from_text("2023-01-01")));
}

Hash World::publish(const std::string& json) {
    const auto parsed = domain::parse_rules(json);
    CHECK(parsed.has_value());
    effective("founder_0", registry_stream, domain::RuleSetPublished{parsed->id, parsed->hash, domain::pack_rules(json)});
    return parsed->hash;
}

log::Event World::log_by_server(const StreamId& stream, const domain::Body& body) {
    const domain::Action action{header(0, stream, {}, 0), body};
    auto admitted = admit(0, seal(0, {{domain::encode(action), {}}}));
    CHECK(admitted.has_value());
    return admitted->front();
}

domain::Header World::header(std::size_t desk, const StreamId& stream, const How& how, std::uint64_t ahead) const {
    domain::Header made;
    made.seq = desks[desk].next_seq + ahead;
    made.log = replica.state().log;
    made.device = desks[desk].id;
    made.stream = stream;
    made.seen_size = how.seen_size.value_or(replica.size());
    made.seen_root = root(made.seen_size);
    made.claimed_time = now;
    made.clock_quality = domain::ClockQuality::training;
    return made;
}

log::SignedAction World::sign(const domain::Action& action, const SigningKey& key) {
    log::SignedAction made{domain::encode(action), {}};
    const Signature signature = key.sign(log::act_statement(action_id(made.action)));
    made.signatures.push_back({log::officer_signature, {signature.bytes.begin(), signature.bytes.end()}});
    return made;
}

void World::found(const domain::Founder* away) {
    domain::Genesis genesis{"hoso.example/practice", "Tỉnh thực hành", {}, new_id(), {}, {}, 1, true};
    desks.push_back({genesis.server_device, new_key(), 0, {}});
    genesis.log_key = desks[0].key->public_key();
    if (away) genesis.founders.push_back(*away);
    for (int i = away ? 1 : 0; i < 3; ++i) {
        const std::string called = "founder_" + std::to_string(i);
        officers[called] = {new_id(), desks.size(), new_key(), {}};
        desks.push_back({new_id(), new_key(), 0, {}});
        genesis.founders.push_back({officers[called].account, called, officers[called].key->public_key(), desks.back().id,
                                    desks.back().key->public_key()});
    }
    const Bytes bytes = domain::encode(domain::Action{header(0, registry_stream, {}, 0), genesis});
    const ActionId id = action_id(bytes);
    const LogId log_id{id.bytes};
    const log::Seal made = log::make_seal(*desks[0].key, log_id, desks[0].id, 0, 0, {}, {&id, 1});
    const auto event = replica::Replica::make_genesis({desks[0].id, 0, made, {{bytes, {}}}}, now);
    CHECK(event && replica.fold(*event, replica::Replica::Check::everything));
    desks[0].next_seq = 1;
    desks[0].seal_hash = log::seal_hash(log_id, desks[0].id, 0, made);
    events.push_back(*event);
    for (int i = away ? 1 : 0; i < 3; ++i) sign_in(officers.at("founder_" + std::to_string(i)));
}

void World::add_unit(const std::string& called, const std::string& parent, const std::string& level) {
    units[called] = new_id();
    effective("founder_0", registry_stream,
              domain::UnitCreated{units[called], parent.empty() ? UnitId{} : units.at(parent), level, level, called, called, {}});
}

void World::settle() {
    using domain::Role;
    add_unit("p", "", "province");
    for (const std::string district : {"a", "b"}) add_unit(district, "p", "district");
    for (const std::string commune : {"a1", "a2", "b1"}) add_unit(commune, commune.substr(0, 1), "commune");
    rules = publish(world_rules_json());
    round = new_id();
    effective("founder_0", registry_stream, domain::RoundOpened{round, "Đợt 1", 2023, *date_from_text("2023-12-15"), "none"});
    for (const std::string commune : {"a1", "a2", "b1"}) appoint("officer_" + commune, Role::officer, commune);
    for (const std::string unit : {"a", "b", "p"}) {
        appoint("adviser_" + unit, Role::adviser, unit);
        appoint("secretary_" + unit, Role::secretary, unit);
        appoint("signer_" + unit, Role::signer, unit);
        hire("chair_" + unit, units.at(unit));
        hire("member_" + unit, units.at(unit));
        establish(unit);
        number("decision_" + unit, domain::NumberKind::decision, unit);
        number("certificate_" + unit, domain::NumberKind::certificate, unit);
    }
}

void World::establish(const std::string& unit) {
    using domain::Seat;
    councils[unit] = new_id();
    const std::string stage = unit == "p" ? "province" : "district";
    const auto seat = [&](const std::string& officer, Seat taken) {
        return domain::CouncilMember{officers.at(officer + "_" + unit).account, taken};
    };
    effective(
        "signer_" + unit, registry_stream,
        domain::CouncilEstablished{councils[unit],
                                   units.at(unit),
                                   stage,
                                   "1/QĐ",
                                   today(),
                                   {seat("chair", Seat::chair), seat("secretary", Seat::secretary), seat("member", Seat::member)},
                                   2,
                                   2000});
}

void World::number(const std::string& called, domain::NumberKind kind, const std::string& unit) {
    numbers[called] = {new_id(), 1};
    const DeviceId& device = desks[officers.at("signer_" + unit).desk].id;
    effective("founder_0", registry_stream,
              domain::NumberBlockGranted{numbers[called].block, device, kind, "{}/2023/" + called, 1, 9999});
}

}  // namespace hoso::tests
