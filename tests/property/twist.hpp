#pragma once

#include <functional>

#include "tests/support/prng.hpp"
#include "tests/support/story.hpp"

namespace hoso::tests {

// Changes one thing about an action that would have been right. What can be changed follows from the fields of its kind.
class Twist {
public:
    Twist(Random& random, World& world) : random_(random), world_(world) {}

    void body(domain::Body& twisted) {
        std::visit([this](auto& kind) { any_of(ways(kind)); }, twisted);
    }
    void circumstances(Step& step, How& how) {
        switch (random_.below(6)) {
            case 0: step.officer = random_.pick(world_.officers).first; break;
            case 1: step.stream = some_stream(); break;
            case 2: how.sign = false; break;
            case 3: how.session = random_.pick(world_.officers).second.session; break;
            case 4: how.seen_size = some_size(step.officer, world_.replica.size()); break;
            case 5: how.desk = random_.pick(world_.officers).second.desk; break;
        }
    }
    // What the officer's desk may quote, at most `back` events ago.
    std::uint64_t some_size(const std::string& officer, std::uint64_t back) {
        const std::uint64_t size = world_.replica.size();
        const std::uint64_t least = std::max(world_.seen_by(world_.officers.at(officer)), size - std::min(size, back));
        return least + random_.below(size - least + 1);
    }
    StreamId some_stream() {
        switch (random_.below(4)) {
            case 0: return registry_stream;
            case 1: return world_.new_id();
            case 2: return random_.pick(world_.replica.state().streams).first;
            default: return random_.pick(world_.desks).id;
        }
    }

private:
    using Ways = std::vector<std::function<void()>>;

    void any_of(const Ways& ways) {
        if (!ways.empty()) ways[random_.below(ways.size())]();
    }
    Date shifted(Date date) { return date + std::chrono::days{static_cast<int>(random_.below(30)) - 15}; }
    // Of something that exists as often as of nothing.
    template <typename Map>
    Uuid some(const Map& map) {
        return map.empty() || random_.chance(50) ? world_.new_id() : random_.pick(map).first;
    }

    template <typename Kind>
    Ways ways(Kind& kind) {
        Ways all;
        places(kind, all);
        values(kind, all);
        lists(kind, all);
        rules(kind, all);
        return all;
    }

    // Ids of what it names or creates.
    template <typename Kind>
    void places(Kind& kind, Ways& all) {
        const domain::Registry& registry = world_.registry();
        if constexpr (requires { kind.dossier; }) all.push_back([&] { kind.dossier = world_.new_id(); });
        if constexpr (requires { kind.meeting; }) all.push_back([&] { kind.meeting = some(registry.meetings); });
        if constexpr (requires { kind.unit; }) all.push_back([&] { kind.unit = some(registry.units); });
        if constexpr (requires { kind.parent; }) all.push_back([&] { kind.parent = some(registry.units); });
        if constexpr (requires { kind.account; }) all.push_back([&] { kind.account = some(registry.accounts); });
        if constexpr (requires { kind.mandate; }) all.push_back([&] { kind.mandate = some(registry.mandates); });
        if constexpr (requires { kind.council; }) all.push_back([&] { kind.council = some(registry.councils); });
        if constexpr (requires { kind.office; }) all.push_back([&] { kind.office = some(registry.offices); });
        if constexpr (requires { kind.carries_from; }) all.push_back([&] { kind.carries_from = world_.new_id(); });
        if constexpr (requires { kind.difficulty; }) all.push_back([&] { kind.difficulty = some(registry.difficulties); });
        if constexpr (requires { kind.promotion; }) all.push_back([&] { kind.promotion = some(registry.promotions); });
        if constexpr (requires { kind.notice; }) all.push_back([&] { kind.notice = some(registry.notices); });
        if constexpr (requires { kind.package; }) all.push_back([&] { kind.package = some(registry.packages); });
        if constexpr (requires { kind.reminder; }) all.push_back([&] { kind.reminder = some(registry.reminders); });
        if constexpr (requires { kind.slip; }) all.push_back([&] { kind.slip = some(registry.slips); });
        if constexpr (requires { kind.round; }) all.push_back([&] { kind.round = some(registry.rounds); });
        if constexpr (requires { kind.decision; }) all.push_back([&] { kind.decision = some(registry.decisions); });
        if constexpr (requires { kind.block; }) all.push_back([&] { kind.block = some(registry.blocks); });
        if constexpr (requires { kind.device; }) all.push_back([&] { kind.device = some(registry.devices); });
    }

