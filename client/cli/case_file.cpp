#include "client/cli/case_file.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <charconv>

#include "client/cli/names.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t score_bytes_max = 1 << 20;

Error wrong(std::string detail) { return {Errc::invalid, std::move(detail)}; }

// Ordinal, from 1, of the option with these points.
Result<Byte> ordinal(const domain::Criterion& criterion, std::string_view points) {
    const auto wanted = points_from_text(points);
    if (!wanted) return wrong(criterion.no + ": " + std::string(points) + " are no points");
    for (std::size_t i = 0; i < criterion.options.size(); ++i) {
        if (criterion.options[i].points == *wanted) return static_cast<Byte>(i + 1);
    }
    if (*wanted == 0) return Byte{0};  // none fits
    std::string offered;
    for (const domain::Option& option : criterion.options)
        offered += (offered.empty() ? "" : "; ") + views::points_text(option.points);
    return wrong(criterion.no + " offers " + offered + ", not " + std::string(points));
}

Result<void> set_score(const CaseFile& file, std::span<const std::size_t> criteria, std::string_view no, std::string_view points,
                       Bytes& options) {
    for (std::size_t i = 0; i < criteria.size(); ++i) {
        const domain::Criterion& criterion = file.set->criteria[criteria[i]];
        if (criterion.no != no) continue;
        const auto chosen = ordinal(criterion, points);
        if (!chosen) return chosen.error();
        options[i] = *chosen;
        return {};
    }
    return wrong("there is no criterion " + std::string(no) + " to assess here");
}

Result<Bytes> from_scores(const CaseFile& file, std::string_view text, std::span<const std::size_t> criteria, Bytes options) {
    // A comma also stands in "2,5": a new score begins where a criterion and "=" follow.
    while (!text.empty()) {
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) return wrong("scores are written 1.1=3,2.2=2,5");
        const auto next = text.find('=', equals + 1);
        const auto end = next == std::string_view::npos ? text.size() : text.rfind(',', next);
        if (end <= equals) return wrong("scores are written 1.1=3,2.2=2,5");
        const auto set = set_score(file, criteria, text.substr(0, equals), text.substr(equals + 1, end - equals - 1), options);
        if (!set) return set.error();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return options;
}

std::string as_points(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_double()) {
        std::array<char, 32> digits{};  // the shortest text that reads back as the same number, never a rounded one
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.get_double());
        return {digits.data(), end.ptr};
    }
    return {};
}

Result<Bytes> from_file(const CaseFile& file, const std::string& name, std::span<const std::size_t> criteria, Bytes options) {
    const auto text = read_text(name, score_bytes_max);
    if (!text) return text.error();
    boost::system::error_code failed;
    const json::value value = json::parse(*text, failed);
    if (failed || !value.is_object()) return wrong(name + " is no JSON object of criteria and points");
    for (const auto& member : value.get_object()) {
        const auto set = set_score(file, criteria, std::string_view(member.key().data(), member.key().size()),
                                   as_points(member.value()), options);
        if (!set) return set.error();
    }
    return options;
}

}  // namespace

Result<CaseFile> open_case(const Session& session, std::string_view text) {
    const views::Look look = session.look();
    const auto id = find_product(look, text);
    if (!id) return id.error();
    const domain::Product& product = *look.product(*id);
    const domain::Dossier* dossier = views::newest_dossier(product);
    if (!dossier) return Error{Errc::not_found, "The product has no dossier yet: open one with hoso dossier open."};
    const auto rules = look.registry().rule_sets.find(dossier->rule_set);
    if (rules == look.registry().rule_sets.end()) return Error{Errc::not_found, "The dossier's rule set is not here: sync first."};
    CaseFile file{product, *dossier, rules->second, rules->second->product_set(product.product_set)};
    if (!file.set) return Error{Errc::not_found, "The dossier's rule set has no product set " + product.product_set + "."};
    return file;
}

Error no_sheet(const CaseFile& file) {
    return {Errc::conflict, "sheet_missing: " + file.set->sheet_missing + " What a council found is entered with: meeting paper."};
}

std::vector<std::size_t> all_criteria(const CaseFile& file) {
    std::vector<std::size_t> indexes(file.set->criteria.size());
    for (std::size_t i = 0; i < indexes.size(); ++i) indexes[i] = i;
    return indexes;
}

std::vector<std::size_t> criteria_of_stage(const CaseFile& file, std::string_view stage) {
    std::vector<std::size_t> indexes;
    for (std::size_t i = 0; i < file.set->criteria.size(); ++i) {
        if (file.set->criteria[i].assessed_by == stage) indexes.push_back(i);
    }
    return indexes;
}

Result<Bytes> options_from(const CaseFile& file, const Arguments& arguments, std::span<const std::size_t> criteria) {
    if (arguments.has("options")) {
        const auto options = from_hex(arguments.text("options"));
        if (!options) return wrong("options are hex digits, two for each criterion in printed order");
        return *options;
    }
    const Bytes blank(criteria.size(), domain::not_answered);
    if (arguments.has("scores")) return from_scores(file, arguments.text("scores"), criteria, blank);
    if (arguments.has("file")) return from_file(file, arguments.text("file"), criteria, blank);
    if (criteria.empty()) return blank;
    return wrong("say what was chosen: --scores 1.1=3,..., --options HEX or --file FILE");
}

Result<Bytes> whole_options_from(const CaseFile& file, const Arguments& arguments, std::span<const std::size_t> criteria) {
    auto options = options_from(file, arguments, criteria);
    if (!options) return options;
    std::string missing;
    for (std::size_t i = 0; i < std::min(options->size(), criteria.size()); ++i) {
        if ((*options)[i] == domain::not_answered) missing += (missing.empty() ? "" : ", ") + file.set->criteria[criteria[i]].no;
    }
    if (missing.empty()) return options;
    return wrong("these criteria have no answer yet, say 0 where no option fits: " + missing);
}

json::object ids_of(const CaseFile& file) { return {{"product", file.product.id.hex()}, {"dossier", file.dossier.id.hex()}}; }

std::vector<Option> with_scores(std::vector<Option> options) {
    options.push_back({"scores", Kind::text, false, "Criteria and points: 1.1=3,2.2=2,5"});
    options.push_back({"options", Kind::text, false,
                       "Ordinals from 1 in hex, a byte for each criterion in printed order; 00 none fits, ff not answered"});
    options.push_back({"file", Kind::file, false, "JSON object of criteria and points"});
    return options;
}

}  // namespace hoso::client::cli
