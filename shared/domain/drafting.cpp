#include <algorithm>

#include "shared/domain/dossier_checks.hpp"
#include "shared/domain/files.hpp"

// A dossier while it is put together: opening, fields, documents, the subject's own assessment, opinions of stages below the
// council.
namespace hoso::domain {
namespace {

bool has_document_key(const RuleSet& rules, std::string_view key) {
    const auto has_key = [&](const auto& named) { return named.key == key; };
    return std::any_of(rules.contents.begin(), rules.contents.end(), has_key) ||
           std::any_of(rules.evidence.begin(), rules.evidence.end(), has_key);
}

bool offers(const Criterion& criterion, Byte option) { return option <= criterion.options.size(); }  // 0: none fits

std::optional<Refusal> refuse_own_options(const ProductSet& set, ByteSpan options) {
    if (set.criteria.empty()) return Refusal{Reason::sheet_missing};
    if (options.size() != set.criteria.size()) return Refusal{Reason::assessment_incomplete};
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (options[i] != not_answered && !offers(set.criteria[i], options[i])) return Refusal{Reason::option_not_offered};
    }
    return std::nullopt;
}

std::optional<Refusal> refuse_stage_options(const ProductSet& set, std::string_view stage, ByteSpan options) {
    if (options.size() != set.assessed_by(stage)) return Refusal{Reason::assessment_incomplete};
    std::size_t next = 0;
    for (const Criterion& criterion : set.criteria) {
        if (criterion.assessed_by != stage) continue;
        if (!offers(criterion, options[next++])) return Refusal{Reason::option_not_offered};
    }
    return std::nullopt;
}

bool same_sheet(const ProductSet& one, const ProductSet& other) {
    return std::equal(one.criteria.begin(), one.criteria.end(), other.criteria.begin(), other.criteria.end(),
                      [](const Criterion& a, const Criterion& b) {
                          return a.no == b.no && std::equal(a.options.begin(), a.options.end(), b.options.begin(), b.options.end(),
                                                            [](const Option& x, const Option& y) {
                                                                return x.points == y.points && x.gate == y.gate;
                                                            });
                      });
}

// What still holds of an earlier dossier is not done again: its fields, the papers that this regulation asks for too, and its own
// assessment where the sheet is the same. The opening names it, so the digest holds it.
void carry_over(const Registry& registry, const Product& product, const Dossier& from, Dossier& to) {
    const RuleSet& rules = rules_of(registry, to);
    const ProductSet& set = set_of(rules, product);
    const ProductSet& set_before = set_of(rules_of(registry, from), product);
    to.carries_from = from.id;
    to.fields = from.fields;
    for (const Document& document : from.documents) {
        if (!has_document_key(rules, document.document)) continue;
        Document kept{document.document, document.title, {}, true, document.files};
        for (const std::string& no : document.criteria) {
            if (set.find(no)) kept.criteria.push_back(no);
        }
        to.documents.push_back(std::move(kept));
    }
    if (same_sheet(set, set_before)) to.self_assessment = from.self_assessment;
}

bool can_be_renewed(const Product& product) {
    return std::any_of(product.certificates.begin(), product.certificates.end(),
                       [](const Certificate& certificate) { return !certificate.revoked; });
}

bool recognised_on(const Product& product, Date day) {
    return std::any_of(product.certificates.begin(), product.certificates.end(), [&](const Certificate& certificate) {
        return !certificate.revoked && certificate.issued <= day && day <= certificate.last_day;
    });
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const DossierOpened& action) {
    if (product.dossier(action.dossier)) return Refusal{Reason::already_exists};
    if (!may_name(action.dossier) || action.subject_name.empty()) return Refusal{Reason::malformed};
    if (product.open_dossier()) return Refusal{Reason::dossier_open};
    const RuleSet* rules = registry.rules(action.rule_set_hash);
    if (!rules) return Refusal{Reason::unknown_rule_set};
    if (!rules->in_force(action.kind, action.filing_date)) return Refusal{Reason::rule_set_not_in_force};
    if (!registry.rounds.contains(action.round)) return Refusal{Reason::unknown_round};
    if (!rules->product_set(product.product_set)) return Refusal{Reason::unknown_product_set};
    if (action.kind != DossierKind::first && !can_be_renewed(product)) return Refusal{Reason::unknown_certificate};
    // The kind chooses the regulation and its time limits, so it is not left to the one who files.
    const bool good = recognised_on(product, action.filing_date);
    if (action.kind == DossierKind::first && good) return Refusal{Reason::certificate_in_force};
    if (action.kind == DossierKind::upgrade && !good) return Refusal{Reason::certificate_ended};
    if (!action.carries_from.is_nil() && !product.dossier(action.carries_from)) return Refusal{Reason::unknown_dossier};
    if (product.care.idea && !product.care.idea->approved) return Refusal{Reason::idea_declined};
    return std::nullopt;
}

void apply(const Registry& registry, Product& product, const Occasion& occasion, const DossierOpened& action) {
    Dossier dossier;
    dossier.id = action.dossier;
    dossier.kind = action.kind;
    dossier.rule_set = action.rule_set_hash;
    dossier.round = action.round;
    dossier.filing_date = action.filing_date;
    dossier.subject_name = action.subject_name;
    dossier.subject_type = action.subject_type;
    dossier.since = action.filing_date;
    if (const Dossier* before = product.dossier(action.carries_from)) carry_over(registry, product, *before, dossier);
    rest_on(dossier, occasion);
    product.dossiers.emplace(action.dossier, std::move(dossier));
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const FieldSet& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (!editable(*dossier)) return Refusal{Reason::wrong_phase};
    if (action.field.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

// The last one logged stands; whoever answers for the dossier is shown that two desks wrote the same field without knowing.
void apply(const Registry&, Product& product, const Occasion& occasion, const FieldSet& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    const auto before = dossier.fields.find(action.field);
    const bool flagged = before != dossier.fields.end() && before->second.device != occasion.header.device &&
                         before->second.position >= occasion.header.seen_size;
    dossier.fields[action.field] = {action.value, occasion.position, occasion.header.device, flagged};
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const DocumentAdded& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (dossier->ended()) return Refusal{Reason::wrong_phase};
    const RuleSet& rules = rules_of(registry, *dossier);
    if (!has_document_key(rules, action.document)) return Refusal{Reason::unknown_document};
    const ProductSet& set = set_of(rules, product);
    const auto unknown = [&](const std::string& no) { return set.find(no) == nullptr; };
    if (std::any_of(action.criteria.begin(), action.criteria.end(), unknown)) return Refusal{Reason::unknown_criterion};
    return refuse_files(rules.files, product, action.document, occasion.header.files);
}

void apply(const Registry&, Product& product, const Occasion& occasion, const DocumentAdded& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    make_room(dossier.documents);
    dossier.documents.push_back({action.document, action.title, action.criteria, false, cite(product, occasion.header.files)});
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const NoteAdded& action) {
    if (!product.dossier(action.dossier)) return Refusal{Reason::unknown_dossier};
    return std::nullopt;
}

// A note is no ground of a decision: it stays out of the digest, so that it makes nobody's view stale.
void apply(const Registry&, Product& product, const Occasion&, const NoteAdded& action) {
    product.dossiers.at(action.dossier).notes += 1;
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const SelfAssessed& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (!editable(*dossier)) return Refusal{Reason::wrong_phase};
    return refuse_own_options(set_of(rules_of(registry, *dossier), product), action.options);
}

// Opinions were given on the assessment before: they are asked for again.
void apply(const Registry&, Product& product, const Occasion& occasion, const SelfAssessed& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.self_assessment = action.options;
    dossier.opinions.clear();
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const OpinionGiven& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (!editable(*dossier)) return Refusal{Reason::wrong_phase};
    const RuleSet& rules = rules_of(registry, *dossier);
    const Stage* stage = rules.stage(action.stage);
    if (!stage) return Refusal{Reason::unknown_stage};
    if (stage->does != Does::opinion) return Refusal{Reason::wrong_stage};
    const ProductSet& set = set_of(rules, product);
    if (dossier->self_assessment.empty() && !set.criteria.empty()) return Refusal{Reason::assessment_incomplete};
    return refuse_stage_options(set, action.stage, action.options);
}

void apply(const Registry&, Product& product, const Occasion& occasion, const OpinionGiven& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.opinions[action.stage] = {action.options, action.agrees, action.text};
    rest_on(dossier, occasion);
}

}  // namespace hoso::domain
