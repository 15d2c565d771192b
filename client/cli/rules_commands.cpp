#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/views/registry_views.hpp"
#include "client/views/rejudge.hpp"
#include "client/views/rules_compare.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t rule_file_bytes_max = 8 << 20;

struct RuleFile {
    std::string canonical;
    domain::RuleSet rules;
};

// Errc::invalid with the path of the fault; not_found, limit.
Result<RuleFile> read_rule_file(const std::string& file) {
    const auto text = read_text(file, rule_file_bytes_max);
    if (!text) return text.error();
    const auto canonical = domain::canonical_json(*text);
    if (!canonical) return canonical.error();
    auto rules = domain::parse_rules(*canonical);
    if (!rules) return rules.error();
    return RuleFile{*canonical, std::move(*rules)};
}

Result<int> publish_rules(Session& session, const Arguments& arguments) {
    const auto file = read_rule_file(arguments.text("FILE"));
    if (!file) return file.error();
    json::object ids{{"ruleset", file->rules.id}, {"hash", file->rules.hash.hex()}};
    views::mark_illustrative(ids, &file->rules);
    return record(session, domain::RuleSetPublished{file->rules.id, file->rules.hash, domain::pack_rules(file->canonical)},
                  registry_stream, std::move(ids));
}

Result<int> check_rules(Surroundings& surroundings, const Arguments& arguments) {
    const auto file = read_rule_file(arguments.text("FILE"));
    if (!file) return file.error();
    surroundings.out.object(views::rule_set(file->rules));
    return 0;
}

// A file, or else one that was published: its id comes as if it were a file's name.
Result<domain::RuleSet> rules_named(const Session& session, const std::string& name) {
    std::error_code failed;
    if (std::filesystem::is_regular_file(name, failed)) {
        auto file = read_rule_file(name);
        if (!file) return file.error();
        return std::move(file->rules);
    }
    const auto hash = find_rule_set(session.registry(), std::filesystem::path(name).filename().string());
    if (!hash) return hash.error();
    return *session.registry().rules(*hash);
}

Result<int> compare_rules(Session& session, const Arguments& arguments) {
    const auto one = rules_named(session, arguments.text("BEFORE"));
    if (!one) return one.error();
    const auto other = rules_named(session, arguments.text("AFTER"));
    if (!other) return other.error();
    const std::string set = arguments.text("set");
    if (!set.empty() && !one->product_set(set) && !other->product_set(set)) {
        return Error{Errc::not_found, "Neither of the two has a product set " + set + "."};
    }
    json::array rows = views::compare(*one, *other, set);
    for (json::value& row : rows) views::mark_illustrative(row.as_object(), one->illustrative.empty() ? &*other : &*one);
    session.out.rows(rows, {"part", "before", "after"});
    return 0;
}

Result<int> rejudge(Session& session, const Arguments& arguments) {
    const auto other = rules_named(session, arguments.text("under"));
    if (!other) return other.error();
    const views::Look look = session.look();
    std::set<StreamId> wanted;
    for (const std::string& name : arguments.list("product")) {
        const auto product = find_product(look, name);
        if (!product) return product.error();
        wanted.insert(*product);
    }
    json::array rows;
    look.each<domain::Product>([&](const domain::Product& product) {
        if (!wanted.empty() && !wanted.contains(product.id)) return;
        for (const auto& [id, dossier] : product.dossiers) {
            json::object row = views::rejudged(look, product, dossier, *other);
            const bool changes = !row.empty() && !row.at("stars_under").is_null() && row.at("stars") != row.at("stars_under");
            if (!row.empty() && (changes || !arguments.flag("changes"))) rows.push_back(std::move(row));
        }
    });
    session.out.rows(rows, {"name", "path", "ruleset", "average", "stars", "average_under", "stars_under", "why"});
    return 0;
}

Result<int> list_rules(Session& session, const Arguments&) {
    session.out.rows(views::rule_sets(session.registry()), {"ruleset", "title_vi", "newest", "hash"});
    return 0;
}

