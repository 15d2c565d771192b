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
                     {"certificate", "name", "path", "unit_name", "stars", "issued", "last_day", "renews", "revoked"},
                     {"certificate", "name", "path", "set", "code", "subject_name", "subject_type", "registration", "subject_path",
                      "stars", "issued", "last_day", "decision", "decision_date", "ruleset", "renews", "revoked"});
    return 0;
}

// The newest rule set that has the ground, unless one is named.
Result<Hash> rules_with_ground(const domain::Registry& registry, const Arguments& arguments) {
    if (arguments.has("ruleset")) return find_rule_set(registry, arguments.text("ruleset"));
    const domain::RuleSet* newest = registry.rules(registry.newest_rule_set);
    if (newest && newest->ground(arguments.text("ground"))) return newest->hash;
    for (const auto& [hash, rules] : registry.rule_sets) {
        if (rules->ground(arguments.text("ground"))) return hash;
    }
    return Error{Errc::not_found, "unknown_ground: no published rule set has the ground " + arguments.text("ground") + "."};
}

Result<int> revoke(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const auto decision = find_decision(session.registry(), arguments.text("decision"));
    if (!decision) return decision.error();
    const auto rules = rules_with_ground(session.registry(), arguments);
    if (!rules) return rules.error();
    domain::CertificateRevoked action{*decision, arguments.text("certificate"), arguments.text("ground"), *rules,
                                      arguments.date("date", session.today())};
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
          {"ruleset", Kind::text, false, "Id or hash; the newest that has the ground otherwise"},
          date},
         revoke},
    };
}

}  // namespace hoso::client::cli