    template <typename Kind>
    void values(Kind& kind, Ways& all) {
        if constexpr (requires { kind.turn; }) all.push_back([&] { kind.turn += random_.chance(50) ? 1 : -1; });
        if constexpr (requires { kind.digest; }) all.push_back([&] { kind.digest.bytes[0] ^= 1; });
        if constexpr (requires { kind.date; }) all.push_back([&] { kind.date = shifted(kind.date); });
        if constexpr (requires { kind.issued; }) all.push_back([&] { kind.issued = shifted(world_.today()); });
        if constexpr (requires { kind.decision_date; }) all.push_back([&] { kind.decision_date = shifted(world_.today()); });
        if constexpr (requires { kind.filing_date; })
            all.push_back([&] { kind.filing_date += std::chrono::days{random_.below(400)}; });
        if constexpr (requires { kind.valid_to; })
            all.push_back([&] { kind.valid_to = Date{} + std::chrono::days{random_.below(2)}; });
        if constexpr (requires { kind.stars; }) all.push_back([&] { kind.stars += 1; });
        if constexpr (requires { kind.stars + kind.sheets; }) all.push_back([&] { kind.sheets += 1; });
        if constexpr (requires { kind.average; }) all.push_back([&] { kind.average = 8'000; });
        if constexpr (requires { kind.quorum; }) all.push_back([&] { kind.quorum = random_.chance(50) ? 0 : 99; });
        if constexpr (requires { kind.first; }) all.push_back([&] { kind.first = kind.last + 1; });
        if constexpr (requires { kind.number.value; }) all.push_back([&] { kind.number.value = random_.chance(50) ? 1 : 10'000; });
        if constexpr (requires { kind.certificate.value; }) all.push_back([&] { kind.certificate.value += 1; });
        if constexpr (requires { kind.private_key; }) all.push_back([&] { kind.private_key.bytes[0] ^= 8; });
        if constexpr (requires { kind.officer_key; }) all.push_back([&] { kind.officer_key.bytes[0] ^= 1; });
        if constexpr (requires { kind.judge_version; }) all.push_back([&] { kind.judge_version = 1; });
        if constexpr (requires { kind.sealed; }) all.push_back([&] { kind.sealed.resize(random_.below(200)); });
    }

    template <typename Kind>
    void lists(Kind& kind, Ways& all) {
        if constexpr (requires { kind.options; }) {
            all.push_back([&] { kind.options.resize(kind.options.size() + 1); });
            if (!kind.options.empty()) all.push_back([&] { kind.options.back() = random_.chance(50) ? 9 : domain::not_answered; });
        }
        if constexpr (requires { kind.items; }) all.push_back([&] { kind.items.clear(); });
        if constexpr (requires { kind.dossiers; }) {
            all.push_back([&] { kind.dossiers.clear(); });
            all.push_back([&] { kind.dossiers[0].dossier = world_.new_id(); });
        }
        if constexpr (requires { kind.lines; }) {
            all.push_back([&] { kind.lines.clear(); });
            all.push_back([&] { kind.lines[0].product = world_.new_id(); });
            all.push_back([&] { kind.lines[0].certificate.value = random_.chance(50) ? 1 : 10'000; });
        }
        if constexpr (requires { kind.members; }) {
            all.push_back([&] { kind.members.push_back(kind.members.front()); });
            all.push_back([&] { kind.members.front().account = world_.new_id(); });
        }
        if constexpr (requires { kind.actions; }) {
            all.push_back([&] { kind.actions.clear(); });
            all.push_back([&] { kind.actions.push_back({}); });
        }
        if constexpr (requires { kind.sheets.clear(); }) all.push_back([&] { kind.sheets.resize(random_.below(2)); });
        if constexpr (requires { kind.successors; }) all.push_back([&] { kind.successors.push_back({world_.new_id(), false}); });
    }

    // Keys of the rule set, and names.
    template <typename Kind>
    void rules(Kind& kind, Ways& all) {
        if constexpr (requires { kind.stage; }) all.push_back([&] { kind.stage = some_stage(); });
        if constexpr (requires { kind.rule_set_hash; }) all.push_back([&] { kind.rule_set_hash = some_rules(); });
        if constexpr (requires { kind.hash; }) all.push_back([&] { kind.hash = some_rules(); });
        if constexpr (requires { kind.document; }) all.push_back([&] { kind.document = "nothing"; });
        if constexpr (requires { kind.criteria; }) all.push_back([&] { kind.criteria = {"9.9"}; });
        if constexpr (requires { kind.ground; })
            all.push_back([&] { kind.ground = random_.chance(50) ? "nothing" : "not_re_evaluated"; });
        if constexpr (requires { kind.certificate.empty(); })
            all.push_back([&] { kind.certificate = random_.chance(50) ? "" : "none"; });
        if constexpr (requires { kind.product_set; })
            all.push_back([&] { kind.product_set = random_.chance(50) ? "cloth" : "nothing"; });
        if constexpr (requires { kind.name.empty(); }) all.push_back([&] { kind.name.clear(); });
        if constexpr (requires { kind.text.empty(); }) all.push_back([&] { kind.text.clear(); });
        if constexpr (requires { kind.reasons; }) all.push_back([&] { kind.reasons = {"nothing"}; });
        if constexpr (requires { kind.recipients; }) all.push_back([&] { kind.recipients.clear(); });
        if constexpr (requires { kind.before + kind.after; }) all.push_back([&] { kind.before = kind.after; });
        if constexpr (requires { kind.days_off; }) all.push_back([&] { kind.year += 1; });
        if constexpr (requires { kind.title; }) all.push_back([&] { kind.title.clear(); });
        if constexpr (requires { kind.subject_name; }) {
            all.push_back([&] { kind.kind = random_.chance(50) ? domain::DossierKind::upgrade : domain::DossierKind::first; });
        }
        if constexpr (requires { kind.pattern; }) all.push_back([&] { kind.pattern = random_.chance(50) ? "none" : "{}{}"; });
        if constexpr (requires { kind.lines; }) all.push_back([&] { kind.kind = domain::DecisionKind::revocation; });
    }
    std::string some_stage() {
        static const std::string stages[] = {"commune", "district", "province", "central", "nowhere"};
        return random_.pick(stages);
    }
    Hash some_rules() {
        const auto& known = world_.registry().rule_sets;
        return random_.chance(50) ? Hash{} : random_.pick(known).first;
    }

    Random& random_;
    World& world_;
};

}  // namespace hoso::tests