Result<int> show_rules(Session& session, const Arguments& arguments) {
    const auto hash = find_rule_set(session.registry(), arguments.text("RULESET"));
    if (!hash) return hash.error();
    const domain::RuleSet& rules = *session.registry().rules(*hash);
    if (!arguments.has("set")) {
        session.out.object(views::rule_set(rules));
        return 0;
    }
    const domain::ProductSet* set = rules.product_set(arguments.text("set"));
    if (!set) return Error{Errc::not_found, "The rule set has no product set " + arguments.text("set") + "."};
    session.out.object(views::sheet(rules, *set));
    return 0;
}

Result<int> open_round(Session& session, const Arguments& arguments) {
    const auto year = arguments.number_as<std::uint16_t>("year");
    if (!year) return year.error();
    domain::RoundOpened action{io::uuid_v7(session.desk.now()), arguments.text("title"), *year, arguments.date("deadline", Date{}),
                               arguments.text("basis")};
    json::object ids{{"round", action.round.hex()}, {"title", action.title}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_rounds(Session& session, const Arguments&) {
    session.out.rows(views::rounds(session.registry()), {"title", "year", "deadline", "round"});
    return 0;
}

}  // namespace

std::vector<Verb> rules_verbs() {
    return {
        {"ruleset",
         "publish",
         "Publish a regulation",
         "ruleset publish schema/rules/ocop-148-2023.json\nruleset publish FILE --json",
         {{"FILE", Kind::file, true, "JSON in the form of schema/rules.capnp"}},
         publish_rules},
        {"ruleset",
         "check",
         "Read a regulation's file: what it says, or where it is wrong",
         "ruleset check schema/rules/ocop-26-2026.json\nruleset check FILE --json",
         {{"FILE", Kind::file, true, "JSON in the form of schema/rules.capnp"}},
         nullptr,
         check_rules},
        {"ruleset",
         "compare",
         "In what two regulations differ",
         "ruleset compare ocop-148-2023 schema/rules/ocop-26-2026.json\nruleset compare ocop-148-2023 ocop-26-2026 --set tea",
         {{"BEFORE", Kind::file, true, "A file; or the id or hash of one that was published"},
          {"AFTER", Kind::file, true, "The same"},
          {"set", Kind::text, false, "Key of a product set: compare its criteria"}},
         compare_rules},
        {"ruleset",
         "rejudge",
         "What dossiers' counted sheets would come to under another regulation; changes nothing",
         "ruleset rejudge --under schema/rules/ocop-26-2026.json\nruleset rejudge --under ocop-26-2026 --product TEA --changes",
         {{"under", Kind::file, true, "A file; or the id or hash of one that was published"},
          {"product", Kind::list, false, "Id, code or name; may be repeated, all otherwise"},
          {"changes", Kind::flag, false, "Only those whose stars change"}},
         rejudge},
        {"ruleset", "list", "Regulations that were published", "ruleset list\nruleset list --json", {}, list_rules},
        {"ruleset",
         "show",
         "A regulation, or one of its sheets",
         "ruleset show ocop-148-2023\nruleset show ocop-148-2023 --set tea",
         {{"RULESET", Kind::text, true, "Id or hash"}, {"set", Kind::text, false, "Key of a product set: show its sheet"}},
         show_rules},
        {"round",
         "open",
         "Open a round",
         "round open --title \"Đợt 2023\" --year 2023 --deadline 2023-12-15 --basis \"Công văn 332\"\nround open --title T --year "
         "2024 --deadline 2024-12-15 --basis B --json",
         {{"title", Kind::text, true, "Its name"},
          {"year", Kind::number, true, "Year"},
          {"deadline", Kind::date, true, "Day by which the province has scored"},
          {"basis", Kind::text, true, "The document it rests on"}},
         open_round},
        {"round", "list", "Rounds", "round list\nround list --json", {}, list_rounds},
    };
}

}  // namespace hoso::client::cli
