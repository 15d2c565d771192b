#include <algorithm>
#include <set>
#include <tuple>

#include "shared/base/signature.hpp"
#include "shared/domain/refusal.hpp"

// Councils, meetings, blocks of numbers and the decisions that use them.
namespace hoso::domain {
namespace {

bool holds_once(std::string_view pattern, std::string_view part) {
    const std::size_t place = pattern.find(part);
    return place != std::string_view::npos && pattern.find(part, place + part.size()) == std::string_view::npos;
}

bool overlap(const NumberBlock& block, const NumberBlockGranted& action) {
    return block.kind == action.kind && block.pattern == action.pattern && block.first <= action.last && action.first <= block.last;
}

// Some regulation that was published has a council of this stage at units of this level.
bool has_council(const Registry& registry, std::string_view key, std::string_view level) {
    return std::any_of(registry.rule_sets.begin(), registry.rule_sets.end(), [&](const auto& entry) {
        const Stage* stage = entry.second->stage(key);
        return stage && stage->does == Does::council && stage->level == level;
    });
}

// A dossier, or a certificate that is revoked, has one line.
bool named_twice(const DecisionSigned& action) {
    std::set<std::tuple<StreamId, DossierId, std::string>> named;
    return !std::all_of(action.lines.begin(), action.lines.end(), [&](const DecisionLine& line) {
        const bool revokes = action.kind == DecisionKind::revocation;
        return named.emplace(line.product, line.dossier, revokes ? line.certificate_text : std::string{}).second;
    });
}

// One chair, everybody once, and a quorum that those who hand in sheets can reach.
template <typename Membership>
std::optional<Refusal> refuse_membership(const Registry& registry, const Membership& action) {
    std::set<AccountId> accounts;
    std::size_t chairs = 0;
    std::size_t scoring = 0;
    for (const CouncilMember& member : action.members) {
        if (!registry.accounts.contains(member.account)) return Refusal{Reason::unknown_account};
        accounts.insert(member.account);
        chairs += member.seat == Seat::chair ? 1 : 0;
        scoring += member.seat == Seat::support ? 0 : 1;
    }
    for (const Adviser& adviser : action.advisers) {
        if (!registry.accounts.contains(adviser.account)) return Refusal{Reason::unknown_account};
    }
    if (chairs != 1 || accounts.size() != action.members.size()) return Refusal{Reason::malformed};
    if (action.quorum < 1 || action.quorum > scoring) return Refusal{Reason::malformed};
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const CouncilEstablished& action) {
    if (registry.councils.contains(action.council)) return Refusal{Reason::already_exists};
    if (!may_name(action.council)) return Refusal{Reason::malformed};
    const Unit* unit = registry.unit(action.unit);
    if (!unit) return Refusal{Reason::unknown_unit};
    if (!has_council(registry, action.stage, unit->level)) return Refusal{Reason::unknown_stage};
    return refuse_membership(registry, action);
}

void apply(Registry& registry, const Occasion&, const CouncilEstablished& action) {
    registry.councils[action.council] = {action.council, action.unit,       action.stage,   action.members,
                                         action.quorum,  action.spread_max, action.advisers};
}

// A meeting's key is sealed to those who led the council when it was opened: nobody is exchanged in the middle of one.
std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const CouncilChanged& action) {
    if (!registry.councils.contains(action.council)) return Refusal{Reason::unknown_council};
    const auto sits = [&](const auto& entry) { return entry.second.council == action.council && !entry.second.closed; };
    if (std::any_of(registry.meetings.begin(), registry.meetings.end(), sits)) return Refusal{Reason::meeting_open};
    if (action.decision_number.empty()) return Refusal{Reason::malformed};
    return refuse_membership(registry, action);
}

void apply(Registry& registry, const Occasion&, const CouncilChanged& action) {
    Council& council = registry.councils.at(action.council);
    council.members = action.members;
    council.quorum = action.quorum;
    council.spread_max = action.spread_max;
    council.advisers = action.advisers;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const NumberBlockGranted& action) {
    if (registry.blocks.contains(action.block)) return Refusal{Reason::already_exists};
    if (!may_name(action.block)) return Refusal{Reason::malformed};
    if (!registry.devices.contains(action.device)) return Refusal{Reason::unknown_account};
    if (action.first > action.last || !holds_once(action.pattern, "{}")) return Refusal{Reason::malformed};
    for (const auto& [id, block] : registry.blocks) {
        if (overlap(block, action)) return Refusal{Reason::number_used};
    }
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const NumberBlockGranted& action) {
    registry.blocks[action.block] = {action.block, action.device, action.kind, action.pattern, action.first, action.last, {}};
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const MeetingOpened& action) {
    if (registry.meetings.contains(action.meeting)) return Refusal{Reason::already_exists};
    if (!may_name(action.meeting)) return Refusal{Reason::malformed};
    if (!registry.councils.contains(action.council)) return Refusal{Reason::unknown_council};
    if (!lists_each_once(action.dossiers)) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const MeetingOpened& action) {
    Meeting& meeting = registry.meetings[action.meeting];
    meeting.id = action.meeting;
    meeting.council = action.council;
    meeting.date = action.date;
    meeting.public_key = action.public_key;
    meeting.sealed_keys = action.sealed_keys;
    meeting.dossiers = action.dossiers;
    meeting.form = action.form;
    const Council& council = registry.councils.at(action.council);
    meeting.quorum = council.quorum;
    meeting.spread_max = council.spread_max;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const MeetingClosed& action) {
    const auto found = registry.meetings.find(action.meeting);
    if (found == registry.meetings.end()) return Refusal{Reason::unknown_meeting};
    if (found->second.closed) return Refusal{Reason::meeting_closed};
    if (box_public_key(action.private_key) != found->second.public_key) return Refusal{Reason::wrong_key};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion& occasion, const MeetingClosed& action) {
    Meeting& meeting = registry.meetings.at(action.meeting);
    meeting.closed = true;
    meeting.closed_at = occasion.position;
    meeting.private_key = action.private_key;
    meeting.sheets = FlatSet<ActionId>(action.sheets.begin(), action.sheets.end());
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const MinutesFiled& action) {
    const auto found = registry.meetings.find(action.meeting);
    if (found == registry.meetings.end()) return Refusal{Reason::unknown_meeting};
    if (!found->second.closed) return Refusal{Reason::meeting_open};
    if (action.number.empty()) return Refusal{Reason::malformed};
    const auto same = [&](const Minutes& each) { return each.number == action.number; };
    if (std::any_of(found->second.minutes.begin(), found->second.minutes.end(), same)) return Refusal{Reason::already_exists};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const MinutesFiled& action) {
    registry.meetings.at(action.meeting).minutes.push_back({action.number, action.date, action.text, action.document_hash});
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const DecisionSigned& action) {
    if (registry.decisions.contains(action.decision)) return Refusal{Reason::already_exists};
    if (!may_name(action.decision)) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    std::set<std::string> taken;
    const auto refuse_number = [&](const Number& number, NumberKind kind) -> std::optional<Refusal> {
        const NumberBlock* block = registry.holds(number, kind, occasion.header.device);
        if (!block) return Refusal{Reason::number_not_granted};
        std::string text = block->text(number.value);
        const auto printed = registry.printed.find(kind);
        const bool used = printed != registry.printed.end() && printed->second.contains(text);
        if (used || (kind == NumberKind::certificate && !taken.insert(std::move(text)).second)) return Refusal{Reason::number_used};
        return std::nullopt;
    };
    if (const auto refusal = refuse_number(action.number, NumberKind::decision)) return refusal;
    if (action.lines.empty()) return Refusal{Reason::malformed};
    if (!known_stage(registry, action.stage)) return Refusal{Reason::unknown_stage};
    if (named_twice(action)) return Refusal{Reason::malformed};
    if (action.kind == DecisionKind::revocation) return std::nullopt;
    for (const DecisionLine& line : action.lines) {
        if (const auto refusal = refuse_number(line.certificate, NumberKind::certificate)) return refusal;
    }
    return std::nullopt;
}

void apply(Registry& registry, const Occasion& occasion, const DecisionSigned& action) {
    const auto use = [&](const Number& number) {
        NumberBlock& block = registry.blocks.at(number.block);
        block.used.insert(number.value);
        const std::string text = block.text(number.value);
        registry.printed[block.kind].insert(text);
        return text;
    };
    registry.decisions[action.decision] = {action.decision, action.kind,          action.unit,
                                           action.stage,    use(action.number),   action.date,
                                           action.lines,    action.document_hash, occasion.position};
    if (action.kind == DecisionKind::revocation) return;
    for (const DecisionLine& line : action.lines) use(line.certificate);
}

}  // namespace hoso::domain
