#include "client/views/tasks.hpp"

#include <algorithm>

#include "client/text/words.hpp"
#include "client/views/certificates.hpp"
#include "client/views/geography.hpp"
#include "client/views/sitting.hpp"
#include "shared/domain/calendar.hpp"
#include "shared/domain/dossier_checks.hpp"
#include "shared/domain/validity.hpp"

namespace hoso::client::views {
namespace {

using namespace domain;

struct Due {
    Date day{};  // Date{}: nothing lays one down
    const char* basis = "none";
    bool holidays_unknown = false;
};

struct Task {
    const char* what;
    Role role;
    UnitId unit;
    Due due;
    const Product* product = nullptr;
    std::string detail;
    Uuid council{};      // of a seat's task: whoever sits there and has not done it
    bool above = false;  // a secretary's or signer's of the unit or of one above it
    Uuid meeting{};      // that it is for
};

bool sooner(const Due& one, const Due& other) {
    if ((one.day == Date{}) != (other.day == Date{})) return other.day == Date{};
    return one.day < other.day;
}

class Collector {
public:
    Collector(const Look& state, Date at) : state_(state), registry_(state.registry()), at_(at), on_(registry_, at) {}

    std::vector<Task> collect() {
        state_.each<Product>([&](const Product& product) {
            if (const Dossier* dossier = open_by_now(product)) of_dossier(product, *dossier);
            for (const Certificate& certificate : product.certificates) {
                if (certificate.issued <= at_) of_certificate(product, certificate);
            }
            for (const Complaint& complaint : product.care.complaints) {
                if (waits(complaint.filed.date, complaint.resolved))
                    add_answer("answer_complaint", product.unit, &product, complaint.filed.text);
            }
        });
        for (const auto& [id, decision] : registry_.decisions) {
            if (decision.date <= at_ && !any_by_now(decision.published))
                add("publish_results", Role::secretary, decision.unit, {}, nullptr, decision.number);
        }
        for (const auto& [id, difficulty] : registry_.difficulties) {
            if (waits(difficulty.raised.date, difficulty.resolved))
                add_answer("resolve_difficulty", difficulty.raised.unit, nullptr, difficulty.raised.text);
        }
        for (const auto& [id, meeting] : registry_.meetings) of_meeting(meeting);
        return std::move(tasks_);
    }

private:
    template <typename Acts>
    bool any_by_now(const Acts& acts) const {
        return std::any_of(acts.begin(), acts.end(), [&](const auto& act) { return act.date <= at_; });
    }
    template <typename Answer>
    bool waits(Date asked, const std::optional<Answer>& answer) const {
        return asked <= at_ && (!answer || answer->date > at_);
    }

    const Dossier* open_by_now(const Product& product) const {
        const Dossier* open = product.open_dossier();
        return open && open->filing_date <= at_ ? open : nullptr;
    }

    void add(const char* what, Role role, const UnitId& unit, Due due, const Product* product, std::string detail = {}) {
        // What was a closed unit's is done where that went, if it went to one.
        const auto& now = on_.of(unit);
        tasks_.push_back({what, role, now.size() == 1 ? now.front() : unit, due, product, std::move(detail), {}});
    }
    // The answer may come from the unit or from any above it (shared/replica/kinds.hpp).
    void add_answer(const char* what, const UnitId& unit, const Product* product, const std::string& detail) {
        add(what, Role::secretary, unit, {}, product, detail);
        tasks_.back().above = true;
    }

    Due of_round(const Dossier& dossier, std::string_view stage) const {
        Due due;
        const auto round = registry_.rounds.find(dossier.round);
        if (round != registry_.rounds.end() && round->second.deadline != Date{}) due = {round->second.deadline, "round", false};
        // Of every stage the newest notice that states its deadline: a letter about something else takes none back.
        Date stated{}, stated_for_all{};
        Due own, for_all;
        for (const auto& [id, notice] : registry_.notices) {
            if (notice.round != dossier.round || notice.date > at_) continue;
            for (const NoticeDeadline& deadline : notice.deadlines) {
                if (deadline.stage != stage && !deadline.stage.empty()) continue;
                Date& newest = deadline.stage.empty() ? stated_for_all : stated;
                if (newest > notice.date) continue;
                newest = notice.date;
                (deadline.stage.empty() ? for_all : own) = {deadline.date, "notice", false};
            }
        }
        if (own.day != Date{}) return own;
        return due.day == Date{} ? for_all : due;
    }

