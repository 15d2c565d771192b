#include "client/cli/careful.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"

namespace hoso::client::cli {
namespace {

Result<int> add_legacy(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const std::uint64_t stars = arguments.number("stars");
    if (stars < 1 || stars > 5) return Error{Errc::invalid, "stars are 1 to 5"};
    const auto decision = arguments.line("decision");
    if (!decision) return decision.error();
    const auto certificate = arguments.line("certificate");
    if (!certificate) return certificate.error();
    domain::LegacyRecognised action{*decision,
                                    arguments.date("date", Date{}),
                                    *certificate,
                                    static_cast<std::uint8_t>(stars),
                                    arguments.date("issued", Date{}),
                                    arguments.text("ruleset")};
    const bool force = session.globals.force;  // offices did give a number twice
    if (const auto free = check_free(session.look(), *product, action.certificate); !free && !force) return free.error();
    json::object ids{{"product", product->hex()}, {"certificate", action.certificate}};
    return record(session, std::move(action), *product, std::move(ids));
}

Result<int> answer_renewal(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    domain::RenewalAnswered action{arguments.text("certificate"), arguments.yes("renews"), arguments.date("date", session.today())};
    json::object ids{{"product", product->hex()}, {"certificate", action.certificate}, {"renews", action.renews}};
    return record(session, std::move(action), *product, std::move(ids));
}

}  // namespace

std::vector<Verb> legacy_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name"};
    return {
        {"legacy",
         "add",
         "A certificate from before this log",
         "legacy add PRODUCT --decision 2365/QĐ-UBND --date 2019-12-10 --certificate OCOP-2019-001 --stars 3 --issued 2019-12-10 "
         "--ruleset ocop-1048-2019\n"
         "legacy add PRODUCT --decision D --date 2020-01-01 --certificate C --stars 4 --issued 2020-01-01 --ruleset ocop-1048-2019 "
         "--json",
         {product,
          {"decision", Kind::text, true, "Its number"},
          {"date", Kind::date, true, "Of the decision"},
          {"certificate", Kind::text, true, "Its number"},
          {"stars", Kind::number, true, "1 to 5"},
          {"issued", Kind::date, true, "Day of issue"},
          {"ruleset", Kind::text, true, "Id of the regulation it was given under"}},
         add_legacy},
        {"renewal",
         "answer",
         "Whether the subject comes back for re-evaluation",
         "renewal answer PRODUCT --certificate OCOP-2019-001 --renews yes\nrenewal answer PRODUCT --certificate C --renews no "
         "--date 2023-12-08",
         {product,
          {"certificate", Kind::text, true, "Its number"},
          {"renews", Kind::yes_no, true, "yes or no"},
          {"date", Kind::date, false, "Of the answer; today otherwise"}},
         answer_renewal},
    };
}

}  // namespace hoso::client::cli
