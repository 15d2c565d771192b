#include <algorithm>

#include "client/cli/careful.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/places.hpp"
#include "client/cli/recording.hpp"
#include "client/cli/stream_history.hpp"
#include "client/views/funnel.hpp"
#include "client/views/product_views.hpp"
#include "client/views/search.hpp"

namespace hoso::client::cli {
namespace {

Result<int> register_subject(Session& session, const Arguments& arguments) {
    const auto unit = session.unit(arguments.text("unit"));
    if (!unit) return unit.error();
    auto named = arguments.line("name");
    if (!named) return named.error();
    auto registration = arguments.line("registration");
    if (!registration) return registration.error();
    domain::SubjectRegistered action;
    action.unit = *unit;
    action.name = std::move(*named);
    action.type = arguments.text("type");
    action.registration = std::move(*registration);
    if (const auto known = check_subject_type(session.registry(), action.type); !known) return known.error();
    if (arguments.has("representative"))
        action.representative = session.desk.seal_field("representative", arguments.text("representative"));
    if (arguments.has("phone")) action.phone = session.desk.seal_field("phone", arguments.text("phone"));
    if (arguments.has("address")) action.address = session.desk.seal_field("address", arguments.text("address"));
    const StreamId subject = io::uuid_v7(session.desk.now());
    json::object ids{{"subject", subject.hex()}, {"name", action.name}};
    return record(session, std::move(action), subject, std::move(ids));
}

Result<int> list_subjects(Session& session, const Arguments&) {
    session.out.rows(views::subjects(session.look()), {"name", "type", "registration", "path", "subject"},
                     {"name", "type", "registration", "path"});
    return 0;
}

Result<int> register_product(Session& session, const Arguments& arguments) {
    const auto subject = find_subject(session.look(), arguments.text("subject"));
    if (!subject) return subject.error();
    const auto unit = session.unit(arguments.text("unit"));
    if (!unit) return unit.error();
    const auto named = arguments.line("name");
    if (!named) return named.error();
    const auto code = arguments.line("code");
    if (!code) return code.error();
    const StreamId product = io::uuid_v7(session.desk.now());
    domain::ProductRegistered action{*unit, *subject, *named, arguments.text("set"), *code};
    json::object ids{{"product", product.hex()}, {"name", action.name}, {"subject", subject->hex()}};
    return record(session, std::move(action), product, std::move(ids));
}

// Those behind a number of the funnel.
Result<json::array> products_of_step(Session& session, const Arguments& arguments) {
    const auto round = find_round(session.registry(), arguments.text("round"));
    if (!round) return round.error();
    const std::string step = arguments.text("step", "opened");
    if (std::find(std::begin(views::funnel_steps), std::end(views::funnel_steps), step) == std::end(views::funnel_steps))
        return Error{Errc::invalid, "--step takes a step of round funnel, such as tallied or declined, not " + step + "."};
    const views::Look look = session.look();
    const auto wanted = views::products_at(look, session.registry().rounds.at(*round), step);
    json::array rows;
    for (json::value& row : views::products(look, session.today())) {
        const auto id = Uuid::from_hex(std::string_view(row.at("product").get_string()));
        if (id && wanted.contains(*id)) rows.push_back(std::move(row));
    }
    return rows;
}

Result<int> list_products(Session& session, const Arguments& arguments) {
    if (arguments.has("step") && !arguments.has("round")) return Error{Errc::invalid, "--step goes with --round."};
    const auto rows = arguments.has("round") ? products_of_step(session, arguments)
                                             : Result<json::array>{views::products(session.look(), session.today())};
    if (!rows) return rows.error();
    session.out.rows(*rows, {"name", "path", "unit_name", "set", "phase", "stage", "stars", "certificate", "last_day"},
                     {"name", "path", "set", "code", "subject_name", "subject_type", "registration", "subject_path", "phase",
                      "stage", "stars", "certificate", "last_day"});
    return 0;
}

Result<int> show_product(Session& session, const Arguments& arguments) {
    const views::Look look = session.look();
    const auto product = find_product(look, arguments.text("PRODUCT"));
    if (!product) return product.error();
    session.out.object(views::product(look, *look.product(*product)));
    return 0;
}

Result<int> show_history(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const auto rows = stream_history(session, *product);
    if (!rows) return rows.error();
    session.out.rows(*rows, {"position", "received", "sentence", "verdict"});
    return 0;
}

constexpr std::size_t found_max = 1'000;

Result<int> find_names(Session& session, const Arguments& arguments) {
    const std::string text = arguments.text("TEXT");
    if (text.empty()) return Error{Errc::invalid, "Say what to look for."};
    const std::size_t rows_max = std::min<std::uint64_t>(arguments.number("limit", 50), found_max);
    session.out.rows(views::search(session.look(), text, rows_max), {"kind", "name", "number", "path", "unit_name", "id"});
    return 0;
}

Result<int> count_products(Session& session, const Arguments& arguments) {
    const std::string by = arguments.text("by");
    if (by != "stars" && by != "sector" && by != "unit" && by != "year")
        return Error{Errc::invalid, "--by takes stars, sector, unit or year, not " + by};
    const Date at = arguments.date("at", session.today());
    json::array rows = views::count_products(session.look(), by, at, arguments.date("geography", at));
    name_places(session.out, rows, "group");
    session.out.rows(rows, {"geography", "group", "products", "recognised_3", "recognised_4", "recognised_5"});
    return 0;
}

}  // namespace

std::vector<Verb> product_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name"};
    return {
        {"subject",
         "register",
         "A subject (chủ thể); what is personal enters the log as commitments only",
         "subject register --unit 17/150/04867 --name \"Hợp tác xã chè\" --type cooperative --registration 123\n"
         "subject register --unit 17/150/04867 --name N --type farm --registration 9 --representative A --phone 0 --address B",
         {{"unit", Kind::text, true, "Where it is"},
          {"name", Kind::text, true, "Of the entity"},
          {"type", Kind::text, true, "Key of the rule set's subject types"},
          {"registration", Kind::text, true, "Number of the business registration"},
          {"representative", Kind::text, false, "Personal: kept on this desk"},
          {"phone", Kind::text, false, "Personal: kept on this desk"},
          {"address", Kind::text, false, "Personal: kept on this desk"}},
         register_subject},
        {"subject", "list", "Subjects", "subject list\nsubject list --json", {}, list_subjects},
        {"product",
         "register",
         "A product of a subject",
         "product register --subject \"Hợp tác xã chè\" --unit 17/150/04867 --name \"Chè Shan tuyết\" --set tea\n"
         "product register --subject ID --unit 17/150/04867 --name N --set tea --code 17-150-04867-1-2023",
         {{"subject", Kind::text, true, "Id or name"},
          {"unit", Kind::text, true, "Where it is made"},
          {"name", Kind::text, true, "Its name"},
          {"set", Kind::text, true, "Key of its product set"},
          {"code", Kind::text, false, "Product code"}},
         register_product},
        {"search",
         "",
         "Find units, posts, subjects, products, certificates and decisions by a part of a name or number, with or without accents",
         "search \"che shan\"\nsearch \"Đà Bắc\" --limit 10 --json",
         {{"TEXT", Kind::text, true, "Part of a name or number"}, {"limit", Kind::number, false, "How many at most; 50 otherwise"}},
         find_names},
        {"product",
         "count",
         "How many products hold a good certificate",
         "product count --by stars --xlsx COUNT.xlsx\nproduct count --by unit --at 2025-12-31 --geography 2025-06-30",
         {{"by", Kind::text, true, "stars, sector, unit or year of issue"},
          {"at", Kind::date, false, "Certificates that are good on this day; today otherwise"},
          geography_option()},
         count_products},
        {"product",
         "list",
         "Products, how far each is and what it holds",
         "product list\nproduct list --round 2023 --step tallied",
         {{"round", Kind::text, false, "Only those of this round: id, title or year"},
          {"step", Kind::text, false, "With --round: those that this step of round funnel counts; otherwise those with a dossier"}},
         list_products},
        {"product",
         "show",
         "A product with its dossiers and certificates",
         "product show \"Chè Shan tuyết\"\nproduct show ID --json",
         {product},
         show_product},
        {"product",
         "history",
         "What happened to a product, as far as this desk knows",
         "product history \"Chè Shan tuyết\"\nproduct history ID --json",
         {product},
         show_history},
    };
}

}  // namespace hoso::client::cli
