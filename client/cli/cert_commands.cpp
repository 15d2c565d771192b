#include <algorithm>

#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/views/product_views.hpp"

namespace hoso::client::cli {
namespace {

Result<int> list_certificates(Session& session, const Arguments& arguments) {
    const auto filter = arguments.flag("revoked")   ? views::CertificateFilter::revoked
                        : arguments.flag("expired") ? views::CertificateFilter::expired
                        : arguments.has("expiring") ? views::CertificateFilter::expiring
                                                    : views::CertificateFilter::all;
    const int days = static_cast<int>(std::min<std::uint64_t>(arguments.number("expiring"), 36'500));
    session.out.rows(views::certificates(session.look(), filter, arguments.date("at", session.today()), days),
                     {"certificate", "name", "path", "unit_name", "stars", "issued", "last_day", "renews", "status"},
                     {"certificate", "name", "path", "set", "code", "subject_name", "subject_type", "registration", "subject_path",
                      "stars", "issued", "last_day", "decision", "decision_date", "ruleset", "renews", "revoked", "status"});
    return 0;
}

// From when on it is laid down: of two in force, the younger has taken the other's place.
Date begins(const domain::RuleSet& rules) {
    Date first = Date::max();
    for (const domain::Term& term : rules.terms) first = std::min(first, term.filed_from);
    return first;
}

// The regulation that the certificate was given under, where it has the ground and is in force on the decision's day; else the
// youngest of those in force that have it.
Result<Hash> rules_with_ground(const domain::Registry& registry, const domain::Product& product, const Arguments& arguments,
                               Date day) {
    if (arguments.has("ruleset")) return find_rule_set(registry, arguments.text("ruleset"));
    const domain::Certificate* held = product.certificate(arguments.text("certificate"));
    const domain::Dossier* dossier = held ? product.dossier(held->dossier) : nullptr;
    const domain::RuleSet* chosen = nullptr;
    std::string others;
    for (const auto& [hash, rules] : registry.rule_sets) {
        if (!rules->ground(arguments.text("ground"))) continue;
        others += (others.empty() ? "" : ", ") + rules->id;
        if (!rules->governs(day)) continue;
        if (dossier ? hash == dossier->rule_set : held && rules->id == held->rule_set) return hash;
        if (!chosen || begins(*chosen) < begins(*rules)) chosen = rules.get();
    }
    if (chosen) return chosen->hash;
    return Error{Errc::not_found,
                 "unknown_ground: no rule set in force on " + to_text(day) + " has the ground " + arguments.text("ground") +
                     (others.empty() ? "." : "; it is one of " + others + ", which governs no more. See --ruleset.")};
}

Result<int> revoke(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const auto decision = find_decision(session.registry(), arguments.text("decision"));
    if (!decision) return decision.error();
    const views::Look look = session.look();
    const Date day = arguments.date("date", session.today());
    const auto rules =
        rules_with_ground(look.registry(), *look.product(*product), arguments, look.registry().decisions.at(*decision).date);
    if (!rules) return rules.error();
    domain::CertificateRevoked action{*decision, arguments.text("certificate"), arguments.text("ground"), *rules, day};
    json::object ids{{"product", product->hex()}, {"certificate", action.certificate}, {"decision", decision->hex()}};
    return record(session, std::move(action), *product, std::move(ids));
}

}  // namespace

std::vector<Verb> cert_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name"};
    const Option decision{"decision", Kind::text, true, "Id or number"};
    const Option date{"date", Kind::date, false, "Stated day; today otherwise"};
    return {
        {"cert",
         "list",
         "Certificates",
         "cert list --expiring 90\ncert list --expired --at 2023-04-03 --json",
         {{"expiring", Kind::number, false, "Those that run out within so many days"},
          {"expired", Kind::flag, false, "Those that ran out and are not revoked"},
          {"revoked", Kind::flag, false, "Those that were revoked"},
          {"at", Kind::date, false, "Those issued by this day, and what is expired on it; today otherwise"}},
         list_certificates},
        {"cert",
         "revoke",
         "Revoke a certificate by a decision",
         "cert revoke PRODUCT --certificate OCOP-2019-001 --decision 102/QĐ-UBND --ground not_re_evaluated\n"
         "cert revoke PRODUCT --certificate C --decision ID --ground criteria_not_met --ruleset ocop-148-2023",
         {product,
          {"certificate", Kind::text, true, "Its number"},
          decision,
          {"ground", Kind::text, true, "Key of the rule set's grounds"},
          {"ruleset", Kind::text, false,
           "Id or hash; otherwise the one it was given under, if that has the ground and is in force, or the youngest in force "
           "that has it"},
          date},
         revoke},
    };
}

}  // namespace hoso::client::cli