    Due of_stage(const RuleSet& rules, const Dossier& dossier, const Stage& stage) const {
        Due due = of_round(dossier, stage.key);
        if (stage.working_days > 0) {
            const Date end = end_of_working_days(registry_, dossier.filing_date, stage.working_days);
            const Due laid_down{end, "working_days", !calendar_known(registry_, dossier.filing_date, end)};
            if (sooner(laid_down, due)) due = laid_down;
        }
        if (dossier.kind == DossierKind::re_evaluation && rules.re_evaluation.done_within_days > 0) {
            const Due whole{dossier.filing_date + std::chrono::days{rules.re_evaluation.done_within_days}, "re_evaluation", false};
            if (sooner(whole, due)) due = whole;
        }
        return due;
    }

    UnitId holder(const Product& product, const Stage& stage) const {
        const Unit* unit = stage.level.empty() ? nullptr : registry_.at_level(product.unit, stage.level);
        return unit ? unit->id : registry_.root;
    }

    // Whoever decides these stars under the regulation that they were given under; the root for those from before this log.
    UnitId issuer(const Product& product, const Certificate& certificate) const {
        const Dossier* dossier = product.dossier(certificate.dossier);
        const RuleSet* rules = dossier ? registry_.rules(dossier->rule_set) : nullptr;
        if (!rules) return registry_.root;
        const auto decides = [&](const Stage& stage) { return stage.decides_stars(certificate.stars); };
        const auto stage = std::find_if(rules->stages.begin(), rules->stages.end(), decides);
        return stage == rules->stages.end() ? registry_.root : holder(product, *stage);
    }

    void of_dossier(const Product& product, const Dossier& dossier) {
        const RuleSet* rules = registry_.rules(dossier.rule_set);
        if (!rules) return;
        const Stage& stage = rules->stages[dossier.stage];
        switch (dossier.phase) {
            case Phase::drafting:
            case Phase::returned: return drafting(product, dossier, *rules);
            case Phase::submitted: return arrived(product, dossier, *rules, stage);
            case Phase::received: return received(product, dossier, *rules, stage);
            case Phase::tallied: {
                const bool decides = stage.decides_stars(dossier.tally->stars);
                const Due due = of_stage(*rules, dossier, stage);
                if (decides) return add("decide", Role::signer, holder(product, stage), due, &product);
                const bool on = has_later_stage(*rules, dossier) && reaches_threshold(*rules, dossier);
                return add(on ? "forward" : "decline", on ? Role::secretary : Role::signer, holder(product, stage), due, &product);
            }
            case Phase::recognised:
                return add("forward", Role::secretary, holder(product, stage), of_stage(*rules, dossier, stage), &product);
            case Phase::declined:
            case Phase::withdrawn: return;
        }
    }

    void drafting(const Product& product, const Dossier& dossier, const RuleSet& rules) {
        for (const Stage* stage : missing_opinions(rules, dossier)) {
            if (dossier.self_assessment.empty()) break;  // it has nothing to speak about yet
            add("give_opinion", Role::officer, holder(product, *stage), of_stage(rules, dossier, *stage), &product);
        }
        const std::string missing = std::to_string(missing_parts(rules, *rules.product_set(product.product_set), dossier).size());
        const char* what = dossier.phase == Phase::returned ? "supplement" : "complete";
        const auto& first = rules.stages.front();
        add(what, Role::officer, product.unit, of_stage(rules, dossier, first), &product, missing);
    }

    void arrived(const Product& product, const Dossier& dossier, const RuleSet& rules, const Stage& stage) {
        if (stage.does != Does::external)
            return add("receive", Role::secretary, holder(product, stage), of_stage(rules, dossier, stage), &product);
        const Stage* desk = rules.stage(stage.entered_by);
        add("enter_result", Role::secretary, holder(product, *desk), of_round(dossier, stage.key), &product);
    }

    void received(const Product& product, const Dossier& dossier, const RuleSet& rules, const Stage& stage) {
        const UnitId unit = holder(product, stage);
        const Due due = of_stage(rules, dossier, stage);
        const ProductSet* set = rules.product_set(product.product_set);
        std::size_t handed = 0;
        for (const Samples& samples : dossier.samples) handed += samples.count;
        if (set && set->samples && handed < rules.samples)
            add("collect_samples", Role::secretary, unit, due, &product,
                std::to_string(handed) + "/" + std::to_string(rules.samples));
        if (!dossier.advice.contains(stage.key)) return add("advise", Role::adviser, unit, due, &product);
        const bool called = std::any_of(registry_.meetings.begin(), registry_.meetings.end(), [&](const auto& entry) {
            const Sitting now = sitting(registry_, entry.second, product, dossier);
            return sits_on(registry_, entry.second, product, dossier) && now != Sitting::too_few && !broken_off(entry.second, now);
        });
        if (!called) add("call_meeting", Role::secretary, unit, due, &product);
    }

    // Open when its council's unit ended: nobody sits there any more.
    bool broken_off(const Meeting& meeting, Sitting now) const {
        return now == Sitting::open && registry_.ended(registry_.councils.at(meeting.council).unit, at_);
    }

