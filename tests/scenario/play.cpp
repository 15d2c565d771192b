#include "tests/scenario/play.hpp"

namespace hoso::tests {

using namespace domain;

namespace {

constexpr Instant days = 86'400'000'000;

const std::map<std::string, std::string> officers = {
    {"commune-1", "officer_a1"},     {"commune-2", "officer_a2"},       {"commune-3", "officer_b1"},
    {"district", "secretary_a"},     {"district-signer", "signer_a"},   {"district-adviser", "adviser_a"},
    {"district-chair", "chair_a"},   {"district-member", "member_a"},   {"province", "secretary_p"},
    {"province-signer", "signer_p"}, {"province-adviser", "adviser_p"}, {"province-chair", "chair_p"},
    {"province-member", "member_p"}, {"other-district", "secretary_b"},
};
const std::map<std::string, std::string> units = {{"commune-1", "a1"}, {"commune-2", "a2"},     {"commune-3", "b1"},
                                                  {"district", "a"},   {"other-district", "b"}, {"province", "p"}};

std::string said(const log::Event& event) {
    const Verdict verdict = World::verdict(event);
    const std::string outcome = name(verdict.outcome);
    return verdict.outcome == Outcome::effective ? outcome : outcome + " " + name(verdict.reason);
}

}  // namespace

Play::Play(const std::string& rules_json, const char* first_day)
    : world_(replica::judge_version_max, first_day), cast_(officers), units_(units) {
    rules_ = world_.publish(rules_json);
}

std::string Play::play(const Line& line) {
    if (line.who == "administrator") return administer(line);
    if (!line.who.empty()) return act(line);
    if (line.words.front() == "today") return turn_calendar(line.words.at(1)), std::string{};
    if (has(line.words, "offline")) return go_offline(line.words.front()), std::string{};
    if (has(line.words, "back")) return come_back(line.words.front());
    if (has(line.words, "gets")) return staff(line.words);
    if (has(line.words, "publishes")) return publish(line.words.back());
    if (line.words.front() == "by") return statistic(line.words);
    return fact(line.words);
}

bool Play::replays_alike() const {
    replica::Replica auditor;
    for (const log::Event& event : world_.events) {
        if (!auditor.fold(event, replica::Replica::Check::everything)) return false;
    }
    return replica::state_hash(auditor.state()) == replica::state_hash(world_.replica.state());
}

// Sessions are shorter than a certificate: after a long time everybody signs in again.
void Play::turn_calendar(const std::string& date) {
    const Instant morning = start_of_day(*date_from_text(date)) + days / 3;
    CHECK(morning > world_.now);
    const bool long_ago = morning - world_.now > 300 * days;
    world_.now = morning;
    if (!long_ago) return;
    for (auto& [called, officer] : world_.officers) world_.sign_in(officer);
}

void Play::go_offline(const std::string& who) {
    CHECK(cast_.contains(who));
    std::vector<StreamId> streams;
    for (const auto& [called, item] : items_) streams.push_back(item.product);
    away_[who] = {world_.replica.fork(streams), world_.replica.size(), {}};
}

// Everything goes up as one push, under one seal.
std::string Play::come_back(const std::string& who) {
    auto node = away_.extract(who);
    CHECK(!node.empty());
    const std::size_t desk = world_.officers.at(cast_.at(who)).desk;
    std::vector<log::SignedAction> actions;
    for (const auto& [action, line] : node.mapped().pending) actions.push_back(action);
    if (actions.empty()) return {};
    const auto events = world_.admit(desk, world_.seal(desk, std::move(actions)));
    if (!events) return "not admitted: " + events.error().detail;
    std::string faults;
    for (std::size_t i = 0; i < events->size(); ++i) faults += compare(node.mapped().pending[i].second, (*events)[i]);
    return faults;
}

std::string Play::act(const Line& line) {
    const auto officer = cast_.find(line.who);
    if (officer == cast_.end()) return "nobody is called " + line.who;
    if (line.words.front() == "register") items_[line.words.at(1)];
    const auto away = away_.find(line.who);
    const replica::Replica& seen = away == away_.end() ? world_.replica : away->second.seen;
    Item& item = item_named(line.words);
    const Product* product = seen.state().product(item.product);
    const bool opens = line.words.front() == "open" && !(product && product->open_dossier());
    if (opens || item.rules.is_nil()) item.rules = rules_;
    Scene scene{world_, seen, officer->second, item.rules, item, line.words, items_};
    const auto acts = acts_of(scene);
    if (acts.empty()) return "nobody knows how to " + line.words.front();
    std::string faults;
    for (const Act& each : acts) faults += record(line, officer->second, each);
    return faults;
}

std::string Play::record(const Line& line, const std::string& officer, const Act& act) {
    const auto away = away_.find(line.who);
    if (away == away_.end()) return compare(line, world_.log(officer, act.stream, act.body));
    Away& desk = away->second;
    How how;
    how.seen_size = desk.seen_size;
    const auto made = world_.make(world_.officers.at(officer), act.stream, act.body, how, desk.pending.size());
    desk.seen.fold_pending(*decode(made.action), action_id(made.action), world_.now);
    desk.pending.emplace_back(made, line);
    return {};
}

std::string Play::compare(const Line& line, const log::Event& event) const {
    std::string fault;
    if (said(event) != line.outcome) fault = said(event) + ", not " + line.outcome;
    if (!line.against.empty()) {
        const Position against = event.head.against;
        if (against >= world_.events.size()) return fault + " against nobody";
        const AccountId actor = decode(world_.events[against].action)->header.actor;
        if (actor != world_.officers.at(cast_.at(line.against)).account) fault += " against somebody else";
    }
    return fault.empty() ? fault : "line " + std::to_string(line.number) + " \"" + line.text + "\": " + fault + "\n";
}

Item& Play::item_named(const Words& words) {
    const auto word = std::find_if(words.begin(), words.end(), [&](const std::string& each) { return items_.contains(each); });
    CHECK(word != words.end());
    return items_.at(*word);
}

// "there are 23 expired certificates": all over the province, on this day.
std::string Play::certificates_counted(const Words& words) const {
    std::size_t found = 0;
    for (const auto& [called, item] : items_) {
        for (const Certificate& certificate : world_.replica.state().product(item.product)->certificates) {
            const bool expired = certificate.last_day < world_.today();
            const bool is = words.at(3) == "expired"     ? expired
                            : words.at(3) == "renewed"   ? expired && certificate.renews == true
                            : words.at(3) == "abandoned" ? expired && certificate.renews == false
                                                         : certificate.revoked;
            found += is ? 1 : 0;
        }
    }
    return std::to_string(found) == words.at(2) ? std::string{} : "found: " + std::to_string(found);
}

std::string Play::fact(const Words& words) {
    if (words.front() == "there" && words.size() == 5) return certificates_counted(words);
    if (!items_.contains(words.front()) || words.size() < 3) return "nobody understands this";
    if (const auto place = place_of(words)) return *place;
    const bool phase = words[1] == "is";
    if (!phase && words[1] != "holds") return "nobody understands this";
    const std::string found = phase ? phase_of(words) : certificate_of(words);
    std::string asked;
    for (std::size_t i = 2; i < words.size(); ++i) asked += (i > 2 ? " " : "") + words[i];
    return found == asked ? std::string{} : "found: " + found;
}

std::string Play::phase_of(const Words& words) const {
    const Item& item = items_.at(words.front());
    const Dossier* dossier = world_.replica.state().product(item.product)->dossier(item.dossier);
    if (!dossier) return "without a dossier";
    const std::string phase = name(dossier->phase);
    return has(words, "at") ? phase + " at " + world_.registry().rules(item.rules)->stages[dossier->stage].key : phase;
}

std::string Play::certificate_of(const Words& words) const {
    const auto& certificates = world_.replica.state().product(items_.at(words.front()).product)->certificates;
    if (certificates.empty()) return "nothing";
    const Certificate& newest = certificates.back();
    const std::string stars = std::to_string(newest.stars) + " stars";
    return newest.revoked ? stars + " revoked" : stars + " until " + to_text(newest.last_day);
}

}  // namespace hoso::tests
