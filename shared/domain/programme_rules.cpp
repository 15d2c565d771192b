#include <algorithm>

#include "shared/domain/refusal.hpp"

// The programme around the dossiers: offices, names of units, days off, dispatches, letters, reminders, difficulties, fairs.
namespace hoso::domain {
namespace {

// What may be called something else from a day on: not before it is called what it is now.
bool follows(const std::vector<FormerName>& former, Date valid_from, Date from) {
    if (from == Date{} || from <= valid_from) return false;
    return former.empty() || former.back().last_day < from - std::chrono::days{1};
}

bool of_year(const std::vector<Date>& days, std::uint16_t year) {
    return std::all_of(days.begin(), days.end(),
                       [&](Date day) { return int{std::chrono::year_month_day{day}.year()} == int{year}; });
}

// A list names a product once, and the certificate that ran out where the list is of those.
bool holds(const NoticeList& list) {
    std::set<StreamId> products;
    return std::all_of(list.lines.begin(), list.lines.end(), [&](const NoticeLine& line) {
        const bool named = list.kind == NoticeListKind::registered || !line.certificate.empty();
        return !line.product.is_nil() && named && products.insert(line.product).second;
    });
}

std::optional<Refusal> refuse_round(const Registry& registry, const Uuid& round) {
    if (round.is_nil() || registry.rounds.contains(round)) return std::nullopt;
    return Refusal{Reason::unknown_round};
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const OfficeCreated& action) {
    if (registry.offices.contains(action.office)) return Refusal{Reason::already_exists};
    if (!may_name(action.office) || action.name.empty()) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const OfficeCreated& action) {
    registry.offices[action.office] = {action.office, action.unit, action.name, action.valid_from, {}};
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const OfficeRenamed& action) {
    const auto found = registry.offices.find(action.office);
    if (found == registry.offices.end()) return Refusal{Reason::unknown_office};
    if (action.name.empty() || !follows(found->second.former, found->second.valid_from, action.from))
        return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const OfficeRenamed& action) {
    Office& office = registry.offices.at(action.office);
    office.former.push_back({office.name, {}, {}, action.from - std::chrono::days{1}});
    office.name = action.name;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const UnitRenamed& action) {
    const Unit* unit = registry.unit(action.unit);
    if (!unit) return Refusal{Reason::unknown_unit};
    if (unit->valid_to != Date{} && unit->valid_to < action.from) return Refusal{Reason::unit_closed};
    if (action.name.empty() || action.code.empty() || !follows(unit->former, unit->valid_from, action.from))
        return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const UnitRenamed& action) {
    Unit& unit = registry.units.at(action.unit);
    unit.former.push_back({unit.name, unit.kind, unit.code, action.from - std::chrono::days{1}});
    unit.name = action.name;
    unit.kind = action.kind;
    unit.code = action.code;
}

std::optional<Refusal> refuse(const Registry&, const Occasion&, const CalendarSet& action) {
    const auto off = [&](Date day) {
        return std::find(action.days_off.begin(), action.days_off.end(), day) != action.days_off.end();
    };
    const auto of_weekend = [](Date day) {
        const std::chrono::weekday weekday{day};
        return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
    };
    const bool holds = of_year(action.days_off, action.year) && of_year(action.days_worked, action.year) &&
                       std::all_of(action.days_worked.begin(), action.days_worked.end(), of_weekend) &&
                       std::none_of(action.days_worked.begin(), action.days_worked.end(), off);
    return holds && !action.legal_basis.empty() ? std::nullopt : std::optional{Refusal{Reason::malformed}};
}

void apply(Registry& registry, const Occasion&, const CalendarSet& action) {
    registry.calendars[action.year] = {{action.days_off.begin(), action.days_off.end()},
                                       {action.days_worked.begin(), action.days_worked.end()},
                                       action.legal_basis};
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const NoticeIssued& action) {
    if (registry.notices.contains(action.notice)) return Refusal{Reason::already_exists};
    if (!may_name(action.notice) || action.number.empty() || action.title.empty()) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    if (const auto refused = refuse_round(registry, action.round)) return refused;
    if (!std::all_of(action.lists.begin(), action.lists.end(), holds)) return Refusal{Reason::malformed};
    const auto dated = [](const NoticeDeadline& deadline) { return deadline.date != Date{}; };
    if (!std::all_of(action.deadlines.begin(), action.deadlines.end(), dated)) return Refusal{Reason::malformed};
    const auto known = [&](const NoticeDeadline& deadline) {
        return deadline.stage.empty() || known_stage(registry, deadline.stage);
    };
    if (!std::all_of(action.deadlines.begin(), action.deadlines.end(), known)) return Refusal{Reason::unknown_stage};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const NoticeIssued& action) { registry.notices[action.notice] = action; }

// What one decision published goes out from its own unit.
std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const ResultsPublished& action) {
    const auto decision = registry.decisions.find(action.decision);
    if (decision == registry.decisions.end()) return Refusal{Reason::unknown_decision};
    if (decision->second.unit != action.unit) return Refusal{Reason::unknown_unit};
    if (action.place.empty()) return Refusal{Reason::malformed};
    const auto same = [&](const ResultsPublished& each) { return each.place == action.place && each.date == action.date; };
    const auto& published = decision->second.published;
    if (std::any_of(published.begin(), published.end(), same)) return Refusal{Reason::already_exists};
    return action.date < decision->second.date ? std::optional{Refusal{Reason::out_of_order}} : std::nullopt;
}

void apply(Registry& registry, const Occasion&, const ResultsPublished& action) {
    registry.decisions.at(action.decision).published.push_back(action);
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const PackageSent& action) {
    if (registry.packages.contains(action.package)) return Refusal{Reason::already_exists};
    if (!may_name(action.package) || action.number.empty() || action.recipient.empty() || !lists_each_once(action.dossiers))
        return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const PackageSent& action) { registry.packages[action.package] = action; }

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const FormNumbered& action) {
    if (action.product.is_nil() || action.dossier.is_nil()) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    const NumberBlock* block = registry.holds(action.number, NumberKind::form, occasion.header.device);
    if (!block) return Refusal{Reason::number_not_granted};
    const auto printed = registry.printed.find(NumberKind::form);
    if (printed != registry.printed.end() && printed->second.contains(block->text(action.number.value)))
        return Refusal{Reason::number_used};
    const auto forms = registry.forms.find(action.dossier);
    const auto by_unit = [&](const FormNumber& form) { return form.unit == action.unit; };
    if (forms != registry.forms.end() && std::any_of(forms->second.begin(), forms->second.end(), by_unit))
        return Refusal{Reason::already_exists};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const FormNumbered& action) {
    NumberBlock& block = registry.blocks.at(action.number.block);
    block.used.insert(action.number.value);
    std::string text = block.text(action.number.value);
    registry.printed[NumberKind::form].insert(text);
    registry.forms[action.dossier].push_back({action.unit, std::move(text), action.date});
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const ReminderSent& action) {
    if (registry.reminders.contains(action.reminder)) return Refusal{Reason::already_exists};
    if (!may_name(action.reminder) || action.text.empty()) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    return refuse_round(registry, action.round);
}

void apply(Registry& registry, const Occasion&, const ReminderSent& action) { registry.reminders[action.reminder] = action; }

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const DifficultyRaised& action) {
    if (registry.difficulties.contains(action.difficulty)) return Refusal{Reason::already_exists};
    if (!may_name(action.difficulty) || action.text.empty()) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const DifficultyRaised& action) {
    registry.difficulties[action.difficulty].raised = action;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const DifficultyResolved& action) {
    const auto found = registry.difficulties.find(action.difficulty);
    if (found == registry.difficulties.end()) return Refusal{Reason::unknown_record};
    if (found->second.raised.unit != action.unit) return Refusal{Reason::unknown_unit};
    if (found->second.resolved) return Refusal{Reason::already_exists};
    if (action.text.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const DifficultyResolved& action) {
    registry.difficulties.at(action.difficulty).resolved = action;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const PromotionHeld& action) {
    if (registry.promotions.contains(action.promotion)) return Refusal{Reason::already_exists};
    if (!may_name(action.promotion) || action.title.empty() || action.to < action.from) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const PromotionHeld& action) { registry.promotions[action.promotion] = action; }

}  // namespace hoso::domain
