#include "tests/bench/programme.hpp"

#include <algorithm>

#include "tests/bench/texts.hpp"

namespace hoso::bench {
namespace {

constexpr const char* round_starts[] = {"2023-03-15", "2023-09-01", "2024-03-01", "2024-09-01",
                                        "2025-03-01", "2025-09-01", "2026-06-01", "2026-12-01"};
constexpr std::size_t rounds = std::size(round_starts);

// How a dossier is put together: fields, documents, notes, the self-assessment and the commune's opinion on it.
constexpr std::string_view drafting = "ffdffdffnfdnsfdfdfdnfdfdnfdffddfnddfdafnndnof";
constexpr std::size_t lines_max = 25;  // of a decision

}  // namespace

template <typename Act>
void Programme::each_case(const Act& act) {
    for (std::size_t left = cases_.size(); left > 1; --left) std::swap(cases_[left - 1], cases_[random_.below(left)]);
    for (Case& of : cases_) act(of);
}

void Programme::run() {
    for (std::size_t number = 0; number < rounds; ++number) {
        last_round_ = number + 1 == rounds;
        hold_round(number, dossiers_ / rounds + (number < dossiers_ % rounds ? 1 : 0));
    }
}

void Programme::hold_round(std::size_t number, std::size_t dossiers) {
    history_.wait_until(*date_from_text(round_starts[number]));
    province_.publish();
    const Uuid round = history_.new_id();
    const std::string year = std::string(round_starts[number]).substr(0, 4);
    history_.log(history_.founder(), registry_stream,
                 domain::RoundOpened{round, "Đợt " + std::to_string(number % 2 + 1) + " năm " + year,
                                     static_cast<std::uint16_t>(std::stoi(year)), history_.today() + std::chrono::days{120}, "CV"});
    register_products(number == 0 ? dossiers : dossiers * 3 / 10);
    open_cases(number, dossiers, round);
    for (std::size_t step = 0; step < drafting.size(); ++step) each_case([&](Case& of) { draft(of, step); });
    each_case([&](Case& of) { submit(of); });
    return_some();
    for (int stage = 0; stage < 3; ++stage) {
        Sittings sittings(history_, province_, random_);
        sittings.hold(cases_, last_round_);
    }
    withdraw_what_stays();
    revoke_some();
}

void Programme::register_products(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = random_.below(province_.communes.size());
        Commune& commune = province_.communes[at];
        const std::string number = std::to_string(known_.size() + 1);
        if (i % 2 == 0) {  // of a subject's two products both are made in one commune only by chance
            const std::size_t kind = random_.below(owners.size());
            subject_ = history_.new_id();
            history_.log(commune.officer, subject_,
                         domain::SubjectRegistered{commune.unit,
                                                   std::string(owners[kind]) + " " + commune.name + " " + number,
                                                   owner_types[kind],
                                                   "5400" + number,
                                                   {},
                                                   {},
                                                   {}});
        }
        const Ware& ware = random_.pick(wares);
        const StreamId product = history_.new_id();
        history_.log(commune.officer, product,
                     domain::ProductRegistered{commune.unit, subject_, std::string(ware.name) + " " + commune.name + " " + number,
                                               ware.set, "17-150-" + commune.code + "-" + number + "-2023"});
        known_.push_back(product);
        commune_of_[product] = at;
        if (known_.size() == 1) history_.watch(product);
        if (random_.chance(8)) register_legacy(product, at);
    }
}

void Programme::register_legacy(const StreamId& product, std::size_t commune) {
    Post& secretary = province_.districts[province_.communes[commune].district].secretary;
    const std::string text = std::to_string(known_.size()) + "/2019/GCN-OCOP";
    const Date issued = *date_from_text("2019-12-01") + std::chrono::days{random_.below(900)};
    history_.log(secretary, product, domain::LegacyRecognised{"2365/QĐ-UBND", issued, text, 3, issued, "ocop-1048-2019"});
    if (random_.chance(20)) return;
    const bool late = random_.chance(3);  // a date too old to be taken without somebody's word
    const domain::Verdict verdict{late ? domain::Outcome::held : domain::Outcome::effective,
                                  late ? domain::Reason::time_uncertain : domain::Reason::none, no_position};
    const Date said = history_.today() - std::chrono::days{late ? 200 : 3};
    history_.log(province_.communes[commune].officer, product, domain::RenewalAnswered{text, random_.chance(70), said}, verdict);
}

void Programme::open_cases(std::size_t number, std::size_t count, const Uuid& round) {
    cases_.clear();
    const std::size_t fresh = number == 0 ? count : count * 3 / 10;
    for (std::size_t i = known_.size() - fresh; i < known_.size(); ++i) open_case(known_[i], round);
    for (std::set<StreamId> tried; cases_.size() < count && tried.size() < known_.size();) {
        const StreamId& again = random_.pick(known_);
        if (tried.insert(again).second && !history_.state().product(again)->open_dossier()) open_case(again, round);
    }
}