    // Members whose sheet is missing, the chair who closes, the secretary who tallies, or both who call the council again.
    void of_meeting(const Meeting& meeting) {
        const Council& council = registry_.councils.at(meeting.council);
        for (const DossierReference& listed : meeting.dossiers) {
            const Product* product = state_.product(listed.product);
            const Dossier* dossier = product ? product->dossier(listed.dossier) : nullptr;
            const RuleSet* rules = dossier ? registry_.rules(dossier->rule_set) : nullptr;
            if (!rules || dossier->phase != Phase::received || dossier->filing_date > at_) continue;
            const Stage& stage = rules->stages[dossier->stage];
            if (!sits_on(registry_, meeting, *product, *dossier)) continue;
            const Sitting now = sitting(registry_, meeting, *product, *dossier);
            if (now == Sitting::too_few || broken_off(meeting, now)) continue;  // "call_meeting" stands again
            if (now == Sitting::too_far && met_again(registry_, meeting, *product, *dossier)) continue;
            const char* what = now == Sitting::open ? "score" : now == Sitting::countable ? "tally" : "discuss_scores";
            const Due due = now == Sitting::open ? Due{meeting.date, "meeting", false} : of_stage(*rules, *dossier, stage);
            tasks_.push_back({what, Role::secretary, council.unit, due, product, {}, council.id, false, meeting.id});
        }
    }

    // The first conclusion to revoke since the certificate was last found in order; a later one does not put it off.
    const Inspected* to_revoke(const Product& product, const Certificate& certificate) const {
        std::vector<const Inspected*> sorted;
        for (const Inspected& each : product.care.inspections) {
            const bool of_it = each.certificate.empty() || each.certificate == certificate.text;
            if (of_it && each.date <= at_) sorted.push_back(&each);
        }
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const Inspected* one, const Inspected* other) { return one->date < other->date; });
        const Inspected* found = nullptr;
        for (const Inspected* each : sorted) {
            if (each->outcome == InspectionOutcome::kept) found = nullptr;
            if (each->outcome == InspectionOutcome::revoke && !each->certificate.empty() && !found) found = each;
        }
        return found;
    }

    void of_certificate(const Product& product, const Certificate& certificate) {
        if (revoked_by(certificate, at_)) {
            if (!any_by_now(certificate.served))
                add("serve_revocation", Role::secretary, issuer(product, certificate), {}, &product, certificate.text);
            return;
        }
        if (const Inspected* inspection = to_revoke(product, certificate)) {
            const RuleSet* rules = registry_.rules(inspection->rule_set_hash);
            const bool laid_down = rules && rules->revocation_days > 0;
            const Due due =
                laid_down ? Due{inspection->date + std::chrono::days{rules->revocation_days}, "revocation", false} : Due{};
            return add("revoke", Role::signer, issuer(product, certificate), due, &product, certificate.text);
        }
        if (good_until(registry_, product, certificate, at_) < at_) return expired(product, certificate);
        const RuleSet* rules = rules_on(registry_, DossierKind::re_evaluation, at_);
        if (rules && !replacement_of(product, certificate, at_)) notices(product, certificate, *rules);
    }

    void expired(const Product& product, const Certificate& certificate) {
        const bool followed = std::any_of(product.certificates.begin(), product.certificates.end(), [&](const Certificate& other) {
            return other.issued > certificate.issued && other.issued <= at_;
        });
        if (followed || (open_by_now(product) && certificate.renews.value_or(true))) return;
        if (!certificate.renews) return add("ask_renewal", Role::officer, product.unit, {}, &product, certificate.text);
        if (!*certificate.renews)
            return add("revoke_expired", Role::signer, issuer(product, certificate), {}, &product, certificate.text);
        add("open_re_evaluation", Role::officer, product.unit, {}, &product, certificate.text);
    }

    // The newest notice that is due and was not given since: the last one is due on its day, the earlier ones from theirs on. A
    // re-evaluation that was filed answers them; one that is being written does not, nor does a dossier of another kind.
    void notices(const Product& product, const Certificate& certificate, const RuleSet& rules) {
        const Dossier* open = open_by_now(product);
        const bool begun = open && open->kind == DossierKind::re_evaluation;
        if (begun && open->phase != Phase::drafting) return;
        const auto notified_since = [&](Date day) {
            return std::any_of(certificate.notified.begin(), certificate.notified.end(),
                               [&](const ExpiryNotified& notice) { return day <= notice.date && notice.date <= at_; });
        };
        const FilingWindow window = filing_window(rules, certificate.last_day);
        if (!begun && window.from != Date{} && window.from <= at_ && at_ <= window.to && certificate.renews.value_or(true))
            add("open_re_evaluation", Role::officer, product.unit, {window.to, "filing_window", false}, &product, certificate.text);
        Date reached{};
        for (const std::uint16_t days : rules.notices) {
            const Date day = certificate.last_day - std::chrono::days{days};
            if (day <= at_) reached = day;
        }
        if (reached == Date{} || notified_since(reached)) return;
        add("notify_expiry", Role::secretary, issuer(product, certificate), {reached, "notice_days", false}, &product,
            certificate.text);
    }

