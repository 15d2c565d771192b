#include "client/settlements.hpp"

namespace hoso::client {

const char* name(Settled settled) { return settled == Settled::adopted ? "adopted" : "annulled"; }

void Settlements::watch(const ActionId& held) {
    Held& kept = held_[held];
    if (!kept.watched) ++waiting_;
    kept.watched = true;
}

void Settlements::take(const domain::Body& body, const ActionId& id, domain::Outcome outcome) {
    const auto* adopted = std::get_if<domain::Adopted>(&body);
    const auto* annulled = std::get_if<domain::Annulled>(&body);
    if (!adopted && !annulled) return;
    const std::vector<ActionId>& named = adopted ? adopted->actions : annulled->actions;
    const Settled how = adopted ? Settled::adopted : Settled::annulled;
    if (outcome == domain::Outcome::effective) settle(named, how);
    if (outcome != domain::Outcome::held) return;
    Held& held = held_[id];
    held.named = named;
    held.how = how;
}

// A list of work, because settlements may name each other to any depth.
void Settlements::settle(const std::vector<ActionId>& named, Settled how) {
    std::vector<std::pair<ActionId, Settled>> work;
    for (auto id = named.rbegin(); id != named.rend(); ++id) work.emplace_back(*id, how);
    while (!work.empty()) {
        const auto [id, done] = work.back();
        work.pop_back();
        const auto node = held_.extract(id);
        if (node.empty()) continue;
        const Held& held = node.mapped();
        if (held.watched) {
            settled_[id] = done;
            --waiting_;
        }
        if (done == Settled::annulled) continue;
        for (auto inner = held.named.rbegin(); inner != held.named.rend(); ++inner) work.emplace_back(*inner, held.how);
    }
}

std::optional<Settled> Settlements::of(const ActionId& watched) const {
    const auto found = settled_.find(watched);
    return found == settled_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace hoso::client