void Programme::open_case(const StreamId& product, const Uuid& round) {
    const domain::Product& made = *history_.state().product(product);
    const auto renewable = [](const domain::Certificate& held) { return !held.revoked; };
    const bool again = std::any_of(made.certificates.begin(), made.certificates.end(), renewable);
    const auto in_term = [&](const domain::Certificate& held) { return renewable(held) && history_.today() <= held.last_day; };
    const bool good = std::any_of(made.certificates.begin(), made.certificates.end(), in_term);
    const auto kind = !again                       ? domain::DossierKind::first
                      : good && random_.chance(50) ? domain::DossierKind::upgrade
                                                   : domain::DossierKind::re_evaluation;
    const domain::RuleSet& rules = province_.rules(kind);
    const std::size_t commune = commune_of_.at(product);
    const domain::Subject* owner = history_.state().subject(made.subject);
    const DossierId dossier = history_.new_id();
    history_.log(province_.communes[commune].officer, product,
                 domain::DossierOpened{dossier, kind, rules.hash, round, history_.today(), owner->name, owner->type,
                                       std::to_string(history_.state().size)});
    const unsigned skills[] = {30, 70, 72, 74, 76, 80, 84, 88, 93, 100};
    cases_.push_back({product, dossier, commune, rules.product_set(made.product_set), random_.pick(skills),
                      last_round_ ? static_cast<unsigned>(random_.below(100)) : 100});
}

void Programme::draft(Case& of, std::size_t step) {
    const char what = drafting[step];
    const std::size_t done =
        static_cast<std::size_t>(std::count(drafting.begin(), drafting.begin() + static_cast<std::ptrdiff_t>(step), what));
    Post& by = officer(of);
    if (what == 'f') {
        const std::size_t words = 1 + random_.below(3);
        std::string value;
        for (std::size_t i = 0; i < words; ++i) value += (i == 0 ? "" : "; ") + std::string(random_.pick(phrases));
        history_.log(by, of.product, domain::FieldSet{of.dossier, fields[done % fields.size()], value});
    }
    if (what == 'd') add_document(of, done);
    if (what == 'n') history_.log(by, of.product, domain::NoteAdded{of.dossier, random_.pick(notes)});
    if (what == 's' || what == 'a') history_.log(by, of.product, domain::SelfAssessed{of.dossier, assessment(of)});
    if (what != 'o') return;
    const Bytes options(of.set->assessed_by("commune"), Byte{1});
    history_.log(by, of.product, domain::OpinionGiven{of.dossier, "commune", options, true, "Đúng nguồn gốc, đúng lao động"});
}

void Programme::add_document(Case& of, std::size_t step) {
    const domain::RuleSet& rules = *history_.registry().rules(dossier(of).rule_set);
    const std::size_t contents = rules.contents.size();
    const std::string& key =
        step < contents ? rules.contents[step].key : rules.evidence[(step - contents) % rules.evidence.size()].key;
    domain::DocumentAdded action{of.dossier, key, random_.pick(documents_called), {}};
    for (std::size_t left = random_.below(3); left > 0; --left) action.criteria.push_back(random_.pick(of.set->criteria).no);
    history_.log(officer(of), of.product, std::move(action));
}

Bytes Programme::assessment(const Case& of) {
    Bytes options;
    for (const auto& criterion : of.set->criteria) options.push_back(static_cast<Byte>(criterion.options.size()));
    return options;
}

void Programme::submit(Case& of) {
    if (of.goes < 10) return;
    history_.log(officer(of), of.product, domain::Submitted{of.dossier, dossier(of).turn, history_.today()});
}

// One in ten comes back once for a paper; of those one in twenty was received at the same time from another desk.
void Programme::return_some() {
    each_case([&](Case& of) {
        if (dossier(of).phase != domain::Phase::submitted || !random_.chance(10)) return;
        const domain::Stage& stage = history_.registry().rules(dossier(of).rule_set)->stages[dossier(of).stage];
        Office& office = province_.office_of(province_.communes[of.commune], stage);
        const std::uint32_t turn = dossier(of).turn;
        history_.log(office.secretary, of.product,
                     domain::Returned{of.dossier, turn, stage.key, {{"evidence_annex", "Thiếu phiếu kiểm nghiệm còn hạn"}}});
        if (random_.chance(5)) {
            history_.log(office.secretary, of.product, domain::Received{of.dossier, turn, stage.key, history_.today()},
                         {domain::Outcome::voided, domain::Reason::lost_race, dossier(of).last_transition});
        }
        add_document(of, 8);
        submit(of);
    });
}

// What was recognised and would be let go further, but does not.
void Programme::withdraw_what_stays() {
    if (last_round_) return;
    each_case([&](Case& of) {
        if (dossier(of).ended()) return;
        history_.log(officer(of), of.product, domain::Withdrawn{of.dossier, dossier(of).turn, "Chủ thể dừng ở hạng này"});
    });
}

void Programme::revoke_some() {
    Office& office = province_.province;
    domain::DecisionSigned decision{
        history_.new_id(), domain::DecisionKind::revocation, office.unit, office.stage, office.decision, history_.today(), {}, {}};
    const auto decide = [&] {
        if (decision.lines.empty()) return;
        ++office.decision.value;
        history_.log(office.signer, registry_stream, decision);
        for (const auto& line : decision.lines) {
            history_.log(office.signer, line.product,
                         domain::CertificateRevoked{decision.decision, line.certificate_text, "criteria_not_met",
                                                    history_.registry().newest_rule_set, history_.today()});
        }
        decision.decision = history_.new_id();
        decision.number = office.decision;
        decision.lines.clear();
    };
    each_case([&](Case& of) {
        if (product(of).certificates.empty() || !random_.chance(2)) return;
        const domain::Certificate& last = product(of).certificates.back();
        if (last.revoked || last.stars > 4) return;
        decision.lines.push_back({of.product, {}, 0, {}, last.text});
        if (decision.lines.size() == lines_max) decide();
    });
    decide();
}

}  // namespace hoso::bench