    const Look& state_;
    const Registry& registry_;
    Date at_;
    Geography on_;
    std::vector<Task> tasks_;
};

bool has_role(const Registry& registry, const AccountId& account, const Task& task, Date at) {
    const auto granted = registry.mandates_of.find(account);
    if (granted == registry.mandates_of.end()) return false;
    return std::any_of(granted->second.begin(), granted->second.end(), [&](const Uuid& id) {
        const Mandate& mandate = registry.mandates.at(id);
        const bool holds =
            mandate.ended_at == no_position && mandate.valid_from <= at && (mandate.valid_to == Date{} || at <= mandate.valid_to);
        if (!holds) return false;
        if (!task.above) return mandate.role == task.role && registry.stands_for(task.unit, mandate.unit, at);
        const bool answers = mandate.role == Role::secretary || mandate.role == Role::signer;
        return answers && registry.within(task.unit, mandate.unit, at);
    });
}

bool of_leaders(const Task& task) { return std::string_view(task.what) != "score"; }

// Of a meeting's task: whoever sits there and has no sheet in yet; once it is closed, those who lead.
bool of_seat(const Registry& registry, const AccountId& account, const Task& task) {
    const CouncilMember* member = registry.councils.at(task.council).find(account);
    if (!member || member->seat == Seat::support) return false;
    const bool leads = member->seat != Seat::member;
    if (of_leaders(task)) return leads;
    const Dossier* dossier = task.product->open_dossier();
    if (!dossier || dossier->recused(task.council, account)) return false;
    return leads || std::none_of(dossier->sheets.begin(), dossier->sheets.end(), [&](const auto& meeting) {
               return registry.meetings.at(meeting.first).council == task.council && !registry.meetings.at(meeting.first).closed &&
                      meeting.second.contains(account);
           });
}

json::object row(const Look& state, const Task& task, Date at) {
    json::object out{{"task", task.what},
                     {"role", task.council.is_nil() ? json::value(name(task.role)) : json::value(nullptr)},
                     {"unit", id(task.unit)},
                     {"path", unit_path(state.registry(), task.unit)},
                     {"unit_name", unit_name(state.registry(), task.unit)},
                     {"product", task.product ? id(task.product->id) : json::value(nullptr)},
                     {"name", task.product ? json::value(task.product->name) : json::value(nullptr)},
                     {"due", date(task.due.day)},
                     {"basis", task.due.basis},
                     {"detail", task.detail}};
    if (!task.meeting.is_nil()) out["meeting"] = id(task.meeting);
    if (!task.council.is_nil()) out["seat"] = of_leaders(task) ? "secretary" : "member";
    const bool has_due = task.due.day != Date{};
    out["days_left"] = has_due ? json::value((task.due.day - at).count()) : json::value(nullptr);
    out["late"] = has_due && task.due.day < at;
    if (task.due.holidays_unknown) out["holidays_unknown"] = true;
    return out;
}

}  // namespace

json::array tasks(const Look& state, Date at, const AccountId& account) {
    auto found = Collector(state, at).collect();
    const Registry& registry = state.registry();
    if (!account.is_nil()) {
        std::erase_if(found, [&](const Task& task) {
            return task.council.is_nil() ? !has_role(registry, account, task, at) : !of_seat(registry, account, task);
        });
    }
    std::stable_sort(found.begin(), found.end(), [](const Task& one, const Task& other) { return sooner(one.due, other.due); });
    json::array out;
    for (const Task& task : found) out.push_back(row(state, task, at));
    return out;
}

json::array missing_parts(const RuleSet& rules, const ProductSet& set, const Dossier& dossier) {
    json::array out;
    const auto add = [&](const char* part, const std::string& key, const std::string& vi, const std::string& en) {
        out.push_back(json::object{{"part", part}, {"key", key}, {"name_vi", vi}, {"name_en", en}});
    };
    for (const Content* content : missing_contents(rules, dossier))
        add("document", content->key, content->name_vi, content->name_en);
    for (const Stage* stage : missing_opinions(rules, dossier)) add("opinion", stage->key, stage->name_vi, stage->name_en);
    if (!set.sheet_missing.empty()) return out;
    for (const Criterion* criterion : missing_answers(set, dossier))
        add("criterion", criterion->no, criterion->name_vi, criterion->name_en);
    return out;
}

}  // namespace hoso::client::views
